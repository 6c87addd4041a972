"""The routes of the desk."""

from collections.abc import Callable
from datetime import datetime

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from digest import desk as pages
from digest.web import clients
from digest.web.desk import coming, issues, overview, people, preview
from digest.web.desk.gate import HEADERS, Desk
from digest.works import Works


class _Row(Convertor[int]):
    """The number of a row in an address: one that no row can have is no address of ours."""

    regex = "[0-9]{1,15}"

    def convert(self, value: str) -> int:
        """Return the number."""
        return int(value)

    def to_string(self, value: int) -> str:
        """Return the number as an address has it."""
        return str(value)


register_url_convertor("row", _Row())

_GET, _POST, _FORM = ["GET"], ["POST"], ["GET", "POST"]


def routes(works: Works, clock: Callable[[], datetime]) -> list[BaseRoute]:
    """Return the routes below `/desk/`."""
    desk = Desk(works, clock, clients.networks(works.settings.web.trusted_proxies))
    guarded = {
        "": (overview.overview, _GET),
        "logout/": (coming.log_out, _POST),
        "issues/": (issues.issues, _GET),
        "issues/{issue:row}/": (issues.issue, _GET),
        "issues/{issue:row}/preview/{path:path}": (preview.preview, _GET),
        "issues/{issue:row}/{action}/": (issues.act, _POST),
        "files/": (issues.files, _GET),
        "subscribers/": (people.subscribers, _FORM),
        "subscribers/lift/": (people.lift, _POST),
        "subscribers/{person:row}/": (people.subscriber, _GET),
        "subscribers/{person:row}/{action}/": (people.act, _POST),
        "deliveries/": (people.deliveries, _GET),
        "deliveries/resume/": (people.resume, _POST),
        "deliveries/{delivery:row}/{action}/": (people.settle, _POST),
    }
    typed = ["", "login/", *(path for path, (_, ways) in guarded.items() if "GET" in ways and path.endswith("/"))]
    return [
        *(Route(f"/desk/{path}"[:-1], _with_slash) for path in typed),
        Route("/desk/style.css", _asset(pages.style(works.templates), "text/css")),
        Route("/desk/icon.svg", _asset(works.templates.assets("desk")["icon.svg"], "image/svg+xml")),
        Route("/desk/login/", desk.endpoint(coming.log_in, guarded=False), methods=_FORM),
        *(Route(f"/desk/{path}", desk.endpoint(answer), methods=ways) for path, (answer, ways) in guarded.items()),
    ]


async def _with_slash(request: Request) -> Response:
    """Lead to the page that an address without its last slash means."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"{request.url.path.rpartition('/')[2]}/{query}", headers=HEADERS)


def _asset(content: bytes, media_type: str) -> Callable[[Request], Response]:
    """Return what answers with a file of the desk's look, which is no secret."""

    def answer(_request: Request) -> Response:
        return Response(content, media_type=media_type, headers=HEADERS | {"cache-control": "no-cache"})

    return answer
