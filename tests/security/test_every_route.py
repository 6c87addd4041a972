"""What holds of every address of the service, also of one that is added tomorrow: who may post there, and what protects it."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Response
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from digest import pipeline, web
from digest.desk.frame import DONE
from digest.operations.desk import password
from digest.settings import Publication
from digest.works import Works
from tests.web.conftest import Clock, rows
from tests.web.desking import WORD, log_in, mark, open_desk
from tests.works import FIRST, NOW, drop, opened, settings_in

OURS = {"origin": "https://service.example"}
FOREIGN = [{}, {"origin": "https://evil.example"}, {"origin": "null"}, OURS | {"sec-fetch-site": "cross-site"}]

BY_ORIGIN = {"/subscribe", "/desk/login/"}
"""Forms that anybody may send, but only from a page of ours."""

BY_TOKEN = {
    "/unsubscribe/paper/{token}",
    "/confirm/{token}",
    "/preferences/{token}",
    "/preferences/{token}/address",
    "/preferences/{token}/data",
    "/move/{token}",
    "/data/{token}",
}
"""Pages that do nothing without the token in their address, which no other site knows."""


@pytest.fixture
def service(tmp_path: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Works, TestClient]]:
    """Return a service with an issue and a desk, and a client of it."""
    monkeypatch.setitem(password._COST, "n", 16)
    with opened(settings_in(tmp_path, publications=(Publication(title="南浔渡口报"),))) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        open_desk(works)
        client = TestClient(
            web.build(works, clock),
            base_url="https://service.example",
            follow_redirects=False,
            raise_server_exceptions=False,
        )
        with client:
            yield works, client


@pytest.fixture
def clock() -> Clock:
    return Clock()


def routes(client: TestClient) -> list[Route]:
    assert isinstance(client.app, Starlette)
    return [route for route in client.app.routes if isinstance(route, Route)]


def taking(client: TestClient, method: str) -> list[Route]:
    return [route for route in routes(client) if method in (route.methods or ())]


def addresses(route: Route) -> list[str]:
    """Return addresses that lead to a route: with rows that there are, and every action that there is."""
    path = route.path.replace("{token}", "a.b").replace("{path:path}", "")
    path = re.sub(r"{\w+:\w+}", "1", path)
    return [path.replace("{action}", action) for action in sorted(DONE)] if "{action}" in path else [path]


def is_guarded(route: Route) -> bool:
    return route.path.startswith("/desk/") and route.path != "/desk/login/"


def test_what_is_no_route_serves_files_and_takes_no_form(service: tuple[Works, TestClient]) -> None:
    _, client = service
    assert isinstance(client.app, Starlette)
    others = [route for route in client.app.routes if not isinstance(route, Route)]
    assert [(type(one), one.path) for one in others if isinstance(one, Mount)] == [(Mount, "")]
    assert len(others) == 1
    for path in ("/", "/feed.xml", "/2026/11/19/1/", "/style.css"):
        assert client.post(path, headers=OURS).status_code == 405


def test_every_route_that_takes_a_form_is_known_here_with_what_protects_it(service: tuple[Works, TestClient]) -> None:
    _, client = service
    open_to_all = {route.path for route in taking(client, "POST") if not is_guarded(route)}
    assert open_to_all == BY_ORIGIN | BY_TOKEN
    assert {method for route in routes(client) for method in route.methods or ()} <= {"GET", "HEAD", "POST", "OPTIONS"}


def test_another_sites_form_is_not_taken(service: tuple[Works, TestClient]) -> None:
    works, client = service
    before = rows(works)
    for headers in ({"origin": "https://evil.example"}, {"origin": "null"}):
        sent = {"email": "reader@home.example", "password": WORD}
        assert {client.post(path, data=sent, headers=headers).status_code for path in BY_ORIGIN} == {403}
    assert rows(works) == before


def test_a_page_that_needs_a_token_does_nothing_without(service: tuple[Works, TestClient]) -> None:
    works, client = service
    before = rows(works)
    answers = {}
    for route in taking(client, "POST"):
        if route.path in BY_TOKEN:
            sent = {"action": "erase", "sure": "yes", "email": "reader@home.example", "cadence": "weekly"}
            answers[route.path] = client.post(addresses(route)[0], data=sent, headers=OURS).status_code
    assert answers == dict.fromkeys(BY_TOKEN, 404)
    assert rows(works) == before


def test_at_the_desk_nothing_is_shown_or_done_for_who_is_not_logged_in(service: tuple[Works, TestClient]) -> None:
    works, client = service
    log_in(client)
    genuine = mark(client)
    client.cookies.clear()
    forged = {"": genuine, "x" * 43: hmac.new(b"x" * 43, b"desk", hashlib.sha256).hexdigest()}
    before = rows(works)
    for token, csrf in forged.items():
        cookie = {"cookie": f"__Host-desk={token}"} if token else {}
        for route in filter(is_guarded, routes(client)):
            if route.path.endswith((".css", ".svg")):  # the look of the login page, and no secret
                continue
            for path in addresses(route):
                shown = client.get(path, headers=cookie)
                sent = client.post(path, data={"csrf": csrf}, headers=OURS | cookie)
                found = {one.status_code for one in (shown, sent)}
                assert found <= {303, 307, 404, 405}, path  # 307: to the address with its last slash
                assert "渡口" not in sent.text + (shown.text if shown.status_code == 303 else "")
    assert rows(works) == before


def test_at_the_desk_nothing_is_done_but_by_its_own_pages(service: tuple[Works, TestClient]) -> None:
    works, client = service
    log_in(client)
    genuine = mark(client)
    false = [(headers, genuine) for headers in FOREIGN] + [(OURS, ""), (OURS, "0" * 64), (OURS, genuine[:-1])]
    before = rows(works)
    for route in filter(is_guarded, taking(client, "POST")):
        for path in addresses(route):
            for headers, csrf in false:
                answer = client.post(path, data={"csrf": csrf, "paper": "paper"}, headers=headers)
                assert answer.status_code == 403, (path, headers)
            for method in ("GET", "HEAD"):
                client.request(method, path, params={"csrf": genuine}, headers=OURS)
    assert rows(works) == before


def test_every_answer_forbids_browsers_more_than_its_page_needs(
    service: tuple[Works, TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also what is not found (404), too much (413), not allowed (405), refused (403, 422), or our own failure (500)."""
    _, client = service
    seen: set[int] = set()

    def ask(method: str, path: str, **sent: Any) -> None:
        answer = client.request(method, path, **sent)
        seen.add(answer.status_code)
        assert list(unprotected(path, answer)) == [], (method, path, answer.status_code)

    files = ("/", "/feed.xml", "/style.css", "/2026/11/19/1/", "/nothing/", "/feeds/nothing/feed.xml", "/%00")
    for enter in (lambda _: None, log_in):
        enter(client)
        for path in (*files, *(path for route in routes(client) for path in addresses(route))):
            for method in ("GET", "HEAD", "PUT", "OPTIONS"):
                ask(method, path)
            ask("POST", path, data={"email": "no address"}, headers=OURS)
    form = {"content-type": "application/x-www-form-urlencoded"}
    for path in ("/subscribe", "/desk/logout/"):
        ask("POST", path, content=b"email=" + b"a" * 10**6, headers=form | OURS)
    monkeypatch.setattr("digest.web.desk.overview.operations", None)
    monkeypatch.setattr("digest.web.health.unready", None)
    for path in ("/desk/", "/readyz"):
        ask("GET", path)
    assert {200, 303, 403, 404, 405, 413, 422, 500} <= seen


