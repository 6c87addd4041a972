"""How many of a paper's articles hold each word: what its words weigh is learned from that.

An article is counted once, when it is stored first: a correction changes too few of its words to matter. The counts
that are learned from are those of a version, which is made anew whenever the archive has grown by a quarter: in
between, the same text is understood the same way.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select, text, update

from digest.store.schema import publication, term

FIRST = 100
"""How many articles the first version is made from: fewer tell more of themselves than of the paper."""

GROWTH = 1.25
"""How much an archive has grown when its next version is made."""


_ADD = text(  # as SQLite and PostgreSQL both have it, and in one statement a word
    "INSERT INTO term (publication_id, term, articles, learned) VALUES (:paper, :term, :n, 0) "
    "ON CONFLICT (publication_id, term) DO UPDATE SET articles = term.articles + excluded.articles"
)


class Version(NamedTuple):
    """The counts of a version, made from so many `articles`; words that one article holds are left out."""

    version: int
    articles: int
    counts: Mapping[str, int]


def count(connection: Connection, publication_id: int, articles: Sequence[Collection[str]]) -> None:
    """Count new articles, given the words of each, and make a new version where it is time."""
    counts = Counter(word for words in articles for word in words)
    here = term.c.publication_id == publication_id
    if counts:
        rows = [{"paper": publication_id, "term": word, "n": counts[word]} for word in sorted(counts)]
        connection.execute(_ADD, rows)
    paper = publication.c.id == publication_id
    connection.execute(update(publication).where(paper).values(counted=publication.c.counted + len(articles)))
    row = connection.execute(select(publication).where(paper)).one()
    if row.counted >= max(FIRST, GROWTH * row.learned):
        connection.execute(update(term).where(here).values(learned=term.c.articles))
        version = {"idf_version": publication.c.idf_version + 1, "learned": publication.c.counted}
        connection.execute(update(publication).where(paper).values(version))


def learned(connection: Connection, publication_id: int, known: int) -> Version | None:
    """Return the counts of a paper's latest version; None where that is the one that is `known` (0 for none)."""
    row = connection.execute(select(publication).where(publication.c.id == publication_id)).one()
    if row.idf_version == known:
        return None
    query = select(term.c.term, term.c.learned).where(term.c.publication_id == publication_id, term.c.learned > 1)
    return Version(row.idf_version, row.learned, {each.term: each.learned for each in connection.execute(query)})
