"""What lists name, read without the articles themselves: issues, months, and the articles of a section or keyword.

Each counts what readers can see, and what they will with the issues `also`.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    Select,
    String,
    and_,
    bindparam,
    column,
    delete,
    exists,
    extract,
    false,
    func,
    insert,
    or_,
    select,
    values,
)

from digest import urls
from digest.model import ArticleLine, FeedName, IssueLine, IssueMonth, PageLine, Topic
from digest.store import codec, places
from digest.store.schema import article, issue, month, topic

_KINDS = {"section": "section", "keyword": "own_keyword"}
"""What is in the table for the lists of each kind."""

_NAMING: tuple[ColumnElement[Any], ...] = (
    article.c.day,
    article.c.place,
    article.c.published_at,
    article.c.title,
    article.c.brief,
)


class Span(NamedTuple):
    """How many articles a section or keyword has, and how many of them are older than all that are news."""

    total: int
    settled: int


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


def months(
    connection: Connection, publication_id: int, also: Collection[int], *, everything: bool = False
) -> list[IssueMonth]:
    """Return every month that has an issue, by the days in their addresses, the oldest first.

    Those of the issues `also` are counted, or, with `everything`, all; the others are as they were kept.
    """
    year, each = extract("year", issue.c.day), extract("month", issue.c.day)
    counted = _listed(publication_id, also)
    kept = []
    if not everything:
        changed = {day.replace(day=1) for day in days(connection, also)}
        spans = [and_(issue.c.day >= first, issue.c.day < _next(first)) for first in changed]
        counted = counted.where(or_(false(), *spans))
        kept = [one for one in _kept(connection, publication_id) if one.month not in changed]
    query = counted.with_only_columns(year, each, func.count(), func.max(issue.c.updated_at)).group_by(year, each)
    found = [IssueMonth(date(int(y), int(m), 1), count, updated) for y, m, count, updated in connection.execute(query)]
    return sorted(kept + found, key=lambda one: one.month)


def keep_months(connection: Connection, publication_id: int, found: Collection[IssueMonth]) -> None:
    """Keep the months that have an issue."""
    kept = set(_kept(connection, publication_id))
    gone = [one.month for one in kept.difference(found)]
    connection.execute(delete(month).where(month.c.publication_id == publication_id, month.c.month.in_(gone)))
    rows = [
        {"publication_id": publication_id, "month": one.month, "issues": one.issue_count, "updated_at": one.updated}
        for one in found
        if one not in kept
    ]
    if rows:
        connection.execute(insert(month), rows)


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
    articles = connection.execute(select(*names).where(*shown).order_by(article.c.day, article.c.place)).all()
    return [
        *(PageLine(urls.issue_path(row.day, row.place), row.updated_at) for row in issues),
        *(PageLine(urls.article_path(row.day, row.place), row.updated_at) for row in articles),
    ]


def newest(connection: Connection, publication_id: int, also: Collection[int], within: timedelta) -> list[ArticleLine]:
    """Return the articles that were published at most so long before the newest of them, the newest first."""
    own = article.c.publication_id == publication_id, _live(also)
    query = select(*_NAMING).where(*own).order_by(article.c.published_at.desc(), article.c.id)
    last = connection.execute(query.limit(1)).one_or_none()
    if last is None:
        return []
    return [_line(row) for row in connection.execute(query.where(article.c.published_at > last.published_at - within))]


def spans(
    connection: Connection, publication_id: int, also: Collection[int], *, everything: bool
) -> dict[FeedName, Span]:
    """Return how long the lists are of the sections and keywords of which the issues `also` have an article, or had one.

    With `everything` that is of all there are, and nothing of them is settled. `places` tells what is counted.
    """
    key = topic.c.kind, topic.c.name
    own = topic.c.article_id.in_(select(article.c.id).where(article.c.issue_id.in_(also)))
    which = topic.c.publication_id == publication_id if everything else own
    named = select(*key, func.min(topic.c.label).label("label"), func.min(topic.c.place).label("first"))
    named = named.where(which, topic.c.kind.in_(places.LISTED)).group_by(*key)
    names, each = named.cte("names"), topic.alias("each")
    same = each.c.publication_id == publication_id, each.c.kind == names.c.kind, each.c.name == names.c.name
    last = select(each.c.place).where(*same, each.c.current, each.c.place.is_not(None))
    last = last.order_by(each.c.place.desc()).limit(1)
    found = {}
    query = select(names, last.scalar_subquery().label("last")).order_by(names.c.kind, names.c.name)
    for row in connection.execute(query):
        total = 0 if row.last is None else row.last + 1
        settled = 0 if everything or row.first is None else min(row.first, total)
        found[_named(row.kind, row.name, row.label)] = Span(total, settled)
    return found


def articles(
    connection: Connection, publication_id: int, also: Collection[int], wanted: Mapping[FeedName, int]
) -> dict[FeedName, dict[int, ArticleLine]]:
    """Return the articles, by their place, of sections and keywords from the place on that each is `wanted` from.

    What readers cannot see has a place, but is left out.
    """
    names = {(_KINDS[name.kind], name.name): name for name in wanted}
    rows = [(*key, wanted[name]) for key, name in names.items()]
    each = values(column("kind", String), column("name", String), column("first", Integer)).data(rows).cte("wanted")
    here = topic.c.publication_id == publication_id, topic.c.current, topic.c.place >= each.c.first
    same = and_(topic.c.kind == each.c.kind, topic.c.name == each.c.name)
    query = select(topic.c.kind, topic.c.name, topic.c.place.label("at"), *_NAMING).join_from(each, topic, same)
    found: dict[tuple[str, str], dict[int, ArticleLine]] = {key: {} for key in names}
    for row in connection.execute(query.join(article, article.c.id == topic.c.article_id).where(*here, _live(also))):
        found[row.kind, row.name][row.at] = _line(row)
    return {names[key]: there for key, there in found.items()}


def established(connection: Connection, tag: str, also: Collection[int], least: int) -> set[str]:
    """Return those keywords, as addresses have them, of the issue of this id that so many articles had when it came out."""
    return set(connection.scalars(_established(least), {"of": tag, "also": list(also)}))


@cache
def _established(least: int) -> Select[Any]:
    """Return the query for the keywords of the issue `of`, made once: to make it takes longer than to ask it."""
    own = topic.alias("own")
    mine = select(article.c.id).join_from(article, issue).where(issue.c.tag == bindparam("of"))
    nth = (
        select(topic.c.article_id)
        .join_from(topic, article)
        .where(topic.c.publication_id == own.c.publication_id, topic.c.kind == own.c.kind, topic.c.name == own.c.name)
        .where(topic.c.current, topic.c.published_at <= own.c.published_at, _seen())
        .order_by(topic.c.published_at)
        .limit(1)
        .offset(least - 1)
        .correlate(own)
        .scalar_subquery()
    )
    kept = own.c.article_id.in_(mine), own.c.kind == _KINDS["keyword"], own.c.current
    return select(own.c.name).where(*kept, nth.is_not(None)).distinct()


def _lines(connection: Connection, listed: Select[Any]) -> list[IssueLine]:
    rows = connection.execute(listed).all()
    live = article.c.issue_id.in_([row.id for row in rows]), article.c.withdrawn_at.is_(None)
    first = select(article.c.issue_id, func.min(article.c.position).label("first"), func.count().label("articles"))
    counts = first.where(*live).group_by(article.c.issue_id).subquery()
    same = and_(article.c.issue_id == counts.c.issue_id, article.c.position == counts.c.first, *live)
    query = select(counts.c.issue_id, counts.c.articles, article.c.title).join(article, same)
    leads = {row.issue_id: row for row in connection.execute(query).all()}
    return [
        IssueLine(
            path=urls.issue_path(row.day, row.place),
            day=row.day,
            masthead=codec.to_masthead(row.masthead),
            headline=leads[row.id].title,
            article_count=leads[row.id].articles,
        )
        for row in rows
    ]


def _listed(publication_id: int, also: Collection[int]) -> Select[Any]:
    shown = or_(issue.c.published_rev.is_not(None), issue.c.id.in_(also))
    live = exists().where(article.c.issue_id == issue.c.id, article.c.withdrawn_at.is_(None))
    return select(issue).where(issue.c.publication_id == publication_id, shown, live)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _kept(connection: Connection, publication_id: int) -> list[IssueMonth]:
    columns = select(month.c.month, month.c.issues, month.c.updated_at).where(month.c.publication_id == publication_id)
    return [IssueMonth(*row) for row in connection.execute(columns).all()]


def _named(kind: str, name: str, label: str) -> FeedName:
    feed: Topic = "section" if kind == "section" else "keyword"
    return FeedName(feed, urls.topic_path(feed, name), label)


def _seen() -> ColumnElement[bool]:
    coming = article.c.issue_id.in_(bindparam("also", expanding=True))
    return or_(article.c.public, and_(coming, article.c.withdrawn_at.is_(None)))


def _live(also: Collection[int]) -> ColumnElement[bool]:
    return and_(article.c.withdrawn_at.is_(None), or_(article.c.public, article.c.issue_id.in_(also)))


def _line(row: Row[Any]) -> ArticleLine:
    return ArticleLine(urls.article_path(row.day, row.place), row.title, row.published_at, row.brief)
