"""When a letter is due, in any zone, on any day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import schedule
from digest.model import Preferences

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
AT = time(7, 30)
FRIDAY = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)  # nine in the morning in Shanghai


def due(preferences: Preferences, after: datetime = FRIDAY, zone: ZoneInfo = SHANGHAI) -> datetime | None:
    """Return when the next letter is due, as the clocks of the zone show it."""
    at = schedule.next_due(preferences, zone, AT, after)
    return at and at.astimezone(zone)


def local(year: int, month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=SHANGHAI)


def test_news_goes_at_once() -> None:
    assert due(Preferences(cadence="issue")) is None


def test_a_daily_letter_goes_at_the_papers_time_or_ones_own() -> None:
    assert due(Preferences(cadence="daily")) == local(2026, 11, 21, 7, 30)
    assert due(Preferences(cadence="daily", send_at=time(18, 0))) == local(2026, 11, 20, 18, 0)
    assert due(Preferences(cadence="daily", timezone="Europe/London")) == local(2026, 11, 20, 15, 30)


def test_what_was_due_just_now_is_due_again_tomorrow() -> None:
    daily = Preferences(cadence="daily", send_at=time(9, 0))
    assert due(daily, FRIDAY) == local(2026, 11, 21, 9, 0)
    assert due(daily, FRIDAY - timedelta(seconds=1)) == local(2026, 11, 20, 9, 0)


def test_a_weekly_letter_goes_on_its_day() -> None:
    assert due(Preferences(cadence="weekly", weekday=0)) == local(2026, 11, 23, 7, 30)
    assert due(Preferences(cadence="weekly", weekday=4)) == local(2026, 11, 27, 7, 30)


def test_quiet_hours_hold_news_back_until_they_end() -> None:
    night = Preferences(cadence="issue", quiet_from=time(22, 0), quiet_to=time(7, 0))
    assert due(night, local(2026, 11, 20, 21, 59)) is None
    assert due(night, local(2026, 11, 20, 22, 0)) == local(2026, 11, 21, 7, 0)
    assert due(night, local(2026, 11, 21, 6, 59)) == local(2026, 11, 21, 7, 0)
    assert due(night, local(2026, 11, 21, 7, 0)) is None


def test_a_letter_due_in_quiet_hours_is_due_at_their_end_and_once() -> None:
    late = Preferences(cadence="daily", send_at=time(23, 0), quiet_from=time(22, 0), quiet_to=time(7, 0))
    assert due(late) == local(2026, 11, 21, 7, 0)
    assert due(late, local(2026, 11, 21, 7, 0)) == local(2026, 11, 22, 7, 0)


def test_quiet_hours_from_and_to_the_same_time_are_none() -> None:
    assert due(Preferences(quiet_from=time(9, 0), quiet_to=time(9, 0))) is None


def test_a_pause_leaves_out_what_falls_into_it() -> None:
    until = local(2026, 12, 1, 7, 30)
    assert due(Preferences(cadence="issue", paused_until=until)) == until
    assert due(Preferences(cadence="daily", paused_until=until)) == until
    assert due(Preferences(cadence="daily", paused_until=until + timedelta(minutes=1))) == local(2026, 12, 2, 7, 30)
    assert due(Preferences(cadence="weekly", weekday=4, paused_until=until)) == local(2026, 12, 4, 7, 30)
    assert due(Preferences(cadence="issue", paused_until=FRIDAY)) is None


def test_what_is_due_waits_while_it_is_paused_or_quiet() -> None:
    night = Preferences(cadence="daily", quiet_from=time(22, 0), quiet_to=time(7, 0))
    pause = Preferences(cadence="daily", paused_until=FRIDAY + timedelta(minutes=1))
    assert schedule.postponed(Preferences(cadence="daily"), SHANGHAI, AT, FRIDAY) is None
    assert schedule.postponed(night, SHANGHAI, AT, FRIDAY) is None
    assert schedule.postponed(night, SHANGHAI, AT, local(2026, 11, 20, 23, 0)) == local(2026, 11, 21, 7, 0)
    assert schedule.postponed(pause, SHANGHAI, AT, FRIDAY) == local(2026, 11, 21, 7, 30)


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("America/New_York", date(2026, 3, 8), time(2, 30), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),  # a gap
        ("America/New_York", date(2026, 3, 8), time(3, 0), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), time(1, 30), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),  # an overlap
        (
            "Australia/Lord_Howe",
            date(2026, 10, 4),
            time(2, 15),
            datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
        ),  # half an hour
        ("Africa/Cairo", date(2026, 4, 24), time(0, 0), datetime(2026, 4, 23, 22, 0, tzinfo=UTC)),  # at midnight
        ("Pacific/Apia", date(2011, 12, 30), time(7, 30), datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),  # a day left out
    ],
)
def test_a_time_left_out_is_the_end_of_the_gap_and_of_two_the_first(
    zone: str, day: date, at: time, expected: datetime
) -> None:
    assert schedule.instant(day, at, ZoneInfo(zone)) == expected


def test_a_daily_letter_in_the_hour_that_comes_twice_goes_once() -> None:
    daily = Preferences(cadence="daily", send_at=time(1, 30))
    first = schedule.next_due(daily, NEW_YORK, AT, datetime(2026, 11, 1, 0, 0, tzinfo=UTC))
    assert first == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    assert schedule.next_due(daily, NEW_YORK, AT, first) == datetime(2026, 11, 2, 6, 30, tzinfo=UTC)


zones = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
instants = st.datetimes(datetime(1971, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- the zone follows
preferences = st.builds(
    Preferences,
    cadence=st.sampled_from(["issue", "daily", "weekly"]),
    send_at=st.none() | times,
    weekday=st.integers(0, 6),
    quiet_from=st.none() | times,
    quiet_to=st.none() | times,
    paused_until=st.none() | instants,
)


@given(times, st.dates(date(1971, 1, 1), date(2040, 1, 1)), zones)
def test_an_instant_is_the_first_at_which_the_clock_has_reached_the_time(at: time, day: date, zone: ZoneInfo) -> None:
    found = schedule.instant(day, at, zone)
    wall = datetime.combine(day, at)
    assert found.astimezone(zone).replace(tzinfo=None) >= wall
    assert (found - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None) < wall


@given(preferences, zones, instants)
def test_a_letter_is_due_later_soon_and_at_a_time_at_which_it_may_be_made(
    wanted: Preferences, zone: ZoneInfo, after: datetime
) -> None:
    found = schedule.next_due(wanted, zone, AT, after)
    assert (found is None) <= (wanted.cadence == "issue")
    if found is not None:
        assert after < found <= max(after, wanted.paused_until or after) + timedelta(days=10)
    assert schedule.postponed(wanted, zone, AT, found or after) is None


@given(preferences, zones, instants, instants)
def test_who_is_looked_at_later_is_not_due_earlier(
    wanted: Preferences, zone: ZoneInfo, one: datetime, other: datetime
) -> None:
    early, late = sorted((one, other))
    first = schedule.next_due(wanted, zone, AT, early) or early
    second = schedule.next_due(wanted, zone, AT, late) or late
    assert first <= second
