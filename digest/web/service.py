"""The routes of the service, and the headers that every answer bears."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digest import urls
from digest.store import database, issues
from digest.web import unsubscribe
from digest.web.feeds import FeedFiles
from digest.web.files import IsWithdrawn, PublicFiles
from digest.works import Works

SECURITY = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


def build(works: Works, clock: Callable[[], datetime]) -> Starlette:
    """Return the service's ASGI application."""
    works.settings.public.mkdir(parents=True, exist_ok=True)
    return Starlette(
        routes=[
            Route("/healthz", _healthz),
            Route("/unsubscribe/{slug}/{token}", unsubscribe.endpoint(works, clock), methods=["GET", "POST"]),
            Mount("/", PublicFiles(works.settings.public, _withdrawn(works), _feeds(works))),
        ],
        middleware=[Middleware(SecurityHeaders)],
    )


def _feeds(works: Works) -> FeedFiles:
    return FeedFiles(partial(urls.public, works.settings.site_url), works.settings.feeds.hub)


def _withdrawn(works: Works) -> IsWithdrawn:
    only = works.settings.publications[0].slug

    def is_withdrawn(slug: str | None, day: date, place: int) -> bool:
        with database.reading(works.engine) as store:
            return issues.is_withdrawn(store, slug or only, day, place)

    return is_withdrawn


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("ok\n")


class SecurityHeaders:
    """Adds to every answer what forbids a browser more than our pages need."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to its answer the headers that it does not bear already."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
