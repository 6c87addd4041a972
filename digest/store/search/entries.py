"""What can be found, by the rows of `search_entry`: a row of the index belongs to one state of one article.

An article that is corrected gets another row. The rows are numbered by the day of the issue. What is indexed is what
readers have: it changes in the transaction that says so.
"""

import hashlib
import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from digest import urls
from digest.search import Terms
from digest.store.schema import article, fact, issue, search_entry
from digest.store.search.asked import Entry, first_row
from digest.store.search.kinds import index_of

VERSION = "1"
"""Of the way in which text is cut and indexed: another one makes the index anew."""

_FACT = "search"


def record(connection: Connection, found: Mapping[str, Terms]) -> None:
    """Index articles that readers have got, given by their ids in print order; what has not changed stays as it is."""
    columns = article.c.tag, article.c.id, article.c.publication_id, article.c.day, search_entry.c.mark
    there = select(*columns).join(search_entry, isouter=True)
    seen = there.where(article.c.tag.in_(found), article.c.public, article.c.withdrawn_at.is_(None))
    rows = {row.tag: row for row in connection.execute(seen)}
    marks = {tag: _mark(found[tag]) for tag in rows}
    changed = [tag for tag in reversed(list(found)) if tag in rows and rows[tag].mark != marks[tag]]
    if not changed:
        return
    remove(connection, article.c.id.in_([rows[tag].id for tag in changed if rows[tag].mark]))
    free = {day: _next_rows(connection, day) for day in {rows[tag].day for tag in changed}}
    new = [(rows[tag], found[tag]) for tag in changed]
    entries = [Entry(next(free[row.day]), row.id, row.publication_id, terms) for row, terms in new]
    known = [_row(one, marks[tag]) for one, tag in zip(entries, changed, strict=True)]
    connection.execute(insert(search_entry), known)
    index_of(connection).add(connection, entries)


def remove(connection: Connection, which: ColumnElement[bool]) -> None:
    """Let articles not be found any more."""
    index_of(connection).forget(connection, search_entry.c.article_id.in_(select(article.c.id).where(which)))


def version(connection: Connection) -> str | None:
    """Return the version in which the index was made; None as long as that is not finished."""
    made: str | None = connection.scalar(select(fact.c.value).where(fact.c.name == _FACT))
    return made


def clear(connection: Connection) -> None:
    """Empty the index, to be made anew: nothing is found until it is."""
    index_of(connection).clear(connection)
    connection.execute(delete(fact).where(fact.c.name == _FACT))


def unindexed(connection: Connection) -> list[int]:
    """Return the issues of which readers have an article that cannot be found, those of the newest day first."""
    query = (
        select(issue.c.id)
        .join_from(article, issue)
        .join(search_entry, search_entry.c.article_id == article.c.id, isouter=True)
        .where(article.c.public, article.c.withdrawn_at.is_(None), search_entry.c.id.is_(None))
        .group_by(issue.c.id)
        .order_by(issue.c.day.desc(), issue.c.published_at, issue.c.id)
    )
    return list(connection.scalars(query))


def complete(connection: Connection) -> None:
    """Note that all is indexed that readers have."""
    connection.execute(delete(fact).where(fact.c.name == _FACT))
    connection.execute(insert(fact).values(name=_FACT, value=VERSION))


def counts(connection: Connection) -> tuple[int, int]:
    """Return how many rows the index has, and how many it is to have: they are the same."""
    expected = connection.execute(select(func.count()).select_from(search_entry)).scalar_one()
    return index_of(connection).rows(connection), expected


def _row(entry: Entry, mark: str) -> dict[str, Any]:
    section = urls.topic("section", entry.terms.section)
    return {
        "id": entry.row,
        "article_id": entry.article,
        "publication_id": entry.paper,
        "section": section and section.name,
        "label": section and section.label,
        "mark": mark,
    }


def _next_rows(connection: Connection, day: date) -> Iterator[int]:
    """Return the rows of a day that are free, in their order."""
    first = first_row(day.toordinal())
    here = search_entry.c.id >= first, search_entry.c.id < first_row(day.toordinal() + 1)
    last = connection.scalar(select(func.max(search_entry.c.id)).where(*here))
    return itertools.count(first if last is None else int(last) + 1)


def _mark(terms: Terms) -> str:
    return hashlib.sha256("\n".join((terms.title, terms.text, terms.authors, terms.section)).encode()).hexdigest()[:32]
