"""The service as browsers, feed readers and mail programs meet it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from digest import editing, pipeline, subscriptions, web
from digest.operations import status
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


def link(works: Works, email: str) -> str:
    """Subscribe, publish an issue, and return the path of the unsubscribe link in the letter."""
    subscriptions.subscribe(works.engine, email, "paper", "issue", NOW)
    n = len(list(works.settings.blobs.rglob("*")))
    drop(works, f"{email}.md", FIRST.replace("第88期", f"第{90 + n}期").replace("2026年11月19日", f"2026年10月{n}日"))
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    pipeline.deliver(works, NOW)
    letters = [path.read_text("ascii") for path in works.settings.outbox.glob("*.eml")]
    (letter,) = [letter for letter in letters if f"To: {email}" in letter]
    found = re.search(r"^List-Unsubscribe: <https://service.example(/\S+)>\r?$", letter, re.MULTILINE)
    assert found
    return found[1]


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


def test_looking_at_the_link_changes_nothing(client: TestClient, works: Works) -> None:
    path = link(works, "a@example.org")
    for method in ("GET", "HEAD"):
        answer = client.request(method, path, params={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
    assert client.options(path).status_code == 405
    assert 'method="post"' in client.get(path).text
    assert status(works.engine, NOW).subscriptions["active"] >= 1
    client.post(path)


@pytest.mark.parametrize("form", ["urlencoded", "multipart", "none"])
def test_one_click_ends_the_subscription_again_and_again(client: TestClient, works: Works, form: str) -> None:
    path = link(works, f"{form}@example.org")
    before = status(works.engine, NOW).subscriptions["active"]
    for _ in range(2):
        if form == "urlencoded":
            answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
        elif form == "multipart":
            answer = client.post(path, files={"List-Unsubscribe": (None, "One-Click")})
        else:
            answer = client.post(path)
        assert answer.status_code == 200
        assert status(works.engine, NOW).subscriptions.get("active", 0) == before - 1


@pytest.mark.parametrize("change", ["cut", "longer", "other", "huge", "nul", "empty", "paper"])
def test_a_false_token_is_told_the_same_and_changes_nothing(client: TestClient, works: Works, change: str) -> None:
    path = link(works, f"{change}@example.org")
    head, _, token = path.rpartition("/")
    false = {
        "cut": f"{head}/{token[:-1]}",
        "longer": f"{path}x",
        "other": f"{head}/{'0' * 16}{token[16:]}",
        "huge": f"{head}/{'x' * 9000}",
        "nul": f"{head}/%00",
        "empty": f"{head}/.",
        "paper": path.replace("/paper/", "/other/"),
    }[change]
    before = status(works.engine, NOW).subscriptions
    answers = [client.get(false), client.post(false)]
    assert {answer.status_code for answer in answers} <= {404, 405}
    assert status(works.engine, NOW).subscriptions == before
    client.post(path)


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
