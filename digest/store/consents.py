"""What subscribers have agreed to: when, from where, and in which words (mail.md 2.7)."""

from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, insert

from digest.store.schema import consent

Event = Literal["asked", "confirmed", "changed", "added", "imported", "unsubscribed", "moved"]


def record(
    connection: Connection,
    subscriber_id: int,
    publication_id: int,
    event: Event,
    *,
    origin: str,
    wording: str,
    now: datetime,
) -> None:
    """Add a line to the log. `origin` is a truncated IP address, or names what else it came by."""
    row = {"subscriber_id": subscriber_id, "publication_id": publication_id, "event": event, "at": now}
    connection.execute(insert(consent).values(row | {"origin": origin, "wording": wording}))
