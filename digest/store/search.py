"""The search index: full text in SQLite's FTS5, over terms that `digest.search` has cut.

A row of the index belongs to one state of one article; FTS5 without the text cannot take it back, so that an article
that is corrected gets another row, and `search_entry` knows which of them counts. The rows are numbered by the day of
the issue, so that the newest come without sorting. What is indexed is what readers have: it changes in the
transaction that says so.
"""

import hashlib
import itertools
import json
import sqlite3
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal, cast

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, text, update
from sqlalchemy.exc import OperationalError

from digest import urls
from digest.errors import DigestError
from digest.search import LAST_PAGE, PAGE, Found, Hit, Phrase, Query, Terms
from digest.store import issues
from digest.store.schema import article, fact, issue, publication, search_entry

Order = Literal["newest", "best"]

VERSION = "1"
"""Of the way in which text is cut and indexed: another one makes the index anew."""

MOST = PAGE * LAST_PAGE
"""How many articles are counted and can be leafed through."""

SECONDS = 2.0
"""How long a search may take."""

_SLOTS = 20
"""How many bits of a row's number count the rows of a day: more than one day's articles and their corrections fill."""

_STEPS = 1000
_FACT = "search"
_INDEX = text("INSERT INTO search_index (rowid, title, text, authors) VALUES (:id, :title, :text, :authors)")
_WEIGHTS = "1, 8, 4"
"""Of text, title and authors."""

_ORDERS: dict[Order, str] = {"newest": "id DESC", "best": f"bm25(search_index, {_WEIGHTS}), id DESC"}
_SECTIONS = text("""
WITH RECURSIVE found (paper, name) AS (
    SELECT id, (SELECT min(section) FROM search_entry WHERE publication_id = publication.id)
    FROM publication WHERE id IN (SELECT value FROM json_each(:papers))
  UNION ALL
    SELECT paper, (SELECT min(section) FROM search_entry WHERE publication_id = paper AND section > name)
    FROM found WHERE name IS NOT NULL
)
SELECT name, label FROM (
    SELECT name, (SELECT label FROM search_entry WHERE publication_id = paper AND section = name
                  AND article_id IS NOT NULL ORDER BY id DESC LIMIT 1) AS label
    FROM found WHERE name IS NOT NULL
) WHERE label IS NOT NULL ORDER BY name
""")


def record(connection: Connection, found: Mapping[str, Terms]) -> None:
    """Index articles that readers have got, given by their ids in print order; what has not changed stays as it is."""
    columns = article.c.tag, article.c.id, article.c.publication_id, article.c.day, search_entry.c.mark
    known = select(*columns).join(search_entry, isouter=True)
    seen = known.where(article.c.tag.in_(found), article.c.public, article.c.withdrawn_at.is_(None))
    rows = {row.tag: row for row in connection.execute(seen)}
    marks = {tag: _mark(found[tag]) for tag in rows}
    changed = [tag for tag in reversed(list(found)) if tag in rows and rows[tag].mark != marks[tag]]
    if not changed:
        return
    remove(connection, article.c.id.in_([rows[tag].id for tag in changed if rows[tag].mark]))
    free = {day: _next_ids(connection, day) for day in {rows[tag].day for tag in changed}}
    entries = [_entry(next(free[rows[tag].day]), rows[tag], found[tag], marks[tag]) for tag in changed]
    connection.execute(insert(search_entry), entries)
    cut = [
        {"id": entry["id"], "text": terms.text, "title": terms.title, "authors": terms.authors}
        for entry, terms in zip(entries, map(found.__getitem__, changed), strict=True)
    ]
    connection.execute(_INDEX, cut)


def remove(connection: Connection, which: ColumnElement[bool]) -> None:
    """Let articles not be found any more."""
    ids = select(article.c.id).where(which)
    connection.execute(update(search_entry).where(search_entry.c.article_id.in_(ids)).values(article_id=None))


def version(connection: Connection) -> str | None:
    """Return the version in which the index was made; None as long as that is not finished."""
    made: str | None = connection.scalar(select(fact.c.value).where(fact.c.name == _FACT))
    return made


def clear(connection: Connection) -> None:
    """Empty the index, to be made anew: nothing is found until it is."""
    connection.execute(text("INSERT INTO search_index (search_index) VALUES ('delete-all')"))
    connection.execute(delete(search_entry))
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


def sections(connection: Connection, papers: Collection[int]) -> dict[str, str]:
    """Return the sections that can be searched, by what addresses call them, as they were printed last."""
    return {row.name: row.label for row in connection.execute(_SECTIONS, {"papers": json.dumps(list(papers))})}


