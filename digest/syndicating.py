"""A paper's feeds: what they are made of, which there are, and their bytes, read again before readers get them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from digest import feeds, settings, site, urls
from digest.feeds import Frame
from digest.model import Feed, FeedName, StoredArticle, StoredIssue
from digest.settings import Publication
from digest.store import issues, publications, topics
from digest.store.database import Connection
from digest.templating import Templates

COMMON = "feeds"
"""What stands for a paper in the id of the common feed; no paper can be called so."""

NEWEST = max(feeds.MOST_ISSUES, feeds.MOST_ENTRIES) + 1
"""How many issues the feeds need to see: one more than can stand in one."""


@dataclass(frozen=True, slots=True)
class Archived:
    """The issues of a month, the newest first, and the month of the issue before them."""

    month: date
    issues: Sequence[StoredIssue]
    older: date | None


@dataclass(frozen=True, slots=True)
class Stock:
    """What a publication needs to know for a paper's feeds, as it was at one moment.

    `newest` are its newest issues; `months` and `topics` those archive documents and feeds that are to be written, the
    months read one at a time, and once, while the store is open; `listed` are all sections and keywords that have a
    feed. `authority` is that of all ids.
    """

    authority: tuple[str, date]
    newest: Sequence[StoredIssue]
    months: Iterator[Archived]
    topics: Mapping[FeedName, Sequence[StoredArticle]]
    listed: Sequence[FeedName]


def stock(
    store: Connection,
    publication: Publication,
    configured: settings.Feeds,
    shown: Collection[int],
    *,
    whole: bool,
    lacking: Sequence[FeedName] = (),
) -> Stock:
    """Read what the feeds need when the issues `shown` are published, and those that are `lacking`.

    With `whole` that is every feed that there is.
    """
    row = publications.id_of(store, publication.slug)
    listed = {name.path: name for name in (*topics.sections(store, row, shown), *keywords(configured))}
    wanted = listed
    if not whole:
        touched = (name for name in topics.touched(store, shown) if name.kind == "section" or name.path in listed)
        wanted = {name.path: listed.get(name.path, name) for name in (*touched, *lacking)}
    return Stock(
        authority=publications.minting(store),
        newest=issues.newest(store, row, also=shown, limit=NEWEST),
        months=_months(store, row, publication.zone, shown, whole=whole),
        topics={name: topics.articles(store, row, name, shown, feeds.MOST_ENTRIES) for name in wanted.values()},
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
    yield _files(feeds.build_issues(frame, _id(stock, frame, by_issue.path), by_issue, stock.newest), frame)
    yield _files(feeds.build(frame, own, stock.newest, configured), frame)
    names = [FeedName("paper"), by_issue, *stock.listed]
    yield site.render_subscribe(frame.paper, names, templates, frame.messages)
    yield {urls.OPML: feeds.opml(frame.paper.title, [(frame.paper, names)])}


def render_common(
    papers: Sequence[tuple[Frame, Sequence[StoredIssue]]],
    authority: tuple[str, date],
    home: str,
    window: settings.Feeds,
) -> dict[str, bytes]:
    """Return the files of the common feed of several papers, and of the list of all their own, below `home`."""
    feed_id = urls.feed_tag(*authority, COMMON, "")
    feed = feeds.build_common(papers, feed_id, home, window)
    lists = [(frame.paper, [FeedName("paper"), of_issues(frame)]) for frame, _ in papers]
    return _verified(feed) | {urls.OPML: feeds.opml(feed.title, lists)}


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
    return {f"{folder}{file}": content for file, content in _verified(feed).items()}


def _verified(feed: Feed) -> dict[str, bytes]:
    rendered = feeds.render(feed)
    feeds.verify(rendered, feed)
    return rendered


def _id(stock: Stock, frame: Frame, path: str) -> str:
    return urls.feed_tag(*stock.authority, frame.paper.slug, path)


def _months(
    store: Connection, publication_id: int, zone: ZoneInfo, shown: Collection[int], *, whole: bool
) -> Iterator[Archived]:
    """Read the months that the issues `shown` are in, and those after them, whose link back may have changed."""
    times = issues.times(store, publication_id, shown, everything=whole)
    months = {urls.month(at, zone) for at in times}
    for month in sorted(months):
        _, after = issues.neighbours(store, publication_id, shown, *_span(month, zone))
        months |= {urls.month(after, zone)} if after else set()
    for month in sorted(months):
        before, _ = issues.neighbours(store, publication_id, shown, *_span(month, zone))
        found = issues.within(store, publication_id, shown, *_span(month, zone))
        yield Archived(month, found, before and urls.month(before, zone))


def _span(month: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when a month begins and ends in a zone."""
    following = (month + timedelta(days=31)).replace(day=1)
    start, end = (datetime.combine(day, datetime.min.time(), zone) for day in (month, following))
    return start, end
