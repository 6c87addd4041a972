"""When a paper's next issue is expected: as its settings say, or as its last issues have come.

A rhythm is learned from weekdays where the paper comes on the same ones week after week, else from the gaps between its
issues where these are alike, and longer than a week. What came long after its date, as an archive does, teaches
nothing; a paper without a rhythm is never missed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

LEARNED = "learned"
"""The rhythm is the one that the last issues have had."""

NEVER = "never"
"""No issue is expected."""

WINDOW = timedelta(days=56)
"""How far back from the last issue weekdays are looked at."""

OFTEN, SHARE = 4, 0.75
"""On so many weeks in the window, and on this share of them, a weekday's issue must have come: one holiday is none."""

WEEK = timedelta(days=7)

GAPS, LEAST_GAPS, ALIKE = 8, 4, 2.0
"""How many of the last gaps are looked at, how few are no rhythm, and how many times the shortest the longest may be."""

EARLIEST, LATEST = timedelta(days=-14), timedelta(days=3)
"""How long before and after the beginning of its day an issue comes that is dropped as it is made."""

GRACE = timedelta(hours=2)
"""How much later than usual an issue may come before it is missed; where gaps tell, it is a tenth of the gap."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SET = re.compile(r"(?P<days>[a-z]{3}(?:[-,][a-z]{3})*) (?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)")


class Coming(NamedTuple):
    """An issue: its day in the paper's zone, and when it came."""

    day: date
    at: datetime


class Expected(NamedTuple):
    """The issue that is to come next: its day, and by when; later than that, it is missed."""

    day: date
    by: datetime


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The days of the issues, each `after` its beginning at the latest: on `weekdays`, 0 for Monday, else every `gap`."""

    weekdays: frozenset[int]
    gap: timedelta
    after: timedelta


def is_written(expect: str) -> bool:
    """Say whether a setting of `Publication.expect` can be understood."""
    return expect in {LEARNED, NEVER} or _written(expect) is not None


def next_issue(expect: str, comings: Sequence[Coming], zone: ZoneInfo, since: date) -> Expected | None:
    """Return the first issue that is to come after the last one that came; None where nothing tells.

    `comings` are the issues that came last, in any order; `expect` is `Publication.expect`. Where it sets days and no
    issue has come yet, the first after the day `since` is expected.
    """
    rhythm = _learned(comings, zone) if expect == LEARNED else _written(expect)
    if rhythm is None:
        return None
    days = [_day(one, zone) for one in comings] or [since]
    day = _following(rhythm, max(days))
    return Expected(day, (_midnight(day) + rhythm.after).replace(tzinfo=zone).astimezone(UTC))


def _written(expect: str) -> Rhythm | None:
    """Return what days and a time say, such as `mon-fri 09:00` or `wed,sat 17:30`; None where they are none."""
    found = _SET.fullmatch(expect)
    if found is None:
        return None
    weekdays: set[int] = set()
    for part in found["days"].split(","):
        names = part.split("-")
        if len(names) > 2 or not {*names} <= {*_DAYS}:
            return None
        first, last = _DAYS.index(names[0]), _DAYS.index(names[-1])
        weekdays |= {(first + n) % 7 for n in range((last - first) % 7 + 1)}
    return Rhythm(frozenset(weekdays), timedelta(0), timedelta(hours=int(found["hour"]), minutes=int(found["minute"])))


def _learned(comings: Sequence[Coming], zone: ZoneInfo) -> Rhythm | None:
    after: dict[date, timedelta] = {}
    for one in sorted(comings, key=lambda one: one.at):
        if _is_fresh(one, zone):
            after.setdefault(one.day, _after(one, zone))
    days = sorted(after)
    if not days:
        return None
    if weekdays := _weekdays(days):
        usual = _usual([after[day] for day in days if days[-1] - day < WINDOW])
        return Rhythm(weekdays, timedelta(0), usual + GRACE)
    gaps = [later - day for day, later in pairwise(days)][-GAPS:]
    if len(gaps) < LEAST_GAPS or min(gaps) <= WEEK or max(gaps) > ALIKE * min(gaps):
        return None
    return Rhythm(frozenset(), max(gaps), _usual([after[day] for day in days]) + max(gaps) / 10)


def _weekdays(days: Sequence[date]) -> frozenset[int]:
    """Return the weekdays on which issues came week after week, as far as the window reaches back from the last."""
    last = days[-1]
    recent = {day for day in days if last - day < WINDOW}
    span = (last - min(recent)).days + 1
    found = set()
    for weekday in range(7):
        weeks = [day for n in range(span) if (day := last - timedelta(n)).weekday() == weekday]
        came = len(recent.intersection(weeks))
        if came >= OFTEN and came >= SHARE * len(weeks):
            found.add(weekday)
    return frozenset(found)


def _usual(after: Sequence[timedelta]) -> timedelta:
    """Return how late issues come, leaving aside one in ten, which was later than usual."""
    return sorted(after)[-1 - len(after) // 10]


def _following(rhythm: Rhythm, day: date) -> date:
    if not rhythm.weekdays:
        return day + rhythm.gap
    return next(later for n in range(1, 8) if (later := day + timedelta(n)).weekday() in rhythm.weekdays)


def _day(one: Coming, zone: ZoneInfo) -> date:
    """Return the day that an issue was for: what came long after its date came for the day on which it came."""
    return one.day if _is_fresh(one, zone) else one.at.astimezone(zone).date()


def _is_fresh(one: Coming, zone: ZoneInfo) -> bool:
    return EARLIEST <= _after(one, zone) <= LATEST


def _after(one: Coming, zone: ZoneInfo) -> timedelta:
    """Return how long after the beginning of its day an issue came, by the clocks of its zone."""
    return one.at.astimezone(zone).replace(tzinfo=None) - _midnight(one.day)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())
