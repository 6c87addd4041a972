"""Drops: what became of each dropped file, so that it is told once, whatever came between."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from digest.store.schema import drop, source

PENDING = "pending"
"""The outcome of a drop whose source is still to be settled."""


class Told(NamedTuple):
    """What became of a dropped file, and the words in which its editor is told."""

    outcome: str
    words: str


class Drop(NamedTuple):
    """A dropped file: its claim, its name, its source if it has one, and what became of it, which may be `PENDING`."""

    claim_id: str
    name: str
    source_id: int | None
    outcome: str
    words: str


_COLUMNS = [drop.c[name] for name in Drop._fields]


def get(connection: Connection, claim_id: str) -> Drop | None:
    """Return what is known of a claim; None where it was never admitted."""
    row = connection.execute(select(*_COLUMNS).where(drop.c.claim_id == claim_id)).one_or_none()
    return None if row is None else Drop(*row)


def pending(connection: Connection) -> frozenset[str]:
    """Return the claims that wait for what becomes of their sources."""
    return frozenset(connection.scalars(select(drop.c.claim_id).where(drop.c.outcome == PENDING)))


def waiting(connection: Connection, source_id: int) -> list[Drop]:
    """Return the drops of a source that wait for what becomes of it: the one that it has its name from, then the others."""
    these = drop.c.source_id == source_id, drop.c.outcome == PENDING
    order = drop.c.name != source.c.name, drop.c.at, drop.c.claim_id
    query = select(*_COLUMNS).join(source).where(*these).order_by(*order)
    return [Drop(*row) for row in connection.execute(query)]


def record(
    connection: Connection,
    claim_id: str,
    told: Told | None,
    *,
    name: str,
    publication_id: int,
    source_id: int | None,
    now: datetime,
) -> None:
    """Record a claim: what became of it, or, with nothing `told`, that it waits for that."""
    row = {"claim_id": claim_id, "publication_id": publication_id, "source_id": source_id, "name": name, "at": now}
    connection.execute(insert(drop).values(row | (told or Told(PENDING, ""))._asdict()))


def tell(connection: Connection, claim_id: str, told: Told) -> None:
    """Record what became of a claim that has waited for it, in the transaction that also settles its source."""
    connection.execute(update(drop).where(drop.c.claim_id == claim_id).values(told._asdict()))
