"""Whether every promise is kept: the database with itself, the folders with the database, the site with both.

Nothing is changed. What a running service is about to do is no fault: an issue that waits to be published may stand on
the site already or not yet, and what was found is looked at again, since by then the service has finished it.
"""

from datetime import datetime

from digest.model import Remark
from digest.operations.verifying import feeding, folders, pages, shown
from digest.settings import Settings
from digest.store import audit, database
from digest.store.database import Connection, Engine

LOOKS = 3
"""How often a promise must be found broken before it is, while a service is at work."""


def verify(settings: Settings, engine: Engine, *, now: datetime, idle: bool) -> tuple[Remark, ...]:
    """Return every broken promise (reliability.md, 6) as a code of the catalogue and its facts.

    `idle` says that no service is running: then nothing may be half done either.
    """
    found = _look(settings, engine, now, idle)
    for _ in range(0 if idle else LOOKS - 1):
        if found:
            again = _look(settings, engine, now, idle)
            found = [finding for finding in found if finding in again]
    return tuple(found)


def _look(settings: Settings, engine: Engine, now: datetime, idle: bool) -> list[Remark]:
    with database.reading(engine) as store:
        found = _database(store, idle)
        found += folders.blobs(settings.blobs, audit.blobs(store))
        moved = [remark for one in settings.publications for remark in shown.moved(store, settings, one)]
        found += moved
        papers = [(shown.site(settings, one), shown.known(store, one), one.zone) for one in settings.publications]
        there = [
            paper for paper in papers if not moved and (paper[1].issues or (paper[0].home / "index.html").exists())
        ]
        for site, known, zone in there:
            found += pages.check(site, known)
            found += feeding.check(site, known, settings.feeds.min_issues, zone)
        if there and len(papers) > 1:
            found += feeding.check_common(there[0][0], [known for _, known, _ in papers])
    found += folders.temporary((settings.data, settings.inbox.folder), now)
    return found + folders.inbox(settings.inbox.folder, idle)


def _database(store: Connection, idle: bool) -> list[Remark]:
    found = [Remark("verify.database", {"detail": line}) for line in database.damages(store)]
    found += [
        Remark("verify.reference", {"table": table, "row": row}) for table, row in database.broken_references(store)
    ]
    for count in audit.sequences(store):
        if (count.highest, count.given) != (count.last, count.last):
            found.append(Remark("verify.sequence", count._asdict()))
    found += [
        Remark("verify.delivery_twice", {"digest": digest, "subscriber": subscriber})
        for digest, subscriber in audit.doubled_deliveries(store)
    ]
    found += [Remark("verify.words", {"paper": slug}) for slug in audit.miscounted_words(store)]
    found += [
        Remark("verify.search", {"paper": slug, "lacking": lacking, "surplus": surplus})
        for slug, lacking, surplus in audit.miscounted_finds(store)
    ]
    rows, expected = audit.indexed(store)
    if rows != expected:
        found.append(Remark("verify.search_index", {"rows": rows, "expected": expected}))
    found += [Remark("verify.unpublished", {"issue": tag}) for tag in audit.stale_issues(store)]
    if idle and (in_flight := audit.deliveries_in_flight(store)):
        found.append(Remark("verify.in_flight", {"n": in_flight}))
    return found
