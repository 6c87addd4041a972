"""The common ground of both kinds of index: what is put in, and what a reader asks for, in rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Self

from sqlalchemy import Connection, bindparam, text

from digest import urls
from digest.search import Phrase, Query, Terms

Order = Literal["newest", "best"]

SLOTS = 20
"""How many bits of a row's number count the rows of a day: more than one day's articles and their corrections fill."""

_SECTIONS = text("""
WITH RECURSIVE found (paper, name) AS (
    SELECT id, (SELECT min(section) FROM search_entry WHERE publication_id = publication.id)
    FROM publication WHERE id IN :papers
  UNION ALL
    SELECT paper, (SELECT min(section) FROM search_entry WHERE publication_id = paper AND section > name)
    FROM found WHERE name IS NOT NULL
)
SELECT name, label FROM (
    SELECT name, (SELECT label FROM search_entry WHERE publication_id = paper AND section = name
                  AND article_id IS NOT NULL ORDER BY id DESC LIMIT 1) AS label
    FROM found WHERE name IS NOT NULL
) AS labelled WHERE label IS NOT NULL ORDER BY name
""").bindparams(bindparam("papers", expanding=True))


class Entry(NamedTuple):
    """An article as it is put in: its row of `search_entry`, itself, its paper and its terms."""

    row: int
    article: int
    paper: int
    terms: Terms


class Sought(NamedTuple):
    """A phrase that is wanted: anywhere, or among the authors."""

    phrase: Phrase
    is_author: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Phrases that are wanted, all of them, or not wanted, none of them, and the rows that are looked at.

    Those are of `papers`, of `sections` where any were asked for, and their numbers are from `first` on and below `end`.
    """

    wanted: tuple[Sought, ...]
    unwanted: tuple[Phrase, ...]
    papers: tuple[int, ...]
    sections: tuple[str, ...] | None
    first: int | None
    end: int | None

    @classmethod
    def of(cls, connection: Connection, papers: Collection[int], query: Query) -> Self:
        """Return what a query asks for in some papers."""
        return cls(
            wanted=(*map(Sought, query.words), *(Sought(name, is_author=True) for name in query.authors)),
            unwanted=query.unwanted,
            papers=tuple(papers),
            sections=_names(sections(connection, papers), query.sections) if query.sections else None,
            first=first_row(query.since.toordinal()) if query.since else None,
            end=first_row(query.until.toordinal() + 1) if query.until else None,
        )


def sections(connection: Connection, papers: Collection[int]) -> dict[str, str]:
    """Return the sections that can be searched, by what addresses call them, as they were printed last."""
    return {row.name: row.label for row in connection.execute(_SECTIONS, {"papers": list(papers)})}


def first_row(ordinal: int) -> int:
    """Return the number of the first row of a day, which is given by its ordinal (`date.toordinal`)."""
    return ordinal << SLOTS


def _names(known: Mapping[str, str], asked: Sequence[str]) -> tuple[str, ...]:
    """Return which of the known sections are asked for: those of that name, or else those whose name holds it."""
    found: set[str] = set()
    for each in asked:
        name = urls.topic("section", each)
        if name is not None:
            found |= {name.name} if name.name in known else {one for one in known if name.name in one}
    return tuple(sorted(found))
