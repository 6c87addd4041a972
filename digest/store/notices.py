"""Notices: what the office, or one subscriber, is told by mail."""

from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from digest.model import Letter
from digest.store.due import is_due
from digest.store.schema import notice, publication

Kind = Literal["office", "confirm", "known", "address", "moved", "export"]
"""What a notice is about: a receipt, or what a subscriber has asked for."""


class Waiting(NamedTuple):
    """A notice that is due. `slug` names the paper that writes, None where it is the office; `html` may be empty."""

    id: int
    slug: str | None
    recipient: str
    subject: str
    text: str
    html: str
    message_id: str
    created_at: datetime
    attempts: int


def add(connection: Connection, recipient: str, text: str, *, message_id: str, now: datetime) -> None:
    """Queue a notice; its first line is the subject."""
    subject = text.partition("\n")[0]
    row = {"recipient": recipient, "subject": subject, "text": text, "message_id": message_id, "created_at": now}
    connection.execute(insert(notice).values(row | {"state": "pending"}))


def write(
    connection: Connection,
    kind: Kind,
    recipient: str,
    letter: Letter,
    *,
    publication_id: int,
    message_id: str,
    now: datetime,
) -> None:
    """Queue what a paper tells one subscriber."""
    row = {"kind": kind, "publication_id": publication_id, "recipient": recipient, "message_id": message_id}
    row |= {"subject": letter.subject, "text": letter.text, "html": letter.html}
    connection.execute(insert(notice).values(row | {"created_at": now, "state": "pending"}))


def to(address: str) -> ColumnElement[bool]:
    """Return the condition that a notice goes to an address."""
    return func.lower(notice.c.recipient) == address.lower()


def count(connection: Connection, kinds: Collection[Kind], since: datetime, address: str | None = None) -> int:
    """Return how many notices of these kinds have been queued since a time: to one address, or in all."""
    wanted = [notice.c.kind.in_(kinds), notice.c.created_at > since, *([to(address)] if address else [])]
    return connection.execute(select(func.count()).select_from(notice).where(*wanted)).scalar_one()


def due(connection: Connection, now: datetime) -> list[Waiting]:
    """Return the notices that are due, the oldest first."""
    columns = [publication.c.slug if name == "slug" else notice.c[name] for name in Waiting._fields]
    query = (
        select(*columns).join_from(notice, publication, isouter=True).where(is_due(notice, now)).order_by(notice.c.id)
    )
    return [Waiting(*row) for row in connection.execute(query)]


def is_new(connection: Connection, since: datetime, now: datetime) -> bool:
    """Say whether a notice to a subscriber was queued since a time and waits for its first try."""
    new = notice.c.publication_id.is_not(None), notice.c.created_at > since, notice.c.attempts == 0
    return connection.execute(select(notice.c.id).where(is_due(notice, now), *new)).first() is not None


def settle(
    connection: Connection, notice_id: int, state: str, *, again: datetime | None = None, error: str = ""
) -> None:
    """Mark a notice as sent or failed, or as pending until `again`."""
    values = {"state": state, "not_before": again, "error": error or None, "attempts": notice.c.attempts + 1}
    connection.execute(update(notice).where(notice.c.id == notice_id).values(values))
