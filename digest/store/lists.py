"""What lists name, read without the articles themselves: issues, months, and the articles of a section or keyword.

Each counts what readers can see, and what they will with the issues `also`.
"""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, extract, func, literal, or_, select, tuple_

from digest import urls
from digest.model import ArticleLine, FeedName, IssueLine, IssueMonth, PageLine, Topic
from digest.store import codec
from digest.store.schema import article, issue, topic

_KINDS = {"section": "section", "keyword": "own_keyword"}
"""Of what in the table the lists are: of an article's own keywords, not of the feeds of keywords that it stands in."""


class Span(NamedTuple):
    """How many articles a section or keyword has `until` a time, and how many of them are older than all that are news."""

    total: int
    settled: int
    until: datetime


def recent(connection: Connection, publication_id: int, also: Collection[int], limit: int) -> list[IssueLine]:
    """Return the newest issues that still have an article, the newest first."""
    newest = _listed(publication_id, also).order_by(issue.c.published_at.desc(), issue.c.id.desc())
    return _lines(connection, newest.limit(limit))


def of_days(
    connection: Connection, publication_id: int, also: Collection[int], first: date, before: date
) -> list[IssueLine]:
    """Return the issues whose address has a day from `first` to before `before`, the newest first."""
    days = issue.c.day >= first, issue.c.day < before
    newest = _listed(publication_id, also).where(*days).order_by(issue.c.day.desc(), issue.c.place.desc())
    return _lines(connection, newest)


def months(connection: Connection, publication_id: int, also: Collection[int]) -> list[IssueMonth]:
    """Return every month that has an issue, by the days in their addresses, the oldest first."""
    year, month = extract("year", issue.c.day), extract("month", issue.c.day)
    columns = year, month, func.count(), func.max(issue.c.updated_at)
    query = _listed(publication_id, also).with_only_columns(*columns).group_by(year, month).order_by(year, month)
    return [IssueMonth(date(y, m, 1), count, updated) for y, m, count, updated in connection.execute(query)]


def days(connection: Connection, issue_ids: Collection[int]) -> list[date]:
    """Return the days in the addresses of issues."""
    return list(connection.scalars(select(issue.c.day).where(issue.c.id.in_(issue_ids))))


def pages(
    connection: Connection, publication_id: int, also: Collection[int], first: date, before: date
) -> list[PageLine]:
    """Return the pages of issues and articles that have a day from `first` to before `before` in their address."""
    listed = _listed(publication_id, also).where(issue.c.day >= first, issue.c.day < before)
    columns = issue.c.id, issue.c.day, issue.c.place, issue.c.updated_at
    issues = connection.execute(listed.with_only_columns(*columns).order_by(issue.c.day, issue.c.place)).all()
    names = article.c.day, article.c.place, article.c.updated_at
    shown = article.c.issue_id.in_([row.id for row in issues]), _live(also)
    articles = connection.execute(select(*names).where(*shown).order_by(article.c.day, article.c.place))
    return [
        *(PageLine(urls.issue_path(row.day, row.place), row.updated_at) for row in issues),
        *(PageLine(urls.article_path(row.day, row.place), row.updated_at) for row in articles),
    ]


def newest(connection: Connection, publication_id: int, also: Collection[int], within: timedelta) -> list[ArticleLine]:
    """Return the articles that were published at most so long before the newest of them, the newest first."""
    own = article.c.publication_id == publication_id, _live(also)
    query = select(*_naming()).where(*own).order_by(article.c.published_at.desc(), article.c.id)
    last = connection.execute(query.limit(1)).one_or_none()
    if last is None:
        return []
    return [_line(row) for row in connection.execute(query.where(article.c.published_at > last.published_at - within))]


def spans(
    connection: Connection, publication_id: int, also: Collection[int], *, everything: bool
) -> dict[FeedName, Span]:
    """Return how long the lists are of the sections and keywords of which the issues `also` have an article, or had one.

    With `everything` that is of all there are, and nothing of them is settled. What is withdrawn or held is counted, so
    that the others keep their places; what is to be published behind all the others is not.
    """
    key = topic.c.kind, topic.c.name
    here = topic.c.publication_id == publication_id, topic.c.kind.in_(_KINDS.values())
    labels = select(*key, func.min(topic.c.label)).where(*here).group_by(*key).order_by(*key)
    if not everything:
        labels = labels.where(topic.c.article_id.in_(select(article.c.id).where(article.c.issue_id.in_(also))))
    named = {(kind, name): label for kind, name, label in connection.execute(labels)}
    first = func.min(article.c.published_at)
    news = None if everything else connection.scalar(select(first).where(article.c.issue_id.in_(also)))
    shown = article.c.publication_id == publication_id, or_(article.c.public, article.c.issue_id.in_(also))
    newest = select(article.c.published_at).where(*shown).order_by(article.c.published_at.desc()).limit(1)
    until = connection.scalar(newest) or datetime.min.replace(tzinfo=UTC)
    older = func.count().filter(topic.c.published_at < news) if news else literal(0)
    query = select(*key, func.count(), older).where(*here, topic.c.current)
    query = query.where(topic.c.published_at <= until)
    if not everything:
        query = query.where(tuple_(*key).in_(list(named)))
    counts = {
        (kind, name): Span(total, settled, until)
        for kind, name, total, settled in connection.execute(query.group_by(*key))
    }
    return {_named(*each, label): counts.get(each, Span(0, 0, until)) for each, label in named.items()}


