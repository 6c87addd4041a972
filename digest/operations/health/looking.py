"""A look at everything: how things stand at a time."""

import platform
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from digest import rhythm, templating
from digest.inbox import Inbox
from digest.model import Remark
from digest.operations.health import troubles
from digest.operations.health.standing import Disk, InboxStanding, PaperStanding, Standing, Trouble, Versions
from digest.pulse import Vitals
from digest.rhythm import Coming
from digest.settings import Publication, Settings
from digest.store import alarms, bounces, crew, database, issues, publications, watching
from digest.store.alarms import Alarm
from digest.store.database import Connection, Engine
from digest.store.watching import Came

FEED = "feed.xml"
"""The file whose age is told: it is written with every issue."""


def status(
    settings: Settings,
    engine: Engine,
    inbox: Inbox,
    now: datetime,
    *,
    vitals: Vitals | None = None,
    faults: Sequence[Remark] = (),
    running: bool = False,
) -> Standing:
    """Return how things stand.

    `vitals` and `faults` (of its templates) are those of the service that asks; who asks from outside finds in the alarms
    what troubles a `running` one.
    """
    with database.reading(engine) as store:
        raised = alarms.listed(store)
        found = replace(_look(settings, store, inbox, now, vitals), templates=_templates(settings, faults, raised))
    zones = {paper.slug: paper.zone for paper in settings.publications}
    found = troubles.judged(found, zones, open_=frozenset(one.key for one in raised))
    return troubles.with_alarms(found, _open(raised)) if running and vitals is None else found


def _open(raised: Sequence[Alarm]) -> list[Trouble]:
    return [Trouble(one.key, one.facts) for one in raised if one.cleared_at is None]


def _templates(settings: Settings, known: Sequence[Remark], raised: Sequence[Alarm]) -> tuple[Remark, ...]:
    """Return what is wrong with the own templates: what shows before they are rendered, and what did in between.

    That is `known` to the service that rendered them, and stands in its alarms as long as they and the program are the
    same.
    """
    if not settings.templates.is_dir():
        return tuple(known)
    own = f"{metadata.version('digest')} {templating.fingerprint(settings.templates)}"
    before = [Remark("error.template", one.facts) for one in raised if one.facts.get("own") == own]
    found = {one.facts["file"]: one for one in (*before, *templating.faults(settings.templates), *known)}
    return tuple(Remark(one.code, {**one.facts, "own": own}) for one in found.values())


def _look(settings: Settings, store: Connection, inbox: Inbox, now: datetime, vitals: Vitals | None) -> Standing:
    since = now - troubles.LATELY
    failed_letters, failed_notices = watching.failed(store, since)
    lying = _inbox(inbox, now)
    return Standing(
        at=now,
        inbox=lying,
        papers=tuple(_paper(settings, store, one, now) for one in settings.publications),
        work=watching.work(store),
        waiting_since=watching.waiting_since(store, now),
        working_since=watching.waiting_since(store, now, retried=False),
        failures=tuple(watching.vain(store, since)),
        rejected=tuple(
            one for one in watching.rejected(store, since) if one.name in lying.claimed or _lies(inbox, one.name)
        ),
        held=tuple(watching.held(store)),
        halted=tuple(bounces.halted(store)),
        crew=crew.of(store) if settings.engine == "cluster" else None,
        failed_letters=failed_letters,
        failed_notices=failed_notices,
        last_time=watching.last_time(store),
        disk=Disk(shutil.disk_usage(settings.data).free, settings.alarms.least_free_mb * 10**6),
        versions=Versions(metadata.version("digest"), database.schema(store) or "", platform.python_version()),
        service=vitals,
    )


def _inbox(inbox: Inbox, now: datetime) -> InboxStanding:
    try:
        return InboxStanding(tuple(inbox.lying()), tuple(inbox.pending()), tuple(inbox.stale(now)))
    except OSError as error:
        return InboxStanding(trouble=error.strerror or str(error))


def _lies(inbox: Inbox, name: str) -> bool:
    """Say whether a rejected file is still there for a person to see to; where nobody can look, it may be."""
    try:
        return inbox.rejected(name)
    except OSError:
        return True


def _paper(settings: Settings, store: Connection, publication: Publication, now: datetime) -> PaperStanding:
    row = publications.id_of(store, publication.slug)
    came = watching.comings(store, row)
    since = watching.begun(store) or now.astimezone(publication.zone).date()
    comings = [Coming(one.day, one.at) for one in came]
    return PaperStanding(
        slug=publication.slug,
        title=publication.title or issues.printed_title(store, row) or publication.slug,
        last=max(came, key=_came, default=None),
        expected=rhythm.next_issue(publication.expect, comings, publication.zone, since),
        feed=_written(settings.public / settings.home(publication) / FEED),
    )


def _came(one: Came) -> tuple[datetime, str]:
    return one.at, one.key


def _written(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
