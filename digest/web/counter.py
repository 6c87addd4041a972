"""Where a paper's forms are answered: what they are read with, and the pages that answer them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

import structlog
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from digest import site, subscriptions
from digest.messages import Messages, language_of
from digest.model import Paper
from digest.settings import Publication
from digest.web import clients, fields
from digest.web.clients import Network, Throttle
from digest.works import Works

HEADERS = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex"}
"""What every answer bears whose address may hold a token (mail.md 3.5)."""

log = structlog.get_logger()

_BUSY_SECONDS = 600
"""When to come again while too much is asked for by all."""


@dataclass(frozen=True, slots=True)
class Form:
    """What somebody has sent: the fields, from which address, and when; `ours` says whether our own page did.

    A GET has no fields.
    """

    method: str
    fields: dict[str, list[str]]
    address: str
    now: datetime
    token: str = ""
    ours: bool = True

    @property
    def is_sent(self) -> bool:
        """Say whether this asks for a change: nothing else does."""
        return self.method == "POST"

    @property
    def origin(self) -> str:
        """Where it came from, as far as may be kept."""
        return clients.origin(self.address)

    def __getitem__(self, name: str) -> str:
        """Return what stands in a field, once; empty where it is not there."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def all(self, name: str) -> list[str]:
        """Return all that was ticked under a name."""
        return self.fields.get(name, [])


@dataclass(frozen=True)
class Counter:
    """Where one paper's forms are answered."""

    works: Works
    publication: Publication
    clock: Callable[[], datetime]
    throttle: Throttle
    proxies: tuple[Network, ...]

    @property
    def paper(self) -> Paper:
        """The paper, with the pages that the service itself serves: they are where its style sheet is."""
        paper = self.works.paper(self.publication)
        return replace(paper, url=paper.service_url)

    @cached_property
    def say(self) -> Messages:
        """The catalogue of the paper's readers."""
        return Messages(language_of(self.publication.language))

    def endpoint(
        self, answer: Callable[["Counter", Form], Response], *, reads: bool = True
    ) -> Callable[[Request], Awaitable[Response]]:
        """Return the endpoint that reads a form, unless it does not matter what it says, and answers in a thread."""
        sites = self.works.settings.site_url, self.works.settings.service_url

        async def respond(request: Request) -> Response:
            form = Form(
                method=request.method,
                fields=await fields.read(request) if reads and request.method == "POST" else {},
                address=clients.client(request, self.proxies),
                now=self.clock(),
                token=request.path_params.get("token", ""),
                ours=clients.is_ours(request, sites),
            )
            return await run_in_threadpool(answer, self, form)

        return respond

    def page(self, name: str, *, status: int = 200, **values: object) -> Response:
        """Answer with a page made of a template."""
        page = site.render_form(self.paper, self.works.templates, self.say, f"site/{name}.html", **values)
        return HTMLResponse(page, status_code=status, headers=HEADERS)

    def notice(
        self, code: str, *, status: int = 200, asks: bool = False, url: str | None = None, **facts: object
    ) -> Response:
        """Answer with the few words that the catalogue holds under `code`; with `asks`, with a button below them.

        With a `url`, a link to it stands below them.
        """
        paper = self.paper
        page = site.render_notice(
            paper,
            self.works.templates,
            self.say,
            heading=self.say(code),
            paragraphs=[self.say(f"{code}_text", title=paper.title, **facts)],
            button=self.say(f"{code}_button") if asks else None,
            link=(url, self.say(f"{code}_link")) if url else None,
        )
        return HTMLResponse(page, status_code=status, headers=HEADERS)

    def later(self, work: Callable[..., object], *facts: object, **named: object) -> BackgroundTask:
        """Return work that is done once the answer has left; what goes wrong with it can only be logged."""

        def guarded() -> None:
            try:
                work(*facts, **named)
            except Exception:
                log.exception("form")

        return BackgroundTask(guarded)

    def invalid_link(self) -> Response:
        """Answer to a token that is forged, cut, unknown or old: always the same (mail.md 3.4)."""
        return self.notice("web.invalid_link", status=404)

    def refused(self, form: Form) -> Response | None:
        """Answer to one who asks for too many mails, or when all do; None where there is room (mail.md 2.5)."""
        wait = self.throttle.wait(form.address, form.now)
        seconds = None if wait is None else max(1, round(wait.total_seconds()))
        if seconds is None and subscriptions.is_busy(self.works, form.now):
            seconds = _BUSY_SECONDS
        if seconds is None:
            return None
        answer = self.notice("web.too_many", status=429, n=-(-seconds // 60))
        answer.headers["retry-after"] = str(seconds)
        return answer
