"""Digests that are due for making: who is due, which variants of a letter are wanted, and of which articles."""

from datetime import datetime, time, timedelta
from typing import Any, NamedTuple, get_args

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    union,
    update,
)

from digest.model import Cadence, Form, Letter, Occasion, Preferences
from digest.store import publications
from digest.store.schema import article, correction, delivery, digest, publication, subscriber, subscription

LONGEST_WAIT = timedelta(days=10)
"""Further ahead than any letter is due: a week and quiet hours."""

_TIMES = ("send_at", "quiet_from", "quiet_to")
_SCHEDULE = [subscription.c[name] for name in ("cadence", "weekday", "timezone", "paused_until", *_TIMES)]
# The cadence stands in every condition since it stands in the index: who is not due is not looked at.
_CADENCES = get_args(Cadence)
_AT_ONCE = and_(subscription.c.cadence == "issue", subscription.c.due_at.is_(None))


class Wanted(NamedTuple):
    """One variant and the range of articles that its subscribers have not been sent: above `after`, up to `through`.

    Corrections of articles up to `begun_after` are not told: its subscribers began later. It is the last such article,
    0 where there is none.
    """

    publication_id: int
    cadence: Occasion
    topics: str
    form: Form
    after: int
    through: int
    begun_after: int = 0


class Stale(NamedTuple):
    """A digest that is to be made again, and when it was made."""

    id: int
    made: datetime
    wanted: Wanted


def due(connection: Connection, publication_id: int, now: datetime) -> list[Preferences]:
    """Return the schedules, without topics and form, of active subscriptions that are due a letter, if there is news."""
    news = subscription.c.sent_through < publications.sequence(connection, publication_id)
    return _schedules(connection, publication_id, and_(_AT_ONCE, news), _in_time(now))


def awaited(connection: Connection, now: datetime) -> frozenset[int]:
    """Return the papers that have a letter to make, or to make again, or somebody of whom it is unknown when one is due."""
    its = subscription.c.publication_id == publication.c.id, subscription.c.state == "active"
    news = and_(_AT_ONCE, subscription.c.sent_through < publication.c.sequence)
    # One question each, since the index answers them so.
    whose = [
        select(subscription.c.subscriber_id).where(*its, one).exists() for one in (news, _in_time(now), *_unknown(now))
    ]
    waiting = connection.scalars(select(publication.c.id).where(or_(*whose))).all()
    stale = connection.scalars(select(digest.c.publication_id).where(digest.c.state == "stale").distinct()).all()
    return frozenset([*waiting, *stale])


def unscheduled(connection: Connection, publication_id: int, now: datetime) -> list[Preferences]:
    """Return the schedules of active subscriptions of which nobody has worked out when they are due.

    Or nobody with a clock that was right.
    """
    return _schedules(connection, publication_id, *_unknown(now))


def put_off(
    connection: Connection,
    publication_id: int,
    one: Preferences,
    at: datetime | None,
    *,
    now: datetime,
    served: int = 0,
) -> None:
    """Have those who are due and have this schedule wait until `at`: those whose letters were made up to `served`."""
    these = _has(publication_id, one), _is_due(now), subscription.c.sent_through >= served
    connection.execute(update(subscription).where(*these).values(due_at=at))


def schedule(
    connection: Connection, publication_id: int, one: Preferences, at: datetime | None, *, now: datetime
) -> None:
    """Record when those are due who have this schedule and of whom it was not known."""
    these = _has(publication_id, one), or_(*_unknown(now))
    connection.execute(update(subscription).where(*these).values(due_at=at))


