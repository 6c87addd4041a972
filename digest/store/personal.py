"""What is kept of a person: given out, forgotten on request, and forgotten in time (mail.md 8.2 to 8.4)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, null, or_, select, update

from digest.store import notices, subscribers
from digest.store.schema import (
    bounce,
    consent,
    delivery,
    digest,
    metadata,
    notice,
    publication,
    subscriber,
    subscription,
)

_UNTOLD = frozenset(
    {
        "id",
        "subscriber_id",
        "publication_id",
        "digest_id",
        "delivery_id",
        "token_version",
        "sent_through",
        "begun_after",
        "due_at",
        "html",
    }
)
"""Columns that say nothing about a person: keys of rows, what the service counts by, and what `text` says too."""


def data(connection: Connection, subscriber_id: int) -> dict[str, Any]:
    """Return all that is known of a subscriber, as JSON: by table, a row each, the oldest first."""
    (person,) = _rows(connection, subscriber, subscriber.c.id == subscriber_id)
    own_mail = notices.to(person["email"])  # not to `new_email`: any subscriber may name a mailbox of another's there
    theirs = select(delivery.c.id).where(delivery.c.subscriber_id == subscriber_id)
    return person | {
        "subscriptions": _rows(connection, subscription, subscription.c.subscriber_id == subscriber_id),
        "consents": _rows(connection, consent, consent.c.subscriber_id == subscriber_id),
        "deliveries": _rows(connection, delivery, delivery.c.subscriber_id == subscriber_id),
        "bounces": _rows(connection, bounce, bounce.c.delivery_id.in_(theirs)),
        "notices": _rows(connection, notice, own_mail),
    }


def erase(connection: Connection, subscriber_id: int, nobody: str) -> None:
    """Forget a subscriber: every row that names one goes, and what was sent was sent to nobody.

    `nobody` is a random name that takes the place of the public id in the Message-IDs.
    """
    person = subscribers.get(connection, subscriber_id)
    theirs = delivery.c.subscriber_id == subscriber_id
    waiting = theirs, delivery.c.state.in_(["pending", "claimed"])
    connection.execute(update(delivery).where(*waiting).values(state="cancelled"))
    about = or_(notices.to(person.email), notice.c.text.contains(person.public_id))
    connection.execute(delete(notice).where(about))
    anonymous = func.replace(delivery.c.message_id, person.public_id, nobody)
    connection.execute(update(delivery).where(theirs).values(message_id=anonymous, error=None))
    for table, column in _naming(subscriber):
        if column.nullable:
            connection.execute(update(table).where(column == subscriber_id).values({column.name: null()}))
        else:
            connection.execute(delete(table).where(column == subscriber_id))
    connection.execute(delete(subscriber).where(subscriber.c.id == subscriber_id))


def forget_unconfirmed(connection: Connection, before: datetime, new_id: Callable[[], str]) -> None:
    """Forget who has asked before a time for letters and never confirmed it; who had left before has still left."""
    old = subscription.c.state == "pending", subscription.c.created_at < before
    had_left = subscription.c.ended_at.is_not(None)
    connection.execute(update(subscription).where(*old, had_left).values(state="unsubscribed"))
    connection.execute(delete(subscription).where(*old))
    held = select(subscription.c.subscriber_id).where(subscription.c.subscriber_id == subscriber.c.id)
    nothing = ~held.exists(), subscriber.c.created_at < before
    for row in connection.scalars(select(subscriber.c.id).where(*nothing)).all():
        erase(connection, row, new_id())


def forget_deliveries(connection: Connection, before: datetime) -> None:
    """Forget what was delivered before a time, and letters of which no delivery is left."""
    settled = delivery.c.state.in_(["sent", "failed", "uncertain", "cancelled"]), delivery.c.created_at < before
    connection.execute(delete(delivery).where(*settled))
    held = [select(column).where(column == digest.c.id).exists() for _, column in _naming(digest)]
    connection.execute(delete(digest).where(digest.c.created_at < before, ~or_(*held)))


def forget_notices(connection: Connection, before: datetime) -> None:
    """Forget what was told by mail before a time."""
    settled = notice.c.state.in_(["sent", "failed"]), notice.c.created_at < before
    connection.execute(delete(notice).where(*settled))


def _naming(table: Table) -> list[tuple[Table, ColumnElement[Any]]]:
    """Return every column of other tables that names a row of this one."""
    tables = metadata.tables.values()
    return [(each, key.parent) for each in tables for key in each.foreign_keys if key.references(table)]


def _rows(connection: Connection, table: Table, condition: ColumnElement[bool]) -> list[dict[str, Any]]:
    columns: list[ColumnElement[Any]] = [column for column in table.c if column.name not in _UNTOLD]
    joined: Any = table
    if "publication_id" in table.c:
        columns.append(publication.c.slug.label("paper"))
        joined = table.outerjoin(publication)
    if "digest_id" in table.c:
        columns += [digest.c.subject, publication.c.slug.label("paper")]
        joined = table.join(digest).join(publication)
    order = list(table.primary_key.columns)
    rows = connection.execute(select(*columns).select_from(joined).where(condition).order_by(*order)).mappings()
    return [{name: _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value
