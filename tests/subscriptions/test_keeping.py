"""What is known of subscribers is forgotten in time, and nothing else is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digest import pipeline, subscriptions
from digest.settings import Publication
from digest.store import database
from digest.store.schema import metadata
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in, subscribe

PAPER = Publication()


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        yield works


def count(works: Works, table: str) -> int:
    with database.reading(works.engine) as store:
        return len(store.execute(metadata.tables[table].select()).all())


def ask(works: Works, email: str) -> None:
    subscriptions.ask(works, PAPER, email, "daily", origin="unknown", wording="x", now=NOW)


def test_who_never_confirms_is_forgotten(works: Works) -> None:
    ask(works, "a@home.example")
    subscriptions.forget(works, NOW + timedelta(days=7))
    assert count(works, "subscriber") == 1
    subscriptions.forget(works, NOW + timedelta(days=7, seconds=1))
    assert [count(works, table) for table in ("subscriber", "subscription", "consent", "notice")] == [0, 0, 0, 0]


def test_who_had_left_before_has_still_left(works: Works) -> None:
    subscribe(works.engine, "a@home.example", "paper", "daily", NOW)
    subscriptions.unsubscribe(works.engine, "a@home.example", "paper", NOW)
    ask(works, "a@home.example")
    subscriptions.forget(works, NOW + timedelta(days=8))
    (one,) = subscriptions.listed(works.engine)
    assert one.state == "unsubscribed"


def test_deliveries_and_letters_are_forgotten_together_and_come_no_second_time(works: Works) -> None:
    subscribe(works.engine, "a@home.example", "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    later = NOW + timedelta(days=366)
    subscriptions.forget(works, later)
    assert count(works, "delivery") == 1  # it waits
    pipeline.deliver(works, NOW)
    subscriptions.forget(works, NOW + timedelta(days=364))
    assert [count(works, table) for table in ("delivery", "digest")] == [1, 1]
    subscriptions.forget(works, later)
    assert [count(works, table) for table in ("delivery", "digest")] == [0, 0]
    assert pipeline.compose(works, later) == 0
    drop(works, "b.md", SECOND, later)
    assert count(works, "subscriber") == 1


def test_an_erased_one_does_not_come_back_with_the_next_issue(works: Works) -> None:
    for email in ("a@home.example", "b@home.example"):
        subscribe(works.engine, email, "paper", "issue", NOW)
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    subscriptions.erase_address(works, "a@home.example", NOW)
    pipeline.deliver(works, NOW)
    (letter,) = works.settings.outbox.glob("*.eml")
    assert "To: b@home.example" in letter.read_text("ascii")
