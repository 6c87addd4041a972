"""Drops: what became of each dropped file, so that it is told once, whatever came between."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from digest.store.schema import drop


class Told(NamedTuple):
    """What became of a dropped file, and the words in which its editor is told."""

    outcome: str
    words: str


def get(connection: Connection, claim_id: str) -> Told | None:
    """Return what became of a claim that a crash has interrupted after it was settled."""
    row = connection.execute(select(drop.c.outcome, drop.c.words).where(drop.c.claim_id == claim_id)).one_or_none()
    return None if row is None else Told(row.outcome, row.words)


def record(
    connection: Connection,
    claim_id: str,
    told: Told,
    *,
    name: str,
    publication_id: int,
    source_id: int | None,
    now: datetime,
) -> None:
    """Record what became of a claim, in the transaction that also settles it."""
    row = {"claim_id": claim_id, "publication_id": publication_id, "source_id": source_id, "name": name, "at": now}
    connection.execute(insert(drop).values(row | told._asdict()))
