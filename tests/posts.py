"""A program on loopback that takes what is posted to it, and answers as it is told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Taker:
    """What was posted, and how it is answered."""

    def __init__(self) -> None:
        self.status = 200
        self.answer = b'{"errcode": 0, "errmsg": "ok"}'
        self.taken: list[dict[str, Any]] = []
        self.url = ""


@contextmanager
def taker() -> Iterator[Taker]:
    """Listen until the block ends."""
    found = Taker()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if found.status == 200:
                found.taken.append(body)
            self.send_response(found.status)
            self.send_header("content-length", str(len(found.answer)))
            self.end_headers()
            self.wfile.write(found.answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_port}/send?key=hush"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
