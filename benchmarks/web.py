"""How many requests a second does the service answer? Against bare starlette routes that give the same bytes.

    python -m benchmarks.web

Each application is served by uvicorn in a process of its own, on loopback; they are asked in turn. Under load wrk asks,
over sixteen connections. Feed readers come one by one, and are mostly told that nothing is new (304): that is asked
over one connection.
"""

import http.client
import multiprocessing
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import quote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from benchmarks import measuring, papers, service
from benchmarks.measuring import Line
from benchmarks.straight import NOW
from digest import web
from digest.cli.service import listener
from digest.settings import Web

ISSUES = 10
POLLS = 400
ROUNDS = 5
WRK = ("wrk", "-t1", "-c16", "-d2", "-H", "Accept-Encoding: gzip")
BAR = 0.5
FEED = "/feed.xml"
PAGES = {"front page": "/", "article": "/1981/01/05/3/", "feed": FEED, "search": f"/search?q={quote('记者')}"}
_PACE = re.compile(r"Requests/sec:\s+([\d.]+)")


class Answer(NamedTuple):
    """What an address answers."""

    headers: Mapping[str, str]
    content: bytes


class Server(NamedTuple):
    """A server's process and port."""

    pid: int
    port: int


def run() -> Iterator[Line]:
    """Let the service and the bare routes take turns."""
    with tempfile.TemporaryDirectory() as name:
        measuring.alone(fill, Path(name))
        with served(by_service, Path(name)) as ours:
            answers = {path: ask(ours, path) for path in PAGES.values()}
            with served(bare, answers) as floor:
                yield polled(ours, floor, answers[FEED].headers["etag"])
                for page, path in PAGES.items() if shutil.which("wrk") else ():
                    yield loaded(ours, floor, page, path)
    if not shutil.which("wrk"):
        print("wrk is not there (Debian: apt-get install wrk): pages under load are left out")


def fill(root: Path) -> None:
    """Publish a few issues."""
    with service.opened(root) as works:
        for file in papers.laid(ISSUES):
            service.ingest(works, file.name, file.read_bytes())
            service.publish(works)


def polled(ours: Server, floor: Server, etag: str) -> Line:
    """Return how many polls a second are answered with 304."""
    paces = [(poll(floor, etag), poll(ours, etag)) for _ in range(ROUNDS)]
    return _line("polls of a feed a second, one connection", ours, paces, BAR)


def poll(server: Server, etag: str) -> float:
    """Return how many polls a second a server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    start = time.perf_counter()
    for _ in range(POLLS):
        connection.request("GET", FEED, headers={"If-None-Match": etag, "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 304
    connection.close()
    return POLLS / (time.perf_counter() - start)


def loaded(ours: Server, floor: Server, page: str, path: str) -> Line:
    """Return how many requests a second wrk is answered."""
    paces = [(wrk(floor, path), wrk(ours, path)) for _ in range(ROUNDS)]
    return _line(f"{page}, requests a second under wrk", ours, paces)


def wrk(server: Server, path: str) -> float:
    """Return how many requests a second a server answers, all of them well."""
    command = [*WRK, f"http://127.0.0.1:{server.port}{path}"]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert "Non-2xx" not in told, told
    return float(_PACE.findall(told)[0])


def _line(what: str, ours: Server, paces: list[tuple[float, float]], bar: float | None = None) -> Line:
    floor, own = (median(each) for each in zip(*paces, strict=True))
    return Line(
        what=f"{what}, against a bare route",
        value=median(mine / theirs for theirs, mine in paces),
        bar=bar,
        at_least=True,
        told=f"{own:.0f}/s against {floor:.0f}",
        megabytes=measuring.high_water(ours.pid),
    )


def ask(server: Server, path: str) -> Answer:
    """Return what a server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.status == 200, path
    return Answer({name.lower(): value for name, value in answer.getheaders()}, content)


@contextmanager
def served(application: Callable[..., None], *given: object) -> Iterator[Server]:
    """Have an application served in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=application, args=(there, *given), daemon=True)
    process.start()
    assert process.pid is not None
    yield Server(process.pid, here.recv())
    process.kill()
    process.join()


def by_service(ready: Connection, root: Path) -> None:
    """Serve what the service does."""
    with service.opened(root) as works:
        _serve(web.build(works, lambda: NOW), listener(Web(port=0)), ready)


def bare(ready: Connection, answers: Mapping[str, Answer]) -> None:
    """Serve the same bytes from memory, and to whoever knows them a status alone."""

    async def answer(given: Answer, request: Request) -> Response:
        if "if-none-match" in request.headers:
            return Response(status_code=304)
        return Response(given.content, headers=given.headers)

    by_path = {path.partition("?")[0]: given for path, given in answers.items()}
    door = socket.create_server(("127.0.0.1", 0))
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    _serve(Starlette(routes=[Route(path, partial(answer, given)) for path, given in by_path.items()]), door, ready)


def _serve(application: ASGIApp, door: socket.socket, ready: Connection) -> None:
    ready.send(door.getsockname()[1])
    config = uvicorn.Config(application, log_config=None, access_log=False, proxy_headers=False, ws="none")
    uvicorn.Server(config).run(sockets=[door])


if __name__ == "__main__":
    measuring.show(run())
