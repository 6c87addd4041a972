"""What pages show of issues beside their own fields: the parts of one, and the calendar of many."""

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from digest.model import Article, IssueLine, StoredArticle, StoredIssue

WEEK = tuple(Calendar().monthdatescalendar(2024, 1)[0])
"""Any seven days from Monday to Sunday, whose names stand above those of a month."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of articles of one page (版) and section (版名), either of which may be unknown."""

    page: int | None
    section: str | None
    articles: tuple[StoredArticle, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a calendar and its issues in the order of their addresses; `day` is None where the month has none."""

    day: date | None
    issues: tuple[IssueLine, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """A month, as its first day, in weeks from Monday to Sunday."""

    month: date
    weeks: tuple[tuple[Day, ...], ...]


def parts_in_print(issue: StoredIssue) -> tuple[Part, ...]:
    """Return the whole issue as it was printed."""
    return _parts(issue.articles)


def parts_behind_the_lead(issue: StoredIssue) -> tuple[Part, ...]:
    """Return all but the lead story: by page, in a page's section by rank."""
    printed = [_place(stored.article) for stored in issue.articles]
    return _parts(sorted(issue.ranked[1:], key=lambda stored: printed.index(_place(stored.article))))


def calendars(issues: Iterable[IssueLine]) -> tuple[MonthGrid, ...]:
    """Return the months of these issues in their order."""
    days: dict[date, tuple[IssueLine, ...]] = {}
    for line in sorted(issues, key=lambda line: (line.day, len(line.path), line.path)):
        days[line.day] = (*days.get(line.day, ()), line)
    months = sorted({day.replace(day=1) for day in days})
    return tuple(MonthGrid(month, tuple(_weeks(month, days))) for month in months)


def _weeks(month: date, days: dict[date, tuple[IssueLine, ...]]) -> Iterable[tuple[Day, ...]]:
    for week in Calendar().monthdatescalendar(month.year, month.month):
        yield tuple(Day(day, days.get(day, ())) if day.month == month.month else Day(None) for day in week)


def _parts(articles: Iterable[StoredArticle]) -> tuple[Part, ...]:
    runs = groupby(articles, key=lambda stored: _place(stored.article))
    return tuple(Part(page, section, tuple(run)) for (page, section), run in runs)


def _place(article: Article) -> tuple[int | None, str | None]:
    return article.page, article.section
