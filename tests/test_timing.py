"""When issues are published and letters are due."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

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


def test_the_last_slot_is_todays_or_yesterdays() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    assert timing.last_slot(time(9, 0), zone, NOW) == datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    assert timing.last_slot(time(9, 1), zone, NOW) == datetime(2026, 11, 19, 1, 1, tzinfo=UTC)


zones = st.sampled_from(
    ["Asia/Shanghai", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- the zone follows


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)), zones, instants)
def test_a_slot_is_never_ahead_and_at_most_a_day_behind(at: time, zone: str, now: datetime) -> None:
    slot = timing.last_slot(at, ZoneInfo(zone), now)
    assert slot <= now
    assert now - slot <= timedelta(hours=49)  # Apia left out a whole day in 2011


def test_retries_wait_longer_each_time_up_to_an_hour() -> None:
    waits = [timing.retry_after(n) for n in range(1, 9)]
    assert waits[0] == timedelta(minutes=2)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=1)


def test_however_often_it_was_tried_an_hour_is_the_longest_wait() -> None:
    assert timing.retry_after(10**6) == timedelta(hours=1)
