"""The suppression list: addresses that nothing is sent to, kept as a keyed hash only (`tokens.address_hash`)."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import Connection, case, delete, select

from digest.store import database
from digest.store.schema import suppression

Reason = Literal["hard", "complaint", "erased", "manual"]

_WEIGHT: dict[Reason, int] = {"erased": 0, "hard": 1, "manual": 2, "complaint": 3}
"""A graver reason replaces a lighter one: one who asked to be forgotten may come back, one who complained may not."""


class Suppressed(NamedTuple):
    """One line of the list."""

    address_hash: str
    reason: Reason
    at: datetime


def suppress(connection: Connection, address_hash: str, reason: Reason, now: datetime) -> None:
    """Put an address on the list; one that is on it keeps the graver of its reasons."""
    new = database.inserting(connection, suppression).values(address_hash=address_hash, reason=reason, at=now)
    lighter = case(_WEIGHT, value=suppression.c.reason) < case(_WEIGHT, value=new.excluded.reason)
    replaced = {"reason": new.excluded.reason, "at": new.excluded.at}
    connection.execute(new.on_conflict_do_update(index_elements=["address_hash"], set_=replaced, where=lighter))


def lift(connection: Connection, address_hash: str) -> bool:
    """Take an address off the list; say whether it was on it."""
    return connection.execute(delete(suppression).where(suppression.c.address_hash == address_hash)).rowcount > 0


def reason(connection: Connection, address_hash: str) -> Reason | None:
    """Return why nothing is sent to an address; None where something is."""
    found: Reason | None = connection.scalar(
        select(suppression.c.reason).where(suppression.c.address_hash == address_hash)
    )
    return found


def listed(connection: Connection, reasons: Collection[Reason] = tuple(_WEIGHT)) -> list[Suppressed]:
    """Return the list, the oldest first."""
    query = select(suppression.c.address_hash, suppression.c.reason, suppression.c.at)
    ordered = query.where(suppression.c.reason.in_(reasons)).order_by(suppression.c.at, suppression.c.address_hash)
    return [Suppressed(*row) for row in connection.execute(ordered)]
