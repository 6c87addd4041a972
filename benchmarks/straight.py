"""The floor: a file becomes its pages, lists and feeds by the same pure stages, called in a row in one process.

    python -m benchmarks.straight ARCHIVE FOLDER

There is no database, nothing is forced to the disk, files are written over what is there, and nothing can be corrected
or gone on with: what lists and feeds have to know is in memory. Of what the service does, only related articles and the
index for searches are missing.
"""

import sys
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from time import process_time

from digest import analysis, feeds, papers, parsing, reading, site, templating, timing, urls
from digest.analysis.lexicon import Lexicon, shipped
from digest.messages import Messages
from digest.model import (
    ArticleLine,
    Feed,
    FeedName,
    Issue,
    IssueLine,
    IssueMonth,
    PageLine,
    RenderedEntry,
    RenderedIssue,
    Source,
    StoredArticle,
    StoredIssue,
)
from digest.settings import Settings

NOW = datetime(2030, 1, 1, tzinfo=UTC)
AUTHORITY = "paper.example"
SINCE = date(1980, 1, 1)
SETTINGS = Settings(authority=AUTHORITY, site_url=f"https://{AUTHORITY}/")
(PUBLICATION,) = SETTINGS.publications


@dataclass(slots=True)
class Topic:
    """A section or keyword: its name, its articles, the oldest first, the newest in feeds, and how many are settled.

    Those are settled that were listed before.
    """

    name: FeedName
    lines: list[ArticleLine] = field(default_factory=list)
    entries: deque[RenderedEntry] = field(default_factory=lambda: deque(maxlen=feeds.MOST_ENTRIES))
    settled: int = 0


