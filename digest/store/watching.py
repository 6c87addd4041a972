"""What the operator looks at: what came last, what was refused or waits for a person, and what was tried in vain."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, case, func, literal, or_, select, true, union_all

from digest.store.database import count_by_state
from digest.store.schema import (
    delivery,
    digest,
    drop,
    fact,
    issue,
    issue_revision,
    notice,
    ping,
    publication,
    source,
    subscription,
)

MOST_COMINGS = 120
"""How many issues of a paper are looked at to learn when it comes: four months of a daily."""

MOST_REASONS = 5
"""How many reasons are told for each kind of work."""


class Came(NamedTuple):
    """An issue that an editor has dropped: how it is named, its day, its state, and when it came."""

    key: str
    number: int | None
    day: date
    state: str
    at: datetime


class Rejected(NamedTuple):
    """A dropped file that was rejected, and has not come again since; `words` are what its editor was told."""

    slug: str
    name: str
    at: datetime
    words: str


class Held(NamedTuple):
    """An issue, or a correction of it, that waits for approval: of itself, or `by_hand`, since an editor has held it."""

    id: int
    slug: str
    key: str
    name: str
    by_hand: bool = False


class Vain(NamedTuple):
    """Rows of a table in a state for one reason: how many, and how often each was tried at most.

    `name` is an issue's key, and empty for what is counted together.
    """

    table: str
    state: str
    name: str
    reason: str
    rows: int
    tries: int


def work(connection: Connection) -> dict[str, dict[str, int]]:
    """Return how many rows of each table of work, and of subscriptions, are in each state."""
    tables = source, issue, digest, delivery, notice, ping, subscription
    return {table.name: count_by_state(connection, table) for table in tables}


def comings(connection: Connection, publication_id: int) -> list[Came]:
    """Return the issues of a paper with the latest days, in no order, without what was backfilled."""
    came = func.min(source.c.dropped_at)
    query = (
        select(issue.c.key, issue.c.number, issue.c.day, issue.c.state, came)
        .join_from(issue, issue_revision)
        .join(source)
        .where(issue.c.publication_id == publication_id, ~issue.c.backfilled)
        .group_by(issue.c.id)
        .order_by(issue.c.day.desc(), issue.c.place.desc())
        .limit(MOST_COMINGS)
    )
    return [Came(*row) for row in connection.execute(query)]


def begun(connection: Connection) -> date | None:
    """Return the day of the first start of all; None before it."""
    found = connection.scalar(select(fact.c.value).where(fact.c.name == "since"))
    return date.fromisoformat(found) if found else None


def rejected(connection: Connection, since: datetime) -> list[Rejected]:
    """Return the files rejected since a time whose names did not come again, nor were their bytes taken in since."""
    later = drop.alias("later")
    taken = later.c.outcome != "rejected"
    again = (
        select(later.c.claim_id)
        .where(later.c.publication_id == drop.c.publication_id, later.c.at > drop.c.at)
        .where(or_(later.c.name == drop.c.name, and_(later.c.source_id == drop.c.source_id, taken)))
    )
    query = (
        select(publication.c.slug, drop.c.name, drop.c.at, drop.c.words)
        .join_from(drop, publication)
        .where(drop.c.outcome == "rejected", drop.c.at >= since, ~again.exists())
        .order_by(drop.c.at)
    )
    return [Rejected(*row) for row in connection.execute(query)]


def held(connection: Connection) -> list[Held]:
    """Return what waits for approval, the oldest first."""
    issues = select(issue.c.id).where(issue.c.state == "held")
    # What is held is rare: it is looked up before anything is joined to it.
    corrected = select(source.c.id).where(source.c.state == "held")
    corrections = select(issue_revision.c.issue_id).where(issue_revision.c.source_id.in_(corrected))
    waiting = connection.scalars(issues.union(corrections)).all()
    told = select(drop.c.claim_id).where(drop.c.source_id == source.c.id, drop.c.outcome == "held").exists()
    doubted = func.min(case((told, source.c.name)))
    name = func.coalesce(doubted, func.min(source.c.name))
    query = (
        select(issue.c.id, publication.c.slug, issue.c.key, name, doubted.is_(None))
        .join_from(issue, issue_revision)
        .join(source)
        .join(publication, publication.c.id == issue.c.publication_id)
        .where(issue.c.id.in_(waiting))
        .group_by(issue.c.id, publication.c.slug)
        .order_by(issue.c.id)
    )
    return [Held(*row) for row in connection.execute(query)]


def vain(connection: Connection, since: datetime) -> list[Vain]:
    """Return what was tried in vain and is still tried, or was given up since then; the most tried of each kind."""
    kinds: list[tuple[Table, ColumnElement[str], ColumnElement[bool]]] = [
        (source, source.c.name, source.c.state == "pending"),
        (issue, issue.c.key, issue.c.state == "pending"),
        (delivery, literal(""), _is_open(delivery, delivery.c.done_at, since)),
        (notice, literal(""), _is_open(notice, notice.c.created_at, since)),
        (ping, literal(""), _is_open(ping, ping.c.created_at, since)),
    ]
    found: list[Vain] = []
    for table, name, still in kinds:
        tries = func.max(table.c.attempts)
        query = (
            select(table.c.state, name, table.c.error, func.count(), tries)
            .where(table.c.error.is_not(None), still)
            .group_by(table.c.state, name, table.c.error)
            .order_by(tries.desc(), func.count().desc())
            .limit(MOST_REASONS)
        )
        found += [Vain(table.name, *row) for row in connection.execute(query)]
    return found


def failed(connection: Connection, since: datetime) -> tuple[int, int]:
    """Return how many letters have failed since then, and how many notices to the office that were queued since then.

    A notice without a reason was not tried: a restoration has made it one of the past.
    """
    letters = (
        select(func.count()).select_from(delivery).where(delivery.c.state == "failed", delivery.c.done_at >= since)
    )
    to_office = notice.c.publication_id.is_(None), notice.c.created_at >= since, notice.c.error.is_not(None)
    told = select(func.count()).select_from(notice).where(notice.c.state == "failed", *to_office)
    return connection.execute(letters).scalar_one(), connection.execute(told).scalar_one()


def waiting_since(connection: Connection, now: datetime, *, retried: bool = True) -> datetime | None:
    """Return since when the work that has been due for longest waits; None where nothing is due.

    What was tried in vain has waited since it was due first, however often it has been put off. Without `retried`,
    letters and notices do not count that were tried: one mailbox out of order is no standstill.
    """
    revised = select(func.max(issue_revision.c.created_at)).where(issue_revision.c.issue_id == issue.c.id)
    planned = case((issue.c.attempts == 0, issue.c.not_before), else_=issue.c.published_at)
    made = _later(func.coalesce(planned, issue.c.updated_at), issue.c.updated_at)
    first = _later(made, revised.scalar_subquery())
    due = [
        select(source.c.dropped_at.label("since")).where(source.c.state == "pending"),
        select(first).where(issue.c.state == "pending", first <= now),
    ]
    halted = select(digest.c.id).where(digest.c.id == delivery.c.digest_id, digest.c.halt == "halted").exists()
    for table, states, free in ((delivery, ("pending", "claimed", "data"), ~halted), (notice, ("pending",), true())):
        counts = or_(literal(retried), table.c.attempts == 0)
        its = table.c.state.in_(states), table.c.created_at <= now, free, counts
        due.append(select(table.c.created_at).where(*its))
    oldest = select(func.min(union_all(*due).subquery().c.since))
    found: datetime | None = connection.scalar(oldest)
    return found


def last_time(connection: Connection) -> datetime | None:
    """Return the latest time that was written down lately: no clock should be behind it."""
    columns = (source.c.id, source.c.dropped_at), (notice.c.id, notice.c.created_at)
    times = (connection.scalar(select(at).order_by(number.desc()).limit(1)) for number, at in columns)
    return max(filter(None, times), default=None)


def _later(one: ColumnElement[datetime], other: ColumnElement[datetime]) -> ColumnElement[datetime]:
    """Return the later of two times; `one` where there is no other."""
    return case((other > one, other), else_=one)


def _is_open(table: Table, at: Column[datetime], since: datetime) -> ColumnElement[bool]:
    """Return the condition that a row is still to be done, or doubted, or was given up since then."""
    return or_(
        table.c.state.in_(["pending", "claimed", "data", "uncertain"]), and_(table.c.state == "failed", at >= since)
    )
