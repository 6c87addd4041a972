"""What strangers send to the service: nothing makes it fail, and no answer lacks what protects a browser."""

import asyncio
import hashlib
import hmac
import re
import traceback
from dataclasses import replace
from threading import Barrier, Thread
from typing import Any
from urllib.parse import quote

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from digest import subscriptions, web
from digest.operations.desk import password, sessions
from digest.store import database
from digest.web import clients
from digest.works import Works
from tests.builders import HOSTILE
from tests.mailboxes import link, mails
from tests.web.conftest import Clock
from tests.web.desking import WORD, open_desk
from tests.works import NOW

READER = "reader@home.example"
FIELDS = [
    *("email", "cadence", "website", "q", "section", "author", "from", "to", "sort", "page", "action", "sure"),
    *("keywords", "timezone", "send_at", "quiet_from", "paused_until", "weekday", "form", "csrf", "next", "part"),
    *("article", "reason", "paper", "state", "digest", "done", "lang", "password"),
]
HEADERS = [
    *("host", "origin", "sec-fetch-site", "cookie", "content-type", "content-length", "x-forwarded-for", "forwarded"),
    *("range", "if-none-match", "if-modified-since", "accept-encoding", "accept-language", "transfer-encoding"),
]
CHARSETS = ["undefined", "punycode", "idna", "utf-7", "unicode_escape", "hex", "no-such", "utf-16"]
ODD = ["\0", "²", "-1", "9" * 300, "%00", "..", "http://[", "//[::1", "ª℀", "bytes=-", '"', "q=\xff", "a=b; desk"]
SAID = st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE), st.sampled_from(ODD))
NAMED = st.one_of(st.text("abz27.\0%/\\é渡", max_size=40), SAID, st.sampled_from(["1", "2", "retract", "test", "drop"]))
TOLD = st.one_of(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=60), st.sampled_from(ODD))
METHODS = st.sampled_from(["GET", "HEAD", "POST", "POST", "OPTIONS", "PUT", "DELETE", "TRACE", "PATCH", "ODD"])


@pytest.fixture
def token(visitor: TestClient, office: Works) -> str:
    visitor.post("/subscribe", data={"email": READER})
    return link(mails(office, READER)[0], "confirm").rpartition("/")[2]


@pytest.fixture
def desk(printed: Works, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the desk a password, and return the token of a session that lasts through every request."""
    monkeypatch.setitem(password._COST, "n", 16)
    open_desk(printed)
    printed.pulse.scan()  # or it is not ready, and says so with a 503
    monkeypatch.setattr(sessions, "log_out", lambda *_: None)
    monkeypatch.setattr(sessions, "FREE", 10_000)  # who has to wait is only told so
    found = sessions.log_in(printed, WORD, "192.0.2.0/24", clock.now)
    assert isinstance(found, str)
    return found


@pytest.fixture
def places(visitor: TestClient) -> list[str]:
    """Return the addresses of all routes, and of files, with their names in braces."""
    files = ["/", "/feed.xml", "/style.css", "/archive/", "/2026/11/19/1/", "/{anything}", "/pictures/{anything}"]
    return [*(path_of(route) for route in routes(visitor) if not isinstance(route, Mount)), *files]


def routes(client: TestClient) -> list[Any]:
    assert isinstance(client.app, Starlette)
    return client.app.routes


def path_of(route: Any) -> str:
    return re.sub(r":\w+}", "}", route.path)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_request_makes_it_fail(
    visitor: TestClient, desk: str, token: str, places: list[str], data: st.DataObject
) -> None:
    """The same request goes to every address that there is, from strangers and from who is logged in."""
    method, way = data.draw(METHODS), data.draw(st.sampled_from(["data", "files", "params", "content"]))
    name = data.draw(st.one_of(st.just(token), NAMED))
    fields = data.draw(st.dictionaries(st.sampled_from(FIELDS), SAID, max_size=4))
    headers = data.draw(st.dictionaries(st.sampled_from(HEADERS), TOLD, max_size=3))
    if data.draw(st.booleans()):
        headers |= {"cookie": f"__Host-desk={desk}", "origin": "https://service.example"}
        fields["csrf"] = hmac.new(desk.encode(), b"desk", hashlib.sha256).hexdigest()
    told = [(name.encode(), said.encode("latin-1", "replace").replace(b"\0", b"")) for name, said in headers.items()]
    sent: Any = {name: (None, said) for name, said in fields.items()} if way == "files" else fields
    sent = data.draw(st.binary(max_size=200)) if way == "content" else sent
    with structlog.testing.capture_logs() as logged:
        for place in places:
            path = re.sub(r"{\w+}", lambda _: quote(name), place)
            answer = visitor.request(method, path, headers=told, **{way: sent})
            assert answer.status_code < 500, (method, path, told, sent)
            assert_protected(answer.headers)
    assert not [line for line in logged if line["log_level"] in {"error", "critical"}]


@pytest.mark.parametrize("origin", ["http://[", "//[::1", "https://", "https://service.example@evil.example", "é", ""])
def test_an_origin_that_is_none_is_another_sites(visitor: TestClient, desk: str, origin: str) -> None:
    told = [(b"origin", origin.encode("latin-1"))]
    for path in ("/desk/login/", "/desk/logout/", "/subscribe"):
        cookie = [(b"cookie", f"__Host-desk={desk}".encode())]
        assert visitor.post(path, data={"password": WORD}, headers=told + cookie).status_code == 403


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
