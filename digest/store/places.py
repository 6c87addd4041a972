"""The places of articles in the lists of their sections and keywords, counted from 0 for the oldest.

They are recorded when an issue is published, so that nobody has to count a list to know where it ends.
"""

from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, or_, select, update

from digest.store.schema import article, topic

LISTED = "section", "own_keyword"
"""Of what in the table there are lists: of an article's own keywords, not of the feeds of keywords that it stands in."""

_EVER = literal(datetime.min.replace(tzinfo=UTC), topic.c.published_at.type)


def settle(connection: Connection, publication_id: int, issue_ids: Collection[int]) -> None:
    """Give the articles of issues that are to be published their places, and those that are newer what follows.

    What is withdrawn or held has a place, so that the others keep theirs; what is to be published behind all the others
    has none.
    """
    shown = article.c.publication_id == publication_id, or_(article.c.public, article.c.issue_id.in_(issue_ids))
    newest = select(article.c.published_at).where(*shown).order_by(article.c.published_at.desc()).limit(1)
    until = connection.scalar(newest)
    if until is None:
        return
    of = {"paper": publication_id, "shown": list(issue_ids), "until": until}
    rows = [
        {"of": row.article_id, "as": row.kind, "to": row.name, "at": row.place}
        for row in connection.execute(_moved(), of)
    ]
    if rows:
        here = topic.c.article_id == bindparam("of"), topic.c.kind == bindparam("as"), topic.c.name == bindparam("to")
        connection.execute(update(topic).where(*here).values(place=bindparam("at")), rows)


@cache
def _moved() -> Select[Any]:
    """Return the query for what gets another place, with it, when the issues `shown` of a `paper` are published.

    That is looked for behind the part of each list that they leave as it was, and up to the time `until`. The query is
    made once: to make it takes longer than to ask it.
    """
    touched = (
        select(topic.c.kind, topic.c.name, func.min(topic.c.published_at).label("first"))
        .join_from(topic, article)
        .where(article.c.issue_id.in_(bindparam("shown", expanding=True)), topic.c.kind.in_(LISTED))
        .group_by(topic.c.kind, topic.c.name)
        .cte("touched")
        .prefix_with("MATERIALIZED")
    )
    kept = topic.alias("kept")
    before = and_(_same(kept, touched), kept.c.place.is_not(None), kept.c.published_at < touched.c.first)
    newest = select(kept.c.published_at).where(before).order_by(kept.c.published_at.desc()).limit(1)
    since = func.coalesce(newest.scalar_subquery(), _EVER)
    settled = select(touched.c.kind, touched.c.name, since.label("since")).cte("settled").prefix_with("MATERIALIZED")
    there = _same(kept, settled), kept.c.place.is_not(None), kept.c.published_at == settled.c.since
    base = select(kept.c.place).where(*there).order_by(kept.c.article_id).limit(1).scalar_subquery()
    order = func.row_number().over(
        partition_by=(topic.c.kind, topic.c.name), order_by=(topic.c.published_at, topic.c.article_id)
    )
    places = (
        select(topic.c.article_id, topic.c.kind, topic.c.name, topic.c.place.label("was"))
        .add_columns((func.coalesce(base, 0) + order - 1).label("place"))
        .join_from(settled, topic, _same(topic, settled))
        .where(topic.c.published_at >= settled.c.since, topic.c.published_at <= bindparam("until"))
        .subquery()
    )
    return select(places).where(places.c.place.is_distinct_from(places.c.was))


def _same(one: Any, other: Any) -> ColumnElement[bool]:
    """Return that a current row of `topic` is of the `paper`'s list that `other` names."""
    return and_(
        one.c.publication_id == bindparam("paper"),
        one.c.kind == other.c.kind,
        one.c.name == other.c.name,
        one.c.current,
    )
