"""Leaving: one click of a mail program, a button for people, and nothing for who only looks."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from digest import links, pipeline, subscriptions
from digest.store import database, subscribers
from digest.works import Works
from tests.mailboxes import link, mails
from tests.web.conftest import rows
from tests.works import NOW, SECOND, drop, subscribe

READER = "reader@home.example"


@pytest.fixture
def path(office: Works) -> str:
    """Subscribe, and return the path of the link that stands in every letter."""
    subscribe(office.engine, READER, "paper", "issue", NOW)
    with database.reading(office.engine) as store:
        found = subscribers.by_email(store, READER)
        assert found is not None
        person = subscribers.get(store, found)
    url = links.unsubscribe_url(office, "paper", person.public_id, person.token_version)
    return url.removeprefix("https://service.example")


def state(works: Works) -> str:
    (one,) = subscriptions.listed(works.engine)
    return one.state


def test_looking_at_the_link_changes_nothing(visitor: TestClient, office: Works, path: str) -> None:
    before = rows(office)
    for method in ("GET", "HEAD"):
        answer = visitor.request(method, path, params={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
    assert visitor.options(path).status_code == 405
    assert 'method="post"' in visitor.get(path).text
    assert rows(office) == before


@pytest.mark.parametrize("form", ["urlencoded", "multipart", "none", "broken"])
def test_one_click_ends_the_subscription_again_and_again(
    visitor: TestClient, office: Works, path: str, form: str
) -> None:
    for _ in range(2):
        if form == "urlencoded":
            answer = visitor.post(path, data={"List-Unsubscribe": "One-Click"})
        elif form == "multipart":
            answer = visitor.post(path, files={"List-Unsubscribe": (None, "One-Click")})
        elif form == "broken":
            answer = visitor.post(path, content=b"--x\r\n" * 9000, headers={"content-type": "multipart/form-data"})
        else:
            answer = visitor.post(path)
        assert answer.status_code == 200
        assert state(office) == "unsubscribed"


@pytest.mark.parametrize("change", ["cut", "longer", "other", "huge", "nul", "dot", "confirm"])
def test_a_false_token_is_told_the_same_and_changes_nothing(
    visitor: TestClient, office: Works, path: str, change: str
) -> None:
    head, _, token = path.rpartition("/")
    false = {
        "cut": f"{head}/{token[:-1]}",
        "longer": f"{path}x",
        "other": f"{head}/{'0' * 16}{token[16:]}",
        "huge": f"{head}/{'x' * 9000}",
        "nul": f"{head}/%00",
        "dot": f"{head}/.",
        "confirm": f"/confirm/{token}",
    }[change]
    before = rows(office)
    unknown = visitor.get(f"{head}/nobody.nothing")
    for method in ("GET", "POST"):
        answer = visitor.request(method, false)
        assert answer.status_code in {404, 405}
        if change != "dot":  # that is no path of ours at all
            assert answer.content == unknown.content
    assert rows(office) == before


def test_a_link_in_an_old_letter_works_after_the_address_has_changed(
    visitor: TestClient, office: Works, path: str
) -> None:
    with database.writing(office.engine) as store:
        found = subscribers.by_email(store, READER)
        assert found is not None
        subscribers.move(store, found, "new@home.example", "new@home.example")
    assert visitor.post(path).status_code == 200
    assert state(office) == "unsubscribed"


def test_the_token_works_by_mail_too(office: Works, path: str) -> None:
    token = path.rpartition("/")[2]
    assert not subscriptions.by_mail(office, f"{token}x", NOW)
    assert subscriptions.by_mail(office, token.upper(), NOW)
    assert state(office) == "unsubscribed"


def test_a_letter_that_waits_is_not_sent_to_who_has_left(visitor: TestClient, printed: Works, path: str) -> None:
    drop(printed, "b.md", SECOND)
    pipeline.publish(printed, NOW)
    assert pipeline.compose(printed, NOW) == 1
    visitor.post(path)
    assert mails(printed, READER) == []


def test_the_link_in_the_letter_is_the_one(visitor: TestClient, printed: Works, path: str) -> None:
    drop(printed, "b.md", SECOND)
    pipeline.publish(printed, NOW)
    pipeline.compose(printed, NOW + timedelta(minutes=1))
    (letter,) = mails(printed, READER)
    assert link(letter, "unsubscribe") == path
