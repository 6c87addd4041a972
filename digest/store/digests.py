"""Digests that are due for making: which variants of a letter are wanted, and of which articles."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, insert, literal, select, update

from digest.model import Letter
from digest.store.schema import correction, delivery, digest, publication, subscriber, subscription


class Wanted(NamedTuple):
    """One variant and the range of articles that its subscribers have not been sent: above `after`, up to `through`."""

    publication_id: int
    cadence: str
    topics: str
    form: str
    after: int
    through: int


def wanted(connection: Connection, publication_id: int, cadences: frozenset[str]) -> list[Wanted]:
    """Return the letters that active subscriptions of these cadences wait for, each range once."""
    columns = subscription.c.cadence, subscription.c.topics, subscription.c.form, subscription.c.sent_through
    query = (
        select(*columns, publication.c.sequence)
        .join_from(subscription, publication)
        .where(
            subscription.c.publication_id == publication_id,
            subscription.c.state == "active",
            subscription.c.cadence.in_(cadences),
            subscription.c.sent_through < publication.c.sequence,
        )
        .distinct()
        .order_by(*columns)
    )
    return [Wanted(publication_id, *row) for row in connection.execute(query)]


def save(
    connection: Connection, letter: Letter, for_whom: Wanted, *, public_id: str, domain: str, now: datetime
) -> None:
    """Save a letter, one delivery for each who waits for it, and that they wait no longer: all in one transaction.

    Where the letter of this range is there already, it serves those who have come to wait for it since.
    """
    variant = for_whom._asdict()
    here = [digest.c[name] == value for name, value in variant.items()]
    if connection.execute(select(digest.c.id).where(*here)).first() is None:
        row = variant | {"public_id": public_id, "created_at": now, "state": "ready"}
        row |= {"subject": letter.subject, "html": letter.html, "text": letter.text}
        connection.execute(insert(digest).values(row))
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
        .select_from(subscription.join(subscriber).join(digest, and_(*here)))
        .where(*_waiting(for_whom), subscriber.c.state == "active", ~served.exists())
    )
    columns = ["digest_id", "subscriber_id", "message_id", "created_at", "state"]
    connection.execute(insert(delivery).from_select(columns, recipients))
    pass_over(connection, for_whom)


def changes(connection: Connection, publication_id: int) -> int:
    """Return a number that grows with every correction and withdrawal of a paper's articles."""
    newest = select(func.max(correction.c.id)).where(correction.c.publication_id == publication_id)
    return connection.scalar(newest) or 0


def pass_over(connection: Connection, for_whom: Wanted) -> None:
    """Record that these subscribers wait for nothing in this range any more."""
    connection.execute(update(subscription).where(*_waiting(for_whom)).values(sent_through=for_whom.through))


def stale(connection: Connection, publication_id: int) -> list[tuple[int, Wanted]]:
    """Return the digests of which an article has changed or was withdrawn since they were made, to be made again."""
    where = digest.c.publication_id == publication_id, digest.c.state == "stale"
    columns = [digest.c[name] for name in Wanted._fields]
    rows = connection.execute(select(digest.c.id, *columns).where(*where).order_by(digest.c.id))
    return [(row[0], Wanted(*row[1:])) for row in rows]


def renew(connection: Connection, digest_id: int, letter: Letter | None) -> None:
    """Put a letter made again in place of the stale one; what is sent of it has the Message-IDs that it had.

    Without any letter, all that has not arrived is cancelled: nobody can send the old one again.
    """
    values = {"state": "ready"}
    if letter is None:
        open_ = "pending", "claimed", "failed", "uncertain"
        unsent = delivery.c.digest_id == digest_id, delivery.c.state.in_(open_)
        connection.execute(update(delivery).where(*unsent).values(state="cancelled"))
    else:
        values |= {"subject": letter.subject, "html": letter.html, "text": letter.text}
    connection.execute(update(digest).where(digest.c.id == digest_id).values(values))


def make_stale(connection: Connection, sequence: int, publication_id: int) -> None:
    """Note that all letters which hold the article with this sequence are to be made again before they are sent.

    Those that everybody has had are too: somebody may still come to wait for one, or have it sent again.
    """
    holding = digest.c.publication_id == publication_id, digest.c.after < sequence, digest.c.through >= sequence
    connection.execute(update(digest).where(*holding).values(state="stale"))


def _waiting(for_whom: Wanted) -> tuple[ColumnElement[bool], ...]:
    return (
        subscription.c.publication_id == for_whom.publication_id,
        subscription.c.state == "active",
        subscription.c.cadence == for_whom.cadence,
        subscription.c.topics == for_whom.topics,
        subscription.c.form == for_whom.form,
        subscription.c.sent_through == for_whom.after,
    )
