"""Sources: which bytes have come, and what became of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from digest.model import Source
from digest.store.schema import source


class Known(NamedTuple):
    """A source as the store knows it: `state` is pending, done, held or rejected."""

    id: int
    state: str


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
            "name": dropped.name,
            "modified": dropped.modified,
            "dropped_at": now,
            "state": "pending",
        }
        row = connection.execute(insert(source).values(values).returning(*columns)).one()
    return Known(row.id, row.state)


def settled(connection: Connection, publication_id: int) -> frozenset[str]:
    """Return the keys (`model.Source.key`) of the sources that a paper has taken in."""
    done = source.c.publication_id == publication_id, source.c.state.in_(["done", "held"])
    return frozenset(connection.scalars(select(source.c.key).where(*done)))


def reject(connection: Connection, source_id: int, code: str, facts: Mapping[str, object]) -> None:
    """Record why a source is no issue. The same bytes may be dropped again."""
    reason = {"code": code, "facts": dict(facts)}
    connection.execute(update(source).where(source.c.id == source_id).values(state="rejected", reason=reason))


def hold(connection: Connection, source_id: int) -> None:
    """Record that a source waits for approval."""
    connection.execute(update(source).where(source.c.id == source_id).values(state="held", reason=None))


def finish(connection: Connection, source_id: int) -> None:
    """Record that a source has become an issue."""
    connection.execute(update(source).where(source.c.id == source_id).values(state="done", reason=None, error=None))
