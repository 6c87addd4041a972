"""How many polls a second does the service answer with 304? Against a bare starlette route, in one run, on loopback.

    python benchmarks/polling.py

Each application is served by uvicorn and asked over one kept connection; they take turns. Prints the medians and their
ratio; half as many as the bare route is the bar.
"""

import http.client
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from digest import app, pipeline, settings, web

POLLS = 400
ROUNDS = 7
BAR = 0.5
NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
ISSUE = "# 河湾日报\n\n2026年11月19日　第88期\n\n" + "".join(
    f"## 第{n}个渡口重新开航\n\n本报讯（记者 林晓棠）渡口的老柳树还在，船已经换了三代，每天四班，票价两元。\n\n"
    for n in range(40)
)


async def bare(_request: Request) -> Response:
    """Answer with nothing but a status."""
    return Response(status_code=304)


@contextmanager
def served(application: Any) -> Iterator[http.client.HTTPConnection]:
    """Serve an application, and give a connection to it."""
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    connection = http.client.HTTPConnection("127.0.0.1", server.servers[0].sockets[0].getsockname()[1])
    yield connection
    connection.close()
    server.should_exit = True
    thread.join()


def poll(connection: http.client.HTTPConnection, etag: str) -> float:
    """Return how many polls a second are answered."""
    start = time.perf_counter()
    for _ in range(POLLS):
        connection.request("GET", "/feed.xml", headers={"If-None-Match": etag, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 304
    return POLLS / (time.perf_counter() - start)


def main() -> None:
    """Time and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configured = settings.Settings(
            data=folder / "data", inbox=settings.Inbox(folder=folder / "inbox", settle=0), authority="paper.example"
        )
        with app.open_service(configured, {}, NOW) as works:
            (folder / "inbox/a.md").write_text(ISSUE, encoding="utf-8")
            for _ in range(2):
                pipeline.ingest(works, NOW)
            pipeline.publish(works, NOW)
            floor = Starlette(routes=[Route("/feed.xml", bare)])
            with served(floor) as plain, served(web.build(works, lambda: NOW)) as ours:
                ours.request("GET", "/feed.xml", headers={"Accept-Encoding": "gzip"})
                answer = ours.getresponse()
                size, etag = len(answer.read()), answer.headers["etag"]
                rates = [(poll(plain, etag), poll(ours, etag)) for _ in range(ROUNDS)]
    bare_rate, our_rate = (median(each) for each in zip(*rates, strict=True))
    ratio = median(mine / theirs for theirs, mine in rates)
    print(f"bare route   {bare_rate:7.0f} a second")
    print(f"the service  {our_rate:7.0f} a second, for a feed of {size} bytes compressed")
    print(f"{ratio:.2f} times the bare route; the bar of {BAR} is {'met' if ratio >= BAR else 'missed'}")


if __name__ == "__main__":
    main()