class Straight:
    """A paper that is published into a folder: `add` writes an issue's pages, `finish` what leads to them.

    Issues come in the order of their dates. `shares` are the seconds of the processor that each step has taken.
    """

    def __init__(self, folder: Path) -> None:
        self.shares: dict[str, float] = defaultdict(float)
        self._folder = folder
        self._lexicon = Lexicon.build(shipped())
        self._means = templating.load(), Messages(SETTINGS.language)
        self._paper = papers.paper(SETTINGS, PUBLICATION, "河湾日报")
        self._frame = feeds.Frame(self._paper, self._means[1])
        self._topics: dict[str, Topic] = {}
        self._touched: set[str] = set()
        self._issues: list[IssueLine] = []
        self._months: dict[date, list[PageLine]] = defaultdict(list)
        self._changed: set[date] = set()
        self._latest: StoredIssue | None = None
        self._newest: deque[RenderedIssue] = deque(maxlen=feeds.MOST_ENTRIES)
        self._in_month: list[RenderedIssue] = []
        self._news: deque[ArticleLine] = deque(maxlen=feeds.MOST_ENTRIES)

    def add(self, file: Path) -> None:
        """Publish an issue's pages."""
        with self._share("read"):
            document = reading.read(Source(file.name, file.read_bytes()))
        with self._share("parse"):
            parsed = parsing.parse(document)
        with self._share("analyse"):
            issue = analysis.annotate(parsed, self._lexicon, SETTINGS.analysis)
        with self._share("publish"):
            stored = _stored(issue)
            self._note(stored, feeds.render_issue(self._frame, stored))
            self._write(site.render_issue(self._paper, stored, *self._means, linked=self._linked(stored)))

    def finish(self) -> None:
        """Write the lists, feeds and sitemaps that the added issues change."""
        with self._share("publish"):
            self._write_archive_feed()
            sections = [topic.name for topic in self._topics.values() if topic.name.kind == "section"]
            self._write_feeds(sections)
            for path in self._touched:
                self._write_topic(self._topics[path])
            self._write_archive(sections)
            self._touched.clear()
            self._changed.clear()

    def _note(self, issue: StoredIssue, rendered: RenderedIssue) -> None:
        """Note what lists and feeds tell of an issue. The feed's document of a month is written when the next begins."""
        day = issue.published.astimezone(self._paper.zone).date()
        month = day.replace(day=1)
        if month not in self._months and self._in_month:
            self._write_archive_feed()
            self._in_month.clear()
        self._in_month.insert(0, rendered)
        self._newest.appendleft(rendered)
        self._latest = issue
        self._changed.add(month)
        head = issue.ranked[0].article.title
        self._issues.insert(0, IssueLine(issue.path, day, issue.masthead, head, len(issue.articles)))
        self._months[month].append(PageLine(issue.path, issue.updated))
        for stored, entry in zip(issue.articles, rendered.entries, strict=True):
            self._months[month].append(PageLine(stored.path, stored.updated))
            self._note_topics(stored, entry)

    def _note_topics(self, stored: StoredArticle, entry: RenderedEntry) -> None:
        article = stored.article
        line = ArticleLine(stored.path, article.title, stored.published, *article.summary[:1])
        self._news.appendleft(line)
        for path, name in urls.topics(article).items():
            topic = self._topics.setdefault(path, Topic(name))
            topic.lines.append(line)
            if name.kind == "section":
                topic.entries.appendleft(entry)
            self._touched.add(path)

    def _linked(self, issue: StoredIssue) -> set[str]:
        """Return the keywords of an issue that have a page."""
        found = (self._topics[path] for stored in issue.articles for path in urls.topics(stored.article))
        return {topic.name.name for topic in found if len(topic.lines) >= site.LEAST_ARTICLES}

    def _write_archive_feed(self) -> None:
        month = urls.month(self._in_month[0].published, self._paper.zone)
        older = max((each for each in self._months if each < month), default=None)
        self._write_feed(feeds.build_archive(self._frame, _feed_id(""), month, self._in_month, older))

    def _write_feeds(self, sections: list[FeedName]) -> None:
        for name in sections:
            if name.path in self._touched:
                entries = self._topics[name.path].entries
                self._write_feed(feeds.build_topic(self._frame, _feed_id(name.path), name, entries))
        by_issue = FeedName("issues", urls.ISSUES_FEED, self._means[1]("site.feeds_issues"))
        wholes = [one.own for one in self._newest]
        self._write_feed(feeds.build_issues(self._frame, _feed_id(by_issue.path), by_issue, wholes))
        self._write_feed(feeds.build(self._frame, _feed_id(""), list(self._newest), SETTINGS.feeds))
        names = [FeedName("paper"), by_issue, *sections]
        self._write(site.render_subscribe(self._paper, names, *self._means))
        self._write({urls.OPML: feeds.opml(self._paper.title, [(self._paper, names)])})

    def _write_feed(self, feed: Feed) -> None:
        folder = urls.place(self._paper.url, feed.url)
        self._write({f"{folder}{file}": content for file, content in feeds.render(feed).items()})

    def _write_topic(self, topic: Topic) -> None:
        total, name = len(topic.lines), topic.name
        if name.kind == "keyword" and total < site.LEAST_ARTICLES:
            return
        leaves = site.leaves(total, topic.settled)
        last = leaves[-1].places.start // site.PAGE
        for leaf in leaves:
            lines = [topic.lines[place] for place in reversed(leaf.places)]
            has_feed = name.kind == "section"
            self._write(
                site.render_topic(self._paper, leaf, lines, *self._means, name=name, last=last, has_feed=has_feed)
            )
        topic.settled = total

    def _write_archive(self, sections: list[FeedName]) -> None:
        """Write the pages of the archive, the sitemaps and the front page."""
        paper, means = self._paper, self._means
        months = [
            IssueMonth(month, sum(page.path.count("/") == 3 for page in pages), pages[-1].updated)
            for month, pages in sorted(self._months.items())
        ]
        years = {year: list(found) for year, found in groupby(self._issues, key=lambda line: line.day.year)}
        for year in {month.year for month in self._changed}:
            self._write(site.render_year(paper, year, years[year], *means, months=months, lists=self._changed))
        self._write(site.render_archive(paper, months, years[max(years)], *means))
        for month in self._changed:
            self._write(site.render_sitemap(paper, month, self._months[month]))
        new = [line for line in self._news if line.published > self._news[0].published - site.NEW]
        self._write(site.render_sitemaps(paper, months, new))
        recent = self._issues[: site.RECENT_ISSUES + 1]
        linked = self._linked(self._latest) if self._latest else set[str]()
        self._write(site.render_lists(paper, self._latest, recent, *means, sections=sections, linked=linked))

    def _write(self, files: Mapping[str, bytes]) -> None:
        for path, content in files.items():
            target = self._folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)

    @contextmanager
    def _share(self, step: str) -> Iterator[None]:
        start = process_time()
        yield
        self.shares[step] += process_time() - start


def _stored(issue: Issue) -> StoredIssue:
    """Give an issue and its articles their ids and addresses, as the store does."""
    day = issue.masthead.date or SINCE
    key = str(issue.masthead.number or day)
    tag = urls.tag(AUTHORITY, SINCE, PUBLICATION.slug, key)
    at = timing.publication_time(PUBLICATION, issue.masthead, NOW)
    articles = tuple(
        StoredArticle(f"{tag}/{place}", urls.article_path(day, place), article, at, at)
        for place, article in enumerate(issue.articles, start=1)
    )
    return StoredIssue(tag, key, urls.issue_path(day, 1), issue.masthead, issue.language, articles, at, at)


def _feed_id(path: str) -> str:
    return urls.feed_tag(AUTHORITY, SINCE, PUBLICATION.slug, path)


def main(archive: Path, folder: Path) -> None:
    """Publish the issues that lie in an archive, with all their lists in the end."""
    paper = Straight(folder)
    for file in sorted(archive.iterdir()):
        paper.add(file)
    paper.finish()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
