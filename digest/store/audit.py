"""What the rows promise, looked at from outside: what `digest verify` compares with the disk and with itself."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, or_, select, union_all, update

from digest.store import issues, search
from digest.store.schema import (
    article,
    blob,
    correction,
    delivery,
    issue,
    notice,
    publication,
    search_entry,
    source,
    subscription,
    term,
)


class Blob(NamedTuple):
    """Bytes that are kept: their SHA-256, and the name of the source, or of the picture, that they belong to."""

    sha256: str
    name: str


class Count(NamedTuple):
    """How a paper has counted what it has published: the last number, the highest given, and how many were."""

    slug: str
    last: int
    highest: int
    given: int


def blobs(connection: Connection) -> list[Blob]:
    """Return the bytes of all sources and pictures, each once."""
    every = union_all(*(select(table.c.sha256, table.c.name) for table in (source, blob))).subquery()
    query = select(every.c.sha256, func.min(every.c.name)).group_by(every.c.sha256).order_by(every.c.sha256)
    return [Blob(*row) for row in connection.execute(query)]


def sequences(connection: Connection) -> list[Count]:
    """Return how each paper has counted what it has published: articles and corrections."""
    counted = union_all(
        *(select(table.c.publication_id, table.c.sequence) for table in (article, correction))
    ).subquery()
    highest, given = func.coalesce(func.max(counted.c.sequence), 0), func.count(counted.c.sequence.distinct())
    query = (
        select(publication.c.slug, publication.c.sequence, highest, given)
        .join_from(publication, counted, counted.c.publication_id == publication.c.id, isouter=True)
        .group_by(publication.c.id)
        .order_by(publication.c.slug)
    )
    return [Count(*row) for row in connection.execute(query)]


def doubled_deliveries(connection: Connection) -> list[tuple[int, int]]:
    """Return digest and subscriber of what would be, or was, sent more than once."""
    pair = delivery.c.digest_id, delivery.c.subscriber_id
    known = select(*pair).where(delivery.c.subscriber_id.is_not(None))  # not erased since
    return [(row[0], row[1]) for row in connection.execute(known.group_by(*pair).having(func.count() > 1))]


def deliveries_in_flight(connection: Connection) -> int:
    """Return how many deliveries a process is at work on."""
    query = select(func.count()).where(delivery.c.state.in_(["claimed", "data"]))
    return connection.execute(query).scalar_one()


def stale_issues(connection: Connection) -> list[str]:
    """Return the ids of issues that wait for nothing although readers do not have their latest revision."""
    behind = or_(issue.c.published_rev.is_(None), issue.c.published_rev != issue.c.rev)
    return list(connection.scalars(select(issue.c.tag).where(issue.c.state == "published", behind)))


def waiting_issues(connection: Connection, publication_id: int) -> frozenset[str]:
    """Return the ids of a paper's issues that are to be published, now or later."""
    waiting = issue.c.publication_id == publication_id, issue.c.state == "pending"
    return frozenset(connection.scalars(select(issue.c.tag).where(*waiting)))


def article_ids(connection: Connection, publication_id: int) -> frozenset[str]:
    """Return the ids of all articles that a paper has ever had."""
    return frozenset(connection.scalars(select(article.c.tag).where(article.c.publication_id == publication_id)))


def miscounted_words(connection: Connection) -> list[str]:
    """Return the papers of which another number of articles is counted than there are, or a word in more than that."""
    there = select(func.count()).where(article.c.publication_id == publication.c.id).scalar_subquery()
    most = select(func.coalesce(func.max(term.c.articles), 0)).where(term.c.publication_id == publication.c.id)
    wrong = or_(publication.c.counted != there, most.scalar_subquery() > publication.c.counted)
    return list(connection.scalars(select(publication.c.slug).where(wrong).order_by(publication.c.slug)))


def miscounted_finds(connection: Connection) -> list[tuple[str, int, int]]:
    """Return the papers whose search finds too little or too much: how many articles it lacks, and how many are gone.

    What waits to be published is not known to the index yet, nor is anything for certain while it is being made.
    """
    if search.version(connection) is None:
        return []
    readable = and_(article.c.public, article.c.withdrawn_at.is_(None))
    settled = issue.c.state == "published"
    lacking = func.count().filter(readable, settled, search_entry.c.id.is_(None))
    surplus = func.count().filter(~readable, search_entry.c.id.is_not(None))
    query = (
        select(publication.c.slug, lacking, surplus)
        .join_from(article, issue)
        .join(publication, publication.c.id == article.c.publication_id)
        .join(search_entry, search_entry.c.article_id == article.c.id, isouter=True)
        .group_by(publication.c.slug)
        .having(or_(lacking > 0, surplus > 0))
        .order_by(publication.c.slug)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def indexed(connection: Connection) -> tuple[int, int]:
    """Return how many rows the search index has, and how many it is to have: they are the same."""
    return search.counts(connection)


def doubt_letters(connection: Connection, now: datetime) -> int:
    """Settle, in a database that was restored, what may have been mailed since its backup; return how many letters.

    Deliveries that wait become uncertain; what has been published, or is due to be, is taken as sent to all who are
    subscribed. Notices that wait are failed for no reason, of which nobody is told: the office has had them, or finds the
    same words in the receipts.
    """
    issues.count_due(connection, now)
    open_ = delivery.c.state.in_(["pending", "claimed", "data"])
    doubted = connection.execute(update(delivery).where(open_).values(state="uncertain")).rowcount
    connection.execute(update(notice).where(notice.c.state == "pending").values(state="failed", error=None))
    through = select(publication.c.sequence).where(publication.c.id == subscription.c.publication_id).scalar_subquery()
    connection.execute(update(subscription).values(sent_through=through))
    return doubted
