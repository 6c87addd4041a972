"""The office is told what happened: notices wait, are tried again, and are settled."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.model import Letter
from digest.store import database, notices, publications

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def due(engine: database.Engine, now: datetime) -> list[notices.Waiting]:
    with database.reading(engine) as store:
        return notices.due(store, now)


def test_a_notice_waits_for_its_retry(engine: database.Engine) -> None:
    with database.writing(engine) as store:
        notices.add(store, "editor@paper.example", "第88期已发布\n两篇文章", message_id="<1@paper.example>", now=NOW)
    (one,) = due(engine, NOW)
    assert one.subject == "第88期已发布"
    with database.writing(engine) as store:
        notices.settle(store, one.id, "pending", again=NOW + timedelta(minutes=2), error="451")
    assert due(engine, NOW) == []
    (again,) = due(engine, NOW + timedelta(minutes=2))
    assert again.attempts == 1
    with database.writing(engine) as store:
        notices.settle(store, one.id, "sent")
    assert due(engine, NOW + timedelta(days=1)) == []


def test_what_a_clock_that_stood_ahead_has_put_off_is_due(engine: database.Engine) -> None:
    with database.writing(engine) as store:
        notices.add(store, "editor@paper.example", "x", message_id="<1@paper.example>", now=NOW)
    (one,) = due(engine, NOW)
    with database.writing(engine) as store:
        notices.settle(store, one.id, "pending", again=NOW + timedelta(days=3650), error="451")
    assert len(due(engine, NOW)) == 1


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("reader@home.example", 3),
        ("READER+c@home.example", 3),
        ("reader_@home.example", 1),
        ("reader@work.example", 0),
        ("readers@home.example", 0),
    ],
)
def test_addresses_that_differ_in_a_tag_are_one_mailbox(engine: database.Engine, address: str, count: int) -> None:
    recipients = ("reader@home.example", "Reader+a@home.example", "reader+b+c@home.example", "reader_@home.example")
    with database.writing(engine) as store:
        publications.ensure(store, "paper")
        for recipient in recipients:
            letter = Letter("x", "", "x")
            identity = f"<{recipient}>"
            notices.write(store, "confirm", recipient, letter, publication_id=1, message_id=identity, now=NOW)
    with database.reading(engine) as store:
        assert notices.count(store, ["confirm"], NOW - timedelta(days=1), address) == count
