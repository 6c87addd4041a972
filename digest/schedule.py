"""When a subscriber's letters are due, over quiet hours, pauses and changes of the clock. All results are in UTC.

A time that the clock leaves out is the first instant after the gap; of one that it shows twice the first counts
(mail.md 6.2).
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from digest.model import Preferences

DAY = timedelta(days=1)


def next_due(preferences: Preferences, zone: ZoneInfo, send_at: time, after: datetime) -> datetime | None:
    """Return when the next letter is due after one that was, or might have been, made at `after`; None: at the next news.

    `zone` and `send_at` are the paper's, for who has none of their own. A daily or weekly letter that falls into a
    pause is left out; one that falls into quiet hours, or any news that does, waits for their end.
    """
    zone = _zone(preferences, zone)
    resumed = max(after, preferences.paused_until or after)
    if preferences.cadence == "issue":
        at = _quiet_end(preferences, zone, resumed)
        return None if at == after else at
    paused = resumed > after
    for slot in _slots(preferences, zone, preferences.send_at or send_at, resumed):
        due = _quiet_end(preferences, zone, slot)
        if due > after and not (paused and slot < resumed):
            return due
    raise AssertionError("a week has every weekday")


def postponed(preferences: Preferences, zone: ZoneInfo, send_at: time, now: datetime) -> datetime | None:
    """Return until when a letter that is due has to wait, since it is paused or quiet `now`; None: it may be made."""
    if preferences.paused_until and preferences.paused_until > now:
        return next_due(preferences, zone, send_at, now)
    end = _quiet_end(preferences, _zone(preferences, zone), now)
    return end if end > now else None


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when the clocks of `zone` first show the time `at`, or more, on a day."""
    early = datetime.combine(day, at, zone).astimezone(UTC)
    late = datetime.combine(day, at.replace(fold=1), zone).astimezone(UTC)
    if late >= early:
        return early
    # In a gap, the offset after it leads to an instant before it, and the offset before it to one after it.
    before = late.astimezone(zone).utcoffset()
    seconds = int((early - late).total_seconds())
    low, high = 0, seconds
    while low < high:
        middle = (low + high) // 2
        if (late + timedelta(seconds=middle)).astimezone(zone).utcoffset() == before:
            low = middle + 1
        else:
            high = middle
    return late + timedelta(seconds=low)


def _zone(preferences: Preferences, zone: ZoneInfo) -> ZoneInfo:
    return ZoneInfo(preferences.timezone) if preferences.timezone else zone


def _slots(preferences: Preferences, zone: ZoneInfo, at: time, around: datetime) -> Iterator[datetime]:
    """Yield the times of a daily or weekly letter, from those whose quiet hours may last until `around` on."""
    first = around.astimezone(zone).date() - 2 * DAY
    days = (first + n * DAY for n in range(12))
    weekly = preferences.cadence == "weekly"
    return (instant(day, at, zone) for day in days if not weekly or day.weekday() == preferences.weekday)


def _quiet_end(preferences: Preferences, zone: ZoneInfo, at: datetime) -> datetime:
    """Return the end of the quiet hours that hold at an instant; the instant itself where none do."""
    begin, end = preferences.quiet_from, preferences.quiet_to
    if begin is None or end is None or begin == end:
        return at
    today = at.astimezone(zone).date()
    for day in (today - DAY, today, today + DAY):
        until = instant(day + DAY if end < begin else day, end, zone)
        if instant(day, begin, zone) <= at < until:
            at = until
    return at
