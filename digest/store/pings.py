"""Pings: the feeds that the hub is to be told of, one row for each."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from digest.store.due import is_due
from digest.store.schema import ping


class Ping(NamedTuple):
    """A feed that has changed at `created_at`, and of which the hub does not know yet."""

    id: int
    url: str
    created_at: datetime
    attempts: int


def want(connection: Connection, urls: Iterable[str], now: datetime) -> None:
    """Have the hub told that these feeds have changed."""
    fresh = {"created_at": now, "state": "pending", "attempts": 0, "not_before": None, "error": None}
    for url in urls:
        if not connection.execute(update(ping).where(ping.c.url == url).values(fresh)).rowcount:
            connection.execute(insert(ping).values(fresh | {"url": url}))


def due(connection: Connection, now: datetime) -> list[Ping]:
    """Return the pings that are due, the oldest first."""
    columns = [ping.c[name] for name in Ping._fields]
    query = select(*columns).where(is_due(ping, now)).order_by(ping.c.created_at, ping.c.id)
    return [Ping(*row) for row in connection.execute(query)]


def settle(connection: Connection, one: Ping, state: str, *, again: datetime | None = None, error: str = "") -> None:
    """Mark a ping as sent or failed, or as pending until `again`; one whose feed has changed meanwhile stays due."""
    values = {"state": state, "not_before": again, "error": error or None, "attempts": ping.c.attempts + 1}
    same = ping.c.id == one.id, ping.c.created_at == one.created_at
    connection.execute(update(ping).where(*same).values(values))
