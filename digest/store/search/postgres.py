"""The search index on PostgreSQL: the terms of each article and the pairs of neighbours in a GIN index, and its texts.

A phrase of one or two terms stands in the index itself. Of a longer one the index tells which articles have all its
pairs, and the texts which of them have those in a row. PostgreSQL's own full text search would miss phrases: it knows at
most 256 places of a word in a text (PostgreSQL, 12.11). A row of what is not to be found any more is deleted.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Integer,
    ScalarSelect,
    Select,
    Text,
    all_,
    and_,
    any_,
    column,
    delete,
    func,
    insert,
    literal,
    not_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.exc import OperationalError

from digest.errors import DigestError
from digest.search import BREAK, Phrase
from digest.store.schema import search_entry
from digest.store.search.asked import Asked, Entry, Order, Sought
from digest.store.search.relevance import Fields, scale

_AUTHOR, _PAPER = "@", "#"
"""Stand before a term among the authors, which is in the index once more, and the paper (`search_grams`, migration 0002)."""

_KNOWN = 2
"""How many terms a phrase has at most that stands in the index itself."""

_COMMON = 20_000
"""What more articles match is common: nobody leafs through so many, and to sort them all takes long."""

_WINDOWS = (20_000, 200_000, None)
"""Of what is common, how many of the newest rows are looked at, in turn, until enough of them match; None for all."""

_SAMPLE = 10_000
"""By how many of the newest articles it is reckoned how rare a phrase is, and how long an article."""

_SETTINGS = {
    "jit": "off",  # it takes longer than what it makes faster
    "max_parallel_workers_per_gather": "0",
    "plan_cache_mode": "force_custom_plan",
    "work_mem": "64MB",  # where each row that matches has no room, all rows of its page are cut into terms again
}
_QUERY_CANCELED = "57014"

_index = table(
    "search_index",
    column("id", BigInteger),
    *(column(name, Text) for name in ("title", "text", "authors")),
    *(column(name, Integer) for name in ("length", "article_id", "publication_id")),
)
_words = _index.c.title.op("||")(_index.c.text).op("||")(_index.c.authors)
_grams = func.search_grams(_index.c.title.op("||")(_index.c.text), _index.c.authors, _index.c.publication_id)


def add(connection: Connection, entries: Sequence[Entry]) -> None:
    """Index articles."""
    rows = [
        {"id": row, "article_id": article, "publication_id": paper}
        | {"title": _apart(terms.title), "text": _apart(terms.text), "authors": _apart(terms.authors)}
        | {"length": sum(map(_count, (terms.title, terms.text, terms.authors)))}
        for row, article, paper, terms in entries
    ]
    connection.execute(insert(_index), rows)


def forget(connection: Connection, which: ColumnElement[bool]) -> None:
    """Remove rows of `search_entry`, and with them those of the index."""
    connection.execute(delete(search_entry).where(which))


def clear(connection: Connection) -> None:
    """Remove all rows."""
    connection.execute(text("TRUNCATE search_entry, search_index"))


def rows(connection: Connection) -> int:
    """Return how many rows the index has."""
    return connection.execute(select(func.count()).select_from(_index)).scalar_one()


def matches(connection: Connection, asked: Asked, order: Order, most: int, seconds: float) -> list[int]:
    """Return the articles that are asked for in their order, no more than `most`; the best are those of the newest.

    Raises DigestError("web.search_slow") when one question takes the database longer than so many seconds, or there is
    another to ask after them.
    """
    with _limited(connection, seconds) as limited:
        found = limited.newest(asked, most)
        if order == "best" and asked.wanted:
            return limited.ranked(asked.wanted, found)
        return list(found.values())


class _Limited:
    """Asks the database what takes no longer than it is given, and nothing more after a moment."""

    def __init__(self, connection: Connection, end: float) -> None:
        self._connection, self._end = connection, end

    def newest(self, asked: Asked, most: int) -> dict[int, int]:
        """Return the newest articles that are asked for by their rows, the newest first."""
        found: dict[int, int] = {}
        newest = select(_index.c.id).where(*_days(_index.c.id, None, asked.end)).order_by(_index.c.id.desc())
        for size in _WINDOWS if self._is_common(asked) else (None,):
            first = size and self._run(newest.offset(size).limit(1)).scalar()
            found = dict(map(tuple, self._run(_matching(asked, first).limit(most))))
            if first is None or len(found) >= most:
                break
        return found

    def _is_common(self, asked: Asked) -> bool:
        if not asked.wanted:
            return True
        some = _rows(asked.first, asked.end).where(_having(asked, paper=True)).limit(_COMMON + 1).subquery()
        return bool(self._run(select(func.count() > _COMMON).select_from(some)).scalar_one())

    def ranked(self, wanted: Sequence[Sought], found: Mapping[int, int]) -> list[int]:
        """Return articles, given by their rows, by how well they fit; of those that fit alike the newest first."""
        if not found:
            return []
        score = self._scale(wanted)
        texts = self._run(select(_index).where(_index.c.id == any_(literal(list(found), ARRAY(BigInteger)))))
        scores = {one.id: score(Fields(one.title, one.text, one.authors, one.length)) for one in texts.all()}
        return [found[row] for row in sorted(found, key=lambda row: (scores[row], row), reverse=True)]

    def _scale(self, wanted: Sequence[Sought]) -> Callable[[Fields], float]:
        newest = select(_index.c.id, _index.c.length).order_by(_index.c.id.desc()).limit(_SAMPLE).subquery()
        terms, first = func.sum(newest.c.length).label("terms"), func.min(newest.c.id).label("first")
        sample = self._run(select(func.count().label("articles"), terms, first)).one()
        holders = [0]
        if len(wanted) > 1:  # how rare one alone is changes no order
            holders = [*self._run(select(*(_counting(one, sample.first) for one in wanted))).one()]
        return scale(wanted, holders, sample.articles, sample.terms / sample.articles)

    def _run(self, statement: Executable) -> CursorResult[Any]:
        if time.monotonic() > self._end:
            raise DigestError("web.search_slow")
        try:
            return self._connection.execute(statement)
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != _QUERY_CANCELED:
                raise
            raise DigestError("web.search_slow") from error


@contextmanager
def _limited(connection: Connection, seconds: float) -> Iterator[_Limited]:
    """Give what asks the database with settings of its own, of which nothing is left in the end."""
    trace = connection.begin_nested()
    try:
        given = _SETTINGS | {"statement_timeout": f"{max(1, int(1000 * seconds))}ms"}
        connection.execute(select(*(func.set_config(name, value, True) for name, value in given.items())))
        yield _Limited(connection, time.monotonic() + seconds)
    finally:
        trace.rollback()


def _matching(asked: Asked, first: int | None) -> Select[tuple[int, int]]:
    """Return what gives rows and articles that are asked for, the newest first, from the row `first` on, or all.

    What the index says comes first; then texts are looked into, each only when its turn comes.
    """
    start = max((row for row in (first, asked.first) if row is not None), default=None)
    row: Any = _index.c
    having = [_having(asked, paper=first is None)] if asked.wanted else []
    if having:
        row = _rows(start, asked.end).where(*having).cte("found").prefix_with("MATERIALIZED").c
    found = select(row.id, row.article_id).where(row.publication_id.in_(asked.papers), *_days(row.id, start, asked.end))
    if asked.sections is not None:
        found = found.join(search_entry, search_entry.c.id == row.id).where(search_entry.c.section.in_(asked.sections))
    if unwanted := [gram for one in asked.unwanted if _is_known(one) for gram in _grams_of(Sought(one))]:
        others = _rows(start, asked.end).where(_grams.op("&&")(_numbers(unwanted)), *having)
        found = found.where(row.id.not_in(select(others.cte("others").prefix_with("MATERIALIZED").c.id)))
    return _looked_into(found.order_by(row.id.desc()), asked)


def _looked_into(found: Select[tuple[int, int]], asked: Asked) -> Select[tuple[int, int]]:
    """Return what gives those of rows and articles, in their order, that have the phrases the index does not know."""
    checks = _in_text(asked.wanted)
    if hidden := [_pattern(one) for one in asked.unwanted if not _is_known(one)]:
        checks.append(not_(_words.like(any_(literal(hidden, ARRAY(Text))))))
    if not checks:
        return found
    row = found.subquery().c
    look = select(and_(*checks)).where(_index.c.id == row.id).scalar_subquery()
    return select(row.id, row.article_id).where(look).order_by(row.id.desc())


def _rows(start: int | None, end: int | None) -> Select[tuple[int, int, int]]:
    """Return what gives the rows of the index from `start` on and below `end`, with their articles and papers."""
    row = _index.c
    return select(row.id, row.article_id, row.publication_id).where(*_days(row.id, start, end))


def _days(row: ColumnElement[int], start: int | None, end: int | None) -> list[ColumnElement[bool]]:
    return [*([row >= start] if start is not None else []), *([row < end] if end is not None else [])]


def _having(asked: Asked, *, paper: bool) -> ColumnElement[bool]:
    """Return what the index says of all that is wanted; also, where there is but one and it is to, of the paper."""
    grams = [gram for one in asked.wanted for gram in _grams_of(one)]
    if paper and len(asked.papers) == 1:
        grams.append(f"{_PAPER}{asked.papers[0]}")
    return _grams.op("@>", is_comparison=True)(_numbers(grams))


def _counting(one: Sought, first: int) -> ScalarSelect[int]:
    """Return what counts the articles that have a phrase, from the row `first` on."""
    found = _rows(first, None).where(_grams.op("@>")(_numbers(_grams_of(one))), *_in_text([one]))
    return select(func.count()).select_from(found.subquery()).scalar_subquery()


def _numbers(grams: Sequence[str]) -> array[Any]:
    """Return grams as `search_grams` gives them."""
    return array([func.hashtextextended(literal(gram, Text), 0) for gram in grams])


def _in_text(wanted: Sequence[Sought]) -> list[ColumnElement[bool]]:
    """Return what the texts must be like that have phrases of which the index does not know enough."""
    found: list[ColumnElement[bool]] = []
    for field, is_author in ((_words, False), (_index.c.authors, True)):
        patterns = [_pattern(one.phrase) for one in wanted if one.is_author == is_author and not _is_known(one.phrase)]
        if patterns:
            found.append(field.like(all_(literal(patterns, ARRAY(Text)))))
    return found


def _grams_of(one: Sought) -> list[str]:
    """Return the terms or pairs of terms of a phrase, as the index knows them."""
    terms = [f"{_AUTHOR}{term}" for term in one.phrase] if one.is_author else [*one.phrase]
    return [" ".join(pair) for pair in pairwise(terms)] or terms


def _is_known(phrase: Phrase) -> bool:
    """Say whether what has the grams of a phrase has the phrase."""
    return len(phrase) <= _KNOWN


def _pattern(phrase: Phrase) -> str:
    """Return what a text with a phrase is LIKE; no term has a character that means anything there."""
    return f"% {' '.join(phrase)} %"


def _count(terms: str) -> int:
    return len(terms.split())


def _apart(terms: str) -> str:
    """Return terms with a space between and at both ends, and two where a phrase must not go on."""
    return f" {terms.replace(BREAK, '')} "
