"""One paper's publication: its pages, lists and feeds, in the order in which readers may meet them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from digest import feeds, output, site, syndicating, urls
from digest.messages import Messages, language_of
from digest.model import FeedName, StoredIssue
from digest.settings import Feeds, Publication
from digest.store import database, issues, pings, publications, related, topics
from digest.store.database import Connection
from digest.store.issues import Due
from digest.store.related import Link
from digest.works import Works

BATCH = 50
"""Of how many issues the keywords are recorded at a time."""


class _Written(NamedTuple):
    """Issues whose pages were written: those that were due, the links of these, the ids of all articles.

    `withdrawn` are the rows of those that have an article withdrawn.
    """

    due: list[StoredIssue]
    links: dict[int, list[Link]]
    articles: set[str]
    withdrawn: list[int]


def write(works: Works, publication: Publication, due: list[Due], now: datetime, *, whole: bool) -> list[StoredIssue]:
    """Write what has changed of a paper, or, with `whole`, all of it; return the issues that were `due`.

    The order is a promise: pages before the lists and feeds that point to them, the tombstone of a withdrawn article
    after the lists and feeds that did (reliability.md, 4). The hub is told when all is there. All is written from one
    view of the database, an issue at a time: an archive is larger than the memory.
    """
    ids = [one.id for one in due]
    configured = works.settings.feeds
    frame, folder = _frame(works, publication), works.folder(publication)
    lacking = _lacking(folder, configured)
    with database.reading(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        public = [one.id for one in issues.published(store, row)]
    _mark_keywords(works, {*ids, *(public if whole or lacking else ())})
    with database.reading(works.engine) as store:
        stock = syndicating.stock(store, publication, configured, ids, whole=whole, lacking=lacking)
        written = _write_pages(works, frame, store, ids, public if whole else related.showing(store, ids))
        latest = next((issue for issue in stock.newest if issue.articles), None)
        lines = issues.lines(store, row, also=ids)
        output.write(folder, site.render_lists(frame.paper, latest, lines, works.templates, frame.messages))
        for files in syndicating.render(stock, frame, works.templates, configured):
            output.write(folder, files)
        output.retire(folder, urls.KEYWORD_FEEDS, {name.name for name in stock.listed if name.kind == "keyword"})
        common = _write_common(works, publication, stock.newest)
        for issue in (issues.get(store, issue_id) for issue_id in written.withdrawn):
            output.write(folder, site.render_tombstones(frame.paper, issue, works.templates, frame.messages))
    with database.writing(works.engine) as store:
        issues.mark_published(store, row, due, written.articles)
        topics.settle(store, ids)
        for issue_id, links in written.links.items():
            related.record(store, issue_id, links)
        if configured.hub:
            pings.want(store, [*syndicating.changed(stock, frame), *common], now)
    return written.due


def _write_pages(
    works: Works, frame: feeds.Frame, store: Connection, due: Sequence[int], others: Collection[int]
) -> _Written:
    """Write the pages of issues and their articles: of those that are due, and of others that name what they hold."""
    folder = works.folder(works.publication(frame.paper.slug))
    done = _Written([], {}, set(), [])
    for issue_id in dict.fromkeys([*due, *others]):
        issue = issues.get(store, issue_id)
        links = (related.find if issue_id in due else related.shown)(store, issue_id, also=due)
        close = related.by_article(links)
        output.write(folder, site.render_issue(frame.paper, issue, works.templates, frame.messages, close))
        done.articles.update(one.id for one in issue.articles)
        if issue_id in due:
            done.due.append(issue)
            done.links[issue_id] = links
        if issue.withdrawn:
            done.withdrawn.append(issue_id)
    return done


def _lacking(folder: Path, configured: Feeds) -> list[FeedName]:
    """Return the feeds of keywords that are offered and not there."""
    return [
        name
        for name in syndicating.keywords(configured)
        if not all((folder / name.path / form.file).exists() for form in feeds.FORMATS)
    ]


def _mark_keywords(works: Works, issue_ids: Collection[int]) -> None:
    """Record which of the configured keywords the articles of issues are about."""
    names = syndicating.keywords(works.settings.feeds)
    waiting = iter(issue_ids if names else ())
    while batch := list(islice(waiting, BATCH)):
        found: dict[str, list[FeedName]] = {}
        with database.reading(works.engine) as store:
            for issue_id in batch:
                found |= syndicating.about(issues.get(store, issue_id), names)
        with database.writing(works.engine) as store:
            topics.mark(store, found)


def _write_common(works: Works, publication: Publication, newest: Sequence[StoredIssue]) -> list[str]:
    """Write what stands above several papers, of which this one has news; return the addresses of their common feed."""
    papers, home = works.settings.publications, works.settings.site_url
    if len(papers) == 1:
        return []
    shelves = []
    with database.reading(works.engine) as store:
        authority = publications.minting(store)
        for each in papers:
            row = publications.id_of(store, each.slug)
            own = newest if each is publication else issues.seen(store, row, syndicating.NEWEST)
            shelves.append((_frame(works, each), own))
    window = works.settings.feeds
    window = replace(window, min_issues=window.min_issues * len(papers))
    output.write(works.settings.public, syndicating.render_common(shelves, authority, home, window))
    words = Messages(language_of(papers[0].language))
    output.write(
        works.settings.public, site.render_papers([frame.paper for frame, _ in shelves], works.templates, words)
    )
    return [home + form.file for form in feeds.FORMATS]


def _frame(works: Works, publication: Publication) -> feeds.Frame:
    paper = works.paper(publication)
    return feeds.Frame(paper, Messages(language_of(paper.language)), works.settings.feeds.hub)
