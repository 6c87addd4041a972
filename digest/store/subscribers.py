"""Subscribers and their subscriptions.

A subscription is pending until its mailbox confirms it, then active, then perhaps unsubscribed; it may begin again.
"""

from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update

from digest.model import Cadence
from digest.store.schema import publication, subscriber, subscription

State = Literal["pending", "active", "unsubscribed"]


class Subscriber(NamedTuple):
    """A person: `email` is where letters go, `new_email` where they shall go once that mailbox confirms it.

    `state` is active, or bounced where nothing can be delivered.
    """

    id: int
    public_id: str
    email: str
    state: str
    token_version: int
    new_email: str | None


class Subscribed(NamedTuple):
    """A subscription as lists show it; `state` is pending, active or unsubscribed."""

    email: str
    slug: str
    cadence: str
    state: str
    since: datetime


def add(connection: Connection, email: str, email_norm: str, public_id: str, now: datetime) -> int:
    """Return the subscriber with this normalised address; it is made when it is new."""
    row = by_email(connection, email_norm)
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


def ask(connection: Connection, subscriber_id: int, publication_id: int, cadence: str, now: datetime) -> State:
    """Have a subscription wait for its mailbox's word, unless it is active; return what it was before, or pending."""
    before = state(connection, subscriber_id, publication_id)
    asked = {"state": "pending", "cadence": cadence, "created_at": now}
    if before is None:
        keys = {"subscriber_id": subscriber_id, "publication_id": publication_id, "sent_through": 0}
        connection.execute(insert(subscription).values(keys | asked))
    elif before != "active":
        connection.execute(update(subscription).where(*_here(subscriber_id, publication_id)).values(asked))
    return before or "pending"


def subscribe(
    connection: Connection,
    subscriber_id: int,
    publication_id: int,
    cadence: str,
    now: datetime,
    *,
    due_at: datetime | None = None,
) -> None:
    """Begin a subscription, or begin it again; its letters start with what is published from now on.

    Who comes back having missed nothing has had what was sent before.
    """
    here = _here(subscriber_id, publication_id)
    before = state(connection, subscriber_id, publication_id)
    if before == "active":
        connection.execute(update(subscription).where(*here).values(cadence=cadence, due_at=due_at))
        return
    sequence = select(publication.c.sequence).where(publication.c.id == publication_id).scalar_subquery()
    begun = {"state": "active", "cadence": cadence, "sent_through": sequence, "due_at": due_at}
    begun |= {"created_at": now, "ended_at": None, "paused_until": None}
    if before is None:
        keys = {"subscriber_id": subscriber_id, "publication_id": publication_id, "begun_after": sequence}
        connection.execute(insert(subscription).values(keys | begun))
    else:
        missed = case((subscription.c.sent_through < sequence, sequence), else_=subscription.c.begun_after)
        connection.execute(update(subscription).where(*here).values(begun | {"begun_after": missed}))


def unsubscribe(connection: Connection, subscriber_id: int, publication_id: int, now: datetime) -> bool:
    """End a subscription, or one that waits for its mailbox's word; say whether there was one to end."""
    open_ = subscription.c.state.in_(["pending", "active"])
    ended = update(subscription).where(*_here(subscriber_id, publication_id), open_)
    return connection.execute(ended.values(state="unsubscribed", ended_at=now)).rowcount > 0


def state(connection: Connection, subscriber_id: int, publication_id: int) -> State | None:
    """Return how a subscription stands; None where there has never been one."""
    found: State | None = connection.scalar(select(subscription.c.state).where(*_here(subscriber_id, publication_id)))
    return found


def has_left(connection: Connection, subscriber_id: int, publication_id: int) -> bool:
    """Say whether a subscription was ended and has not begun again, whatever a form has asked for since."""
    left = *_here(subscriber_id, publication_id), subscription.c.ended_at.is_not(None)
    return connection.execute(select(subscription.c.state).where(*left)).first() is not None


def has_active(connection: Connection, subscriber_id: int) -> bool:
    """Say whether a subscriber gets the letters of any paper."""
    active = subscription.c.subscriber_id == subscriber_id, subscription.c.state == "active"
    return connection.execute(select(subscription.c.state).where(*active)).first() is not None


def sent_through(connection: Connection, subscriber_id: int, publication_id: int) -> int:
    """Return the article sequence up to which letters were made for a subscriber, however long ago."""
    found: int | None = connection.scalar(
        select(subscription.c.sent_through).where(*_here(subscriber_id, publication_id))
    )
    return found or 0


def cadence(connection: Connection, subscriber_id: int, publication_id: int) -> Cadence:
    """Return how often the letters of a subscription come."""
    chosen = select(subscription.c.cadence).where(*_here(subscriber_id, publication_id))
    found: Cadence = connection.execute(chosen).scalar_one()
    return found


def by_email(connection: Connection, email_norm: str) -> int | None:
    """Return the subscriber with this normalised address."""
    found: int | None = connection.scalar(select(subscriber.c.id).where(subscriber.c.email_norm == email_norm))
    return found


def addresses(connection: Connection) -> list[str]:
    """Return the normalised address of every subscriber."""
    return list(connection.scalars(select(subscriber.c.email_norm)))


def by_public_id(connection: Connection, public_id: str) -> Subscriber | None:
    """Return the subscriber that a token names."""
    columns = [subscriber.c[name] for name in Subscriber._fields]
    row = connection.execute(select(*columns).where(subscriber.c.public_id == public_id)).one_or_none()
    return None if row is None else Subscriber(*row)


def get(connection: Connection, subscriber_id: int) -> Subscriber:
    """Return a subscriber."""
    columns = [subscriber.c[name] for name in Subscriber._fields]
    return Subscriber(*connection.execute(select(*columns).where(subscriber.c.id == subscriber_id)).one())


def propose(connection: Connection, subscriber_id: int, new_email: str) -> None:
    """Note the address that is to take the place of a subscriber's own, once its mailbox confirms it."""
    connection.execute(update(subscriber).where(subscriber.c.id == subscriber_id).values(new_email=new_email))


def move(connection: Connection, subscriber_id: int, email: str, email_norm: str) -> None:
    """Give a subscriber another address; what lies in the old mailbox is good for unsubscribing only."""
    version = subscriber.c.token_version + 1
    moved = {"email": email, "email_norm": email_norm, "new_email": None, "token_version": version, "state": "active"}
    connection.execute(update(subscriber).where(subscriber.c.id == subscriber_id).values(moved))


def revive(connection: Connection, subscriber_id: int) -> None:
    """Deliver again to a subscriber who bounced."""
    connection.execute(update(subscriber).where(subscriber.c.id == subscriber_id).values(state="active"))


def listed(connection: Connection) -> list[Subscribed]:
    """Return all subscriptions, by paper and address."""
    query = (
        select(
            subscriber.c.email,
            publication.c.slug,
            subscription.c.cadence,
            subscription.c.state,
            func.coalesce(subscription.c.ended_at, subscription.c.created_at),
        )
        .join_from(subscription, subscriber)
        .join(publication)
        .order_by(publication.c.slug, subscriber.c.email_norm)
    )
    return [Subscribed(*row) for row in connection.execute(query)]


def _here(subscriber_id: int, publication_id: int) -> tuple[ColumnElement[bool], ...]:
    return subscription.c.subscriber_id == subscriber_id, subscription.c.publication_id == publication_id
