"""What strangers send to the service: nothing makes it fail, and no answer lacks what protects a browser."""

import asyncio
import subprocess
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from digest import subscriptions, web
from digest.store import database
from digest.web import clients
from digest.works import Works
from tests.builders import HOSTILE
from tests.mailboxes import link, mails
from tests.web.conftest import Clock
from tests.works import FIRST, NOW

READER = "reader@home.example"
PLACES = [
    *("/", "/subscribe", "/search", "/search.xml", "/search.json", "/feed.xml", "/atom.xml", "/healthz", "/style.css"),
    *("/confirm/{}", "/preferences/{}", "/preferences/{}/address", "/preferences/{}/data", "/move/{}", "/data/{}"),
    *("/unsubscribe/paper/{}", "/archive/", "/nothing/{}"),
]
FIELDS = [
    *("email", "cadence", "website", "q", "section", "author", "from", "to", "sort", "page", "action", "sure"),
    *("keywords", "timezone", "send_at", "quiet_from", "paused_until", "weekday", "form"),
]
SAID = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE), st.sampled_from(["\0", "²", "-1", "9" * 300, "%00"]))
CHARSETS = ["undefined", "punycode", "idna", "utf-7", "unicode_escape", "hex", "no-such", "utf-16"]


@pytest.fixture
def token(visitor: TestClient, office: Works) -> str:
    visitor.post("/subscribe", data={"email": READER})
    return link(mails(office, READER)[0], "confirm").rpartition("/")[2]


ASKED = st.tuples(
    st.sampled_from(["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "TRACE"]),
    st.sampled_from(PLACES),
    st.one_of(st.none(), st.text("abz27.\0%/\\é渡", max_size=40)),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ASKED, st.dictionaries(st.sampled_from(FIELDS), SAID, max_size=4), st.sampled_from(["data", "files", "params"]))
def test_no_request_makes_it_fail(
    visitor: TestClient, token: str, asked: tuple[str, str, str | None], fields: dict[str, str], way: str
) -> None:
    method, place, false = asked
    path = place.format(token if false is None else quote(false))
    if method != "POST":
        way = "params"
    sent: Any = {name: (None, said) for name, said in fields.items()} if way == "files" else fields
    answer = visitor.request(method, path, **{way: sent})
    assert answer.status_code < 500
    assert_protected(answer.headers)


def assert_protected(headers: Any) -> None:
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in {"no-referrer", "same-origin"}
    assert headers["strict-transport-security"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_an_encoding_that_is_none_is_no_matter(visitor: TestClient, charset: str) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\n\xff\xd8\\ud800+2AA-\r\n--x--\r\n'
    answer = visitor.post(
        "/subscribe", content=body, headers={"content-type": f"multipart/form-data; boundary=x; charset={charset}"}
    )
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("multipart/form-data", b"--x\r\n", 400),
        ("multipart/form-data; boundary=x", b"--x\r\n" * 3000, 400),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\n',
            400,
        ),
        ("multipart/form-data; boundary=x", b"--x\r\nX: " + b"y" * 12_000, 400),
        ("application/x-www-form-urlencoded", b"a=b&" * 200, 400),
        ("application/x-www-form-urlencoded", b"email=" + b"a" * 10_000_000, 413),
        ("multipart/form-data; boundary=x", b"x" * 10_000_000, 413),
        ("application/json", b'{"email": "reader@home.example"}', 422),
        ("", b"\0" * 100, 422),
    ],
)
def test_a_form_that_is_none_is_refused(visitor: TestClient, content_type: str, body: bytes, status: int) -> None:
    answer = visitor.post("/subscribe", content=body, headers={"content-type": content_type})
    assert answer.status_code == status
    assert_protected(answer.headers)


def test_a_form_that_breaks_off_is_no_failure_of_ours(office: Works, clock: Clock) -> None:
    said: list[Any] = []
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/subscribe",
        "query_string": b"",
        "headers": [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"999")],
        "client": ("192.0.2.7", 50000),
    }
    coming = iter([{"type": "http.request", "body": b"email=a", "more_body": True}, {"type": "http.disconnect"}])

    async def receive() -> Any:
        return next(coming)

    async def send(message: Any) -> None:
        said.append(message)

    asyncio.run(web.build(office, clock)(scope, receive, send))
    assert said[0]["status"] == 400


def test_our_own_failure_is_told_in_words_and_protected(office: Works) -> None:
    def broken() -> Any:
        raise RuntimeError(READER)

    client = TestClient(web.build(office, broken), base_url="https://service.example", raise_server_exceptions=False)
    answer = client.post("/subscribe", data={"email": READER})
    assert (answer.status_code, answer.text) == (500, "暂时出了问题，请稍后再试。\n")
    assert_protected(answer.headers)


def test_what_is_logged_of_an_error_names_nobody(office: Works) -> None:
    publication = office.settings.publications[0]
    with database.writing(office.engine) as store:
        store.exec_driver_sql("ALTER TABLE notice RENAME TO gone")
    with pytest.raises(database.Trouble) as failed:
        subscriptions.ask(office, publication, READER, "issue", origin="unknown", wording="", now=NOW)
    assert "INSERT INTO" in str(failed.value) or "SELECT" in str(failed.value)
    assert READER not in "".join(traceback.format_exception(failed.value))
    with database.writing(office.engine) as store:
        store.exec_driver_sql("ALTER TABLE gone RENAME TO notice")


def test_nobody_else_may_write_what_is_ours_or_read_our_secrets(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("inbox: {settle: 0}\n")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "a.md").write_text(FIRST)
    subprocess.run([sys.executable, "-m", "digest", "once"], cwd=tmp_path, umask=0, check=True, capture_output=True)
    mode = {path.relative_to(tmp_path): path.stat().st_mode for path in tmp_path.rglob("*") if path.name != "inbox"}
    ours = {path: one for path, one in mode.items() if path != Path("config.yaml")}
    assert Path("data/public/index.html") in ours
    assert not [path for path, one in ours.items() if one & 0o002]
    assert not [path for path, one in ours.items() if "keys" in path.parts and one & 0o077]
    assert mode[Path("data")] & 0o007 == 0


def test_where_there_is_no_https_none_is_asked_for(office: Works, clock: Clock) -> None:
    plain = replace(office, settings=replace(office.settings, service_url="http://service.example/"))
    answer = TestClient(web.build(plain, clock)).get("/healthz")
    assert "strict-transport-security" not in answer.headers


def test_many_at_a_time_are_counted_each() -> None:
    throttle, ready = clients.Throttle(20), Barrier(8)
    let_in: list[int] = []

    def come() -> None:
        ready.wait()
        let_in.extend(1 for _ in range(2000) if throttle.wait("192.0.2.7", NOW) is None)

    threads = [Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_in) == 20
