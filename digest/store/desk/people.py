"""Subscribers and what went to them, as the desk lists them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select

from digest.model import Preferences
from digest.store import preferences
from digest.store.schema import bounce, consent, delivery, digest, publication, subscriber, subscription


class Held(NamedTuple):
    """A subscription as lists have it: of which paper, how often, in which state, and since when."""

    slug: str
    cadence: str
    state: str
    since: datetime


class Person(NamedTuple):
    """A subscriber as lists have it; `state` is active, or bounced where nothing can be delivered."""

    id: int
    email: str
    state: str
    since: datetime
    new_email: str | None
    subscriptions: tuple[Held, ...]


class Agreed(NamedTuple):
    """What a subscriber has agreed to, or ended: when, and from where."""

    slug: str
    event: str
    at: datetime
    origin: str


class Sent(NamedTuple):
    """A delivery as lists have it; `person` and `email` are None for who was erased, `since` is when its state began."""

    id: int
    slug: str
    subject: str
    person: int | None
    email: str | None
    state: str
    since: datetime
    attempts: int
    error: str | None


class Returned(NamedTuple):
    """A letter that came back, or was complained of: what it means, and the server's words."""

    verdict: str
    status: str | None
    diagnostic: str
    at: datetime
    subject: str


def listed(connection: Connection, state: str | None, *, offset: int, limit: int) -> list[Person]:
    """Return subscribers by address: all, those with a subscription in a state, or those that bounced."""
    query = _people().order_by(subscriber.c.email_norm).offset(offset).limit(limit)
    if state == "bounced":
        query = query.where(subscriber.c.state == "bounced")
    elif state is not None:
        here = subscription.c.subscriber_id == subscriber.c.id, subscription.c.state == state
        query = query.where(exists().where(*here))
    return _persons(connection, query)


def found(connection: Connection, part: str, limit: int) -> list[Person]:
    """Return the subscribers whose address holds a part, by address."""
    holds = subscriber.c.email_norm.contains(part.lower(), autoescape=True)
    return _persons(connection, _people().where(holds).order_by(subscriber.c.email_norm).limit(limit))


def get(connection: Connection, person: int) -> Person | None:
    """Return one subscriber."""
    return next(iter(_persons(connection, _people().where(subscriber.c.id == person))), None)


def wanted(connection: Connection, person: int) -> dict[str, Preferences]:
    """Return what a subscriber wants of each paper, by its slug."""
    query = select(publication.c.slug, *preferences.COLUMNS).join_from(subscription, publication)
    rows = connection.execute(query.where(subscription.c.subscriber_id == person).order_by(publication.c.slug))
    return {row.slug: preferences.of(row) for row in rows}


def agreed(connection: Connection, person: int) -> list[Agreed]:
    """Return what a subscriber has agreed to, the newest first."""
    columns = publication.c.slug, consent.c.event, consent.c.at, consent.c.origin
    query = select(*columns).join_from(consent, publication).where(consent.c.subscriber_id == person)
    return [Agreed(*row) for row in connection.execute(query.order_by(consent.c.id.desc()))]


def sent(connection: Connection, states: Collection[str], *, offset: int, limit: int) -> list[Sent]:
    """Return deliveries in some states, the newest first."""
    newest = delivery.c.id.desc()
    asked = select(delivery.c.id).where(delivery.c.state.in_(states)).order_by(newest).offset(offset).limit(limit)
    query = _deliveries().where(delivery.c.id.in_(asked)).order_by(newest)
    return [Sent(*row) for row in connection.execute(query)]


def sent_to(connection: Connection, person: int, limit: int) -> list[Sent]:
    """Return the last deliveries to a subscriber, the newest first."""
    query = _deliveries().where(delivery.c.subscriber_id == person).order_by(delivery.c.id.desc())
    return [Sent(*row) for row in connection.execute(query.limit(limit))]


def returned_by(connection: Connection, person: int, limit: int) -> list[Returned]:
    """Return what came back of a subscriber's letters, the newest first."""
    columns = bounce.c.verdict, bounce.c.status, bounce.c.diagnostic, bounce.c.at, digest.c.subject
    query = select(*columns).join_from(bounce, delivery).join(digest).where(delivery.c.subscriber_id == person)
    return [Returned(*row) for row in connection.execute(query.order_by(bounce.c.id.desc()).limit(limit))]


def _people() -> Select[Any]:
    names = "id", "email", "state", "created_at", "new_email"
    return select(*(subscriber.c[name] for name in names))


def _persons(connection: Connection, query: Select[Any]) -> list[Person]:
    rows = connection.execute(query).all()
    held = _held(connection, subscription.c.subscriber_id.in_([row.id for row in rows]))
    return [
        Person(row.id, row.email, row.state, row.created_at, row.new_email, tuple(held.get(row.id, ()))) for row in rows
    ]


def _held(connection: Connection, whose: ColumnElement[bool]) -> dict[int, Sequence[Held]]:
    since = func.coalesce(subscription.c.ended_at, subscription.c.created_at)
    columns = publication.c.slug, subscription.c.cadence, subscription.c.state, since
    query = select(subscription.c.subscriber_id, *columns).join_from(subscription, publication).where(whose)
    found: dict[int, Sequence[Held]] = {}
    for person, *facts in connection.execute(query.order_by(publication.c.slug)):
        found[person] = (*found.get(person, ()), Held(*facts))
    return found


def _deliveries() -> Select[Any]:
    since = func.coalesce(delivery.c.done_at, delivery.c.created_at)
    columns = (
        *(delivery.c.id, publication.c.slug, digest.c.subject, subscriber.c.id, subscriber.c.email),
        *(delivery.c.state, since, delivery.c.attempts, delivery.c.error),
    )
    return select(*columns).join_from(delivery, digest).join(publication).join(subscriber, isouter=True)
