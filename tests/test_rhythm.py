"""When the next issue is expected: as the paper has come so far, or as it is set."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import rhythm
from digest.rhythm import LEARNED, NEVER, Coming

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 9, 7)
DAY = timedelta(days=1)


def coming(day: date, at: time = time(6, 0), zone: ZoneInfo = SHANGHAI, days: int = 0) -> Coming:
    """Return an issue that comes on its day, or so many days later, at a time by the clocks of a zone."""
    return Coming(day, datetime.combine(day + days * DAY, at, zone))


def daily(days: int, weekdays: set[int], first: date = MONDAY) -> list[Coming]:
    every = (first + n * DAY for n in range(days))
    return [coming(day) for day in every if day.weekday() in weekdays]


def expected(comings: list[Coming], expect: str = LEARNED) -> tuple[date, str] | None:
    found = rhythm.next_issue(expect, comings, SHANGHAI, MONDAY)
    return found and (found.day, f"{found.by.astimezone(SHANGHAI):%m-%d %H:%M}")


def test_a_paper_of_weekdays_is_not_expected_at_the_weekend() -> None:
    weeks = daily(26, {0, 1, 2, 3, 4})
    assert weeks[-1].day.weekday() == 4
    assert expected(weeks) == (date(2026, 10, 5), "10-05 08:00")


def test_one_holiday_is_no_other_rhythm() -> None:
    weeks = daily(28, {0, 1, 2, 3, 4})
    assert expected([one for one in weeks if one.day != date(2026, 9, 22)]) == (date(2026, 10, 5), "10-05 08:00")


def test_a_weekly_that_is_dropped_the_evening_before_is_expected_by_then() -> None:
    weeks = [coming(MONDAY + 7 * n * DAY, time(20, 0), days=-1) for n in range(4)]
    assert expected(weeks) == (date(2026, 10, 5), "10-04 22:00")


def test_a_monthly_is_known_by_its_gaps() -> None:
    months = [coming(date(2026, month, 1)) for month in range(4, 10)]
    assert expected(months) == (date(2026, 10, 2), "10-05 08:24")


@pytest.mark.parametrize(
    "days",
    [
        [],
        [0],
        [0, 1, 2, 3, 4],  # the first week of a daily: nobody knows about the weekend
        [0, 7, 14],
        [0, 9, 50, 53, 130, 135, 200],  # whenever there is something to say
    ],
)
def test_without_a_rhythm_nothing_is_expected(days: list[int]) -> None:
    assert expected([coming(MONDAY + n * DAY) for n in days]) is None


def test_a_rhythm_is_kept_however_long_nothing_has_come() -> None:
    found = rhythm.next_issue(LEARNED, daily(28, {2}), SHANGHAI, date(2030, 1, 1))
    assert found is not None
    assert found.day == date(2026, 10, 7)


@pytest.mark.parametrize(
    ("expect", "day", "by"),
    [
        ("mon-fri 09:00", date(2026, 9, 14), "09-14 09:00"),
        ("wed,sat 17:30", date(2026, 9, 12), "09-12 17:30"),
        ("sat-mon 06:00", date(2026, 9, 12), "09-12 06:00"),
        ("fri 00:00", date(2026, 9, 18), "09-18 00:00"),
    ],
)
def test_what_is_set_holds_whatever_has_come(expect: str, day: date, by: str) -> None:
    assert rhythm.is_written(expect)
    friday = [coming(MONDAY + 4 * DAY)]
    assert expected(friday, expect) == (day, by)


def test_before_the_first_issue_only_what_is_set_is_expected() -> None:
    assert expected([], "daily") is None
    assert expected([], "tue 09:00") == (date(2026, 9, 8), "09-08 09:00")
    assert expected(daily(28, {0, 1, 2, 3, 4}), NEVER) is None


@pytest.mark.parametrize(
    "expect", ["", "daily", "mon", "09:00", "mon-tue-wed 09:00", "mon 24:00", "mon 9:00", "mo 09:00"]
)
def test_what_says_no_days_and_time_is_refused(expect: str) -> None:
    assert not rhythm.is_written(expect)


weekdays = st.sets(st.integers(0, 6), min_size=1)
zones = st.sampled_from([SHANGHAI, ZoneInfo("Europe/London"), ZoneInfo("America/St_Johns")])


@given(weekdays, st.integers(0, 23), st.lists(st.integers(0, 110), min_size=1, max_size=9), zones)
def test_a_paper_that_keeps_its_days_is_never_missed(
    on: set[int], hour: int, minutes: list[int], zone: ZoneInfo
) -> None:
    comings: list[Coming] = []
    for n in range(70):
        if (day := MONDAY + n * DAY).weekday() in on:
            at = datetime.combine(day, time(hour), zone) + timedelta(minutes=minutes[n % len(minutes)])
            found = rhythm.next_issue(LEARNED, comings, zone, day)
            assert found is None or at <= found.by
            comings.append(Coming(day, at))


@given(weekdays, st.integers(35, 60), zones)
def test_an_issue_that_does_not_come_is_missed_on_its_day(on: set[int], days: int, zone: ZoneInfo) -> None:
    comings = [coming(one.day, zone=zone) for one in daily(days, on)]
    found = rhythm.next_issue(LEARNED, comings, zone, MONDAY)
    assert found is not None
    next_day = next(day for n in range(1, 8) if (day := comings[-1].day + n * DAY).weekday() in on)
    assert found.day == next_day
    assert found.by == datetime.combine(next_day, time(8), zone)


@given(st.lists(st.integers(0, 5000), max_size=200), zones)
def test_an_archive_that_comes_at_once_is_no_rhythm(ages: list[int], zone: ZoneInfo) -> None:
    now = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
    comings = [Coming(now.astimezone(zone).date() - age * DAY, now) for age in ages]
    assert rhythm.next_issue(LEARNED, comings, zone, now.date()) is None
