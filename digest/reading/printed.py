"""Printed pages: where the characters of a page stand → its printed lines, column by column.

All lengths are points; y grows downwards from the top of the page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from statistics import median, quantiles

from digest.reading import pictures
from digest.reading.columns import HEADING, Piece, regions
from digest.text import has_han

_ASCENT, _DESCENT = 0.75, 0.12
"""How far, in ems, a line reaches above and below its base line: less than any leading."""

_WORD, _LEAP = 0.3, 2.5
"""Ems of white that may be a gutter, and that divide rows on one base line."""

_NEXT_WORD, _NEXT_LINE, _MOST_WORDS = 0.5, 1.7, 60
"""Ems from one word of a heading to the next, and from line to line; how many words back are looked at."""

_SAME = 0.08
"""By how much sizes differ that are meant to be one."""

_DROP_CAP, _MOST_CAPS = 1.8, 50
"""The least size of an initial over several lines, in ems of the text, and how many of them a page may have."""

_SPACE, _EAST_SPACE, _BESIDE_MARK = 0.16, 0.2, 1.2
"""Ems of white that are a space: between words, Han characters, and beside a full-width mark."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character: its edges, its base line and the size of its type."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float


Word = list[Glyph]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture on a page: the name of its bytes, and where it stands."""

    name: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Row:
    """A printed line; `first` is the width of its first word. A picture is one of `size` 0."""

    text: str
    left: float
    right: float
    base: float
    size: float = 0.0
    first: float = 0.0


def rows(glyphs: Iterable[Glyph], figures: Sequence[Figure]) -> list[list[Row]]:
    """Return what a page shows by columns, in the order in which they are read, each from top to bottom."""
    words = _words(glyphs)
    em = median(glyph.size for word in words for glyph in word) if words else 10.0
    words = _with_drop_caps(words, em)
    groups = [[word] for word in words if _size(word) < HEADING * em]
    groups += _headings([word for word in words if _size(word) >= HEADING * em])
    pieces = [_piece(group, i) for i, group in enumerate(groups)]
    for i, figure in enumerate(figures, start=len(groups)):
        pieces.append(Piece(figure.left, figure.top, figure.right, figure.bottom, em, i))
    mixed = _mixed(words)
    return [list(_column(region, groups, figures, mixed)) for region in regions(pieces, em)]


@lru_cache(1 << 16)
def is_east(text: str) -> bool:
    """Say whether `text` is written without spaces between its words: Han characters and full-width marks."""
    return has_han(text) or "\u2014" <= text <= "\u2026" or "\u3000" <= text <= "\u30ff" or "\uff00" <= text <= "\uffef"


def _words(glyphs: Iterable[Glyph]) -> list[Word]:
    """Return the runs of glyphs on one base line that no white divides."""
    words: list[Word] = []
    ordered = sorted(glyphs, key=lambda glyph: (round(glyph.base * 2), glyph.left))
    for _, line in groupby(ordered, key=lambda glyph: round(glyph.base * 2)):
        before: Glyph | None = None
        for glyph in line:
            if before is not None and _is_shadow(before, glyph):
                continue
            if before is None or glyph.left - before.right > _WORD * before.size or glyph.size > 1.5 * before.size:
                words.append([])
            words[-1].append(glyph)
            before = glyph
    return words


def _is_shadow(before: Glyph, glyph: Glyph) -> bool:
    """Say whether `glyph` is `before` again, drawn a little aside to look bolder."""
    return glyph.text == before.text and glyph.left - before.left < 0.2 * (before.right - before.left)


def _size(word: Word) -> float:
    return max(glyph.size for glyph in word)


def _headings(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words that make one heading together: of one size, side by side or line under line."""
    done: list[list[Word]] = []
    near: list[list[Word]] = []
    for word in words:
        size, base = _size(word), word[0].base
        done += [group for group in near if base - group[-1][0].base > _NEXT_LINE * _size(group[-1])]
        near = [group for group in near if base - group[-1][0].base <= _NEXT_LINE * _size(group[-1])]
        mine = [group for group in near if _is_beside(group, word, size)]
        for group in mine:
            near.remove(group)
        near.append([*(word for group in mine for word in group), word])
        near[-1].sort(key=lambda word: word[0].base)
    return done + near


def _is_beside(group: Sequence[Word], word: Word, size: float) -> bool:
    """Say whether `word` stands within a space of a word in the last lines of `group`, or under one."""
    for other in reversed(group[-_MOST_WORDS:]):
        lines = (word[0].base - other[0].base) / size
        if abs(_size(other) - size) < _SAME * size and lines < _NEXT_LINE:
            reach = _NEXT_WORD * size if lines < 0.3 else 0.0
            if other[0].left - reach < word[-1].right and word[0].left < other[-1].right + reach:
                return True
    return False


