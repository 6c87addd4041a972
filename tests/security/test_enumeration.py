"""Nobody learns from an answer who is subscribed: not from its words, nor from the work that was done until it left.

Work is counted in statements of the database, which no machine's speed changes.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from digest import links, tokens, web
from digest.settings import Subscribers
from digest.store import database, subscribers, suppressions
from digest.works import Works
from tests.mailboxes import mails
from tests.web.conftest import Clock
from tests.works import NOW, opened, settings_in, subscribe

STRANGER, KNOWN, BARRED = "stranger@home.example", "known@home.example", "barred@home.example"


class Seen(NamedTuple):
    """What somebody who asks can see: the answer, and how much work was done for it."""

    status: int
    content: bytes
    headers: dict[str, str]
    statements: int


class Counting:
    """The service, with the statements counted that it has done when an answer has left."""

    def __init__(self, works: Works, clock: Clock) -> None:
        self._app = web.build(works, clock)
        self.done = self.until_answered = 0
        event.listen(works.engine, "before_cursor_execute", self._count)

    def _count(self, *_: object) -> None:
        self.done += 1

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self.until_answered = self.done

        self.done = 0
        await self._app(scope, receive, noted)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(tmp_path: Any) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        subscribe(works.engine, KNOWN, "paper", "issue", NOW)
        with database.writing(works.engine) as store:
            suppressions.suppress(store, tokens.address_hash(works.key, BARRED), "complaint", NOW)
        yield works


@pytest.fixture
def counting(office: Works, clock: Clock) -> Counting:
    return Counting(office, clock)


def seen(counting: Counting, path: str, **fields: str) -> Seen:
    client = TestClient(counting, base_url="https://service.example", follow_redirects=False)
    answer = client.post(path, data=fields)
    assert counting.until_answered > 0
    return Seen(answer.status_code, answer.content, dict(answer.headers), counting.until_answered)


def test_who_asks_for_letters_sees_the_same_for_every_address(office: Works, counting: Counting) -> None:
    first, *others = [seen(counting, "/subscribe", email=email) for email in (STRANGER, KNOWN, BARRED)]
    assert others == [first] * 2
    assert [len(mails(office, email)) for email in (STRANGER, KNOWN, BARRED)] == [1, 1, 0]


def test_who_moves_sees_the_same_for_every_new_address(office: Works, counting: Counting) -> None:
    subscribe(office.engine, "mallory@home.example", "paper", "issue", NOW)
    with database.reading(office.engine) as store:
        row = subscribers.by_email(store, "mallory@home.example")
        assert row is not None
        person = subscribers.get(store, row)
    url = links.preferences_url(office, office.settings.publications[0], person.public_id, person.token_version)
    path = url.removeprefix("https://service.example") + "/address"
    first, *others = [seen(counting, path, email=email) for email in (STRANGER, KNOWN, BARRED)]
    assert others == [first] * 2


def test_what_a_stranger_writes_into_a_header_makes_no_other_client_of_him(office: Works, clock: Clock) -> None:
    few = replace(office, settings=replace(office.settings, subscribers=Subscribers(asks=2)))
    client = TestClient(web.build(few, clock), base_url="https://service.example", client=("192.0.2.7", 50_000))
    found = []
    for n in range(4):
        told = dict.fromkeys(("x-forwarded-for", "x-real-ip", "client-ip"), f"203.0.{n}.9")
        told |= {"forwarded": f"for=203.0.{n}.9"}
        found.append(client.post("/subscribe", data={"email": f"r{n}@home.example"}, headers=told).status_code)
    assert found == [200, 200, 429, 429]
