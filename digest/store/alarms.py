"""Alarms: the troubles that the operator is told of, one row for each from its beginning until its end was told."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from digest.store.schema import alarm


class Alarm(NamedTuple):
    """A trouble since `raised_at`, of which people know since `told_at`, if they do; `cleared_at` says that it is over."""

    key: str
    facts: Mapping[str, str | int]
    raised_at: datetime
    told_at: datetime | None
    cleared_at: datetime | None


def listed(connection: Connection) -> list[Alarm]:
    """Return all alarms, the oldest first."""
    columns = [alarm.c[name] for name in Alarm._fields]
    return [Alarm(*row) for row in connection.execute(select(*columns).order_by(alarm.c.raised_at, alarm.c.key))]


def raise_(connection: Connection, key: str, facts: Mapping[str, str | int], now: datetime) -> None:
    """Record a trouble that is new."""
    connection.execute(insert(alarm).values(key=key, facts=dict(facts), raised_at=now))


def set_cleared(connection: Connection, key: str, cleared_at: datetime | None) -> None:
    """Record since when a trouble is over, or that it is not."""
    connection.execute(update(alarm).where(alarm.c.key == key).values(cleared_at=cleared_at))


def mark_told(connection: Connection, keys: Collection[str], now: datetime) -> None:
    """Record that people are told of these troubles."""
    connection.execute(update(alarm).where(alarm.c.key.in_(keys)).values(told_at=now))


def remove(connection: Connection, keys: Collection[str]) -> None:
    """Forget what is over, and told where there was something to tell."""
    connection.execute(delete(alarm).where(alarm.c.key.in_(keys)))
