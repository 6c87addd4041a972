"""The snippets of docs/web-server.md, in Debian's own servers: plain files give what the service gives."""

import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from digest import output, pipeline, settings, web
from tests.conftest import need
from tests.test_running import free_port
from tests.works import FIRST, NOW, drop, opened, settings_in

DOCS = (Path(__file__).parent.parent / "docs/web-server.md").read_text("utf-8")
PATIENCE = 20.0
FEEDS = {
    "/feed.xml": "application/xml; charset=utf-8",
    "/atom.xml": "application/xml; charset=utf-8",
    "/feed.json": "application/feed+json; charset=utf-8",
    "/feeds/issues/feed.xml": "application/xml; charset=utf-8",
    "/feeds/keyword/%E6%B8%A1%E5%8F%A3/atom.xml": "application/xml; charset=utf-8",
    "/feeds/feeds.opml": "text/x-opml; charset=utf-8",
}


@dataclass(frozen=True)
class Server:
    """A server on loopback, and the answers of our own service to the same."""

    port: int
    own: TestClient

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        sent = {"Host": "paper.example", "Accept-Encoding": "identity"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def snippet(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)
    assert found
    return found[1]


@contextmanager
def running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "server.log").read_text()
                assert time.monotonic() < end
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


@contextmanager
def serving(application: Starlette) -> Iterator[int]:
    """Run the service in a thread; give its port."""
    server = uvicorn.Server(uvicorn.Config(application, port=0, log_level="error", lifespan="off"))
    sockets = [server.config.bind_socket()]
    thread = threading.Thread(target=server.run, args=(sockets,))
    thread.start()
    try:
        yield sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


def nginx(public: Path, folder: Path, port: int, service: int) -> list[str]:
    site = snippet("nginx").replace("listen 80;", f"listen 127.0.0.1:{port};")
    site = site.replace("/srv/digest/data/public", str(public)).replace("127.0.0.1:8000", f"127.0.0.1:{service}")
    user = "user root;" if os.getuid() == 0 else ""
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"{user} daemon off; pid {folder}/nginx.pid; error_log stderr; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n{site}\n}}\n",
        "utf-8",
    )
    return ["/usr/sbin/nginx", "-c", str(config), "-p", str(folder), "-e", "stderr"]


def caddy(public: Path, folder: Path, port: int, service: int) -> list[str]:
    site = snippet("caddy").replace("http://paper.example {", f"http://paper.example:{port} {{\n\tbind 127.0.0.1")
    site = site.replace("reverse_proxy 127.0.0.1:8000", f"reverse_proxy 127.0.0.1:{service}")
    config = folder / "Caddyfile"
    options = "{\n\tadmin off\n\tauto_https off\n}\n"
    config.write_text(options + site.replace("/srv/digest/data/public", str(public)), "utf-8")
    return ["/usr/bin/caddy", "run", "--config", str(config), "--adapter", "caddyfile"]


COMMANDS = {"/usr/sbin/nginx": nginx, "/usr/bin/caddy": caddy}


@pytest.fixture(scope="module", params=COMMANDS, ids=["nginx", "caddy"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    need(Path(request.param))
    folder = tmp_path_factory.mktemp("office")
    folder.chmod(0o755)
    with opened(settings_in(folder, feeds=settings.Feeds(keywords=("渡口",)))) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        public = works.settings.public
        output.write(public, {"feeds/keyword/x/feed.xml": b"x"})
        output.retire(public, "feeds/keyword/", {"渡口"})
        port = free_port()
        service = web.build(works, lambda: NOW)
        with serving(service) as behind, TestClient(service) as own:
            command = COMMANDS[request.param](public, tmp_path_factory.mktemp("server"), port, behind)
            with running(command, port, tmp_path_factory.mktemp("home")):
                yield Server(port, own)
        shutil.rmtree(public / "feeds/keyword/x")


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_comes_as_from_the_service(server: Server, path: str) -> None:
    status, headers, body = server.ask(path)
    own = server.own.get(path, headers={"accept-encoding": "identity"})
    assert (status, body) == (200, own.content)
    for name in ("content-type", "cache-control", "access-control-allow-origin", "link", "last-modified"):
        assert headers[name] == own.headers[name], name
    assert headers["vary"].lower() == "accept-encoding"
    assert headers["content-type"] == FEEDS[path]


@pytest.mark.parametrize("path", FEEDS)
def test_it_is_compressed_when_asked_and_only_then(server: Server, path: str) -> None:
    _, plain, body = server.ask(path)
    _, packed, content = server.ask(path, Accept_Encoding="gzip")
    assert "content-encoding" not in plain
    assert packed["content-encoding"] == "gzip"
    assert gzip.decompress(content) == body
    assert packed["vary"].lower() == plain["vary"].lower() == "accept-encoding"
    assert packed["content-type"] == FEEDS[path]


@pytest.mark.parametrize("path", FEEDS)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_has_not_changed_is_not_sent_again(server: Server, path: str, encoding: str) -> None:
    _, headers, _ = server.ask(path, Accept_Encoding=encoding)
    for condition in (
        {"If_None_Match": headers["etag"]},
        {"If_None_Match": f'"other", {headers["etag"]}'},
        {"If_Modified_Since": headers["last-modified"]},
    ):
        status, again, body = server.ask(path, Accept_Encoding=encoding, **condition)
        assert (status, body) == (304, b"")
        assert again["cache-control"] == "public, max-age=300"
    assert server.ask(path, If_None_Match='"other"', If_Modified_Since=headers["last-modified"])[0] == 200


def test_other_methods_and_other_files(server: Server) -> None:
    assert server.ask("/feed.xml", "HEAD")[0] == 200
    assert server.ask("/feed.xml", "POST")[0] == 405
    assert server.ask("/feeds/keyword/x/feed.xml")[0] == 410
    status, headers, body = server.ask("/feeds/section/x/feed.xml")
    assert (status, headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "没有这一页" in body.decode()
    status, headers, _ = server.ask("/2026/11/19/1/")
    assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert server.ask("/feed.css")[1]["content-type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize("path", ["/search?q=%E6%B8%A1%E5%8F%A3", "/search.xml?q=x", "/search.atom", "/search.json"])
def test_the_service_answers_searches(server: Server, path: str) -> None:
    status, headers, body = server.ask(path)
    own = server.own.get(path, headers={"accept-encoding": "identity"})
    assert (status, body) == (200, own.content)
    for name in ("content-type", "cache-control", "x-robots-tag", "content-security-policy"):
        assert headers[name] == own.headers[name], name


def test_the_script_of_the_search_is_a_file(server: Server) -> None:
    status, headers, _ = server.ask("/search.js")
    assert status == 200
    assert "javascript" in headers["content-type"]
    assert server.own.get("/search.js").headers["content-type"] == "text/javascript; charset=utf-8"
