"""A paper's lists: which pages of sections, keywords and archive, and which sitemaps, a publication has to write."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from digest import site, urls
from digest.messages import Messages
from digest.model import FeedName, IssueLine, IssueMonth, Paper
from digest.store import lists
from digest.store.database import Connection
from digest.templating import Templates


@dataclass(frozen=True, slots=True)
class Desk:
    """What the lists of a paper are made with, and when: with the issues `shown`, in `folder`, with `whole` all there are.

    `row` is the paper's in the database; `store` must stay open until all is rendered.
    """

    store: Connection
    row: int
    paper: Paper
    templates: Templates
    messages: Messages
    folder: Path
    shown: Collection[int]
    whole: bool


def linked(store: Connection, issue: str, shown: Collection[int]) -> set[str]:
    """Return the keywords, as addresses have them, that the pages of the issue of this id lead to."""
    return lists.established(store, issue, shown, site.LEAST_ARTICLES)


def months(desk: Desk) -> list[IssueMonth]:
    """Return the months of all issues, the oldest first."""
    return lists.months(desk.store, desk.row, desk.shown)


def render(desk: Desk, known: list[IssueMonth], feeds: Collection[FeedName]) -> Iterator[dict[str, bytes]]:
    """Yield the pages of sections, keywords and archive in the order in which they may appear.

    `known` are all `months`, `feeds` all feeds.
    """
    offered = {name.path for name in feeds}
    for name, span in lists.spans(desk.store, desk.row, desk.shown, everything=desk.whole).items():
        if span.total >= _least(desk, name):
            yield from _topic(desk, name, span, has_feed=name.path in offered)
    yield from _archive(desk, known)


def render_sitemaps(desk: Desk, known: list[IssueMonth]) -> Iterator[dict[str, bytes]]:
    """Yield the sitemaps of the months that changed, then those that lead to them; `known` are all `months`."""
    for month in sorted(_changed(desk, known)):
        found = lists.pages(desk.store, desk.row, desk.shown, month, _next(month))
        yield site.render_sitemap(desk.paper, month, found)
    new = lists.newest(desk.store, desk.row, desk.shown, within=site.NEW)
    yield site.render_sitemaps(desk.paper, known, new)


def _topic(desk: Desk, name: FeedName, span: lists.Span, *, has_feed: bool) -> Iterator[dict[str, bytes]]:
    *numbered, own = site.leaves(span.total, span.settled)
    last = own.places.start // site.PAGE
    for leaf in (*numbered, own):
        found = lists.articles(desk.store, desk.row, name, desk.shown, places=leaf.places, span=span)
        yield site.render_topic(
            desk.paper, leaf, found, desk.templates, desk.messages, name=name, last=last, has_feed=has_feed
        )


def _least(desk: Desk, name: FeedName) -> int:
    """Return how many articles a section or keyword must have for its page; one that is there follows what changes."""
    if (desk.folder / urls.topic_page(name)).exists():
        return 0
    return 1 if name.kind == "section" else site.LEAST_ARTICLES


def _archive(desk: Desk, known: list[IssueMonth]) -> Iterator[dict[str, bytes]]:
    """Yield the calendars and lists of the months that changed, and of those beside one that is new; then the index."""
    changed = _changed(desk, known)
    wanted = changed | {month for new in changed if _is_new(desk, known, new) for month in _beside(known, new)}
    latest: list[IssueLine] = []
    for year in sorted({month.year for month in wanted} | {each.month.year for each in known[-1:]}):
        found = lists.of_days(desk.store, desk.row, desk.shown, date(year, 1, 1), date(year + 1, 1, 1))
        latest = found or latest
        yield site.render_year(desk.paper, year, found, desk.templates, desk.messages, months=known, lists=wanted)
    yield site.render_archive(desk.paper, known, latest, desk.templates, desk.messages)


def _changed(desk: Desk, known: list[IssueMonth]) -> set[date]:
    """Return the months that a publication changes."""
    if desk.whole:
        return {each.month for each in known}
    return {day.replace(day=1) for day in lists.days(desk.store, desk.shown)}


def _is_new(desk: Desk, known: list[IssueMonth], month: date) -> bool:
    """Say whether a month has no issue but those that are shown: then its neighbours did not lead to it."""
    own = [day for day in lists.days(desk.store, desk.shown) if day.replace(day=1) == month]
    return next((each.issue_count for each in known if each.month == month), 0) <= len(own)


def _beside(known: list[IssueMonth], month: date) -> set[date]:
    """Return the months before and after one that has issues, or had some."""
    every = sorted({each.month for each in known} | {month})
    return {b if a == month else a for a, b in pairwise(every) if month in {a, b}}


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
