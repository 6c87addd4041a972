"""Letters that came back, and what is known of the letters: which they were, and how many of a digest fared so."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, select, update

from digest.store import database
from digest.store.schema import bounce, consent, delivery, digest, publication, subscriber


class Posted(NamedTuple):
    """A letter that went out, or was refused: whose it was, as far as that is still known.

    `email` is normalised; None where the address that it went to is not the subscriber's any more.
    """

    delivery_id: int
    digest_id: int
    digest: str
    slug: str
    message_id: str
    subscriber_id: int | None
    email: str | None
    done_at: datetime | None


class Told(NamedTuple):
    """What a mail tells of a letter; `mail` is its SHA-256, None where the server refused the letter at once."""

    delivery_id: int
    mail: str | None
    verdict: str
    status: str | None
    diagnostic: str
    at: datetime


class Tally(NamedTuple):
    """How many letters of a digest went out or were refused; how many of them were which kind of bounce."""

    letters: int
    hard: int
    complaints: int
    policy: int


class Halted(NamedTuple):
    """A digest that is held back, with how many letters wait, and what has come back of it."""

    digest: str
    slug: str
    subject: str
    waiting: int
    tally: Tally


def by_delivery(connection: Connection, delivery_id: int) -> Posted | None:
    """Return the letter of a delivery."""
    return _posted(connection, delivery.c.id == delivery_id)


def by_message_id(connection: Connection, message_ids: Collection[str]) -> Posted | None:
    """Return the letter that bears one of these Message-IDs."""
    return _posted(connection, delivery.c.message_id.in_(message_ids))


def add(connection: Connection, told: Told) -> bool:
    """Record what became of a letter; say whether this mail tells it for the first time."""
    new = (
        database.inserting(connection, bounce)
        .values(told._asdict())
        .on_conflict_do_nothing(index_elements=["delivery_id", "mail"])
    )
    return connection.execute(new).rowcount > 0


def soft_days(connection: Connection, subscriber_id: int, since: datetime) -> list[date]:
    """Return the days (UTC) since a time on which a letter of a subscriber could not be delivered, once each."""
    soft = delivery.c.subscriber_id == subscriber_id, bounce.c.verdict == "soft", bounce.c.at > since
    found = connection.scalars(select(bounce.c.at).join_from(bounce, delivery).where(*soft))
    return sorted({at.date() for at in found})


def stop(connection: Connection, subscriber_id: int) -> None:
    """Note that nothing can be delivered to a subscriber any more."""
    connection.execute(update(subscriber).where(subscriber.c.id == subscriber_id).values(state="bounced"))


def tally(connection: Connection, digest_id: int) -> Tally:
    """Return how the letters of a digest fared."""
    gone = delivery.c.digest_id == digest_id, delivery.c.state.in_(["sent", "failed", "uncertain", "data"])
    letters = connection.execute(select(func.count()).select_from(delivery).where(*gone)).scalar_one()
    counted = [
        func.count(func.distinct(case((bounce.c.verdict == verdict, bounce.c.delivery_id))))
        for verdict in ("hard", "complaint", "policy")
    ]
    found = select(*counted).join_from(bounce, delivery).where(delivery.c.digest_id == digest_id)
    return Tally._make((letters, *connection.execute(found).one()))


def halt(connection: Connection, digest_id: int) -> None:
    """Hold back what has not gone out of a digest, unless a person has let it go on."""
    free = update(digest).where(digest.c.id == digest_id, digest.c.halt.is_(None)).values(halt="halted")
    connection.execute(free)


def release(connection: Connection, public_id: str) -> bool:
    """Let a digest that was held back go on for good; say whether there was one."""
    held = update(digest).where(digest.c.public_id == public_id, digest.c.halt == "halted").values(halt="released")
    return connection.execute(held).rowcount > 0


def halted(connection: Connection) -> list[Halted]:
    """Return the digests that are held back, the oldest first."""
    columns = digest.c.id, digest.c.public_id, publication.c.slug, digest.c.subject
    query = select(*columns).join_from(digest, publication).where(digest.c.halt == "halted").order_by(digest.c.id)
    found = []
    for row in connection.execute(query):
        pending = delivery.c.digest_id == row.id, delivery.c.state == "pending"
        waiting = connection.execute(select(func.count()).select_from(delivery).where(*pending)).scalar_one()
        found.append(Halted(row.public_id, row.slug, row.subject, waiting, tally(connection, row.id)))
    return found


def counts(connection: Connection, now: datetime, days: int) -> dict[str, int]:
    """Return how many letters have come back in the last days, by verdict."""
    since = bounce.c.at > now - timedelta(days=days)
    query = select(bounce.c.verdict, func.count().label("rows")).where(since).group_by(bounce.c.verdict)
    return {row.verdict: row.rows for row in connection.execute(query.order_by(bounce.c.verdict))}


def _posted(connection: Connection, which: ColumnElement[bool]) -> Posted | None:
    moved = consent.c.subscriber_id == subscriber.c.id, consent.c.event == "moved", consent.c.at > delivery.c.created_at
    query = (
        select(
            delivery.c.id,
            delivery.c.digest_id,
            digest.c.public_id,
            publication.c.slug,
            delivery.c.message_id,
            delivery.c.subscriber_id,
            case((~select(consent.c.id).where(*moved).exists(), subscriber.c.email_norm)),
            delivery.c.done_at,
        )
        .join_from(delivery, digest)
        .join(publication)
        .join(subscriber, isouter=True)
        .where(which)
        .order_by(delivery.c.id)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Posted(*row)
