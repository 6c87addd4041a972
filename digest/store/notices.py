"""Notices: what the office is told by mail."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from digest.store.due import is_due
from digest.store.schema import notice


class Waiting(NamedTuple):
    """A notice that is due."""

    id: int
    recipient: str
    subject: str
    text: str
    message_id: str
    created_at: datetime
    attempts: int


def add(connection: Connection, recipient: str, text: str, *, message_id: str, now: datetime) -> None:
    """Queue a notice; its first line is the subject."""
    subject = text.partition("\n")[0]
    row = {"recipient": recipient, "subject": subject, "text": text, "message_id": message_id, "created_at": now}
    connection.execute(insert(notice).values(row | {"state": "pending"}))


def due(connection: Connection, now: datetime) -> list[Waiting]:
    """Return the notices that are due, the oldest first."""
    columns = [notice.c[name] for name in Waiting._fields]
    query = select(*columns).where(is_due(notice, now)).order_by(notice.c.id)
    return [Waiting(*row) for row in connection.execute(query)]


def settle(
    connection: Connection, notice_id: int, state: str, *, again: datetime | None = None, error: str = ""
) -> None:
    """Mark a notice as sent or failed, or as pending until `again`."""
    values = {"state": state, "not_before": again, "error": error or None, "attempts": notice.c.attempts + 1}
    connection.execute(update(notice).where(notice.c.id == notice_id).values(values))
