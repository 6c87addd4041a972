"""The search index: full text over terms that `digest.search` has cut, kept by the database that there is.

`sqlite` and `postgres` keep it in their own ways, and find the same.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, select

from digest.search import LAST_PAGE, PAGE, Found, Hit, Query
from digest.store import issues
from digest.store.schema import article, issue, publication
from digest.store.search.asked import Asked, Order, sections
from digest.store.search.entries import VERSION, clear, complete, counts, record, remove, unindexed, version
from digest.store.search.kinds import index_of

__all__ = [
    "MOST",
    "SECONDS",
    "VERSION",
    "Order",
    "clear",
    "complete",
    "counts",
    "find",
    "record",
    "remove",
    "sections",
    "unindexed",
    "version",
]

MOST = PAGE * LAST_PAGE
"""How many articles are counted and can be leafed through."""

SECONDS = 2.0
"""How long a search may take."""


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
    asked = Asked.of(connection, papers, query)
    ids = index_of(connection).matches(connection, asked, order, most + 1, SECONDS)
    return Found(_hits(connection, ids[:most][start : start + size]), min(len(ids), most), len(ids) > most)


def _hits(connection: Connection, ids: Sequence[int]) -> list[Hit]:
    query = (
        select(article, publication.c.slug, issue.c.language)
        .join_from(article, issue)
        .join(publication, publication.c.id == article.c.publication_id)
        .where(article.c.id.in_(ids))
    )
    rows = {row.id: row for row in connection.execute(query)}
    return [Hit(rows[each].slug, rows[each].language, issues.stored(rows[each])) for each in ids]
