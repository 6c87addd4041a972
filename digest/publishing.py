"""One paper's publication: its pages, lists and feeds, in the order in which readers may meet them."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from digest import datafolder, feeds, indexing, listing, output, site, syndicating, urls
from digest.messages import Messages, language_of
from digest.model import FeedName, IssueMonth, RenderedIssue, StoredIssue
from digest.settings import Feeds, Publication
from digest.store import (
    database,
    entries,
    issues,
    lists,
    pictures,
    pings,
    places,
    publications,
    related,
    search,
    topics,
)
from digest.store.database import Connection
from digest.store.issues import Due
from digest.store.related import Link
from digest.works import Works

BATCH = 50
"""Of how many issues the keywords are recorded at a time."""

Progress = Callable[[int, int], None]
"""Is told how many issues, of how many, are written."""


class _Written(NamedTuple):
    """Issues whose pages were written: those that were due, by their rows, the links of these, the ids of all articles.

    `withdrawn` are the rows of those that have an article withdrawn.
    """

    due: dict[int, StoredIssue]
    links: dict[int, list[Link]]
    articles: set[str]
    withdrawn: list[int]


def silent(_done: int, _total: int) -> None:
    """Show nobody how far a publication is."""


def write(
    works: Works,
    publication: Publication,
    due: list[Due],
    now: datetime,
    *,
    whole: bool,
    progress: Progress = silent,
) -> list[StoredIssue]:
    """Write what has changed of a paper, or, with `whole`, all of it; return the issues that were `due`.

    The order is a promise: pictures before the pages that show them, these before the feeds and lists that point to
    them, feeds before the lists that offer them; the tombstone of a withdrawn article after the lists and feeds that
    did, and then the end of pictures that nothing shows any more (reliability.md, 4). The hub is told when all is
    there, but not of what was backfilled. All is written from one view of the database, an issue at a time: an archive
    is larger than the memory.
    """
    ids = [one.id for one in due]
    configured = works.settings.feeds
    frame, folder = _frame(works, publication), works.folder(publication)
    lacking = _lacking(folder, configured)
    with database.reading(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        public = [one.id for one in issues.published(store, row)] if whole or lacking else []
    _mark_keywords(works, {*ids, *public})
    with database.writing(works.engine) as store:
        places.settle(store, row, ids)
    with ExitStack() as turn:
        with database.reading(works.engine) as store:
            others = public if whole else related.showing(store, ids)
            written = _write_pages(works, frame, store, ids, others, progress=progress)
            stock = syndicating.stock(
                store, publication, frame, configured, ids, whole=whole, lacking=lacking, read=written.due
            )
            latest = issues.latest(store, row, ids)
            means = listing.Means(store, row, frame.paper, works.templates, frame.messages, folder, ids, whole)
            months = listing.months(means)
            output.write_all(folder, syndicating.render(stock, frame, works.templates, configured))
            _write_lists(works, means, months, latest, stock.listed)
            if len(works.settings.publications) > 1:  # else two papers at once would each leave the other's news out
                turn.enter_context(database.alone(works.engine, "common", 0, wait=True))
            common = _write_common(works, publication, stock.shelf)
            for issue in (issues.get(store, issue_id) for issue_id in written.withdrawn):
                output.write(folder, site.render_tombstones(frame.paper, issue, works.templates, frame.messages))
            output.remove(folder, pictures.retired(store, ids))
        terms = indexing.terms(written.due.values())
        with database.writing(works.engine) as store:
            issues.mark_published(store, row, due, written.articles)
            search.record(store, terms)
            if whole:
                publications.set_edition(store, row, works.edition(publication), frame.paper.url)
            lists.keep_months(store, row, months)
            topics.settle(store, ids)
            entries.keep(store, row, stock.shelf.fresh, stock.shelf.lasting)
            pictures.settle(store, ids)
            for issue_id, links in written.links.items():
                related.record(store, issue_id, links)
            if configured.hub and (not ids or issues.has_news(store, ids)):
                pings.want(store, [*syndicating.changed(stock, frame), *common], now)
            works.submit(store, "compose", [row])
    return list(written.due.values())


def _write_pages(
    works: Works,
    frame: feeds.Frame,
    store: Connection,
    due: Sequence[int],
    others: Collection[int],
    *,
    progress: Progress,
) -> _Written:
    """Write the pages of issues and their articles: of those that are due, and of others that name what they hold."""
    folder = works.folder(works.publication(frame.paper.slug))
    done = _Written({}, {}, set(), [])
    every = list(dict.fromkeys([*due, *others]))

    def rendered() -> Iterator[dict[str, bytes]]:
        for n, issue_id in enumerate(every, start=1):
            issue = issues.get(store, issue_id)
            links = (related.find if issue_id in due else related.shown)(store, issue_id, also=due)
            close = related.by_article(links)
            _write_pictures(works, folder, issue)
            linked = listing.linked(store, issue.id, due)
            yield site.render_issue(frame.paper, issue, works.templates, frame.messages, close, linked=linked)
            done.articles.update(one.id for one in issue.articles)
            if issue_id in due:
                done.due[issue_id] = issue
                done.links[issue_id] = links
            if issue.withdrawn:
                done.withdrawn.append(issue_id)
            progress(n, len(every))

    output.write_all(folder, rendered())
    return done


def _write_lists(
    works: Works,
    means: listing.Means,
    months: list[IssueMonth],
    latest: StoredIssue | None,
    listed: Sequence[FeedName],
) -> None:
    """Write every list that a publication changes; `listed` are the feeds, which are there by now."""
    leaves = listing.leaves(means)
    output.write_all(means.folder, listing.render(means, months, leaves, listed))
    output.remove(means.folder, listing.surplus(means, leaves))
    output.write(means.folder, _front(works, means, latest, listed))
    output.write_all(means.folder, listing.render_sitemaps(means, months))
    output.retire(means.folder, urls.KEYWORD_FEEDS, {name.name for name in listed if name.kind == "keyword"})


def _front(
    works: Works, means: listing.Means, latest: StoredIssue | None, listed: Sequence[FeedName]
) -> dict[str, bytes]:
    """Return the front page, what does not change with an issue, and the paper's logo."""
    recent = lists.recent(means.store, means.row, means.shown, site.RECENT_ISSUES + 1)
    linked = listing.linked(means.store, latest.id, means.shown) if latest else ()
    sections = [name for name in listed if name.kind == "section"]
    paper, logo = means.paper, works.own[means.paper.slug].logo
    pages = site.render_lists(paper, latest, recent, means.templates, means.messages, sections=sections, linked=linked)
    return pages | ({paper.logo: logo} if paper.logo and logo else {})


def _write_pictures(works: Works, folder: Path, issue: StoredIssue) -> None:
    """Write the pictures of an issue that are not there; where the bytes of one are lost, `digest verify` tells of it."""
    for stored in issue.articles:
        shown = [size for picture in stored.article.shown for size in picture.sizes]
        blobs = {size.path: datafolder.blob(works.settings.blobs, size.sha256) for size in shown}
        lacking = {path: blob for path, blob in blobs.items() if not (folder / path).exists() and blob.exists()}
        output.write(folder, {path: blob.read_bytes() for path, blob in lacking.items()})


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


def _write_common(works: Works, publication: Publication, shelf: syndicating.Shelf) -> list[str]:
    """Write what stands above several papers, of which this one has news; return the addresses of their common feed."""
    papers, home = works.settings.publications, works.settings.site_url
    if len(papers) == 1:
        return []
    shelves: list[tuple[feeds.Frame, Sequence[RenderedIssue | StoredIssue]]] = []
    newest = shelf.of(shelf.lasting[: syndicating.NEWEST])
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
    configured = works.settings.feeds
    return feeds.Frame(paper, Messages(language_of(paper.language)), configured.hub, configured.share)
