"""What subscribers want of a paper's letters, as columns of their subscriptions, and back."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, Row, select, update

from digest.model import Preferences
from digest.store.schema import subscription

COLUMNS = tuple(
    subscription.c[name]
    for name in (
        *("cadence", "send_at", "weekday", "timezone", "quiet_from", "quiet_to"),
        *("topics", "form", "paused_until"),
    )
)
"""The columns that `of` reads."""


def of(row: Row[Any]) -> Preferences:
    """Return the preferences of a row that has `COLUMNS`."""
    return Preferences(
        cadence=row.cadence,
        send_at=_time(row.send_at),
        weekday=row.weekday,
        timezone=row.timezone,
        quiet_from=_time(row.quiet_from),
        quiet_to=_time(row.quiet_to),
        topics=tuple(row.topics.splitlines()),
        form=row.form,
        paused_until=row.paused_until,
    )


def get(connection: Connection, subscriber_id: int, publication_id: int) -> Preferences | None:
    """Return what a subscriber wants; None for who is not subscribed."""
    here = subscription.c.subscriber_id == subscriber_id, subscription.c.publication_id == publication_id
    row = connection.execute(select(*COLUMNS).where(*here, subscription.c.state == "active")).one_or_none()
    return None if row is None else of(row)


def save(
    connection: Connection, subscriber_id: int, publication_id: int, wanted: Preferences, due_at: datetime | None
) -> bool:
    """Record what a subscriber wants, and when the next letter is due; say whether there is a subscription."""
    here = subscription.c.subscriber_id == subscriber_id, subscription.c.publication_id == publication_id
    values = {
        "cadence": wanted.cadence,
        "send_at": _clock(wanted.send_at),
        "weekday": wanted.weekday,
        "timezone": wanted.timezone,
        "quiet_from": _clock(wanted.quiet_from),
        "quiet_to": _clock(wanted.quiet_to),
        "topics": "\n".join(sorted(set(wanted.topics))),
        "form": wanted.form,
        "paused_until": wanted.paused_until,
        "due_at": due_at,
    }
    changed = update(subscription).where(*here, subscription.c.state == "active").values(values)
    return connection.execute(changed).rowcount > 0


def _time(clock: str | None) -> time | None:
    return None if clock is None else time.fromisoformat(clock)


def _clock(at: time | None) -> str | None:
    return None if at is None else f"{at:%H:%M}"
