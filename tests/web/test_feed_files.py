"""Feeds over HTTP, as RFC 9110 and feeds.md (28 to 33) want them."""

import gzip
import os
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from digest import output, pipeline, settings, web
from digest.web.feeds import accepts_gzip, is_known
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

HUB = "https://hub.example/"
PLAIN = {"accept-encoding": "identity"}
PATHS = {
    "/feed.xml": "application/xml; charset=utf-8",
    "/atom.xml": "application/xml; charset=utf-8",
    "/feed.json": "application/feed+json; charset=utf-8",
    "/feeds/issues/feed.xml": "application/xml; charset=utf-8",
    "/feeds/keyword/%E6%B8%A1%E5%8F%A3/atom.xml": "application/xml; charset=utf-8",
    "/feeds/2026-11/feed.json": "application/feed+json; charset=utf-8",
    "/feeds/feeds.opml": "text/x-opml; charset=utf-8",
}
every_path = pytest.mark.parametrize("path", PATHS)


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    offered = settings.Feeds(keywords=("渡口",), hub=HUB)
    with opened(settings_in(tmp_path_factory.mktemp("office"), feeds=offered)) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        yield works


@pytest.fixture
def client(works: Works) -> Iterator[TestClient]:
    with TestClient(web.build(works, lambda: NOW), follow_redirects=False) as client:
        yield client


@every_path
def test_a_feed_comes_with_what_clients_and_caches_need(client: TestClient, path: str) -> None:
    answer = client.get(path, headers=PLAIN)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == PATHS[path]
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.headers["vary"].lower() == "accept-encoding"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["link"] == f'<{HUB}>; rel="hub", <https://paper.example{path}>; rel="self"'
    assert "content-encoding" not in answer.headers
    assert "set-cookie" not in answer.headers


def test_without_a_hub_none_is_named(works: Works) -> None:
    alone = replace(works, settings=replace(works.settings, feeds=settings.Feeds()))
    with TestClient(web.build(alone, lambda: NOW)) as client:
        assert client.get("/feed.xml").headers["link"] == '<https://paper.example/feed.xml>; rel="self"'


@every_path
def test_it_is_compressed_when_asked_under_a_tag_of_its_own(client: TestClient, path: str) -> None:
    plain = client.get(path, headers=PLAIN)
    with client.stream("GET", path, headers={"accept-encoding": "gzip"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert len(raw) == int(packed.headers["content-length"])
    assert gzip.decompress(raw) == plain.content
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.headers["etag"][0] == plain.headers["etag"][0] == '"'


@every_path
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_has_not_changed_is_not_sent_again(client: TestClient, path: str, encoding: str) -> None:
    first = client.get(path, headers={"accept-encoding": encoding})
    etag = first.headers["etag"]
    conditions = (
        {"if-none-match": etag},
        {"if-none-match": f'"other", W/{etag}'},
        {"if-none-match": "*"},
        {"if-none-match": etag, "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"if-modified-since": first.headers["last-modified"]},
    )
    for condition in conditions:
        again = client.get(path, headers={"accept-encoding": encoding} | condition)
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "cache-control", "vary", "last-modified", "link"):
            assert again.headers[name] == first.headers[name]
        assert "content-type" not in again.headers


@every_path
@pytest.mark.parametrize(
    "condition",
    [
        {"if-none-match": '"other"'},
        {"if-none-match": '"other"', "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"if-modified-since": "yesterday"},
        {"if-modified-since": ""},
    ],
    ids=str,
)
def test_what_the_client_does_not_have_is_sent(client: TestClient, path: str, condition: dict[str, str]) -> None:
    assert client.get(path, headers=condition).status_code == 200


@every_path
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    for encoding in ("identity", "gzip"):
        got, head = (client.request(method, path, headers={"accept-encoding": encoding}) for method in ("GET", "HEAD"))
        assert (head.status_code, head.content) == (200, b"")
        assert dict(head.headers) == dict(got.headers)


def test_nothing_else_is_allowed_but_to_ask_what_is(client: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.request(method, "/feed.xml")
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
    asked = client.options("/feed.xml", headers={"origin": "https://x.example", "access-control-request-method": "GET"})
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (204, "*")
    assert "if-none-match" in asked.headers["access-control-allow-headers"]
    assert client.options("/index.html").status_code == 405


@pytest.mark.parametrize(
    "path",
    ["/feeds/section/x/feed.xml", "/x/feed.json", "/feeds/%00/feed.xml", f"/{'x' * 300}/feed.xml"],
)
def test_a_feed_that_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_feed_that_was_taken_away_is_gone(client: TestClient, works: Works) -> None:
    folder = works.settings.public / "feeds/keyword/旧词"
    output.write(works.settings.public, {f"feeds/keyword/旧词/{file}": b"x" for file in ("feed.xml", "feed.json")})
    assert client.get("/feeds/keyword/旧词/feed.xml").status_code == 200
    output.retire(works.settings.public, "feeds/keyword/", {"渡口"})
    assert [path.name for path in folder.iterdir()] == ["gone"]
    assert client.get("/feeds/keyword/旧词/feed.xml").status_code == 410
    assert client.get("/feeds/keyword/旧词/atom.xml").status_code == 410
    assert client.get("/feeds/keyword/渡口/atom.xml").status_code == 200


def test_a_new_issue_is_seen_at_once_and_what_is_unchanged_keeps_its_tag(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        with TestClient(web.build(works, lambda: NOW)) as client:
            before = client.get("/feed.xml").headers["etag"]
        with TestClient(web.build(works, lambda: NOW)) as restarted:
            assert restarted.get("/feed.xml").headers["etag"] == before
            pipeline.publish(works, NOW, everything=True)
            assert restarted.get("/feed.xml", headers={"if-none-match": before}).status_code == 304
            path = works.settings.public / "feed.xml"
            path.write_bytes(path.read_bytes())
            os.utime(path, (0, 0))
            again = restarted.get("/feed.xml")
            assert again.headers["etag"] == before
            assert parsedate_to_datetime(again.headers["last-modified"]).timestamp() == 0
            drop(works, "b.md", SECOND)
            pipeline.publish(works, NOW)
            fresh = restarted.get("/feed.xml", headers={"if-none-match": before})
            assert fresh.status_code == 200
            assert "白鹭湖水质首次达到二类" in fresh.text


@pytest.mark.parametrize(
    ("asked", "allowed"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.5, br", True),
        ("*", True),
        ("x-gzip", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("gzipped", False),
    ],
)
def test_gzip_is_sent_only_to_who_takes_it(asked: str, allowed: bool) -> None:
    assert accepts_gzip(asked) is allowed


def test_a_tag_with_a_comma_of_another_server_does_no_harm() -> None:
    assert not is_known({"if-none-match": '"a,b", "c"'}, '"x"', 0)
