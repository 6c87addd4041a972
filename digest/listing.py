"""A paper's lists: which pages of sections, keywords and archive, and which sitemaps, a publication has to write."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, pairwise, takewhile
from pathlib import Path

from digest import site, urls
from digest.messages import Messages
from digest.model import ArticleLine, FeedName, IssueLine, IssueMonth, Paper
from digest.store import lists
from digest.store.database import Connection
from digest.templating import Templates

BATCH = 5000
"""How many lines of lists are read at a time."""


@dataclass(frozen=True, slots=True)
class Means:
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


def months(means: Means) -> list[IssueMonth]:
    """Return the months of all issues, the oldest first."""
    return lists.months(means.store, means.row, means.shown, everything=means.whole)


def leaves(means: Means) -> dict[FeedName, list[site.Leaf]]:
    """Return the pages of sections and keywords that a publication changes, the list's own last.

    A list that has become shorter is written anew: a page that leads to none behind it did so before.
    """
    spans = lists.spans(means.store, means.row, means.shown, everything=means.whole)
    there = {name: site.leaves(*span) for name, span in spans.items() if span.total >= _least(means, name)}
    shorter = {name: site.leaves(spans[name].total) for name, pages in there.items() if [*_behind(means, name, pages)]}
    return there | shorter


def surplus(means: Means, there: Mapping[FeedName, list[site.Leaf]]) -> list[str]:
    """Return the numbered pages behind the end of lists, which were theirs before a correction took articles away."""
    return [path for name, pages in there.items() for path in _behind(means, name, pages)]


def render(
    means: Means, known: list[IssueMonth], there: Mapping[FeedName, list[site.Leaf]], feeds: Collection[FeedName]
) -> Iterator[dict[str, bytes]]:
    """Yield the pages of sections, keywords and archive in the order in which they may appear.

    `known` are all `months`, `there` the `leaves`, `feeds` all feeds.
    """
    offered = {name.path for name in feeds}
    for batch in _batches(there):
        wanted = {name: min(leaf.places.start for leaf in leaves) for name, leaves in batch.items()}
        found = lists.articles(means.store, means.row, means.shown, wanted)
        for name, leaves in batch.items():
            yield from _topic(means, name, leaves, found[name], has_feed=name.path in offered)
    yield from _archive(means, known)


def render_sitemaps(means: Means, known: list[IssueMonth]) -> Iterator[dict[str, bytes]]:
    """Yield the sitemaps of the months that changed, then those that lead to them; `known` are all `months`."""
    for month in sorted(_changed(means, known)):
        found = lists.pages(means.store, means.row, means.shown, month, _next(month))
        yield site.render_sitemap(means.paper, month, found)
    new = lists.newest(means.store, means.row, means.shown, within=site.NEW)
    yield site.render_sitemaps(means.paper, known, new)


def _behind(means: Means, name: FeedName, pages: list[site.Leaf]) -> Iterator[str]:
    """Yield the numbered pages of a list that are there behind its last."""
    paths = (urls.numbered(urls.topic_page(name), number) for number in count(pages[-1].places.start // site.PAGE + 1))
    return takewhile(lambda path: (means.folder / path).exists(), (f"{path}index.html" for path in paths))


def _batches(there: Mapping[FeedName, list[site.Leaf]]) -> Iterator[dict[FeedName, list[site.Leaf]]]:
    """Yield the pages of lists, as many lists at a time as may be in memory together."""
    batch: dict[FeedName, list[site.Leaf]] = {}
    size = 0
    for name, leaves in there.items():
        own = sum(len(leaf.places) for leaf in leaves)
        if batch and size + own > BATCH:
            yield batch
            batch, size = {}, 0
        batch[name] = leaves
        size += own
    if batch:
        yield batch


def _topic(
    means: Means,
    name: FeedName,
    leaves: list[site.Leaf],
    found: Mapping[int, ArticleLine],
    *,
    has_feed: bool,
) -> Iterator[dict[str, bytes]]:
    last = leaves[-1].places.start // site.PAGE
    for leaf in leaves:
        lines = [found[place] for place in reversed(leaf.places) if place in found]
        yield site.render_topic(
            means.paper, leaf, lines, means.templates, means.messages, name=name, last=last, has_feed=has_feed
        )


def _least(means: Means, name: FeedName) -> int:
    """Return how many articles a section or keyword must have for its page; one that is there follows what changes."""
    if (means.folder / urls.topic_page(name)).exists():
        return 0
    return 1 if name.kind == "section" else site.LEAST_ARTICLES


def _archive(means: Means, known: list[IssueMonth]) -> Iterator[dict[str, bytes]]:
    """Yield the calendars and lists of the months that changed, and of those beside one that is new; then the index."""
    changed = _changed(means, known)
    wanted = changed | {month for new in changed if _is_new(means, known, new) for month in _beside(known, new)}
    latest: list[IssueLine] = []
    for year in sorted({month.year for month in wanted} | {each.month.year for each in known[-1:]}):
        found = lists.of_days(means.store, means.row, means.shown, date(year, 1, 1), date(year + 1, 1, 1))
        latest = found or latest
        yield site.render_year(means.paper, year, found, means.templates, means.messages, months=known, lists=wanted)
    yield site.render_archive(means.paper, known, latest, means.templates, means.messages)


def _changed(means: Means, known: list[IssueMonth]) -> set[date]:
    """Return the months that a publication changes."""
    if means.whole:
        return {each.month for each in known}
    return {day.replace(day=1) for day in lists.days(means.store, means.shown)}


def _is_new(means: Means, known: list[IssueMonth], month: date) -> bool:
    """Say whether a month has no issue but those that are shown: then its neighbours did not lead to it."""
    own = [day for day in lists.days(means.store, means.shown) if day.replace(day=1) == month]
    return next((each.issue_count for each in known if each.month == month), 0) <= len(own)


def _beside(known: list[IssueMonth], month: date) -> set[date]:
    """Return the months before and after one that has issues, or had some."""
    every = sorted({each.month for each in known} | {month})
    return {b if a == month else a for a, b in pairwise(every) if month in {a, b}}


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
