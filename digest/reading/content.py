"""Content: which rows of a page may be an article's words.

Left out is only what cannot be: menus, what stands in elements that are no content, and what a page whose articles are
marked as such has behind them. A passage long enough to be text is never left out.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

_TEXT = 40
"""A row of so many characters that are no link's may be an article's."""

_MUCH = 200
"""An element that is no content is left out with fewer characters that are no link's."""

_MOSTLY = 0.6
_MENU = 3
"""A menu: rows in each of which links have this share; at least so many rows or, in one row, so many links."""

_PREVAILS = 0.8
"""Articles that are marked as such hold at least this share of a page, else the marks mean something else."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a page. `gap` says that it stands apart from the one before it.

    `content` says that it stands in an `article` or `main`; `apart` numbers the element it stands in that is no
    content (`nav`, `footer`, what is hidden), 0 for none. Of its `chars` (white space not counted) `linked` are those
    of its `links`. `removed` counts the characters that no reader should meet.
    """

    text: str
    level: int = 0
    gap: bool = False
    content: bool = False
    apart: int = 0
    links: int = 0
    linked: int = 0
    chars: int = 0
    removed: int = 0

    @property
    def own(self) -> int:
        """How many characters are no link's."""
        return self.chars - self.linked


def kept(rows: Sequence[Row]) -> list[Row]:
    """Return the rows that may be an article's: all, where otherwise none with words would be left."""
    found = _without_apart(rows)
    found = [row for linked, run in groupby(found, _is_linked) for row in _without_menus(list(run), linked=linked)]
    found = _marked(found)
    return found if any(row.chars for row in found) else list(rows)


def _without_apart(rows: Sequence[Row]) -> list[Row]:
    own: Counter[int] = Counter()
    for row in rows:
        own[row.apart] += row.own
    return [row for row in rows if not row.apart or own[row.apart] >= _MUCH]


def _marked(rows: list[Row]) -> list[Row]:
    """Return the marked articles and what belongs to them, where they are most of the page."""
    places = [i for i, row in enumerate(rows) if row.content]
    marked = sum(rows[i].own for i in places)
    if not marked or marked < _PREVAILS * sum(row.own for row in rows):
        return rows
    return [row for i, row in enumerate(rows) if row.content or _belongs(row, is_behind=i > places[-1])]


def _is_linked(row: Row) -> bool:
    """Say whether a row outside content is mostly links, none of them as long as a text."""
    if row.content or row.level or not row.links:
        return False
    return row.linked >= _MOSTLY * row.chars and row.chars < _TEXT * row.links


def _without_menus(run: list[Row], *, linked: bool) -> list[Row]:
    if linked and (len(run) >= _MENU or max(row.links for row in run) >= _MENU):
        return [row for row in run if row.own >= _TEXT]
    return run


def _belongs(row: Row, *, is_behind: bool) -> bool:
    """Say whether a row outside the marked articles may be one's: a headline before it, or a text anywhere."""
    return row.own >= _TEXT or not (is_behind or _is_linked(row))
