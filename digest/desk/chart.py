"""Columns by week, as the server draws them: numbers → places in a picture of `WIDTH` by `HEIGHT`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 300, 90
"""The size of the picture, in its own units."""

_FLOOR = HEIGHT - 14  # below stands when it begins and ends
_GAP = 0.25
_LEAST = 2.0


@dataclass(frozen=True, slots=True)
class Column:
    """A week, as its Monday, how many there were, and the rectangle that says so."""

    week: date
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Columns from left to right, the last that of this week, which is not over yet."""

    columns: tuple[Column, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = _FLOOR

    @property
    def total(self) -> int:
        """How many there were in all these weeks."""
        return sum(column.count for column in self.columns)

    @property
    def most(self) -> int:
        """How many there were in the week that had most."""
        return max(column.count for column in self.columns)


def by_week(days: Iterable[tuple[date, int]], today: date, weeks: int) -> Chart:
    """Return the chart of the last weeks, this one among them; `days` say how many there were on each."""
    first = _monday(today) - timedelta(weeks=weeks - 1)
    counts = {first + timedelta(weeks=n): 0 for n in range(weeks)}
    for day, count in days:
        if (week := _monday(day)) in counts:
            counts[week] += count
    return Chart(tuple(_columns(list(counts.items()))))


def _columns(counts: Sequence[tuple[date, int]]) -> Iterable[Column]:
    most = max(count for _, count in counts) or 1
    step = WIDTH / len(counts)
    for n, (week, count) in enumerate(counts):
        height = max(_LEAST, count / most * (_FLOOR - 4)) if count else 0.0
        yield Column(
            week=week,
            count=count,
            x=round((n + _GAP / 2) * step, 1),
            y=round(_FLOOR - height, 1),
            width=round((1 - _GAP) * step, 1),
            height=round(height, 1),
        )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
