"""`digest status` says how long the oldest work waits that could have been done, and when that is too long."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest import operations, pipeline, subscriptions
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
    drop(works, "a.md", FIRST)
    at = datetime.combine(datetime(2026, 11, 19).date(), works.settings.publications[0].publish_at)  # noqa: DTZ001
    at = at.replace(tzinfo=works.settings.publications[0].zone)
    assert operations.status(works.engine, at - timedelta(minutes=1)).waiting is None
    assert operations.status(works.engine, at + timedelta(minutes=20)).waiting == timedelta(minutes=20)


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
