"""`digest status` says how long the oldest work waits that could have been done, and when that is too long."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest import editing, operations, pipeline, subscriptions
from digest.store import database, outbox
from digest.works import Works
from tests.works import FIRST, NOW, drop, opened, settings_in


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        subscriptions.subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
        yield works


def test_where_nothing_is_due_nothing_waits(works: Works) -> None:
    assert operations.status(works.engine, NOW).waiting is None
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    pipeline.deliver(works, NOW)
    later = operations.status(works.engine, NOW + timedelta(days=9))
    assert later.waiting is None
    assert later.well


def test_an_issue_waits_from_its_time_on(works: Works) -> None:
    drop(works, "a.md", FIRST, NOW - timedelta(days=7))
    at = datetime.combine(datetime(2026, 11, 19).date(), works.settings.publications[0].publish_at)  # noqa: DTZ001
    at = at.replace(tzinfo=works.settings.publications[0].zone)
    last = at + timedelta(seconds=1)  # that of its second and last article
    assert operations.status(works.engine, at - timedelta(minutes=1)).waiting is None
    assert operations.status(works.engine, last + timedelta(minutes=20)).waiting == timedelta(minutes=20)


def test_an_old_issue_waits_from_when_it_was_dropped(works: Works) -> None:
    drop(works, "a.md", FIRST)
    assert operations.status(works.engine, NOW + timedelta(minutes=5)).waiting == timedelta(minutes=5)


def test_a_withdrawal_waits_from_when_it_was_made(works: Works) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    editing.retract(works, "paper", "2026/11/19/2/", None, NOW + timedelta(days=9))
    status = operations.status(works.engine, NOW + timedelta(days=9, minutes=5))
    assert status.waiting == timedelta(minutes=5)
    pipeline.publish(works, NOW + timedelta(days=9, minutes=6))


def test_a_letter_waits_from_when_it_was_made(works: Works) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    soon = operations.status(works.engine, NOW + timedelta(minutes=5))
    assert soon.waiting == timedelta(minutes=5)
    assert soon.well
    late = operations.status(works.engine, NOW + timedelta(minutes=61))
    assert late.waiting == timedelta(minutes=61)
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
        status = operations.status(works.engine, now)
        assert status.waiting == now - NOW
        assert status.well == (minutes <= 60)


def test_a_letter_that_has_failed_is_a_reason_to_look_for_a_day(works: Works) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    with database.writing(works.engine) as store:
        (one,) = outbox.claim(store, NOW, 10, {"paper"})
        outbox.fail(store, one.id, NOW, "550")
    assert not operations.status(works.engine, NOW + timedelta(hours=23)).well
    later = operations.status(works.engine, NOW + timedelta(hours=25))
    assert later.well
    assert later.deliveries == {"failed": 1}
