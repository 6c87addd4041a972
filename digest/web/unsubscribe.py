"""Leaving with one click: RFC 8058 for mail programs, a page with a button for people. A GET changes nothing."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from digest import site, subscriptions
from digest.messages import Messages, language_of
from digest.settings import Publication
from digest.works import Works

_HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}


def endpoint(works: Works, clock: Callable[[], datetime]) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of the link that stands in every letter."""

    async def answer(request: Request) -> Response:
        return await run_in_threadpool(_answer, works, request.method, clock(), **request.path_params)

    return answer


def _answer(works: Works, method: str, now: datetime, *, slug: str, token: str) -> Response:
    """Answer one request; forged, cut and unknown tokens all get the same words."""
    publication = next((one for one in works.settings.publications if one.slug == slug), None)
    holder = None if publication is None else subscriptions.holder(works.engine, works.key, slug, token)
    if publication is None or holder is None:
        return _page(works, works.settings.publications[0], "web.invalid_link", status=404)
    if method == "POST":
        subscriptions.end(works.engine, holder, slug, now)
        return _page(works, publication, "web.unsubscribed")
    return _page(works, publication, "web.unsubscribe", asks=True)


def _page(works: Works, publication: Publication, code: str, *, status: int = 200, asks: bool = False) -> Response:
    paper = works.paper(publication)
    say = Messages(language_of(paper.language))
    page = site.render_notice(
        paper,
        works.templates,
        say,
        heading=say(code),
        paragraphs=[say(f"{code}_text", title=paper.title)],
        button=say(f"{code}_button") if asks else None,
    )
    return HTMLResponse(page, status_code=status, headers=_HEADERS)
