"""Subscribers and their subscriptions."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from digest.store.database import count_by_state
from digest.store.schema import publication, subscriber, subscription


class Subscribed(NamedTuple):
    """A subscription as lists show it; `state` is active or unsubscribed."""

    email: str
    slug: str
    cadence: str
    state: str
    since: datetime


def add(connection: Connection, email: str, email_norm: str, public_id: str, now: datetime) -> int:
    """Return the subscriber with this normalised address; it is made when it is new."""
    known = select(subscriber.c.id).where(subscriber.c.email_norm == email_norm)
    row: int | None = connection.scalar(known)
    if row is None:
        values = {
            "email": email,
            "email_norm": email_norm,
            "public_id": public_id,
            "state": "active",
            "created_at": now,
        }
        row = connection.execute(insert(subscriber).values(values).returning(subscriber.c.id)).scalar_one()
    return row


def subscribe(connection: Connection, subscriber_id: int, publication_id: int, cadence: str, now: datetime) -> None:
    """Begin a subscription, or begin it again; its letters start with what is published from now on."""
    where = subscription.c.subscriber_id == subscriber_id, subscription.c.publication_id == publication_id
    state: str | None = connection.scalar(select(subscription.c.state).where(*where))
    if state == "active":
        connection.execute(update(subscription).where(*where).values(cadence=cadence))
        return
    sequence = select(publication.c.sequence).where(publication.c.id == publication_id).scalar_subquery()
    begun = {"state": "active", "cadence": cadence, "sent_through": sequence, "created_at": now, "ended_at": None}
    if state is None:
        keys = {"subscriber_id": subscriber_id, "publication_id": publication_id}
        connection.execute(insert(subscription).values(keys | begun))
    else:
        connection.execute(update(subscription).where(*where).values(begun))


def unsubscribe(connection: Connection, subscriber_id: int, publication_id: int, now: datetime) -> bool:
    """End a subscription; say whether there was one to end."""
    where = (
        subscription.c.subscriber_id == subscriber_id,
        subscription.c.publication_id == publication_id,
        subscription.c.state == "active",
    )
    ended = update(subscription).where(*where).values(state="unsubscribed", ended_at=now)
    return connection.execute(ended).rowcount > 0


def by_email(connection: Connection, email_norm: str) -> int | None:
    """Return the subscriber with this normalised address."""
    found: int | None = connection.scalar(select(subscriber.c.id).where(subscriber.c.email_norm == email_norm))
    return found


def by_public_id(connection: Connection, public_id: str) -> tuple[int, int] | None:
    """Return the subscriber that a token names and the version of its tokens."""
    columns = subscriber.c.id, subscriber.c.token_version
    row = connection.execute(select(*columns).where(subscriber.c.public_id == public_id)).one_or_none()
    return None if row is None else (row.id, row.token_version)


def listed(connection: Connection) -> list[Subscribed]:
    """Return all subscriptions, by paper and address."""
    query = (
        select(
            subscriber.c.email,
            publication.c.slug,
            subscription.c.cadence,
            subscription.c.state,
            subscription.c.created_at,
        )
        .join_from(subscription, subscriber)
        .join(publication)
        .order_by(publication.c.slug, subscriber.c.email_norm)
    )
    return [Subscribed(*row) for row in connection.execute(query)]


def counts(connection: Connection) -> dict[str, int]:
    """Return how many subscriptions are in each state."""
    return count_by_state(connection, subscription)
