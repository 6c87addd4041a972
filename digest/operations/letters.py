"""The deliveries one by one: to look at what did not arrive, and to decide what only a person can."""

from collections.abc import Collection
from datetime import datetime

from digest.errors import DigestError
from digest.store import database, outbox
from digest.store.database import Engine
from digest.store.outbox import Delivery

OPEN = ("pending", "claimed", "data", "failed", "uncertain")
"""The states of deliveries that have not arrived, as far as is known."""


def deliveries(engine: Engine, states: Collection[str] = OPEN) -> list[Delivery]:
    """Return the deliveries in these states, the oldest first."""
    with database.reading(engine) as store:
        return outbox.listed(store, states)


def resend(engine: Engine, delivery_id: int, now: datetime) -> None:
    """Send again what failed or is uncertain, under its old Message-ID, so that a mailbox can know it again.

    Raises DigestError("error.delivery") where there is no such delivery.
    """
    with database.writing(engine) as store:
        done = outbox.resend(store, delivery_id, now)
    _expect(done, delivery_id)


def drop(engine: Engine, delivery_id: int, now: datetime) -> None:
    """Give up a delivery that waits, failed or is uncertain.

    Raises DigestError("error.delivery") where there is no such delivery.
    """
    with database.writing(engine) as store:
        done = outbox.drop(store, delivery_id, now)
    _expect(done, delivery_id)


def _expect(done: bool, delivery_id: int) -> None:
    if not done:
        raise DigestError("error.delivery", id=delivery_id)
