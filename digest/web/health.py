"""What machines ask the service: whether it lives, whether it works, and its figures for Prometheus."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digest import operations
from digest.operations.health.standing import Standing
from digest.store import database
from digest.web import clients
from digest.works import Works

READY_SECONDS = 300.0
"""How long the service's work may not get on while it counts as ready: a long file and its publication take less."""

TEXT = "text/plain; version=0.0.4; charset=utf-8"
"""The media type of Prometheus's text format."""

_HEADERS = {"cache-control": "no-store"}
_WATCH = frozenset({"healthz", "readyz", "metrics"})
_FORMS = frozenset({"subscribe", "confirm", "preferences", "unsubscribe", "move", "data"})


class Requests:
    """Counts the answers of the service, by what was asked for and the class of the status."""

    def __init__(self) -> None:
        """Begin with none."""
        self.counts: Counter[tuple[str, str]] = Counter()

    def around(self, app: ASGIApp) -> ASGIApp:
        """Return `app` with its answers counted."""

        async def counted(scope: Scope, receive: Receive, send: Send) -> None:
            async def count(message: Message) -> None:
                if message["type"] == "http.response.start":
                    self._count(scope["path"], message["status"])
                await send(message)

            try:
                await app(scope, receive, count if scope["type"] == "http" else send)
            except Exception:
                self._count(scope["path"], 500)  # what is answered then is answered outside of all middleware
                raise

        return counted

    def _count(self, path: str, status: int) -> None:
        self.counts[kind(path), f"{status // 100}xx"] += 1


def kind(path: str) -> str:
    """Return what an address is of: page, feed, form, search, desk, or watch, which is this module."""
    parts = path.strip("/").split("/")
    first = {*parts[:2]}
    if path.endswith((".xml", ".json", ".opml")):
        return "feed"
    if parts[0] in _WATCH or parts[0] == "desk":
        return "desk" if parts[0] == "desk" else "watch"
    if first & _FORMS:
        return "form"
    return "search" if "search" in first else "page"


def routes(works: Works, clock: Callable[[], datetime], requests: Requests) -> list[BaseRoute]:
    """Return what is answered: `/healthz` and `/readyz` to all, `/metrics` to the networks of the settings only.

    A request that a proxy may have passed on which is none of ours is nobody's: it gets no figures.
    """
    proxies = clients.networks(works.settings.web.trusted_proxies)
    allowed = clients.networks(works.settings.web.metrics_from)
    registry = CollectorRegistry()
    registry.register(_Figures(works, clock, requests))
    ProcessCollector(registry=registry)

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok\n", headers=_HEADERS)

    async def readyz(_request: Request) -> Response:
        reason = await run_in_threadpool(unready, works)
        return PlainTextResponse(f"{reason or 'ok'}\n", status_code=503 if reason else 200, headers=_HEADERS)

    async def metrics(request: Request) -> Response:
        client = clients.client(request, proxies)
        if not (clients.is_credible(request, proxies) and clients.is_one_of(client, allowed)):
            raise HTTPException(status_code=404)
        return Response(await run_in_threadpool(generate_latest, registry), media_type=TEXT, headers=_HEADERS)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]


def unready(works: Works) -> str | None:
    """Return why the service cannot do its work, as a code; None where it can.

    database: it does not answer. schema: it is not this program's. starting: the inbox was not looked through yet.
    stopped: the work does not get on.
    """
    try:
        with database.reading(works.engine) as store:
            schema = database.schema(store)
    except (OSError, database.Trouble):
        return "database"
    vitals = works.pulse.vitals()
    if schema != database.schemas()[-1]:
        return "schema"
    if vitals.scanned is None:
        return "starting"
    return "stopped" if vitals.alive > READY_SECONDS else None


class _Figures:
    """The figures of the moment in which Prometheus asks."""

    def __init__(self, works: Works, clock: Callable[[], datetime], requests: Requests) -> None:
        self._works, self._clock, self._requests = works, clock, requests

    def collect(self) -> Iterator[Metric]:
        """Yield what stands in the database, on the disk and in the service, then the answers that were counted."""
        works, vitals = self._works, self._works.pulse.vitals()
        where = works.settings, works.engine, works.inbox
        found = operations.status(*where, self._clock(), vitals=vitals, faults=works.templates.faults)
        yield from figures(found)
        answers = CounterMetricFamily("digest_requests", "Answers of the service.", labels=["kind", "status"])
        for labels, n in sorted(self._requests.counts.items()):
            answers.add_metric(labels, n)
        yield answers


def figures(found: Standing) -> Iterator[Metric]:
    """Yield how things stand as Prometheus counts it."""
    rows = GaugeMetricFamily("digest_rows", "Rows of work, and subscriptions, by state.", labels=["table", "state"])
    for table, states in found.work.items():
        for state, n in states.items():
            rows.add_metric([table, state], n)
    feeds = GaugeMetricFamily("digest_feed_age_seconds", "Since the feed was written.", labels=["paper"])
    for paper in found.papers:
        if paper.feed is not None:
            feeds.add_metric([paper.slug], (found.at - paper.feed).total_seconds())
    troubles = GaugeMetricFamily("digest_troubles", "What is not well, by kind.", labels=["kind"])
    for kind_, n in sorted(Counter(one.kind for one in found.troubles).items()):
        troubles.add_metric([kind_], n)
    yield from (rows, feeds, troubles)
    waiting = found.at - found.waiting_since if found.waiting_since else timedelta(0)
    yield _gauge(
        "digest_oldest_pending_seconds", "How long the oldest work that is due waits.", waiting.total_seconds()
    )
    if found.crew is not None:
        yield _gauge("digest_workers", "Workers that have been heard of lately.", found.crew.workers)
        yield _gauge("digest_jobs_waiting", "Jobs that wait for a worker.", found.crew.waiting)
        yield _gauge("digest_jobs_doing", "Jobs that workers have in hand.", found.crew.doing)
    yield _gauge("digest_uncertain_deliveries", "Letters that may have arrived or not.", found.uncertain)
    yield _gauge("digest_inbox_files", "Files in the inbox that wait to be taken.", len(found.inbox.waiting))
    yield _gauge("digest_disk_free_bytes", "Free on the disk of the data folder.", found.disk.free)
    if found.service and found.service.scanned is not None:
        yield _gauge(
            "digest_last_scan_seconds", "Since the inbox was looked through to its end.", found.service.scanned
        )


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, says, value=value)
