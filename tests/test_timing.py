"""When issues are published and letters are due."""

from datetime import UTC, date, datetime, time, timedelta

from digest import timing
from digest.model import Masthead
from digest.settings import Publication

PAPER = Publication(timezone="Asia/Shanghai", publish_at=time(6, 0))
NOW = datetime(2026, 11, 20, 1, 0, 0, 5, tzinfo=UTC)


def test_an_issue_is_published_on_its_date_at_the_papers_time() -> None:
    at = timing.publication_time(PAPER, Masthead(date=date(2026, 11, 21), date_origin="masthead"), NOW)
    assert at == datetime(2026, 11, 20, 22, 0, tzinfo=UTC)


def test_an_old_issue_keeps_its_old_date() -> None:
    at = timing.publication_time(PAPER, Masthead(date=date(2020, 1, 2), date_origin="filename"), NOW)
    assert at == datetime(2020, 1, 1, 22, 0, tzinfo=UTC)


def test_a_guessed_date_makes_nobody_wait() -> None:
    at = timing.publication_time(PAPER, Masthead(date=date(2026, 11, 21), date_origin="mtime"), NOW)
    assert at == NOW.replace(microsecond=0)


def test_without_a_date_it_is_published_today() -> None:
    assert timing.publication_time(PAPER, Masthead(), NOW) == datetime(2026, 11, 19, 22, 0, tzinfo=UTC)


def test_what_failed_together_does_not_come_back_together_but_never_later() -> None:
    waits = [timing.spread(timedelta(minutes=2), seed) for seed in range(1, 200)]
    assert len(set(waits)) == len(waits)
    assert timedelta(seconds=102) <= min(waits) <= max(waits) <= timedelta(minutes=2)
    assert max(waits) - min(waits) > timedelta(seconds=15)


def test_retries_wait_longer_each_time_up_to_an_hour() -> None:
    waits = [timing.retry_after(n) for n in range(1, 9)]
    assert waits[0] == timedelta(minutes=2)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=1)


def test_however_often_it_was_tried_an_hour_is_the_longest_wait() -> None:
    assert timing.retry_after(10**6) == timedelta(hours=1)
