"""Issues → Feed: which entries stand in which of a paper's feeds, in which order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from urllib.parse import urlsplit

from digest import settings, urls
from digest.feeds import contents, entries
from digest.messages import Messages
from digest.model import Feed, FeedEntry, FeedName, Paper, RenderedEntry, RenderedIssue, StoredArticle, StoredIssue
from digest.text import clean, one_line

MOST_ISSUES = 40
"""How many issues stand in a paper's feed at most, however small they are."""

MOST_ENTRIES = 50
"""How many entries the feed of a section, of a keyword or of the issues has."""

SEARCH = "search/"
"""Stands for the folder of a feed that has none."""

WHOLE = FeedName("paper")
"""The name of a paper's own feed."""

Told = StoredIssue | RenderedIssue
"""An issue that feeds tell of, as it is stored or as it was rendered before."""

Entries = Sequence[FeedEntry | RenderedEntry]


@dataclass(frozen=True, slots=True)
class Frame:
    """What a paper's feeds have in common: whose they are, their language, the hub, if any, and the share of each text.

    With a `share` of 1 an article's text stands in them whole, with less its beginning, with 0 only its summary.
    """

    paper: Paper
    messages: Messages
    hub_url: str | None = None
    share: float = 1.0

    def feed(self, feed_id: str, name: FeedName, found: Iterable[FeedEntry | RenderedEntry]) -> Feed:
        """Return the feed of this name, with these entries."""
        paper, shown = self.paper, tuple(found)
        title = _words(paper.title) or paper.slug
        return Feed(
            id=feed_id,
            url=urls.public(paper.url, name.path),
            home_url=paper.url,
            title=" · ".join(filter(None, [title, _words(name.label)])),
            description=self._description(title),
            language=paper.language,
            updated=max((entry.updated for entry in shown), default=None),
            entries=shown,
            author=title,
            icon_url=f"{paper.url}icon.png",
            style_url=f"{urlsplit(paper.url).path}feed.css",
            hub_url=self.hub_url,
        )

    def entry(self, stored: StoredArticle | RenderedEntry) -> FeedEntry | RenderedEntry:
        """Return an article's entry, which is the same in all feeds."""
        if isinstance(stored, RenderedEntry):
            return stored
        return entries.of(stored, self.paper, self.messages, self.share)

    def whole(self, issue: StoredIssue | RenderedEntry) -> FeedEntry | RenderedEntry:
        """Return the entry that tells of an issue as a whole."""
        if isinstance(issue, RenderedEntry):
            return issue
        return contents.of(issue, self.paper, self.messages)

    def _description(self, title: str) -> str:
        """Return what the paper says of itself, and that its feeds are not the whole of it where they are not."""
        partial = self.messages("feed.partial") if self.share < 1 else ""
        return " ".join(filter(None, [_words(self.paper.description) or title, partial]))

    def told(self, issue: Told) -> Entries:
        """Return an issue's entries. The dates keep the order; where they are equal the lead story goes first.

        What was withdrawn keeps its place, but its entry says no more than that: nothing else overwrites the copies
        that readers have stored (feeds.md, 6).
        """
        if isinstance(issue, RenderedIssue):
            return issue.entries
        everything = [*issue.ranked, *issue.withdrawn]
        return [self.entry(stored) for stored in sorted(everything, key=lambda stored: stored.published, reverse=True)]


def build(frame: Frame, feed_id: str, issues: Sequence[Told], window: settings.Feeds) -> Feed:
    """Return a paper's own feed of `issues`, the newest first; what it has no room for stands in its archive.

    Issues stand in it whole: the newest `min_issues` always, older ones while all fit in `max_bytes`.
    """
    chosen = _fitting(map(frame.told, issues), window)
    feed = frame.feed(feed_id, WHOLE, chain.from_iterable(chosen))
    if len(chosen) == len(issues):
        return feed
    month = urls.month(issues[len(chosen)].published, frame.paper.zone)
    return replace(feed, older_url=urls.public(frame.paper.url, urls.month_path(month)))


def build_archive(frame: Frame, feed_id: str, month: date, issues: Iterable[Told], older: date | None) -> Feed:
    """Return the archive document (RFC 5005) of a month with its `issues`; `older` is the month of the one before it.

    It is a part of the paper's own feed and bears its id and title, but no hub: nobody waits for it.
    """
    found = chain.from_iterable(map(frame.told, issues))
    name = replace(WHOLE, path=urls.month_path(month))
    feed = replace(frame, hub_url=None).feed(feed_id, name, found)
    older_url = urls.public(feed.home_url, urls.month_path(older)) if older else None
    return replace(feed, older_url=older_url, current_url=feed.home_url)


def build_topic(frame: Frame, feed_id: str, name: FeedName, articles: Iterable[StoredArticle | RenderedEntry]) -> Feed:
    """Return the feed of a section or keyword with its newest articles, which are given in that order."""
    return frame.feed(feed_id, name, map(frame.entry, islice(articles, MOST_ENTRIES)))


def build_search(frame: Frame, feed_id: str, label: str, found: Entries, addresses: Mapping[str, str]) -> Feed:
    """Return the feed of what a search has found, the newest first. It is made when it is asked for: no hub knows it."""
    name = replace(WHOLE, path=SEARCH, label=label)
    feed = replace(frame, hub_url=None).feed(feed_id, name, islice(found, MOST_ENTRIES))
    return replace(feed, addresses=addresses)


def build_issues(frame: Frame, feed_id: str, name: FeedName, issues: Iterable[StoredIssue | RenderedEntry]) -> Feed:
    """Return the feed that has one entry for each of `issues`, the newest first."""
    shown = islice(issues, MOST_ENTRIES)
    return frame.feed(feed_id, name, map(frame.whole, shown))


def build_common(
    papers: Sequence[tuple[Frame, Sequence[Told]]], feed_id: str, home_url: str, window: settings.Feeds
) -> Feed:
    """Return the common feed of several papers, whose home is at `home_url`; its window is that of a paper's own."""
    told = [(issue.published, frame.told(issue)) for frame, issues in papers for issue in issues]
    told.sort(key=lambda one: one[0], reverse=True)
    title = " · ".join(_words(frame.paper.title) or frame.paper.slug for frame, _ in papers)
    first = papers[0][0]
    home = replace(first, paper=replace(first.paper, title=title, description="", url=home_url))
    return home.feed(feed_id, WHOLE, chain.from_iterable(_fitting((found for _, found in told), window)))


def _fitting(told: Iterable[Entries], window: settings.Feeds) -> list[Entries]:
    """Return the first issues that fit into the window, as their entries."""
    chosen: list[Entries] = []
    size = 0
    for found in islice(told, MOST_ISSUES):
        size += sum(map(entries.size, found))
        if len(chosen) >= window.min_issues and size > window.max_bytes:
            break
        chosen.append(found)
    return chosen


def _words(text: str) -> str:
    return one_line(clean(text)[0])
