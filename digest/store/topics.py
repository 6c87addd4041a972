"""Sections and keywords: which articles stand in their feeds. What is recorded by name is recorded by address."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, update

from digest import urls
from digest.model import Article, FeedName, Topic
from digest.store.quiet import is_quiet
from digest.store.schema import article, issue, topic

_FEEDS: tuple[Topic, ...] = ("section", "keyword")
"""The kinds that have feeds. An article's own keywords have none: they are here to find what is related."""

_KINDS = {"section": "section", "keyword": "own_keyword"}
"""What the topics of an article itself are called here."""


class Told(NamedTuple):
    """An article that a feed tells of: its row, its id, and the row of its issue."""

    article_id: int
    tag: str
    issue_id: int


class _Place(NamedTuple):
    """An article's row, its paper's, and when it was published."""

    article_id: int
    publication_id: int
    published_at: datetime


def record(connection: Connection, article_id: int, publication_id: int, one: Article, at: datetime) -> None:
    """Record section and keywords of an article that is published `at`."""
    about = _about(one)
    for kind in _KINDS.values():
        _put(connection, kind, _Place(article_id, publication_id, at), [each[1:] for each in about if each[0] == kind])


def add(connection: Connection, publication_id: int, new: Iterable[tuple[int, Article, datetime]]) -> None:
    """Do what `record` does for articles that are new, given by their rows, with when each is published."""
    rows = [
        _row(kind, _Place(article_id, publication_id, at), name, weight)
        for article_id, one, at in new
        for kind, name, weight in _about(one)
    ]
    if rows:
        connection.execute(insert(topic), rows)


def mark(connection: Connection, found: Mapping[str, Sequence[FeedName]]) -> None:
    """Record in which feeds of keywords articles, given by their ids, stand."""
    for tag, names in found.items():
        columns = article.c.id, article.c.publication_id, article.c.published_at
        place = _Place(*connection.execute(select(*columns).where(article.c.tag == tag)).one())
        _put(connection, "keyword", place, [(name, 0.0) for name in names])


def move(connection: Connection, article_id: int, at: datetime) -> None:
    """Note that an article is published at another time."""
    connection.execute(update(topic).where(topic.c.article_id == article_id).values(published_at=at, place=None))


def touched(connection: Connection, issue_ids: Collection[int]) -> list[FeedName]:
    """Return the sections and keywords of which these issues have, or have had until now, an article."""
    found: list[FeedName] = []
    for kind in _FEEDS:
        query = (
            select(topic.c.name, func.min(topic.c.label))
            .join_from(topic, article)
            .where(article.c.issue_id.in_(issue_ids), topic.c.kind == kind)
            .group_by(topic.c.name)
            .order_by(topic.c.name)
        )
        found += [_named(kind, *row) for row in connection.execute(query)]
    return found


def sections(connection: Connection, publication_id: int, also: Collection[int]) -> list[FeedName]:
    """Return the sections of a paper, the one that was printed first first, as they were spelled then."""
    here = topic.c.publication_id == publication_id, topic.c.kind == "section"
    columns = article.c.day, article.c.position, topic.c.name, topic.c.label
    found = []
    last = ""
    while (name := connection.scalar(select(func.min(topic.c.name)).where(*here, topic.c.name > last))) is not None:
        own = select(*columns).join_from(topic, article).where(*here, topic.c.name == name, topic.c.current)
        first = own.where(_seen(also)).order_by(topic.c.published_at, topic.c.label).limit(1)
        found += [tuple(row) for row in connection.execute(first)]
        last = name
    return [_named("section", name, label) for _, _, name, label in sorted(found)]


def articles(
    connection: Connection, publication_id: int, name: FeedName, also: Collection[int], limit: int
) -> list[Told]:
    """Return the newest articles of a section or keyword that readers can see, or could, and those of `also`."""
    query = (
        select(article.c.id, article.c.tag, article.c.issue_id)
        .join_from(topic, article)
        .join(issue)
        .where(topic.c.publication_id == publication_id, *_is(name), topic.c.current)
        .where(_seen(also), ~is_quiet(publication_id))
        .order_by(topic.c.published_at.desc(), article.c.position)
        .limit(limit)
    )
    return [Told(*row) for row in connection.execute(query)]


def settle(connection: Connection, issue_ids: Collection[int]) -> None:
    """Forget what the articles of issues were about before their last revision, where readers have that."""
    own = select(article.c.id).join(issue).where(issue.c.id.in_(issue_ids), issue.c.state == "published")
    connection.execute(delete(topic).where(topic.c.article_id.in_(own), ~topic.c.current))


def _put(connection: Connection, kind: str, place: _Place, names: Sequence[tuple[FeedName, float]]) -> None:
    """Record what an article is about; what it was about until now is kept until readers have what is new."""
    here = topic.c.article_id == place.article_id, topic.c.kind == kind
    known = set(connection.scalars(select(topic.c.name).where(*here)))
    if known:
        connection.execute(update(topic).where(*here).values(current=False))
    wanted = {found.name: _row(kind, place, found, weight) for found, weight in names}
    for name in wanted.keys() & known:
        again = {column: wanted[name][column] for column in ("label", "weight", "current")}
        connection.execute(update(topic).where(*here, topic.c.name == name).values(again))
    new = [row for name, row in wanted.items() if name not in known]
    if new:
        connection.execute(insert(topic), new)


def _row(kind: str, place: _Place, name: FeedName, weight: float) -> dict[str, Any]:
    own = {"kind": kind, "name": name.name, "label": name.label, "weight": weight, "current": True}
    return place._asdict() | own


def _about(one: Article) -> list[tuple[str, FeedName, float]]:
    """Return the sections and keywords of an article, each by its kind here and with its weight."""
    weights = {keyword.term: keyword.score for keyword in reversed(one.keywords)}
    return [(_KINDS[name.kind], name, weights.get(name.label, 0.0)) for name in urls.topics(one).values()]


def _is(name: FeedName) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return topic.c.kind == name.kind, topic.c.name == name.name


def _seen(also: Collection[int]) -> ColumnElement[bool]:
    return or_(article.c.public, and_(article.c.issue_id.in_(also), article.c.withdrawn_at.is_(None)))


def _named(kind: Topic, name: str, label: str) -> FeedName:
    return FeedName(kind, urls.topic_path(kind, name), label)
