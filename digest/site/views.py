"""What pages show of an issue beside its own fields: its parts, who wrote an article, the issues by month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from digest import text
from digest.model import Article, Author, IssueLine, StoredArticle, StoredIssue

_AFTER_THE_NAMES = frozenset({"摄", "文", "图", "文/图", "图/文", "摄影报道"})
"""Roles that a Chinese paper prints behind the names."""


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


def byline(authors: Sequence[Author]) -> tuple[str, ...]:
    """Return the authors as a paper names them: a role once for all who follow in it, 摄 behind its names."""
    return tuple(_credit(role, [author.name for author in group]) for role, group in groupby(authors, _role))


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


def _role(author: Author) -> str:
    return author.role


def _credit(role: str, names: Sequence[str]) -> str:
    together = " ".join(names) if any(map(text.has_han, names)) else ", ".join(names)
    parts = (together, role) if role in _AFTER_THE_NAMES else (role, together)
    return " ".join(filter(None, parts))


def _year(line: IssueLine) -> int | None:
    return line.masthead.date.year if line.masthead.date else None


def _month(line: IssueLine) -> int:
    return line.masthead.date.month if line.masthead.date else 0
