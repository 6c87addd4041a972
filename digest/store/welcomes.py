"""The first letter of a new subscriber: the latest issue, as far as it has not been sent there before."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from digest.store.publications import minting
from digest.store.schema import article, delivery, digest, issue, subscription
from digest.store.subscribers import Subscriber

CADENCE = "welcome"
"""What stands for the cadence of such a letter, which all who come between two issues share."""


def is_new(connection: Connection, since: datetime) -> bool:
    """Say whether such a letter was queued since a time, is made, and waits for its first try."""
    new = delivery.c.created_at > since, delivery.c.state == "pending", delivery.c.attempts == 0
    made = digest.c.cadence == CADENCE, digest.c.state == "ready"
    return connection.execute(select(delivery.c.id).join_from(delivery, digest).where(*new, *made)).first() is not None


def queue(
    connection: Connection, person: Subscriber, publication_id: int, had: int, *, digest_id: str, now: datetime
) -> None:
    """Queue the letter for one who has `had` the articles up to a sequence; it is made with those to be made again."""
    live = article.c.sequence.is_not(None), article.c.withdrawn_at.is_(None)
    latest = (
        select(issue.c.id)
        .join_from(issue, article)
        .where(issue.c.publication_id == publication_id, *live)
        .order_by(issue.c.published_at.desc(), issue.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    first, last = func.min(article.c.sequence), func.max(article.c.sequence)
    begin, through = connection.execute(select(first, last).where(article.c.issue_id == latest, *live)).one()
    if begin is None or had >= through:
        return
    variant = {"publication_id": publication_id, "cadence": CADENCE, "topics": "", "form": "full"}
    variant |= {"after": max(begin - 1, had), "through": through}
    own = subscription.c.subscriber_id == person.id, subscription.c.publication_id == publication_id
    connection.execute(update(subscription).where(*own).values(begun_after=variant["after"]))
    here = [digest.c[name] == value for name, value in variant.items()]
    found = connection.execute(select(digest.c.id, digest.c.public_id).where(*here)).one_or_none()
    if found is None:
        made = variant | {"public_id": digest_id, "created_at": now, "state": "stale"}
        made |= {"subject": "", "html": "", "text": ""}
        found = connection.execute(insert(digest).values(made).returning(digest.c.id, digest.c.public_id)).one()
    row = {"digest_id": found.id, "subscriber_id": person.id, "created_at": now, "state": "pending"}
    row |= {"message_id": f"<{found.public_id}.{person.public_id}@{minting(connection)[0]}>"}
    served = delivery.c.digest_id == found.id, delivery.c.subscriber_id == person.id
    if connection.execute(select(delivery.c.id).where(*served)).first() is None:
        connection.execute(insert(delivery).values(row))
