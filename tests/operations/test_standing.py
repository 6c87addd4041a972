"""`digest status` says how long the oldest work waits that could have been done, and when that is too long."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest import editing, pipeline
from digest.model import Letter
from digest.store import database, notices, outbox
from digest.works import Works
from tests.works import FIRST, NOW, drop, opened, settings_in, standing, subscribe


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
        yield works


def waited(works: Works, now: datetime) -> timedelta | None:
    """Return how long the oldest work waits that could have been done."""
    since = standing(works, now).waiting_since
    return None if since is None else now - since


def test_where_nothing_is_due_nothing_waits(works: Works) -> None:
    assert waited(works, NOW) is None
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    pipeline.deliver(works, NOW)
    later = standing(works, NOW + timedelta(days=9))
    assert later.waiting_since is None
    assert later.well


def test_what_the_office_is_not_told_is_a_trouble_and_a_mistyped_address_of_a_reader_is_none(works: Works) -> None:
    letter = Letter("x", "", "x")
    with database.writing(works.engine) as store:
        notices.write(store, "confirm", "b@wrong", letter, publication_id=1, message_id="<1@paper.example>", now=NOW)
        notices.settle(store, 1, "failed", error="550")
    assert standing(works, NOW).well
    with database.writing(works.engine) as store:
        notices.add(store, "editor@paper.example", "x", message_id="<2@paper.example>", now=NOW)
        notices.settle(store, 2, "failed", error="550")
    assert [one.kind for one in standing(works, NOW).troubles] == ["untold"]


def test_an_issue_waits_from_its_time_on(works: Works) -> None:
    drop(works, "a.md", FIRST, NOW - timedelta(days=7))
    at = datetime.combine(datetime(2026, 11, 19).date(), works.settings.publications[0].publish_at)  # noqa: DTZ001
    at = at.replace(tzinfo=works.settings.publications[0].zone)
    last = at + timedelta(seconds=1)  # that of its second and last article
    assert waited(works, at - timedelta(minutes=1)) is None
    assert waited(works, last + timedelta(minutes=20)) == timedelta(minutes=20)


def test_an_old_issue_waits_from_when_it_was_dropped(works: Works) -> None:
    drop(works, "a.md", FIRST)
    assert waited(works, NOW + timedelta(minutes=5)) == timedelta(minutes=5)


def test_a_withdrawal_waits_from_when_it_was_made(works: Works) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    editing.retract(works, "paper", "2026/11/19/2/", None, NOW + timedelta(days=9))
    status = standing(works, NOW + timedelta(days=9, minutes=5))
    assert status.at - status.waiting_since == timedelta(minutes=5)
    pipeline.publish(works, NOW + timedelta(days=9, minutes=6))


def test_a_letter_waits_from_when_it_was_made(works: Works) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    soon = standing(works, NOW + timedelta(minutes=5))
    assert soon.waiting_since == NOW
    assert soon.well
    late = standing(works, NOW + timedelta(minutes=61))
    assert late.waiting_since == NOW
    assert not late.well


def test_what_is_tried_in_vain_again_and_again_waits_all_the_time(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("template broken")

    monkeypatch.setattr("digest.site.render_lists", broken)
    drop(works, "a.md", FIRST)
    for minutes in range(0, 120, 5):
        now = NOW + timedelta(minutes=minutes)
        with suppress(RuntimeError):
            pipeline.publish(works, now)
        status = standing(works, now)
        assert status.waiting_since == NOW
        kinds = {one.kind for one in status.troubles}
        assert ("stuck" in kinds) == (minutes > 60)
    assert "unpublished" in kinds


def test_a_letter_that_has_failed_is_a_reason_to_look_for_a_day(works: Works) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    with database.writing(works.engine) as store:
        (one,) = outbox.claim(store, NOW, 10, {"paper"})
        outbox.fail(store, one.id, NOW, "550")
    assert not standing(works, NOW + timedelta(hours=23)).well
    later = standing(works, NOW + timedelta(hours=25))
    assert later.well
    assert later.work["delivery"] == {"failed": 1}
