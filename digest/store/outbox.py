"""The outbox: deliveries and their states (DESIGN.md, Letters; reliability.md 2.1).

pending → claimed → data → sent | pending again | failed | uncertain, and cancelled. `data` is marked just before the
last dot of a message: what is found in it after a crash may or may not have arrived.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Select, func, select, update

from digest.model import Letter
from digest.store.database import count_by_state
from digest.store.due import is_due
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


class Delivery(NamedTuple):
    """A delivery as lists show it; `since` is when its state was final, else when the letter was made."""

    id: int
    slug: str
    email: str
    state: str
    since: datetime
    error: str | None


def claim(connection: Connection, now: datetime, most: int, slugs: Collection[str]) -> list[Claimed]:
    """Take up to `most` deliveries that are due, of these papers: what a paper that is no more left behind waits."""
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
        .where(is_due(delivery, now), digest.c.state == "ready", publication.c.slug.in_(slugs))
        .order_by(delivery.c.id)
        .limit(most)
    )
    claimed = [Claimed(*row) for row in connection.execute(query)]
    _set(connection, [one.id for one in claimed], state="claimed")
    return claimed


def is_wanted(connection: Connection, delivery_id: int) -> bool:
    """Say whether a claimed delivery is still to go, and its recipient still subscribed (mail.md 3.7)."""
    query = (
        select(delivery.c.id)
        .join_from(delivery, digest)
        .join(subscriber)
        .join(
            subscription,
            (subscription.c.subscriber_id == subscriber.c.id)
            & (subscription.c.publication_id == digest.c.publication_id),
        )
        .where(delivery.c.id == delivery_id, delivery.c.state == "claimed")
        .where(subscriber.c.state == "active", subscription.c.state == "active")
    )
    return connection.execute(query).first() is not None


def letter(connection: Connection, digest_id: int) -> Letter | None:
    """Return the letter that a digest's recipients share; None while it is to be made again."""
    ready = digest.c.id == digest_id, digest.c.state == "ready"
    row = connection.execute(select(digest.c.subject, digest.c.html, digest.c.text).where(*ready)).one_or_none()
    return None if row is None else Letter(subject=row.subject, html=row.html, text=row.text)


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


def doubt(connection: Connection, delivery_id: int, error: str) -> None:
    """Mark that only the server knows what became of a delivery."""
    _set(connection, [delivery_id], state="uncertain", error=error)


def count_try(
    connection: Connection, delivery_ids: list[int], error: str, *, now: datetime, made_before: datetime, tries: int
) -> None:
    """Count a try of claimed deliveries that nobody could be served with; whoever is due stays due.

    Those whose letter was made before `made_before`, and that have been tried `tries` times, are failed.
    """
    claimed = delivery.c.id.in_(delivery_ids), delivery.c.state == "claimed"
    connection.execute(update(delivery).where(*claimed).values(attempts=delivery.c.attempts + 1, error=error))
    late = delivery.c.created_at < made_before, delivery.c.attempts >= tries
    connection.execute(update(delivery).where(*claimed, *late).values(state="failed", done_at=now))


def release(connection: Connection, delivery_ids: list[int]) -> None:
    """Let go of deliveries: claimed ones wait again, those whose last dot was about to be sent are uncertain."""
    _let_go(connection, delivery_ids)


def recover(connection: Connection) -> None:
    """Let go of what a process that is no more had claimed, or a run that could not even say so."""
    _let_go(connection, select(delivery.c.id).where(delivery.c.state.in_(["claimed", "data"])))


def listed(connection: Connection, states: Collection[str]) -> list[Delivery]:
    """Return the deliveries in some of the states, the oldest first."""
    since = func.coalesce(delivery.c.done_at, delivery.c.created_at)
    columns = delivery.c.id, publication.c.slug, subscriber.c.email, delivery.c.state, since, delivery.c.error
    query = select(*columns).join_from(delivery, digest).join(publication).join(subscriber)
    rows = connection.execute(query.where(delivery.c.state.in_(states)).order_by(delivery.c.id))
    return [Delivery(*row) for row in rows]


def resend(connection: Connection, delivery_id: int, now: datetime) -> bool:
    """Have a delivery that failed or is uncertain wait as if it were new, under its old Message-ID; say whether so."""
    anew = {"state": "pending", "created_at": now, "attempts": 0, "not_before": None, "error": None, "done_at": None}
    return _settle(connection, delivery_id, ("failed", "uncertain"), anew)


def drop(connection: Connection, delivery_id: int, now: datetime) -> bool:
    """Cancel a delivery that waits, failed or is uncertain; say whether it was one."""
    return _settle(connection, delivery_id, ("pending", "failed", "uncertain"), {"state": "cancelled", "done_at": now})


def failed_since(connection: Connection, since: datetime) -> int:
    """Return how many deliveries have failed since then."""
    failed = delivery.c.state == "failed", delivery.c.done_at >= since
    return connection.execute(select(func.count()).select_from(delivery).where(*failed)).scalar_one()


def _let_go(connection: Connection, delivery_ids: list[int] | Select[tuple[int]]) -> None:
    for held, then in (("data", "uncertain"), ("claimed", "pending")):
        these = delivery.c.id.in_(delivery_ids), delivery.c.state == held
        connection.execute(update(delivery).where(*these).values(state=then))


def _settle(connection: Connection, delivery_id: int, states: Sequence[str], values: dict[str, object]) -> bool:
    this = delivery.c.id == delivery_id, delivery.c.state.in_(states)
    return connection.execute(update(delivery).where(*this).values(values)).rowcount == 1


def _set(connection: Connection, delivery_ids: list[int], **values: object) -> None:
    connection.execute(update(delivery).where(delivery.c.id.in_(delivery_ids)).values(values))


def counts(connection: Connection) -> dict[str, int]:
    """Return how many deliveries are in each state."""
    return count_by_state(connection, delivery)
