"""Sources: which bytes have come, and what became of them. A pending one is work to be done."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from digest import timing
from digest.model import Source
from digest.store.due import is_due
from digest.store.schema import drop, publication, source

_NEW: dict[str, Any] = {"state": "pending", "reason": None, "attempts": 0, "not_before": None, "error": None}
_DONE: dict[str, Any] = {"attempts": 0, "not_before": None, "error": None}


class Known(NamedTuple):
    """A source as the store knows it: `state` is pending, done, held or rejected."""

    id: int
    state: str


class Kept(NamedTuple):
    """A source as it was dropped, but for its bytes, which lie under their SHA-256; and its paper."""

    slug: str
    state: str
    sha256: str
    name: str
    modified: datetime | None
    sidecar: bytes | None


def record(connection: Connection, publication_id: int, dropped: Source, now: datetime) -> Known:
    """Return the row of a dropped source; it is made when these bytes are new to the paper."""
    columns = source.c.id, source.c.state
    where = source.c.publication_id == publication_id, source.c.key == dropped.key
    row = connection.execute(select(*columns).where(*where)).one_or_none()
    if row is None:
        values = {
            "publication_id": publication_id,
            "key": dropped.key,
            "sha256": dropped.sha256,
            "sidecar": dropped.sidecar,
            **_came(dropped, now),
        }
        row = connection.execute(insert(source).values(values).returning(*columns)).one()
    return Known(row.id, row.state)


def admit(connection: Connection, publication_id: int, dropped: Source, now: datetime) -> Known:
    """Return the row of a dropped source, which is work to be done unless it is in; one that was refused is tried again."""
    known = record(connection, publication_id, dropped, now)
    if known.state != "rejected":
        return known
    connection.execute(update(source).where(source.c.id == known.id).values(_came(dropped, now)))
    return Known(known.id, "pending")


def get(connection: Connection, source_id: int) -> Kept:
    """Return a source."""
    columns = [publication.c.slug, *(source.c[name] for name in Kept._fields[1:])]
    row = connection.execute(select(*columns).join_from(source, publication).where(source.c.id == source_id)).one()
    return Kept(*row)


def due(connection: Connection, slugs: Collection[str], now: datetime, most: int) -> list[int]:
    """Return the sources of these papers that are to be settled, in the order in which they came, at most so many."""
    papers = select(publication.c.id).where(publication.c.slug.in_(slugs))
    # SQLite would go through all that the papers ever had, or all rows in their order, rather than the few that wait.
    waiting = connection.execute(select(source.c.id, source.c.publication_id).where(is_due(source, now)))
    ours = set(connection.scalars(papers))
    return sorted(row.id for row in waiting if row.publication_id in ours)[:most]


def is_pending(connection: Connection, source_id: int) -> bool:
    """Say whether nobody has settled a source yet."""
    waiting = source.c.id == source_id, source.c.state == "pending"
    return connection.execute(select(source.c.id).where(*waiting)).first() is not None


def is_first_try(connection: Connection, source_id: int) -> bool:
    """Say whether a source was never refused and dropped again: then its number tells when it came."""
    refused = drop.c.source_id == source_id, drop.c.outcome == "rejected"
    return connection.execute(select(drop.c.claim_id).where(*refused)).first() is None


def put_off(connection: Connection, source_id: int, now: datetime, error: str) -> None:
    """Have a source that could not be settled wait for another try, the longer the more tries there were."""
    here = source.c.id == source_id, source.c.state == "pending"
    tries = connection.scalar(select(source.c.attempts + 1).where(*here)) or 0
    values = {"attempts": tries, "not_before": now + timing.retry_soon(tries), "error": error}
    connection.execute(update(source).where(*here).values(values))


def settled(connection: Connection, publication_id: int) -> frozenset[str]:
    """Return the keys (`model.Source.key`) of the sources that a paper has taken in."""
    done = source.c.publication_id == publication_id, source.c.state.in_(["done", "held"])
    return frozenset(connection.scalars(select(source.c.key).where(*done)))


def reject(connection: Connection, source_id: int, code: str, facts: Mapping[str, object]) -> None:
    """Record why a source is no issue. The same bytes may be dropped again."""
    _settle(connection, source_id, state="rejected", reason={"code": code, "facts": dict(facts)})


def hold(connection: Connection, source_id: int) -> None:
    """Record that a source waits for approval."""
    _settle(connection, source_id, state="held", reason=None)


def finish(connection: Connection, source_id: int) -> None:
    """Record that a source has become an issue."""
    _settle(connection, source_id, state="done", reason=None)


def _came(dropped: Source, now: datetime) -> dict[str, Any]:
    return _NEW | {"name": dropped.name, "modified": dropped.modified, "dropped_at": now}


def _settle(connection: Connection, source_id: int, **values: Any) -> None:
    connection.execute(update(source).where(source.c.id == source_id).values(_DONE | values))
