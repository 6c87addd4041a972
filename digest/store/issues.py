"""Issues and their articles: saved once with ids that last, read as the stages want them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, insert, or_, select, update

from digest import urls
from digest.model import Issue, IssueLine, StoredArticle, StoredIssue
from digest.store import codec, publications
from digest.store.database import count_by_state
from digest.store.schema import article, issue, issue_revision, publication


class Minted(NamedTuple):
    """What an issue is to be known by for good, as its paper decides before it is saved."""

    publication_id: int
    slug: str
    key: str
    day: date
    published: datetime


class Due(NamedTuple):
    """An issue that waits to be published."""

    id: int
    rev: int


def save(connection: Connection, parsed: Issue, minted: Minted, source_id: int, now: datetime) -> int:
    """Save a new issue in the caller's transaction, minting its ids and addresses; return its row.

    The articles are published one second apart, the first in print order last, so that readers who sort by time
    show them as printed. A key that the paper has given to another issue is extended by the place of the day.
    """
    place = _next_place(connection, issue, minted)
    taken = select(issue.c.id).where(issue.c.publication_id == minted.publication_id, issue.c.key == minted.key)
    key = minted.key if connection.execute(taken).first() is None else f"{minted.key}-{minted.day:%Y%m%d}-{place}"
    tag = urls.tag(*publications.minting(connection), minted.slug, key)
    row = {
        "publication_id": minted.publication_id,
        "key": key,
        "tag": tag,
        "day": minted.day,
        "place": place,
        "language": parsed.language,
        "masthead": codec.from_masthead(parsed.masthead),
        "rev": 1,
        "published_at": minted.published,
        "updated_at": minted.published,
        "state": "pending",
        "not_before": minted.published,
    }
    issue_id: int = connection.execute(insert(issue).values(row).returning(issue.c.id)).scalar_one()
    _save_revision(connection, parsed, issue_id, source_id, now)
    first = _next_place(connection, article, minted)
    count = len(parsed.articles)
    rows: list[dict[str, Any]] = [
        {
            "publication_id": minted.publication_id,
            "issue_id": issue_id,
            "ordinal": n,
            "tag": f"{tag}/{n}",
            "day": minted.day,
            "place": first + n - 1,
            "position": n,
            "content": codec.from_article(one),
            "rev": 1,
            "published_at": (at := minted.published + timedelta(seconds=count - n)),
            "updated_at": at,
        }
        for n, one in enumerate(parsed.articles, start=1)
    ]
    connection.execute(insert(article), rows)
    return issue_id


def of_source(connection: Connection, source_id: int) -> int:
    """Return the issue that a finished source has become."""
    made = select(issue_revision.c.issue_id).where(issue_revision.c.source_id == source_id)
    issue_id: int = connection.execute(made).scalar_one()
    return issue_id


def due(connection: Connection, publication_id: int, now: datetime) -> list[Due]:
    """Return the issues that wait to be published and may be."""
    waiting = issue.c.publication_id == publication_id, issue.c.state == "pending", issue.c.not_before <= now
    query = select(issue.c.id, issue.c.rev).where(*waiting).order_by(issue.c.published_at)
    return [Due(*row) for row in connection.execute(query)]


def get(connection: Connection, issue_id: int) -> StoredIssue:
    """Return one issue with its articles."""
    return _stored(connection, select(issue).where(issue.c.id == issue_id))[0]


def newest(connection: Connection, publication_id: int, also: Iterable[int], limit: int) -> list[StoredIssue]:
    """Return the published issues and those of `also`, newest first, at most `limit`."""
    return _stored(connection, _listed(publication_id, also).limit(limit))


def lines(connection: Connection, publication_id: int, also: Iterable[int]) -> list[IssueLine]:
    """Return a line for each published issue and those of `also`, newest first."""
    listed = _listed(publication_id, also).subquery()
    counts = (
        select(article.c.issue_id, func.count().label("articles"))
        .where(article.c.withdrawn_at.is_(None))
        .group_by(article.c.issue_id)
        .subquery()
    )
    lead = select(article.c.issue_id, article.c.content).where(article.c.position == 1).subquery()
    query = (
        select(listed, counts.c.articles, lead.c.content)
        .join(counts, counts.c.issue_id == listed.c.id)
        .join(lead, lead.c.issue_id == listed.c.id)
        .order_by(listed.c.published_at.desc(), listed.c.id.desc())
    )
    return [
        IssueLine(
            path=urls.issue_path(row.day, row.place),
            masthead=codec.to_masthead(row.masthead),
            headline=codec.to_article(row.content).title,
            article_count=row.articles,
        )
        for row in connection.execute(query)
    ]


def printed_title(connection: Connection, publication_id: int) -> str | None:
    """Return the paper's name as its newest issue that prints one has it."""
    query = (
        select(issue.c.masthead["title"].as_string())
        .where(issue.c.publication_id == publication_id, issue.c.masthead["title"].as_string().is_not(None))
        .order_by(issue.c.published_at.desc(), issue.c.id.desc())
    )
    title: str | None = connection.scalar(query.limit(1))
    return title