def _with_drop_caps(words: list[Word], em: float) -> list[Word]:
    """Return `words` with each initial that is as high as several lines as the beginning of the first of them.

    The other lines beside it begin where it does, so that they do not seem indented.
    """
    caps = [word for word in words if len(word) == 1 and word[0].size > _DROP_CAP * em][:_MOST_CAPS]
    for cap in caps:
        lines = _beside(cap[0], words, em)
        if len(lines) < 2:
            continue
        words.remove(cap)
        for word in lines:
            word[0] = replace(word[0], left=cap[0].left)
        first = lines[0][0]
        lines[0][:1] = [replace(first, text=cap[0].text, right=cap[0].right), replace(first, left=cap[0].right)]
    return words


def _beside(cap: Glyph, words: Sequence[Word], em: float) -> list[Word]:
    """Return the words with which the lines beside an initial begin, from top to bottom."""
    lines: dict[int, Word] = {}
    for word in sorted(words, key=lambda word: word[0].left):
        first = word[0]
        is_level = cap.base - cap.size < first.base < cap.base + 1.2 * em
        is_near = -em / 2 < first.left - cap.right < _DROP_CAP * em
        if is_level and is_near and _size(word) < HEADING * em:
            lines.setdefault(round(first.base), word)
    return [lines[base] for base in sorted(lines)]


def _piece(group: Sequence[Word], index: int) -> Piece:
    size = max(map(_size, group))
    return Piece(
        left=min(word[0].left for word in group),
        top=min(word[0].base for word in group) - _ASCENT * size,
        right=max(word[-1].right for word in group),
        bottom=max(word[0].base for word in group) + _DESCENT * size,
        size=size,
        index=index,
    )


def _column(
    region: Iterable[Piece], groups: Sequence[list[Word]], figures: Sequence[Figure], mixed: float
) -> Iterator[Row]:
    """Yield the rows of one column: lines by their base, pictures by their lower edge."""
    line: list[Glyph] = []
    things: list[tuple[float, float, Word | Figure]] = []
    for piece in region:
        if piece.index < len(groups):
            things += [(word[0].base, word[0].left, word) for word in groups[piece.index]]
        else:
            things.append((piece.bottom, piece.left, figures[piece.index - len(groups)]))
    for base, _, thing in sorted(things, key=lambda thing: thing[:2]):
        if isinstance(thing, Figure):
            yield from _divided(line, mixed)
            line = []
            yield Row(pictures.mark("", thing.name), thing.left, thing.right, base)
            continue
        if line and base - line[0].base > 0.4 * min(_size(thing), line[0].size):
            yield from _divided(line, mixed)
            line = []
        line += thing
    yield from _divided(line, mixed)


def _divided(line: list[Glyph], mixed: float) -> Iterator[Row]:
    """Yield the glyphs of one base line as a row, as several where wide white divides them."""
    line = sorted(line, key=lambda glyph: glyph.left)
    start = 0
    for i, (before, glyph) in enumerate(pairwise(line), start=1):
        if glyph.left - before.right > _LEAP * max(before.size, glyph.size):
            yield _row(line[start:i], mixed)
            start = i
    if line:
        yield _row(line[start:], mixed)


def _row(line: Sequence[Glyph], mixed: float) -> Row:
    size = median(glyph.size for glyph in line)
    gaps = [max(0.0, glyph.left - before.right) for before, glyph in pairwise(line)]
    spaced = quantiles(gaps, n=4)[0] if len(gaps) > 1 else 0.0
    text, first = line[0].text, 0.0
    for before, glyph, gap in zip(line, line[1:], gaps, strict=False):
        east = is_east(before.text) or is_east(glyph.text)
        if gap - spaced > _space(before.text, glyph.text, mixed) * size:
            text += " "
        if not first and (text[-1] == " " or east):
            first = before.right - line[0].left
        text += glyph.text
    return Row(text, line[0].left, line[-1].right, line[0].base, size, first or line[-1].right - line[0].left)


def _space(before: str, after: str, mixed: float) -> float:
    """Return how many ems of white are more than those that any two such characters have between them."""
    if is_east(before) != is_east(after):
        return mixed + _SPACE
    if not is_east(before):
        return _SPACE
    return _EAST_SPACE if has_han(before) and has_han(after) else _BESIDE_MARK


def _mixed(words: Iterable[Word]) -> float:
    """Return the usual white, in ems, between a Han and another character: some programs put a quarter of an em there."""
    pairs = (pair for word in words for pair in pairwise(word))
    gaps = [(b.left - a.right) / a.size for a, b in pairs if has_han(a.text) != has_han(b.text) and not _is_mark(a, b)]
    return max(0.0, median(gaps)) if gaps else 0.0


def _is_mark(*glyphs: Glyph) -> bool:
    return any(is_east(glyph.text) and not has_han(glyph.text) for glyph in glyphs)
