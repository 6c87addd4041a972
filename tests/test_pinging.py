"""A hub that fails at first is told in the end, and nothing of the publication waits for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from sqlalchemy import select

from digest import hub, pinging, pipeline, settings
from digest.errors import DigestError
from digest.store import database, pings
from digest.store.schema import ping
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

SITE = "https://paper.example/"
OWN = {f"{SITE}{folder}{file}" for folder in ("", "feeds/issues/") for file in ("feed.xml", "atom.xml", "feed.json")}


class Hub:
    """A hub on loopback: what it was sent, and how it answers."""

    def __init__(self) -> None:
        self.status = 204
        self.requests: list[tuple[str, str, dict[str, list[str]]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                outer.requests.append((self.path, self.headers["content-type"], parse_qs(body)))
                self.send_response(outer.status)
                self.send_header("location", "http://127.0.0.1:1/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/publish/"

    @property
    def told(self) -> list[str]:
        return [form["hub.url"][0] for _, _, form in self.requests]


@pytest.fixture
def loopback() -> Iterator[Hub]:
    found = Hub()
    thread = threading.Thread(target=found.server.serve_forever)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


@contextmanager
def service(folder: Path, url: str | None) -> Iterator[Works]:
    with opened(settings_in(folder, feeds=settings.Feeds(hub=url))) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        yield works


def rows(works: Works) -> set[tuple[str, int]]:
    with database.reading(works.engine) as store:
        return {(row.state, row.attempts) for row in store.execute(select(ping))}


def test_every_feed_that_has_changed_is_told_once(tmp_path: Path, loopback: Hub) -> None:
    with service(tmp_path, loopback.url) as works:
        assert pinging.ping(works, NOW) == (6, [])
        assert set(loopback.told) == OWN
        path, kind, form = loopback.requests[0]
        assert (path, kind) == ("/publish/", "application/x-www-form-urlencoded")
        assert form["hub.mode"] == ["publish"]
        assert pinging.ping(works, NOW) == (0, [])
        drop(works, "b.md", SECOND)
        pipeline.publish(works, NOW)
        pinging.ping(works, NOW)
        assert len(loopback.told) == 12


def test_a_hub_that_fails_is_told_later_and_the_feeds_are_out(tmp_path: Path, loopback: Hub) -> None:
    loopback.status = 503
    with service(tmp_path, loopback.url) as works:
        assert "老渡口恢复摆渡" in (works.settings.public / "feed.xml").read_text("utf-8")
        told, problems = pinging.ping(works, NOW)
        assert (told, len(problems)) == (0, 6)
        assert "503" in problems[0]
        assert rows(works) == {("pending", 1)}
        loopback.status = 202
        assert pinging.ping(works, NOW + timedelta(minutes=1)) == (0, [])
        assert pinging.ping(works, NOW + timedelta(minutes=2)) == (6, [])
        assert rows(works) == {("sent", 2)}


def test_a_hub_that_is_not_there_is_tried_again_for_a_day(tmp_path: Path, loopback: Hub) -> None:
    loopback.server.server_close()
    with service(tmp_path, loopback.url) as works:
        for hours in (0, 1, 2, 23):
            assert len(pinging.ping(works, NOW + timedelta(hours=hours)).problems) == 6
        assert rows(works) == {("pending", 4)}
        pinging.ping(works, NOW + timedelta(hours=25))
        assert rows(works) == {("failed", 5)}
        assert pinging.ping(works, NOW + timedelta(hours=30)) == (0, [])


def test_what_changes_while_the_hub_is_told_is_told_again(
    tmp_path: Path, loopback: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    with service(tmp_path, loopback.url) as works:
        send = hub.ping

        def changing(where: str, url: str) -> None:
            monkeypatch.undo()
            with database.writing(works.engine) as store:
                pings.want(store, [url], NOW + timedelta(seconds=1))
            send(where, url)

        monkeypatch.setattr("digest.hub.ping", changing)
        pinging.ping(works, NOW)
        assert rows(works) == {("sent", 1), ("pending", 0)}


def test_a_stop_leaves_the_rest_for_the_next_run(tmp_path: Path, loopback: Hub) -> None:
    with service(tmp_path, loopback.url) as works:
        assert pinging.ping(works, NOW, lambda: len(loopback.requests) < 2) == (2, [])
        assert pinging.ping(works, NOW) == (4, [])


def test_no_redirect_is_followed(loopback: Hub) -> None:
    loopback.status = 307
    with pytest.raises(DigestError) as caught:
        hub.ping(loopback.url, f"{SITE}feed.xml")
    assert caught.value.facts["reason"] == "HTTP 307"
    assert len(loopback.requests) == 1


def test_the_query_of_a_hub_is_sent(loopback: Hub) -> None:
    hub.ping(f"{loopback.url}?key=a%20b", f"{SITE}feed.xml")
    assert loopback.requests[0][0] == "/publish/?key=a%20b"


@pytest.mark.parametrize("url", ["https://hub.example:99999/", "http://[::1/", f"http://{'a' * 64}.example/"])
def test_a_hub_that_no_host_can_be_stops_no_ping(tmp_path: Path, url: str) -> None:
    with service(tmp_path, url) as works:
        told, problems = pinging.ping(works, NOW)
        assert (told, len(problems)) == (0, 6)
        assert rows(works) == {("pending", 1)}


def test_without_a_hub_nothing_is_kept_or_sent(tmp_path: Path) -> None:
    with service(tmp_path, None) as works:
        assert rows(works) == set()
        assert pinging.ping(works, NOW) == (0, [])
