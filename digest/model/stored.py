"""Issues and articles as they are kept and shown, and the lines of lists that name them."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from digest.model.issue import Article, Masthead

Topic = Literal["section", "keyword"]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That an article is no longer there for readers: since when, and the reason that they are told, if any."""

    at: dt.datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article that the store knows: its permanent id and address, and when it was published and changed.

    `id` is a `tag:` URI, `path` is relative to the site's root and ends in a slash, `sequence` counts the articles
    of a publication in the order of their publication. `note` is what the editor says of the last correction.
    """

    id: str
    path: str
    article: Article
    published: dt.datetime
    updated: dt.datetime
    sequence: int = 0
    withdrawn: Withdrawal | None = None
    note: str | None = None

    def corrected(self, zone: ZoneInfo) -> dt.date | None:
        """Return the day, in the paper's zone, on which the article was last corrected; None for one that never was."""
        return self.updated.astimezone(zone).date() if self.updated > self.published else None


@dataclass(frozen=True, slots=True)
class StoredIssue:
    """An issue that the store knows, with its articles in print order; those that were withdrawn stand apart."""

    id: str
    key: str
    path: str
    masthead: Masthead
    language: str
    articles: tuple[StoredArticle, ...]
    published: dt.datetime
    updated: dt.datetime
    withdrawn: tuple[StoredArticle, ...] = ()

    @property
    def ranked(self) -> tuple[StoredArticle, ...]:
        """The articles, the lead story first."""
        last = len(self.articles) + 1
        return tuple(sorted(self.articles, key=lambda stored: stored.article.rank or last))


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article as others name it: where it is, what it is called, when it was published, and how its summary begins."""

    path: str
    title: str
    published: dt.datetime
    summary: str = ""


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue as lists name it: where it is and what it is, without its articles. `day` is the one in its address."""

    path: str
    day: dt.date
    masthead: Masthead
    headline: str
    article_count: int


@dataclass(frozen=True, slots=True)
class IssueMonth:
    """A month, as its first day, in which issues appeared: how many, and when the last of them changed."""

    month: dt.date
    issue_count: int
    updated: dt.datetime


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page as a sitemap names it: where it is, relative to the paper's home, and when it changed."""

    path: str
    updated: dt.datetime
