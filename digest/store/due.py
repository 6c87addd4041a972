"""Which work is due: one rule for issues, deliveries and notices."""

from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, Table, and_, or_

Time = datetime | BindParameter[datetime]

LONGEST_RETRY = timedelta(hours=2)
"""Further ahead than any retry is put (`timing.retry_after`): the clock must have stood wrong then."""


def is_due(table: Table, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a row of work waits for nothing; one put off by a clock that stood ahead is due too."""
    return is_due_between(table, now, now + LONGEST_RETRY)


def is_due_between(table: Table, now: Time, latest: Time) -> ColumnElement[bool]:
    """Return the same condition, of which both times may be places that are filled later: now, and the longest retry."""
    misdated = and_(table.c.attempts > 0, table.c.not_before > latest)
    return and_(table.c.state == "pending", or_(table.c.not_before.is_(None), table.c.not_before <= now, misdated))
