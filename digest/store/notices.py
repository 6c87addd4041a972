"""Notices: what the office, or one subscriber, is told by mail, and the office by its webhook too."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, or_, select, update

from digest.model import Letter
from digest.store.due import is_due
from digest.store.schema import notice, publication

Kind = Literal["office", "alarm", "webhook", "confirm", "known", "address", "moved", "export"]
"""What a notice is about: a receipt, an alarm by mail or webhook, or what a subscriber has asked for."""

WEBHOOK: Kind = "webhook"
"""The kind of what is posted, not mailed."""


class Waiting(NamedTuple):
    """A notice as it is sent. `slug` names the paper that writes, None where it is the office; `html` may be empty."""

    id: int
    slug: str | None
    recipient: str
    subject: str
    text: str
    html: str
    message_id: str
    created_at: datetime
    attempts: int


def add(
    connection: Connection,
    recipient: str,
    text: str,
    *,
    message_id: str,
    now: datetime,
    kind: Kind = "office",
    subject: str | None = None,
) -> None:
    """Queue a notice to the office; where no subject is given, it is the first line."""
    subject = text.partition("\n")[0] if subject is None else subject
    row = {
        "kind": kind,
        "recipient": recipient,
        "subject": subject,
        "text": text,
        "message_id": message_id,
        "created_at": now,
    }
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


def to_mailbox(address: str) -> ColumnElement[bool]:
    """Return the condition that a notice goes where mail to an address lands: `name+tag@…` is `name@…` (RFC 5233).

    Where a server knows no tags, different mailboxes are taken for one: good enough to count, and for nothing else.
    """
    name, _, domain = address.lower().rpartition("@")
    name = name.partition("+")[0] or name
    recipient = func.lower(notice.c.recipient)
    tagged = recipient.startswith(f"{name}+", autoescape=True), recipient.endswith(f"@{domain}", autoescape=True)
    return or_(recipient == f"{name}@{domain}", and_(*tagged))


def count(connection: Connection, kinds: Collection[Kind], since: datetime, address: str | None = None) -> int:
    """Return how many notices of these kinds have been queued since a time: to the mailbox of one address, or in all."""
    wanted = [notice.c.kind.in_(kinds), notice.c.created_at > since, *([to_mailbox(address)] if address else [])]
    return connection.execute(select(func.count()).select_from(notice).where(*wanted)).scalar_one()


def last(connection: Connection, kinds: Collection[Kind]) -> datetime | None:
    """Return when the last notice of these kinds was queued."""
    query = select(notice.c.created_at).where(notice.c.kind.in_(kinds)).order_by(notice.c.id.desc()).limit(1)
    found: datetime | None = connection.scalar(query)
    return found


def due(connection: Connection, now: datetime, *, posted: bool = False) -> list[Waiting]:
    """Return the notices that are due, the oldest first: those that are mailed, or those that are `posted`."""
    its = is_due(notice, now), (notice.c.kind == WEBHOOK) == posted
    return [Waiting(*row) for row in connection.execute(_select().where(*its).order_by(notice.c.id))]


def by_id(connection: Connection, notice_id: int) -> Waiting | None:
    """Return a notice, whatever has become of it."""
    row = connection.execute(_select().where(notice.c.id == notice_id)).one_or_none()
    return None if row is None else Waiting(*row)


def by_message_id(connection: Connection, message_ids: Collection[str]) -> Waiting | None:
    """Return the notice that bears one of these Message-IDs, whatever has become of it."""
    row = connection.execute(_select().where(notice.c.message_id.in_(message_ids)).limit(1)).one_or_none()
    return None if row is None else Waiting(*row)


def mark_returned(connection: Connection, notice_id: int, words: str) -> None:
    """Record that a notice that was sent has not arrived after all, with the words of the server."""
    connection.execute(update(notice).where(notice.c.id == notice_id).values(state="failed", error=words))


def has_failed(connection: Connection, kind: Kind, address: str, since: datetime) -> bool:
    """Say whether a notice of this kind that was queued since a time has not arrived at an address."""
    failed = to(address), notice.c.kind == kind, notice.c.state == "failed", notice.c.created_at > since
    return connection.execute(select(notice.c.id).where(*failed)).first() is not None


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


def _select() -> Select[Any]:
    columns = [publication.c.slug if name == "slug" else notice.c[name] for name in Waiting._fields]
    return select(*columns).join_from(notice, publication, isouter=True)