def wanted(connection: Connection, publication_id: int, now: datetime) -> list[Wanted]:
    """Return the letters that subscribers are due now, each range once; those of one range follow each other."""
    variant = subscription.c.cadence, subscription.c.topics, subscription.c.form
    columns = *variant, subscription.c.sent_through, subscription.c.begun_after
    through = publications.sequence(connection, publication_id)
    news = subscription.c.sent_through < through
    query = (
        select(*columns)
        .where(subscription.c.publication_id == publication_id, subscription.c.state == "active")
        .where(or_(and_(_AT_ONCE, news), and_(_in_time(now), news)))
        .distinct()
    )
    rows = connection.execute(query).all()
    corrected = {after: _corrected(connection, publication_id, after, through) for after in {row[3] for row in rows}}
    found = set()
    for cadence, topics, form, after, begun in rows:
        earlier = max((sequence for sequence in corrected[after] if sequence <= begun), default=0)
        found.add(Wanted(publication_id, cadence, topics, form, after, through, earlier))
    return sorted(found, key=lambda one: (one.after, one.cadence, one.begun_after, one.topics, one.form))


def is_made(connection: Connection, for_whom: Wanted) -> bool:
    """Say whether the letter of this variant and range is there already, and as it should be."""
    ready = select(digest.c.id).where(*_this(for_whom), digest.c.state == "ready", digest.c.text != "")
    return connection.execute(ready).first() is not None


def save(connection: Connection, letter: Letter, for_whom: Wanted, *, public_id: str, now: datetime) -> None:
    """Save a letter."""
    row = for_whom._asdict() | {"public_id": public_id, "created_at": now, "state": "ready"}
    row |= {"subject": letter.subject, "html": letter.html, "text": letter.text}
    connection.execute(insert(digest).values(row))


def queue(connection: Connection, for_whom: Wanted, *, domain: str, now: datetime) -> None:
    """Make a delivery of the letter, if there is one, for each who is due it and has none."""
    served = select(delivery.c.id).where(
        delivery.c.digest_id == digest.c.id, delivery.c.subscriber_id == subscriber.c.id
    )
    recipients = (
        select(
            digest.c.id,
            subscriber.c.id,
            literal("<") + digest.c.public_id + literal(".") + subscriber.c.public_id + literal(f"@{domain}>"),
            bindparam("now", now, delivery.c.created_at.type),
            literal("pending"),
        )
        .select_from(subscription.join(subscriber).join(digest, and_(*_this(for_whom))))
        .where(*_waiting(for_whom, now), subscriber.c.state == "active", digest.c.text != "", ~served.exists())
    )
    columns = ["digest_id", "subscriber_id", "message_id", "created_at", "state"]
    connection.execute(insert(delivery).from_select(columns, recipients))


def changes(connection: Connection, publication_id: int) -> int:
    """Return a number that grows with every correction and withdrawal of a paper's articles."""
    newest = select(func.max(correction.c.id)).where(correction.c.publication_id == publication_id)
    return connection.scalar(newest) or 0


def pass_over(connection: Connection, for_whom: Wanted, now: datetime) -> None:
    """Record that these subscribers wait for nothing in this range any more."""
    connection.execute(update(subscription).where(*_waiting(for_whom, now)).values(sent_through=for_whom.through))


def stale(connection: Connection, publication_id: int) -> list[Stale]:
    """Return the digests of which an article has changed or was withdrawn since they were made, to be made again."""
    where = digest.c.publication_id == publication_id, digest.c.state == "stale"
    columns = [digest.c[name] for name in Wanted._fields]
    rows = connection.execute(select(digest.c.id, digest.c.created_at, *columns).where(*where).order_by(digest.c.id))
    return [Stale(row[0], row[1], Wanted(*row[2:])) for row in rows]


def renew(connection: Connection, digest_id: int, letter: Letter | None) -> None:
    """Put a letter made again in place of the stale one; what is sent of it has the Message-IDs that it had.

    Without any letter, all that has not arrived is cancelled, and the old one is gone: nobody can send it again.
    """
    letter = letter or Letter("", "", "")
    if not letter.text:
        open_ = "pending", "claimed", "failed", "uncertain"
        unsent = delivery.c.digest_id == digest_id, delivery.c.state.in_(open_)
        connection.execute(update(delivery).where(*unsent).values(state="cancelled"))
    values: dict[str, Any] = {"subject": letter.subject, "html": letter.html, "text": letter.text}
    values |= {"state": "ready", "version": digest.c.version + 1}
    connection.execute(update(digest).where(digest.c.id == digest_id).values(values))


