"""The service as browsers, feed readers and mail programs meet it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from digest import editing, pipeline, web
from digest.works import Works
from tests.works import FIRST, NOW, drop, opened, settings_in


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    with opened(settings_in(tmp_path_factory.mktemp("office"))) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        yield works


@pytest.fixture
def client(works: Works) -> Iterator[TestClient]:
    with TestClient(web.build(works, lambda: NOW), follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/2026/11/19/1/", "text/html; charset=utf-8"),
        ("/archive/", "text/html; charset=utf-8"),
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/atom.xml", "application/xml; charset=utf-8"),
        ("/feed.json", "application/feed+json; charset=utf-8"),
        ("/style.css", "text/css; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
        ("/healthz", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_public_is_served_under_its_type(client: TestClient, path: str, media_type: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_what_has_not_changed_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/feed.xml")
    again = client.get("/feed.xml", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_missing_page_is_a_page(client: TestClient) -> None:
    answer = client.get("/2026/11/19/99/")
    assert answer.status_code == 404
    assert "<html" in answer.text


@pytest.mark.parametrize("path", ["/../digest.db", "/%2e%2e/digest.db", "/..%2fkeys/token.key", "//etc/passwd", "/%00"])
def test_nothing_outside_of_the_public_folder_is_served(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in {400, 404}


def test_the_files_can_be_served_by_any_web_server(works: Works) -> None:
    for path in works.settings.public.rglob("*"):
        assert path.stat().st_mode & 0o004, path
    assert Path(works.settings.public / "index.html").exists()


def test_a_withdrawn_article_is_gone_also_for_who_has_it_still(client: TestClient, works: Works) -> None:
    before = client.get("/2026/11/19/2/")
    assert before.status_code == 200
    editing.retract(works, "paper", "2026/11/19/2/", None, NOW)
    pipeline.publish(works, NOW)
    for headers in ({}, {"if-none-match": client.get("/2026/11/19/2/").headers["etag"]}):
        answer = client.get("/2026/11/19/2/", headers=headers)
        assert answer.status_code == 410
        assert "图书馆" not in answer.text
    assert client.get("/2026/11/19/1/").status_code == 200
    editing.restore(works, "paper", "2026/11/19/2/", NOW)
    pipeline.publish(works, NOW)
    assert client.get("/2026/11/19/2/").status_code == 200
