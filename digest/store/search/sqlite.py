"""The search index on SQLite: FTS5 over terms, without the text.

FTS5 without the text cannot take back a row, so that the rows of what is not to be found any more stay; `search_entry`
knows which of them count. Its rows come in the order of their numbers, the newest first, without sorting.
"""

import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, delete, text, update
from sqlalchemy.exc import OperationalError

from digest.errors import DigestError
from digest.search import Phrase
from digest.store.schema import search_entry
from digest.store.search.asked import Asked, Entry, Order

_STEPS = 1000
_INDEX = text("INSERT INTO search_index (rowid, title, text, authors) VALUES (:id, :title, :text, :authors)")
_WEIGHTS = "1, 8, 4"
"""Of text, title and authors."""

_ORDERS: dict[Order, str] = {"newest": "id DESC", "best": f"bm25(search_index, {_WEIGHTS}), id DESC"}


def add(connection: Connection, entries: Sequence[Entry]) -> None:
    """Index articles."""
    cut = [(one.row, one.terms) for one in entries]
    rows = [{"id": row, "text": terms.text, "title": terms.title, "authors": terms.authors} for row, terms in cut]
    connection.execute(_INDEX, rows)


def forget(connection: Connection, which: ColumnElement[bool]) -> None:
    """Let rows of `search_entry` not count any more."""
    connection.execute(update(search_entry).where(which).values(article_id=None))


def clear(connection: Connection) -> None:
    """Remove all rows."""
    connection.execute(text("INSERT INTO search_index (search_index) VALUES ('delete-all')"))
    connection.execute(delete(search_entry))


def rows(connection: Connection) -> int:
    """Return how many rows the index has."""
    counted: int = connection.execute(text("SELECT count(*) FROM search_index_docsize")).scalar_one()
    return counted


def matches(connection: Connection, asked: Asked, order: Order, most: int, seconds: float) -> list[int]:
    """Return the articles that are asked for in their order, no more than `most`.

    Raises DigestError("web.search_slow") when that takes longer than so many seconds.
    """
    sql, values = statement(asked, order)
    with _limited(connection, seconds):
        return list(connection.scalars(text(sql), values | {"most": most}))


def statement(asked: Asked, order: Order) -> tuple[str, dict[str, Any]]:
    """Return the statement that gives the articles that are asked for in their order, and its values."""
    wanted = [f"authors : {_quoted(one.phrase)}" if one.is_author else _quoted(one.phrase) for one in asked.wanted]
    unwanted = " OR ".join(map(_quoted, asked.unwanted))
    values: dict[str, Any] = {"papers": json.dumps(asked.papers)}
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
    if asked.sections is not None:
        where.append("section IN (SELECT value FROM json_each(:sections))")
        values["sections"] = json.dumps(asked.sections)
    if asked.first is not None:
        where.append(f"{row} >= :first")
        values["first"] = asked.first
    if asked.end is not None:
        where.append(f"{row} < :end")
        values["end"] = asked.end
    by = _ORDERS[order if wanted else "newest"].replace("id DESC", f"{row} DESC")
    statement = f"SELECT article_id FROM {table} WHERE {' AND '.join(where)} ORDER BY {by} LIMIT :most"  # noqa: S608 -- of constants only
    return statement, values


@contextmanager
def _limited(connection: Connection, seconds: float) -> Iterator[None]:
    """Stop what takes longer than so many seconds."""
    raw = cast("sqlite3.Connection", connection.connection.driver_connection)
    end = time.monotonic() + seconds
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