def find(
    connection: Connection,
    papers: Collection[int],
    query: Query,
    *,
    order: Order = "newest",
    start: int = 0,
    size: int = PAGE,
    most: int = MOST,
) -> Found:
    """Return the articles of papers that a query asks for, `size` of them from `start` on; `most` are counted.

    Raises DigestError("web.search_slow") when that takes too long.
    """
    if not query:
        return Found()
    sql, values = statement(connection, papers, query, order)
    with _limited(connection):
        ids = list(connection.scalars(text(sql), values | {"most": most + 1}))
    return Found(_hits(connection, ids[:most][start : start + size]), min(len(ids), most), len(ids) > most)


def statement(
    connection: Connection, papers: Collection[int], query: Query, order: Order
) -> tuple[str, dict[str, Any]]:
    """Return the statement that gives the articles of a query in their order, and its values."""
    wanted = [*map(_quoted, query.words), *(f"authors : {_quoted(name)}" for name in query.authors)]
    unwanted = " OR ".join(map(_quoted, query.unwanted))
    values: dict[str, Any] = {"papers": json.dumps(list(papers))}
    where = ["article_id IS NOT NULL", "publication_id IN (SELECT value FROM json_each(:papers))"]
    table = "search_entry"
    if wanted:
        table = "search_index CROSS JOIN search_entry ON search_entry.id = search_index.rowid"
        where.append("search_index MATCH :match")
        values["match"] = " AND ".join(wanted) if not unwanted else f"({' AND '.join(wanted)}) NOT ({unwanted})"
    elif unwanted:
        where.append("id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH :match)")
        values["match"] = unwanted
    row = "search_index.rowid" if wanted else "id"
    if query.sections:
        where.append("section IN (SELECT value FROM json_each(:sections))")
        values["sections"] = _names(sections(connection, papers), query.sections)
    if query.since:
        where.append(f"{row} >= :since")
        values["since"] = _first(query.since.toordinal())
    if query.until:
        where.append(f"{row} < :until")
        values["until"] = _first(query.until.toordinal() + 1)
    by = _ORDERS[order if wanted else "newest"].replace("id DESC", f"{row} DESC")
    statement = f"SELECT article_id FROM {table} WHERE {' AND '.join(where)} ORDER BY {by} LIMIT :most"  # noqa: S608 -- of constants only
    return statement, values


def _names(known: Mapping[str, str], asked: Sequence[str]) -> str:
    """Return which of the known sections are asked for: those of that name, or else those whose name holds it."""
    found: set[str] = set()
    for each in asked:
        name = urls.topic("section", each)
        if name is not None:
            found |= {name.name} if name.name in known else {one for one in known if name.name in one}
    return json.dumps(sorted(found))


def _hits(connection: Connection, ids: Sequence[int]) -> list[Hit]:
    query = (
        select(article, publication.c.slug, issue.c.language)
        .join_from(article, issue)
        .join(publication, publication.c.id == article.c.publication_id)
        .where(article.c.id.in_(ids))
    )
    rows = {row.id: row for row in connection.execute(query)}
    return [Hit(rows[each].slug, rows[each].language, issues.stored(rows[each])) for each in ids]


@contextmanager
def _limited(connection: Connection) -> Iterator[None]:
    """Stop what takes longer than `SECONDS`."""
    raw = cast("sqlite3.Connection", connection.connection.driver_connection)
    end = time.monotonic() + SECONDS
    raw.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
            raise
        raise DigestError("web.search_slow") from error
    finally:
        raw.set_progress_handler(None, 0)


def _quoted(phrase: Phrase) -> str:
    return f'"{" ".join(phrase)}"'


def _entry(number: int, row: Any, terms: Terms, mark: str) -> dict[str, Any]:
    section = urls.topic("section", terms.section)
    return {
        "id": number,
        "article_id": row.id,
        "publication_id": row.publication_id,
        "section": section and section.name,
        "label": section and section.label,
        "mark": mark,
    }


def _next_ids(connection: Connection, day: date) -> Iterator[int]:
    """Return the rows of a day that are free, in their order."""
    first = _first(day.toordinal())
    here = search_entry.c.id >= first, search_entry.c.id < _first(day.toordinal() + 1)
    last = connection.scalar(select(func.max(search_entry.c.id)).where(*here))
    return itertools.count(first if last is None else int(last) + 1)


def _first(ordinal: int) -> int:
    return ordinal << _SLOTS


def _mark(terms: Terms) -> str:
    return hashlib.sha256("\n".join((terms.title, terms.text, terms.authors, terms.section)).encode()).hexdigest()[:32]
