"""The routes of the service, and the headers that every answer bears."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digest import urls
from digest.store import database, issues
from digest.web import clients, counters, desk, health, search
from digest.web.feeds import FeedFiles
from digest.web.files import IsWithdrawn, PublicFiles
from digest.web.requests import Named
from digest.works import Works

SECURITY = {
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


def build(works: Works, clock: Callable[[], datetime]) -> Starlette:
    """Return the service's ASGI application."""
    works.settings.public.mkdir(parents=True, exist_ok=True)
    headers = security(works.settings.service_url)
    requests = health.Requests()
    return Starlette(
        routes=[
            *health.routes(works, clock, requests),
            *counters.routes(works, clock),
            *desk.routes(works, clock),
            *search.routes(works),
            Mount("/", PublicFiles(works.settings.public, _withdrawn(works), _feeds(works))),
        ],
        middleware=[Middleware(Named), Middleware(requests.around), Middleware(SecurityHeaders, headers)],
        exception_handlers={Exception: _broken(works, headers)},
    )


def security(service_url: str) -> dict[str, str]:
    """Return the headers of every answer; the pages of a site on another host may post to the service too.

    Where the service is met by https, browsers are told to come by nothing else for a year (RFC 6797).
    """
    policy = SECURITY["content-security-policy"].replace(
        "form-action 'self'", f"form-action 'self' {clients.site_origin(service_url)}"
    )
    only_https = {"strict-transport-security": "max-age=31536000"} if service_url.startswith("https:") else {}
    return SECURITY | {"content-security-policy": policy} | only_https


def _feeds(works: Works) -> FeedFiles:
    return FeedFiles(partial(urls.public, works.settings.site_url), works.settings.feeds.hub)


def _withdrawn(works: Works) -> IsWithdrawn:
    only = works.settings.publications[0].slug

    def is_withdrawn(slug: str | None, day: date, place: int) -> bool:
        with database.reading(works.engine) as store:
            return issues.is_withdrawn(store, slug or only, day, place)

    return is_withdrawn


def _broken(works: Works, headers: Mapping[str, str]) -> Callable[[Request, Exception], Response]:
    """Return what answers where we have failed. Starlette asks it outside of all middleware, then has the error logged."""

    def answer(_request: Request, _error: Exception) -> Response:
        return PlainTextResponse(f"{works.messages('web.broken')}\n", status_code=500, headers=headers)

    return answer


class SecurityHeaders:
    """Adds to every answer what forbids a browser more than our pages need."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        """Stand in front of `app`."""
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and add to its answer the headers that it does not bear already."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