def unprotected(path: str, answer: Response) -> Iterator[str]:
    """Yield what an answer lacks that protects a browser."""
    headers = answer.headers
    rules = set(headers["content-security-policy"].split("; "))
    framed = "frame-ancestors 'self'" if "/preview/" in path and answer.status_code == 200 else "frame-ancestors 'none'"
    if not {"default-src 'none'", "base-uri 'none'", framed} <= rules or any("unsafe" in rule for rule in rules):
        yield "content-security-policy"
    if headers["x-content-type-options"] != "nosniff" or not headers["strict-transport-security"]:
        yield "nosniff, https"
    own = path.startswith("/desk/") and answer.status_code in {200, 303, 403, 409, 422, 429}
    if own and headers["cache-control"] != "no-store" and not path.endswith((".css", ".svg")):
        yield "a page of the desk is kept"
    kept = headers.get("cache-control") != "no-store" or headers["referrer-policy"] != "no-referrer"
    if "a.b" in path and answer.status_code == 404 and "last-modified" not in headers and kept:
        yield "a page with a token is kept or told of"
    if headers["referrer-policy"] not in {"no-referrer", "same-origin"}:
        yield "referrer-policy"
    if "html" in headers.get("content-type", "") and re.search(r"\sstyle=|<script>|<style|\son\w+=", answer.text):
        yield "what the policy forbids"
