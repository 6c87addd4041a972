"""Searching: a page, its list alone for those who type, and a feed of what was asked for.

A search reads, and holds up nobody: it runs beside the loop, few at a time, and no longer than `store.search` lets it.
"""

import gzip
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from digest import feeds, site, urls
from digest.errors import DigestError
from digest.messages import Messages, language_of
from digest.model import Feed, Paper
from digest.search import PAGE, Form, Found
from digest.settings import Publication
from digest.store import database, publications
from digest.store import search as index
from digest.web.feeds import MEDIA_TYPES, METHODS, SHARED, accepts_gzip, is_known, preflight
from digest.works import Works

AT_ONCE = 4
"""How many searches run at a time; others wait their turn."""

_KEPT_SECONDS = 60.0
_COMMON = "search"
_NO_DATE = 1 << 62  # after any that a client could name: what is found may also become less
_FILES = {"feed.xml": "search.xml", "atom.xml": "search.atom", "feed.json": "search.json"}
_HEADERS = {"x-robots-tag": "noindex"}


def routes(works: Works) -> list[Route]:
    """Return the routes of the search of each paper and, where there are several, of that over all of them."""
    limiter = CapacityLimiter(AT_ONCE)
    shelf = _Shelf(works)
    home = works.settings.home
    counters = {home(one): _Counter(works, shelf, (one,), home(one)) for one in works.settings.publications}
    counters.setdefault("", _Counter(works, shelf, works.settings.publications, ""))
    found = []
    for prefix, counter in counters.items():
        found.append(Route(f"/{prefix}search", _beside(counter.page, limiter), methods=["GET"]))
        for form in feeds.FORMATS:
            answer = _beside(partial(counter.feed, form), limiter)
            found.append(Route(f"/{prefix}{_FILES[form.file]}", answer, methods=METHODS.split(", ")))
    return found


def _beside(
    answer: Callable[[Request], Response], limiter: CapacityLimiter
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await to_thread.run_sync(answer, request, limiter=limiter)

    return endpoint


class _Shelf:
    """The papers as their readers meet them, looked up once in a while: their names change with a masthead at most."""

    def __init__(self, works: Works) -> None:
        self._works = works
        self._kept: dict[str, tuple[float, int, Paper]] = {}

    def paper(self, publication: Publication) -> tuple[int, Paper]:
        """Return a publication's row and its paper."""
        known = self._kept.get(publication.slug)
        if known is None or monotonic() - known[0] > _KEPT_SECONDS:
            with database.reading(self._works.engine) as store:
                row = publications.id_of(store, publication.slug)
            known = self._kept[publication.slug] = (monotonic(), row, self._works.paper(publication))
        return known[1], known[2]


@dataclass(frozen=True, slots=True)
class _Counter:
    """Answers searches in some papers; `prefix` is their address below the site's home."""

    works: Works
    shelf: _Shelf
    publications: tuple[Publication, ...]
    prefix: str

    def page(self, request: Request) -> Response:
        """Answer with a page, or with its list alone."""
        form = Form.of(request.query_params)
        rows, papers = zip(*map(self.shelf.paper, self.publications), strict=True)
        found, trouble = Found(), None
        with database.reading(self.works.engine) as store:
            sections = index.sections(store, rows)
            try:
                order: index.Order = "best" if form.best else "newest"
                found = index.find(store, rows, form.query, order=order, start=(form.page - 1) * PAGE)
            except DigestError as error:
                trouble = error.code
        page = site.render_search(
            papers,
            form,
            found,
            self.works.templates,
            Messages(language_of(papers[0].language)),
            home=papers[0] if len(papers) == 1 else self.works.settings.site_url,
            sections=list(sections.values()),
            trouble=trouble,
            is_part="part" in request.query_params,
        )
        caching = "no-store" if trouble else "public, max-age=60"
        return HTMLResponse(page, status_code=503 if trouble else 200, headers=_HEADERS | {"cache-control": caching})

    def feed(self, form: feeds.Format, request: Request) -> Response:
        """Answer with the feed of what is asked for, in one format."""
        if request.method == "OPTIONS":
            return preflight()
        asked = replace(Form.of(request.query_params), best=False, page=1)
        addresses = {file: f"{self._home}{name}?{asked.address}" for file, name in _FILES.items()}
        try:
            content = form.render(self._feed(asked, addresses))
        except DigestError:
            return Response(status_code=503, headers={"retry-after": "60", "cache-control": "no-store"})
        return _conditional(request, content, MEDIA_TYPES[form.file], addresses[form.file])

    @property
    def _home(self) -> str:
        return self.works.settings.service_url + self.prefix

    def _feed(self, asked: Form, addresses: dict[str, str]) -> Feed:
        configured = self.works.settings
        rows, papers = zip(*map(self.shelf.paper, self.publications), strict=True)
        frames = {
            paper.slug: feeds.Frame(paper, Messages(language_of(paper.language)), share=configured.feeds.share)
            for paper in papers
        }
        with database.reading(self.works.engine) as store:
            found = index.find(store, rows, asked.query, size=feeds.MOST_ENTRIES, most=feeds.MOST_ENTRIES)
            authority = publications.minting(store)
        entries = [frames[hit.slug].entry(hit.stored) for hit in found.hits]
        frame = frames[papers[0].slug]
        if len(papers) > 1:
            title = " · ".join(paper.title for paper in papers)
            frame = replace(frame, paper=replace(papers[0], title=title, description="", url=configured.site_url))
        owner = papers[0].slug if len(papers) == 1 else _COMMON
        feed_id = urls.feed_tag(*authority, owner, f"search/{asked.address}")
        label = frame.messages("web.search_feed_title", query=asked.words or asked.author or asked.section)
        return feeds.build_search(frame, feed_id, label, entries, addresses)


def _conditional(request: Request, content: bytes, media_type: str, url: str) -> Response:
    """Answer with a feed, or with nothing where the client has it already; only its bytes tell, no date."""
    headers: Headers = request.headers
    packed = accepts_gzip(headers.get("accept-encoding", ""))
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}{"-gzip" if packed else ""}"'
    own = SHARED | _HEADERS | {"etag": etag, "link": f'<{url}>; rel="self"'}
    if is_known(headers, etag, _NO_DATE):
        return Response(status_code=304, headers=own)
    own["content-type"] = media_type
    if packed:
        own["content-encoding"] = "gzip"
        content = gzip.compress(content, mtime=0)
    return Response(content, headers=own)