def make_stale(connection: Connection, sequence: int, publication_id: int) -> None:
    """Note that all letters which hold the article with this sequence are to be made again before they are sent.

    Those that everybody has had are too: somebody may still come to wait for one, or have it sent again.
    """
    holding = digest.c.publication_id == publication_id, digest.c.after < sequence, digest.c.through >= sequence
    connection.execute(update(digest).where(*holding).values(state="stale"))


def _this(for_whom: Wanted) -> list[ColumnElement[bool]]:
    return [digest.c[name] == value for name, value in for_whom._asdict().items()]


def _corrected(connection: Connection, publication_id: int, after: int, through: int) -> list[int]:
    """Return the sequences of the articles of which a letter with this range has a correction to tell."""
    return list(connection.scalars(_told(article.c.sequence, publication_id, after, through).distinct()))


def _told(what: ColumnElement[Any], publication_id: int, after: int, through: int) -> Select[Any]:
    counted = correction.c.sequence > after, correction.c.sequence <= through
    here = correction.c.publication_id == publication_id, article.c.sequence <= after
    return select(what).join_from(correction, article).where(*here, *counted)


def _waiting(for_whom: Wanted, now: datetime) -> tuple[ColumnElement[bool], ...]:
    of_range = for_whom.publication_id, for_whom.after, for_whom.through
    later = _told(func.min(article.c.sequence), *of_range).where(article.c.sequence > for_whom.begun_after)
    next_ = later.scalar_subquery()
    return (
        subscription.c.publication_id == for_whom.publication_id,
        subscription.c.state == "active",
        subscription.c.cadence == for_whom.cadence,
        subscription.c.topics == for_whom.topics,
        subscription.c.form == for_whom.form,
        subscription.c.sent_through == for_whom.after,
        subscription.c.begun_after >= for_whom.begun_after,
        or_(next_.is_(None), subscription.c.begun_after < next_),
        _is_due(now),
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    return or_(_AT_ONCE, _in_time(now))


def _in_time(now: datetime) -> ColumnElement[bool]:
    return and_(subscription.c.cadence.in_(_CADENCES), subscription.c.due_at <= now)


def _unknown(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    running = or_(subscription.c.paused_until.is_(None), subscription.c.paused_until <= now)
    too_far = subscription.c.cadence.in_(_CADENCES), subscription.c.due_at > now + LONGEST_WAIT
    missing = subscription.c.cadence.in_(["daily", "weekly"]), subscription.c.due_at.is_(None)
    return and_(*missing), and_(*too_far, running)


def _schedules(connection: Connection, publication_id: int, *which: ColumnElement[bool]) -> list[Preferences]:
    """Return the schedules of active subscriptions that meet one of the conditions, each of which the index answers."""
    active = subscription.c.publication_id == publication_id, subscription.c.state == "active"
    every = union(*(select(*_SCHEDULE).where(*active, one) for one in which))
    return [_schedule(row) for row in connection.execute(every)]


def _has(publication_id: int, one: Preferences) -> ColumnElement[bool]:
    values = {column.name: getattr(one, column.name) for column in _SCHEDULE}
    values |= {name: f"{values[name]:%H:%M}" for name in _TIMES if values[name] is not None}
    same = (column.is_not_distinct_from(values[column.name]) for column in _SCHEDULE)
    return and_(subscription.c.publication_id == publication_id, subscription.c.state == "active", *same)


def _schedule(row: Row[Any]) -> Preferences:
    found = row._asdict()
    found |= {name: time.fromisoformat(found[name]) for name in _TIMES if found[name] is not None}
    return Preferences(**{column.name: found[column.name] for column in _SCHEDULE})
