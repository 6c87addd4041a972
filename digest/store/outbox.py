"""The outbox: deliveries and their states (DESIGN.md, Letters; reliability.md 2.1).

pending → claimed → data → sent | pending again | failed | uncertain, and cancelled. `data` is marked just before the
last dot of a message: what is found in it after a crash may or may not have arrived.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, or_, select, update

from digest.model import Letter
from digest.store.database import count_by_state
from digest.store.schema import delivery, digest, publication, subscriber, subscription


class Claimed(NamedTuple):
    """A delivery that this process has taken upon itself, and whose it is."""

    id: int
    digest_id: int
    slug: str
    email: str
    public_id: str
    token_version: int
    message_id: str
    created_at: datetime
    attempts: int


def claim(connection: Connection, now: datetime, most: int) -> list[Claimed]:
    """Take up to `most` deliveries that are due."""
    due = delivery.c.state == "pending", or_(delivery.c.not_before.is_(None), delivery.c.not_before <= now)
    query = (
        select(
            delivery.c.id,
            delivery.c.digest_id,
            publication.c.slug,
            subscriber.c.email,
            subscriber.c.public_id,
            subscriber.c.token_version,
            delivery.c.message_id,
            delivery.c.created_at,
            delivery.c.attempts,
        )
        .join_from(delivery, digest)
        .join(publication)
        .join(subscriber)
        .where(*due, digest.c.state == "ready")
        .order_by(delivery.c.id)
        .limit(most)
    )
    claimed = [Claimed(*row) for row in connection.execute(query)]
    _set(connection, [one.id for one in claimed], state="claimed")
    return claimed


def is_wanted(connection: Connection, delivery_id: int) -> bool:
    """Say whether the recipient is still subscribed: looked at right before each message (mail.md 3.7)."""
    query = (
        select(delivery.c.id)
        .join_from(delivery, digest)
        .join(subscriber)
        .join(
            subscription,
            (subscription.c.subscriber_id == subscriber.c.id)
            & (subscription.c.publication_id == digest.c.publication_id),
        )
        .where(delivery.c.id == delivery_id, subscriber.c.state == "active", subscription.c.state == "active")
    )
    return connection.execute(query).first() is not None


def letter(connection: Connection, digest_id: int) -> Letter:
    """Return the letter that a digest's recipients share."""
    row = connection.execute(
        select(digest.c.subject, digest.c.html, digest.c.text).where(digest.c.id == digest_id)
    ).one()
    return Letter(subject=row.subject, html=row.html, text=row.text)


def mark_data(connection: Connection, delivery_id: int) -> None:
    """Mark that the last dot is about to be sent: from here on only the server knows."""
    _set(connection, [delivery_id], state="data")


def mark_sent(connection: Connection, delivery_id: int, now: datetime) -> None:
    """Mark that the channel has taken the message."""
    _set(connection, [delivery_id], state="sent", done_at=now, error=None)


def retry(connection: Connection, delivery_id: int, not_before: datetime, error: str) -> None:
    """Put a delivery back for a later try."""
    again = {"state": "pending", "not_before": not_before, "error": error, "attempts": delivery.c.attempts + 1}
    connection.execute(update(delivery).where(delivery.c.id == delivery_id).values(again))


def fail(connection: Connection, delivery_id: int, now: datetime, error: str) -> None:
    """Give a delivery up for good."""
    _set(connection, [delivery_id], state="failed", done_at=now, error=error)


def cancel(connection: Connection, delivery_id: int, now: datetime) -> None:
    """Drop a delivery that its recipient no longer wants."""
    _set(connection, [delivery_id], state="cancelled", done_at=now)


def release(connection: Connection, delivery_ids: list[int]) -> None:
    """Put claimed deliveries back untried."""
    _set(connection, delivery_ids, state="pending")


def recover(connection: Connection) -> None:
    """Settle what a process that is no more had claimed: untouched ones wait again, the rest is uncertain."""
    connection.execute(update(delivery).where(delivery.c.state == "claimed").values(state="pending"))
    connection.execute(update(delivery).where(delivery.c.state == "data").values(state="uncertain"))


def _set(connection: Connection, delivery_ids: list[int], **values: object) -> None:
    connection.execute(update(delivery).where(delivery.c.id.in_(delivery_ids)).values(values))


def counts(connection: Connection) -> dict[str, int]:
    """Return how many deliveries are in each state."""
    return count_by_state(connection, delivery)
