"""A paper's feeds: what they are made of, which there are, and their bytes, read again before readers get them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from types import MappingProxyType
from zoneinfo import ZoneInfo

from digest import feeds, settings, site, urls
from digest.feeds import Frame
from digest.model import Feed, FeedName, RenderedEntry, RenderedIssue, StoredArticle, StoredIssue
from digest.settings import Publication
from digest.store import entries, issues, publications, topics
from digest.store.database import Connection
from digest.templating import Templates

COMMON = "feeds"
"""What stands for a paper in the id of the common feed; no paper can be called so."""

NEWEST = max(feeds.MOST_ISSUES, feeds.MOST_ENTRIES) + 1
"""How many issues the feeds need to see: one more than can stand in one."""

STEP = 10
"""How many of them are read at a time, until a feed is full."""

LASTING = 2 * NEWEST
"""Of how many issues it is kept what feeds tell of them: also the current month of a paper with two issues a day."""

FILES = tuple(form.file for form in feeds.FORMATS)


@dataclass(frozen=True, slots=True)
class Archived:
    """The issues of a month, the newest first, and the month of the issue before them."""

    month: date
    issues: Sequence[RenderedIssue]
    older: date | None


@dataclass(slots=True)
class Shelf:
    """What feeds tell of issues: as the database has kept it, and rendered where it has not, or not as it is to be.

    `shown` are the issues that have changed, with `whole` all have; of these, some are `read` already. `lasting` are
    those of which it is to be kept; of these, the `fresh` were rendered here.
    """

    store: Connection
    frame: Frame
    shown: Collection[int]
    whole: bool
    lasting: Sequence[int]
    read: Mapping[int, StoredIssue] = field(default_factory=dict)
    known: dict[int, RenderedIssue] = field(default_factory=dict)
    fresh: dict[int, RenderedIssue] = field(default_factory=dict)

    def of(self, issue_ids: Sequence[int]) -> list[RenderedIssue]:
        """Return what feeds tell of these issues, in their order."""
        lacking = [one for one in issue_ids if one not in self.known]
        same = [] if self.whole else [one for one in lacking if one not in self.shown]
        kept = entries.kept(self.store, same, FILES)
        made = {one: feeds.render_issue(self.frame, self._stored(one)) for one in lacking if one not in kept}
        found = self.known | kept | made
        self.known |= {one: found[one] for one in lacking if one in self.lasting}
        self.fresh |= {one: made[one] for one in made if one in self.lasting}
        return [found[one] for one in issue_ids]

    def _stored(self, issue_id: int) -> StoredIssue:
        return self.read[issue_id] if issue_id in self.read else issues.get(self.store, issue_id)

    def whole_of(self, issue_ids: Sequence[int]) -> list[RenderedEntry]:
        """Return what tells of each of these issues as a whole, in their order."""
        same = [] if self.whole else [one for one in issue_ids if one not in self.shown]
        kept = entries.kept_whole(self.store, same, FILES)
        lacking = [one for one in issue_ids if one not in kept]
        found = kept | {one: issue.own for one, issue in zip(lacking, self.of(lacking), strict=True)}
        return [found[one] for one in issue_ids]

    def filling(self, window: settings.Feeds) -> list[RenderedIssue]:
        """Return as many of the newest issues as fill a window, and more: few where they are long."""
        found: list[RenderedIssue] = []
        size = 0
        waiting = iter(self.lasting[:NEWEST])
        while (size <= window.max_bytes or len(found) <= window.min_issues) and (some := list(islice(waiting, STEP))):
            found += self.of(some)
            size = sum(entry.size for issue in found for entry in issue.entries)
        return found


@dataclass(frozen=True, slots=True)
class Stock:
    """What a publication needs to know for a paper's feeds, as it was at one moment.

    `newest` are so many of its newest issues that the window of its feed is full, `issues` what tells of the newest as
    wholes; `months` and `topics` those archive documents and feeds that are to be written, the
    months read one at a time, and once, while the store is open; `listed` are all sections and keywords that have a
    feed. `authority` is that of all ids.
    """

    authority: tuple[str, date]
    shelf: Shelf
    newest: Sequence[RenderedIssue]
    issues: Sequence[RenderedEntry]
    months: Iterator[Archived]
    topics: Mapping[FeedName, Sequence[StoredArticle | RenderedEntry]]
    listed: Sequence[FeedName]


def stock(
    store: Connection,
    publication: Publication,
    frame: Frame,
    configured: settings.Feeds,
    shown: Collection[int],
    *,
    whole: bool,
    lacking: Sequence[FeedName] = (),
    read: Mapping[int, StoredIssue] = MappingProxyType({}),
) -> Stock:
    """Read what the feeds need when the issues `shown` are published, and those that are `lacking`.

    With `whole` that is every feed that there is. Issues that are `read` already are not read again.
    """
    row = publications.id_of(store, publication.slug)
    listed = {name.path: name for name in (*topics.sections(store, row, shown), *keywords(configured))}
    wanted = listed
    if not whole:
        touched = (name for name in topics.touched(store, shown) if name.kind == "section" or name.path in listed)
        wanted = {name.path: listed.get(name.path, name) for name in (*touched, *lacking)}
    lasting = issues.newest(store, row, also=shown, limit=LASTING)
    shelf = Shelf(store, frame, shown, whole, lasting, read)
    told = {name: topics.articles(store, row, name, shown, feeds.MOST_ENTRIES) for name in wanted.values()}
    return Stock(
        authority=publications.minting(store),
        shelf=shelf,
        newest=shelf.filling(configured),
        issues=shelf.whole_of(lasting[: feeds.MOST_ENTRIES]),
        months=_months(shelf, row, publication.zone, shown, whole=whole),
        topics=_articles(shelf, told),
        listed=list(listed.values()),
    )


def render(stock: Stock, frame: Frame, templates: Templates, configured: settings.Feeds) -> Iterator[dict[str, bytes]]:
    """Yield the files of a paper's feeds in the order in which they may appear: each leads only to those before it.

    Raises DigestError("error.feed") for a feed that cannot be read again as it was meant; it must not be published.
    """
    own = _id(stock, frame, "")
    for archived in stock.months:
        yield _files(feeds.build_archive(frame, own, archived.month, archived.issues, archived.older), frame)
    for name, articles in stock.topics.items():
        yield _files(feeds.build_topic(frame, _id(stock, frame, name.path), name, articles), frame)
    by_issue = of_issues(frame)
    yield _files(feeds.build_issues(frame, _id(stock, frame, by_issue.path), by_issue, stock.issues), frame)
    yield _files(feeds.build(frame, own, stock.newest, configured), frame)
    names = [FeedName("paper"), by_issue, *stock.listed]
    yield site.render_subscribe(frame.paper, names, templates, frame.messages)
    yield {urls.OPML: feeds.opml(frame.paper.title, [(frame.paper, names)])}


def render_common(
    papers: Sequence[tuple[Frame, Sequence[StoredIssue | RenderedIssue]]],
    authority: tuple[str, date],
    home: str,
    window: settings.Feeds,
) -> dict[str, bytes]:
    """Return the files of the common feed of several papers, and of the list of all their own, below `home`."""
    feed_id = urls.feed_tag(*authority, COMMON, "")
    feed = feeds.build_common(papers, feed_id, home, window)
    lists = [(frame.paper, [FeedName("paper"), of_issues(frame)]) for frame, _ in papers]
    return feeds.render_verified(feed) | {urls.OPML: feeds.opml(feed.title, lists)}


def keywords(configured: settings.Feeds) -> list[FeedName]:
    """Return the feeds of keywords that are offered."""
    return [name for keyword in configured.keywords if (name := urls.topic("keyword", keyword))]


def about(issue: StoredIssue, names: Sequence[FeedName]) -> dict[str, list[FeedName]]:
    """Return which feeds of keywords each article of an issue stands in, by its id."""
    every = (*issue.articles, *issue.withdrawn)
    return {one.id: [name for name in names if feeds.is_about(one.article, name.label)] for one in every}


def changed(stock: Stock, frame: Frame) -> list[str]:
    """Return the addresses of the feeds in which a publication has changed something, its archive left out."""
    names = [FeedName("paper"), of_issues(frame), *stock.topics]
    return [urls.public(frame.paper.url, name.path) + form.file for name in names for form in feeds.FORMATS]


def of_issues(frame: Frame) -> FeedName:
    """Return the name of the feed that has one entry for each issue."""
    return FeedName("issues", urls.ISSUES_FEED, frame.messages("site.feeds_issues"))


def _files(feed: Feed, frame: Frame) -> dict[str, bytes]:
    """Return a feed's verified files by their place below the paper's home."""
    folder = urls.place(frame.paper.url, feed.url)
    return {f"{folder}{file}": content for file, content in feeds.render_verified(feed).items()}


def _id(stock: Stock, frame: Frame, path: str) -> str:
    return urls.feed_tag(*stock.authority, frame.paper.slug, path)


def _articles(
    shelf: Shelf, wanted: Mapping[FeedName, Sequence[topics.Told]]
) -> dict[FeedName, list[StoredArticle | RenderedEntry]]:
    """Return the articles of feeds in their order, rendered as far as their issues are such as last."""
    every = {one for told in wanted.values() for one in told}
    lasting = {one.issue_id for one in every}.intersection(shelf.lasting)
    known = {entry.id: entry for issue in shelf.of(sorted(lasting)) for entry in issue.entries}
    read = issues.articles(shelf.store, [one.article_id for one in every if one.tag not in known])
    return {name: [known.get(one.tag) or read[one.article_id] for one in told] for name, told in wanted.items()}


def _months(
    shelf: Shelf, publication_id: int, zone: ZoneInfo, shown: Collection[int], *, whole: bool
) -> Iterator[Archived]:
    """Read the months that the issues `shown` are in, and those after them, whose link back may have changed."""
    store = shelf.store
    times = issues.times(store, publication_id, shown, everything=whole)
    months = {urls.month(at, zone) for at in times}
    for month in sorted(months):
        _, after = issues.neighbours(store, publication_id, shown, *_span(month, zone))
        months |= {urls.month(after, zone)} if after else set()
    for month in sorted(months):
        before, _ = issues.neighbours(store, publication_id, shown, *_span(month, zone))
        found = issues.within(store, publication_id, shown, *_span(month, zone))
        yield Archived(month, shelf.of(found), before and urls.month(before, zone))


def _span(month: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a month begins and ends in a zone."""
    following = (month + timedelta(days=31)).replace(day=1)
    start, end = (datetime.combine(day, datetime.min.time(), zone) for day in (month, following))
    return start, end
