"""Related articles: those published before that share the keywords which few have.

They are looked for when an issue is published, and only among older ones, so that the pages of old articles need not
be written anew for every issue. What was found is recorded: a page follows the corrections, withdrawal and return of
what it names.
"""

import math
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, and_, bindparam, delete, func, insert, or_, select

from digest import urls
from digest.model import ArticleLine
from digest.store.schema import article, issue, related, topic

MOST = 4
"""How many articles are shown with one."""

RECENT = 30
"""How many of the articles that have a keyword are looked at, the newest."""

LEAST = 0.12
"""How much of an article's keywords, by weight, another must share."""


_KEYWORD = "own_keyword"


class Link(NamedTuple):
    """An article, by row and id, and one that it is related to."""

    article_id: int
    tag: str
    other_id: int
    other: ArticleLine


class _Holders(NamedTuple):
    """The earlier articles that have a keyword: how many, and of the newest the keyword's weight in each."""

    number: int
    weights: dict[int, float]


def find(connection: Connection, issue_id: int, also: Collection[int]) -> list[Link]:
    """Return what the articles of an issue are related to, the closest first; each has at most `MOST`.

    Only what readers can see counts, and what they will with the issues `also`; those must have their `places`.
    """
    # About as many articles are older: to count them would take the longer the larger the archive is.
    total = connection.scalar(select(func.min(article.c.id)).where(article.c.issue_id == issue_id)) or 0
    own = _keywords(connection, issue_id)
    holders = _holders(connection, issue_id)
    close = {key: _closest(weights, holders, total) for key, weights in own.items()}
    others = _seen(connection, {each for ids in close.values() for each in ids}, also)
    links: list[Link] = []
    for (article_id, tag), ids in close.items():
        links += [Link(article_id, tag, each, others[each]) for each in ids if each in others][:MOST]
    return links


def shown(connection: Connection, issue_id: int, also: Collection[int]) -> list[Link]:
    """Return what was recorded for an issue, as far as readers can see it, or will with the issues `also`."""
    query = (
        select(related.c.article_id, article.c.tag, related.c.other_id)
        .join_from(related, article, article.c.id == related.c.article_id)
        .where(article.c.issue_id == issue_id)
        .order_by(article.c.position, related.c.place)
    )
    rows = connection.execute(query).all()
    others = _seen(connection, [row.other_id for row in rows], also)
    return [Link(*row, others[row.other_id]) for row in rows if row.other_id in others]


def by_article(links: Collection[Link]) -> Mapping[str, tuple[ArticleLine, ...]]:
    """Return the related articles by the id of each article that has some."""
    found: dict[str, tuple[ArticleLine, ...]] = {}
    for link in links:
        found[link.tag] = (*found.get(link.tag, ()), link.other)
    return found


def record(connection: Connection, issue_id: int, links: Collection[Link]) -> None:
    """Record what was found for an issue."""
    own = select(article.c.id).where(article.c.issue_id == issue_id)
    connection.execute(delete(related).where(related.c.article_id.in_(own)))
    if links:
        rows = [
            {"article_id": link.article_id, "other_id": link.other_id, "place": place}
            for place, link in enumerate(links, start=1)
        ]
        connection.execute(insert(related), rows)


def showing(connection: Connection, issue_ids: Collection[int]) -> list[int]:
    """Return the published issues, but for these, for which an article of these issues is recorded."""
    shown = select(article.c.id).where(article.c.issue_id.in_(issue_ids))
    query = (
        select(issue.c.id)
        .join_from(related, article, article.c.id == related.c.article_id)
        .join(issue, issue.c.id == article.c.issue_id)
        .where(related.c.other_id.in_(shown), issue.c.published_rev.is_not(None), issue.c.id.not_in(issue_ids))
        .distinct()
        .order_by(issue.c.id)
    )
    return list(connection.scalars(query))


def _keywords(connection: Connection, issue_id: int) -> dict[tuple[int, str], dict[str, float]]:
    """Return the keywords with their weights of each article of an issue, by row and id, in print order."""
    query = (
        select(article.c.id, article.c.tag, topic.c.name, topic.c.weight)
        .join_from(topic, article)
        .where(article.c.issue_id == issue_id, article.c.withdrawn_at.is_(None), topic.c.kind == _KEYWORD)
        .where(topic.c.current)
        .order_by(article.c.position, topic.c.name)
    )
    found: dict[tuple[int, str], dict[str, float]] = {}
    for row in connection.execute(query):
        found.setdefault((row.id, row.tag), {})[row.name] = row.weight
    return found


def _holders(connection: Connection, issue_id: int) -> dict[str, _Holders]:
    """Return the earlier articles that have each keyword of an issue; one that none has is missing."""
    found: dict[str, _Holders] = {}
    for name, place, article_id, weight in connection.execute(_earlier(), {"of": issue_id}).all():
        found.setdefault(name, _Holders(place, {})).weights[article_id] = weight
    return found


@cache
def _earlier() -> Select[Any]:
    """Return the query for the newest articles before the issue `of` that have a keyword of it; made once, as it is long."""
    mine, theirs = topic.alias("mine"), topic.alias("theirs")
    of_issue = select(article.c.id).where(article.c.issue_id == bindparam("of"))
    own = (
        select(mine.c.publication_id, mine.c.kind, mine.c.name, func.min(mine.c.place).label("place"))
        .where(mine.c.article_id.in_(of_issue), mine.c.kind == _KEYWORD, mine.c.current)
        .group_by(mine.c.publication_id, mine.c.kind, mine.c.name)
        .cte("own")
    )
    same = and_(*(theirs.c[name] == own.c[name] for name in ("publication_id", "kind", "name")))
    newest = theirs.c.place < own.c.place, theirs.c.place >= own.c.place - RECENT, theirs.c.current
    query = select(own.c.name, own.c.place, theirs.c.article_id, theirs.c.weight).join_from(own, theirs, same)
    return query.where(*newest)


def _closest(weights: Mapping[str, float], holders: Mapping[str, _Holders], total: int) -> list[int]:
    """Return the articles that share enough of these keywords, the closest and then the newest first."""
    found: dict[int, float] = {}
    whole = 0.0
    for name, weight in weights.items():
        number, articles = holders.get(name, _Holders(0, {}))
        worth = weight * math.log(1 + total / max(number, 1))
        whole += weight * worth
        for each, theirs in articles.items():
            found[each] = found.get(each, 0.0) + worth * theirs
    close = [each for each, shared in found.items() if shared >= LEAST * whole]
    return sorted(close, key=lambda each: (-round(found[each], 9), -each))[: 2 * MOST]


def _seen(connection: Connection, ids: Collection[int], also: Collection[int]) -> dict[int, ArticleLine]:
    """Return those of these articles that readers can see, or will with the issues `also`."""
    columns = article.c.id, article.c.day, article.c.place, article.c.published_at, article.c.title
    query = select(*columns).where(
        article.c.id.in_(ids), article.c.withdrawn_at.is_(None), or_(article.c.public, article.c.issue_id.in_(also))
    )
    return {
        row.id: ArticleLine(urls.article_path(row.day, row.place), row.title, row.published_at)
        for row in connection.execute(query)
    }