def articles(
    connection: Connection,
    publication_id: int,
    name: FeedName,
    also: Collection[int],
    *,
    places: range,
    span: Span,
) -> list[ArticleLine]:
    """Return the articles of a section or keyword at `places` of its `span`, from 0 for the oldest, the newest first.

    What readers cannot see has a place, but is left out.
    """
    here = topic.c.publication_id == publication_id, *_is(name), topic.c.current, topic.c.published_at <= span.until
    newest = select(topic.c.article_id).where(*here).order_by(topic.c.published_at.desc(), topic.c.article_id.desc())
    ids = list(connection.scalars(newest.offset(span.total - places.stop).limit(len(places))))
    rows = connection.execute(select(article.c.id, *_naming()).where(article.c.id.in_(ids), _live(also)))
    lines = {row.id: _line(row) for row in rows}
    return [lines[each] for each in ids if each in lines]


def established(connection: Connection, tag: str, also: Collection[int], least: int) -> set[str]:
    """Return those keywords, as addresses have them, of the issue of this id that so many articles had when it came out."""
    own = topic.alias("own")
    mine = select(article.c.id).join_from(article, issue).where(issue.c.tag == tag)
    nth = (
        select(topic.c.article_id)
        .join_from(topic, article)
        .where(topic.c.publication_id == own.c.publication_id, topic.c.kind == own.c.kind, topic.c.name == own.c.name)
        .where(topic.c.current, topic.c.published_at <= own.c.published_at, _seen(also))
        .order_by(topic.c.published_at)
        .limit(1)
        .offset(least - 1)
        .correlate(own)
        .scalar_subquery()
    )
    kept = own.c.article_id.in_(mine), own.c.kind == _KINDS["keyword"], own.c.current
    return set(connection.scalars(select(own.c.name).where(*kept, nth.is_not(None)).distinct()))


def _lines(connection: Connection, listed: Select[Any]) -> list[IssueLine]:
    rows = connection.execute(listed).all()
    live = article.c.issue_id.in_([row.id for row in rows]), article.c.withdrawn_at.is_(None)
    first = select(article.c.issue_id, func.min(article.c.position).label("first"), func.count().label("articles"))
    counts = first.where(*live).group_by(article.c.issue_id).subquery()
    same = and_(article.c.issue_id == counts.c.issue_id, article.c.position == counts.c.first, *live)
    query = select(counts.c.issue_id, counts.c.articles, *codec.naming(article.c.content)).join(article, same)
    leads = {row.issue_id: row for row in connection.execute(query)}
    return [
        IssueLine(
            path=urls.issue_path(row.day, row.place),
            day=row.day,
            masthead=codec.to_masthead(row.masthead),
            headline=codec.to_title(leads[row.id]),
            article_count=leads[row.id].articles,
        )
        for row in rows
    ]


def _listed(publication_id: int, also: Collection[int]) -> Select[Any]:
    shown = or_(issue.c.published_rev.is_not(None), issue.c.id.in_(also))
    live = exists().where(article.c.issue_id == issue.c.id, article.c.withdrawn_at.is_(None))
    return select(issue).where(issue.c.publication_id == publication_id, shown, live)


def _is(name: FeedName) -> Sequence[ColumnElement[bool]]:
    return topic.c.kind == _KINDS[name.kind], topic.c.name == name.name


def _named(kind: str, name: str, label: str) -> FeedName:
    feed: Topic = "section" if kind == "section" else "keyword"
    return FeedName(feed, urls.topic_path(feed, name), label)


def _seen(also: Collection[int]) -> ColumnElement[bool]:
    return or_(article.c.public, and_(article.c.issue_id.in_(also), article.c.withdrawn_at.is_(None)))


def _live(also: Collection[int]) -> ColumnElement[bool]:
    return and_(article.c.withdrawn_at.is_(None), or_(article.c.public, article.c.issue_id.in_(also)))


def _naming() -> tuple[ColumnElement[Any], ...]:
    summary = article.c.content["summary", 0].as_string().label("summary")
    return article.c.day, article.c.place, article.c.published_at, summary, *codec.naming(article.c.content)


def _line(row: Row[Any]) -> ArticleLine:
    return ArticleLine(urls.article_path(row.day, row.place), codec.to_title(row), row.published_at, row.summary or "")