def mark_published(connection: Connection, publication_id: int, published: Sequence[Due]) -> None:
    """Record that these issues are out, and give their articles the next places in the order of publication."""
    sequence = connection.execute(select(publication.c.sequence).where(publication.c.id == publication_id)).scalar_one()
    for one in published:
        state = {"state": "published", "published_rev": one.rev, "error": None}
        connection.execute(update(issue).where(issue.c.id == one.id, issue.c.state == "pending").values(state))
        fresh = (
            select(article.c.id)
            .where(article.c.issue_id == one.id, article.c.sequence.is_(None))
            .order_by(article.c.position)
        )
        for article_id in connection.scalars(fresh).all():
            sequence += 1
            connection.execute(update(article).where(article.c.id == article_id).values(sequence=sequence))
    connection.execute(update(publication).where(publication.c.id == publication_id).values(sequence=sequence))


def between(connection: Connection, publication_id: int, after: int, through: int) -> list[StoredIssue]:
    """Return the issues that hold articles with a sequence above `after` and up to `through`, with only those."""
    wanted = article.c.sequence > after, article.c.sequence <= through
    having = select(article.c.issue_id).where(article.c.publication_id == publication_id, *wanted)
    query = select(issue).where(issue.c.id.in_(having)).order_by(issue.c.published_at.desc(), issue.c.id.desc())
    return _stored(connection, query, *wanted)


def _listed(publication_id: int, also: Iterable[int]) -> Select[Any]:
    shown = or_(issue.c.state == "published", issue.c.published_rev.is_not(None), issue.c.id.in_(list(also)))
    return (
        select(issue)
        .where(issue.c.publication_id == publication_id, shown)
        .order_by(issue.c.published_at.desc(), issue.c.id.desc())
    )


def _stored(connection: Connection, issues: Select[Any], *which: Any) -> list[StoredIssue]:
    rows = connection.execute(issues).all()
    articles: dict[int, list[StoredArticle]] = {row.id: [] for row in rows}
    live = article.c.issue_id.in_(articles), article.c.withdrawn_at.is_(None), *which
    for row in connection.execute(select(article).where(*live).order_by(article.c.position)):
        articles[row.issue_id].append(_article(row))
    return [
        StoredIssue(
            id=row.tag,
            key=row.key,
            path=urls.issue_path(row.day, row.place),
            masthead=codec.to_masthead(row.masthead),
            language=row.language,
            articles=tuple(articles[row.id]),
            published=row.published_at,
            updated=row.updated_at,
        )
        for row in rows
    ]


def _article(row: Row[Any]) -> StoredArticle:
    return StoredArticle(
        id=row.tag,
        path=urls.article_path(row.day, row.place),
        article=codec.to_article(row.content),
        published=row.published_at,
        updated=row.updated_at,
        sequence=row.sequence or 0,
    )


def _save_revision(connection: Connection, parsed: Issue, issue_id: int, source_id: int, now: datetime) -> None:
    kept = {
        "left_over": parsed.left_over,
        "remarks": [asdict(remark) for remark in parsed.remarks],
        "coverage": parsed.coverage,
        "confidence": parsed.confidence,
    }
    row = {"issue_id": issue_id, "rev": 1, "source_id": source_id, "parsed": kept, "created_at": now}
    connection.execute(insert(issue_revision).values(row))


def _next_place(connection: Connection, table: Any, minted: Minted) -> int:
    """Return the next free place of a day, from 1."""
    of_day = table.c.publication_id == minted.publication_id, table.c.day == minted.day
    return (connection.scalar(select(func.max(table.c.place)).where(*of_day)) or 0) + 1


def counts(connection: Connection) -> dict[str, int]:
    """Return how many issues are in each state."""
    return count_by_state(connection, issue)
