"""Who may come to the desk, and what every page of it is answered with.

A visit is let in by a session whose token stands in a cookie of its own, and changes something only by a POST of the
desk's own page: the browser has to say so (Origin, Fetch Metadata), and the form has to bear the session's own mark.
A GET changes nothing.
"""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from digest import desk
from digest.errors import DigestError
from digest.messages import Messages
from digest.operations.desk import password, sessions
from digest.settings import Language
from digest.web import clients, fields
from digest.web.clients import Network
from digest.works import Works

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-robots-tag": "noindex, nofollow",
}
"""What every answer of the desk bears."""

LANGUAGE = "desk-language"
"""The cookie of who wants the desk in another language than the settings have."""

_YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Visit:
    """What somebody asks of the desk: where they are, what they have sent, and when.

    `path` is below the desk, `token` that of a session that goes on, empty for who is not logged in; `ours` says that a
    page of the desk has sent it. A GET has no fields.
    """

    path: str
    method: str
    names: Mapping[str, str]
    query: Mapping[str, str]
    fields: Mapping[str, list[str]]
    address: str
    token: str
    ours: bool
    say: Messages
    now: datetime

    @property
    def is_sent(self) -> bool:
        """Say whether this asks for a change: nothing else does."""
        return self.method == "POST"

    @property
    def network(self) -> str:
        """Where it came from, as far as may be kept."""
        return clients.origin(self.address)

    @property
    def csrf(self) -> str:
        """The mark of every form of this session: nobody can tell it who does not have the session's token."""
        return hmac.new(self.token.encode(), b"desk", hashlib.sha256).hexdigest() if self.token else ""

    @property
    def root(self) -> str:
        """The way from this page to the desk's first."""
        return "../" * self.path.count("/") or "./"

    def __getitem__(self, name: str) -> str:
        """Return what stands in a field, once; empty where it is not there."""
        return next(iter(self.fields.get(name, ())), "")

    def number(self, name: str) -> int:
        """Return a number in the address."""
        return int(self.names[name])

    def is_genuine(self) -> bool:
        """Say whether a form was sent by a page of this session."""
        return self.ours and bool(self.token) and hmac.compare_digest(self["csrf"].encode(), self.csrf.encode())


@dataclass(frozen=True)
class Desk:
    """Where the office's own pages are answered."""

    works: Works
    clock: Callable[[], datetime]
    proxies: tuple[Network, ...]

    def endpoint(
        self, answer: Callable[["Desk", Visit], Response], *, guarded: bool = True
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return the endpoint that answers in a thread: where it is `guarded`, only who is logged in."""

        async def respond(request: Request) -> Response:
            sent = await fields.read(request) if request.method == "POST" else {}
            return await run_in_threadpool(self._answer, request, sent, answer, guarded)

        return respond

    def page(
        self, visit: Visit, name: str, *, status: int = 200, at: datetime | None = None, **values: object
    ) -> Response:
        """Answer with a page made of a template; `at` is when what was just done takes effect."""
        office = desk.Office(
            titles=tuple(self.works.paper(one).title for one in self.works.settings.publications),
            site_url=self.works.settings.site_url,
            zone=self.works.settings.publications[0].zone,
        )
        place = desk.Place(visit.path, visit.root, visit.csrf, visit.query.get("done"), at)
        page = desk.render(self.works.templates, visit.say, office, place, name, **values)
        return HTMLResponse(page, status_code=status, headers=HEADERS)

    def fault(self, visit: Visit, code: str, *, status: int, **facts: object) -> Response:
        """Answer with what went wrong, in words."""
        return self.page(visit, "fault", status=status, words=visit.say.of(code, facts))

    def onward(self, visit: Visit, path: str) -> Response:
        """Have the browser fetch another page of the desk."""
        return RedirectResponse(visit.root + path, status_code=303, headers=HEADERS)

    @property
    def cookie(self) -> str:
        """The name of the cookie: by https one that no other host can set (RFC 6265bis, `__Host-`)."""
        return "__Host-desk" if self._is_secure else "desk"

    def enter(self, answer: Response, token: str) -> None:
        """Give the browser the token of a session."""
        answer.set_cookie(
            self.cookie,
            token,
            max_age=int(sessions.SESSION.total_seconds()),
            secure=self._is_secure,
            httponly=True,
            samesite="lax",
        )

    def leave(self, answer: Response) -> None:
        """Have the browser forget its token."""
        answer.delete_cookie(self.cookie, secure=self._is_secure, httponly=True, samesite="lax")

    @property
    def _is_secure(self) -> bool:
        return self.works.settings.service_url.startswith("https:")

    def _answer(
        self,
        request: Request,
        sent: Mapping[str, list[str]],
        answer: Callable[["Desk", Visit], Response],
        guarded: bool,
    ) -> Response:
        visit = self._visit(request, sent)
        if password.mark(self.works.settings) is None:
            here = clients.is_here(visit.address) and clients.is_credible(request, self.proxies)
            return self._closed(visit, here=here)
        if guarded and not visit.token:
            target = visit.path if visit.method == "GET" else ""
            return self.onward(visit, f"login/?next={target}" if target else "login/")
        if guarded and visit.is_sent and not visit.is_genuine():
            return self.fault(visit, "desk.not_ours", status=403)
        try:
            found = answer(self, visit)
        except DigestError as error:
            status = 404 if error.code.startswith("error.no_") else 409
            return self.fault(visit, error.code, status=status, **error.facts)
        except HTTPException as error:
            return self.fault(visit, "desk.nothing", status=error.status_code)
        chosen = visit.query.get("lang")
        if chosen == visit.say.language:
            found.set_cookie(LANGUAGE, chosen, _YEAR, secure=self._is_secure, httponly=True, samesite="lax")
        return found

    def _closed(self, visit: Visit, *, here: bool) -> Response:
        """Answer where there is no password: to this machine with how to set one, to others as if nothing were here."""
        if here:
            return self.page(visit, "closed", status=404)
        return Response(f"{visit.say('desk.nothing')}\n", status_code=404, media_type="text/plain", headers=HEADERS)

    def _visit(self, request: Request, sent: Mapping[str, list[str]]) -> Visit:
        now = self.clock()
        token = request.cookies.get(self.cookie, "")
        return Visit(
            path=request.url.path.partition("/desk/")[2],
            method="GET" if request.method == "HEAD" else request.method,
            names={name: str(value) for name, value in request.path_params.items()},
            query=request.query_params,
            fields=sent,
            address=clients.client(request, self.proxies),
            token=token if sessions.is_in(self.works, token, now) else "",
            ours=_is_own(request),
            say=Messages(_language(request, self.works.settings.language)),
            now=now,
        )


def _is_own(request: Request) -> bool:
    """Say whether a page of this very host has sent a form; what says nothing of it is no browser of ours."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    said = request.headers.get("origin")
    return said is not None and said.partition("://")[2] == request.headers.get("host")


def _language(request: Request, usual: Language) -> Language:
    """Return the language that is asked for, or was before; else that of the office."""
    languages: dict[str | None, Language] = {"zh": "zh", "en": "en"}
    asked = request.query_params.get("lang")
    return languages.get(asked) or languages.get(request.cookies.get(LANGUAGE)) or usual
