"""Paragraphs: the printed lines of a document, column by column → its lines, where a paragraph is one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from digest.model import Line
from digest.reading.printed import Row, is_east

_CROSSHEAD, _HEADLINE = 1.12, 1.35
"""The least sizes of a crosshead and of a headline, in those of the body."""

_SAME = 0.06
"""How far, in the size of the body, sizes differ that are meant to be one."""

_INDENT = 0.8
_LEADING = 1.3
_ENDS = tuple("。！？.!?”」』）)…")


@dataclass(frozen=True, slots=True)
class Column:
    """The printed lines of a column, its page from 1, its left and right edge, and its base lines' usual distance."""

    page: int
    rows: tuple[Row, ...]
    left: float
    right: float
    leading: float

    @property
    def indents(self) -> bool:
        """Say whether its paragraphs begin with white."""
        return any(_INDENT < (row.left - self.left) / row.size < 4 for row in self.rows if row.size)


def column(page: int, rows: Sequence[Row]) -> Column:
    """Return `rows`, which are not empty, as a column of `page`."""
    texts = [row for row in rows if row.size] or rows
    often = [left for left, n in Counter(round(row.left, 1) for row in texts).items() if n > len(texts) / 8]
    steps = [below.base - above.base for above, below in pairwise(texts) if above.size == below.size]
    left = min(often, default=min(row.left for row in texts))
    return Column(page, tuple(rows), left, max(row.right for row in texts), median(steps) if steps else 0.0)


def lines(columns: Sequence[Column]) -> tuple[Line, ...]:
    """Return the columns of all pages, in reading order, as lines; an empty one stands between two paragraphs.

    Type larger than that of the body makes headings: 2 is a headline, 3 what stands over or under one, or a crosshead.
    A paragraph stays divided where a printed line ends in a hyphen: whether it is the word's own cannot be seen here.
    """
    body = _body(columns)
    found: list[Line] = []
    sizes: list[float] = []
    where, last = None, None
    for place in columns:
        for row in place.rows:
            goes_on = where is not None and last is not None and _goes_on(where, last, place, row, body)
            if goes_on and not found[-1].text.endswith("-"):
                found[-1] = replace(found[-1], text=_joined(found[-1].text, row.text))
            else:
                blank = [Line("")] * (bool(found) and not goes_on)
                found += [*blank, Line(row.text, _level(row, body), place.page)]
                sizes += [0.0] * len(blank) + [row.size]
            where, last = place, row
    return tuple(_ranked(found, sizes))


def _ranked(lines: Sequence[Line], sizes: Sequence[float]) -> Iterator[Line]:
    """Yield `lines`; of the headlines that stand together only the largest keep their level."""
    largest = [0.0] * len(lines)
    for order in (range(len(lines)), reversed(range(len(lines)))):
        run = 0.0
        for i in order:
            if lines[i].text:
                run = max(run, sizes[i]) if lines[i].level else 0.0
            largest[i] = max(largest[i], run)
    for line, size, most in zip(lines, sizes, largest, strict=True):
        yield replace(line, level=3) if line.level and size < 0.9 * most else line


def _body(columns: Sequence[Column]) -> float:
    """Return the size of the type in which most characters are set."""
    sizes: Counter[float] = Counter()
    for place in columns:
        for row in place.rows:
            sizes[round(row.size, 1)] += len(row.text) if row.size else 0
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0) or 10.0


def _level(row: Row, body: float) -> int:
    if row.size >= _HEADLINE * body:
        return 2
    return 3 if row.size >= _CROSSHEAD * body else 0


def _goes_on(where: Column, last: Row, place: Column, row: Row, body: float) -> bool:
    """Say whether `row` goes on with the paragraph or heading whose last printed line, in `where`, is `last`."""
    if not last.size or not row.size or abs(row.size - last.size) > _SAME * body:
        return False
    if _level(row, body):
        return where is place and 0 < row.base - last.base < 1.8 * row.size
    if row.left - place.left > _INDENT * row.size or last.right + row.first + 0.3 * row.size < where.right:
        return False
    if where is place:
        return 0 < row.base - last.base < _LEADING * max(place.leading, row.size)
    return not last.text.endswith(_ENDS) or (place.indents and where.page == place.page)


def _joined(before: str, after: str) -> str:
    return before + ("" if is_east(before[-1]) or is_east(after[0]) else " ") + after
