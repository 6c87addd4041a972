"""What pages show of an issue beside its own fields: its parts, the issues by month."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from digest.model import Article, IssueLine, StoredArticle, StoredIssue


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of articles of one page (版) and section (版名), either of which may be unknown."""

    page: int | None
    section: str | None
    articles: tuple[StoredArticle, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The issues of one month, newest first."""

    month: int
    issues: tuple[IssueLine, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """The months of one year that have issues, newest first; `year` is None for issues without a date."""

    year: int | None
    months: tuple[Month, ...]


def parts_in_print(issue: StoredIssue) -> tuple[Part, ...]:
    """Return the whole issue as it was printed."""
    return _parts(issue.articles)


def parts_behind_the_lead(issue: StoredIssue) -> tuple[Part, ...]:
    """Return all but the lead story: by page, in a page's section by rank."""
    printed = [_place(stored.article) for stored in issue.articles]
    return _parts(sorted(issue.ranked[1:], key=lambda stored: printed.index(_place(stored.article))))


def years(issues: Iterable[IssueLine]) -> tuple[Year, ...]:
    """Return issues, given newest first, by year and month."""
    return tuple(
        Year(year, tuple(Month(month, tuple(lines)) for month, lines in groupby(of_year, _month)))
        for year, of_year in groupby(issues, _year)
    )


def _parts(articles: Iterable[StoredArticle]) -> tuple[Part, ...]:
    runs = groupby(articles, key=lambda stored: _place(stored.article))
    return tuple(Part(page, section, tuple(run)) for (page, section), run in runs)


def _place(article: Article) -> tuple[int | None, str | None]:
    return article.page, article.section


def _year(line: IssueLine) -> int | None:
    return line.masthead.date.year if line.masthead.date else None


def _month(line: IssueLine) -> int:
    return line.masthead.date.month if line.masthead.date else 0
