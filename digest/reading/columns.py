"""Columns: the order in which the pieces of a printed page are read, found in nothing but where they stand.

A page is cut in two ways, again and again: across, wherever something spans the gutters of what stands above or below
it (a headline, a picture, a box), and down its gutters, the left column first.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

HEADING = 1.3
"""Type at least so much larger than that of the page's text is a heading."""

_GUTTER = 0.8
"""The least width of a gutter, in ems of the page's text."""

_STRIP, _RIVER = 4.0, 12.0
"""Square ems of white that a gutter has at least, and that no spaces make by standing under each other."""

_LEAP = 2.5
"""Ems between two things on one line that do not belong together."""

_APART = 0.35
"""Ems by which the white above an article exceeds the white between lines."""

_SWELL = 0.15
"""Spaces between words grow with their type: by twice so much of what it is larger than the text, a gutter shrinks."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something printed: a rectangle in points, y growing downwards, the size of its type, and its place in a list."""

    left: float
    top: float
    right: float
    bottom: float
    size: float
    index: int


Span = tuple[float, float]


def regions(pieces: Sequence[Piece], em: float) -> list[list[Piece]]:
    """Return `pieces` as the regions of a page in reading order, each a single column from top to bottom.

    `em` is the size of the type in which most of the page is set.
    """
    found: list[list[Piece]] = []
    waiting = [list(pieces)] if pieces else []
    while waiting:
        region = waiting.pop()
        parts = _across(region, em)
        if len(parts) == 1:
            parts = _down(region, em)
        if len(parts) == 1:
            found.append(sorted(region, key=lambda piece: (piece.top, piece.left)))
        else:
            waiting += reversed(parts)
    return found


class _Part:
    """Bands of a region that share a gutter, or that all have none."""

    def __init__(self, band: list[Piece], em: float) -> None:
        self.pieces = band
        self.top = min(piece.top for piece in band)
        self.bottom = max(piece.bottom for piece in band)
        self.cover = _cover(band, em)
        self._em = em

    def shares(self, below: "_Part") -> bool:
        """Say whether this and what is `below` have a gutter in common, or none at all."""
        return self._common(below) > 0 or not (self.count or below.count)

    def takes(self, below: "_Part", white: float) -> bool:
        """Say whether what is `below` goes on with these columns; more than `white` above it speaks against that."""
        if below.top - self.bottom <= white:
            return self.shares(below)
        if self.is_masthead and below.count > self.count:
            return False
        common = self._common(below)
        return self.shares(below) and common >= self.count and not (common and below.is_headed)

    @property
    def is_masthead(self) -> bool:
        """Say whether it is one line of large type with small type beside it, such as a name and a date."""
        return _is_one_line(self.pieces) and _largest(self.pieces) >= HEADING * self._em and not self.is_headed

    @property
    def count(self) -> int:
        """How many gutters it has."""
        return len(_gutters(self.cover, self._em))

    def _common(self, below: "_Part") -> int:
        return len(_gutters(_merged(self.cover + below.cover), self._em))

    def add(self, below: "_Part") -> None:
        """Take the band `below` into this part."""
        self.pieces += below.pieces
        self.bottom = max(self.bottom, below.bottom)
        self.cover = _merged(self.cover + below.cover)

    @property
    def is_headed(self) -> bool:
        """Say whether a heading stands over each of its columns."""
        covered: list[Span] = []
        for piece in sorted(self.pieces, key=lambda piece: piece.top):
            if any(left < piece.right and piece.left < right for left, right in covered):
                continue
            if piece.size < HEADING * self._em:
                return False
            covered = _merged([*covered, (piece.left, piece.right)])
        return True


def _across(region: list[Piece], em: float) -> list[list[Piece]]:
    """Return `region` cut into the parts, from top to bottom, that each have gutters of their own, or none."""
    bands = [_Part(band, em) for band in _bands(_spread(region, em))]
    gaps = [below.top - above.bottom for above, below in pairwise(bands) if below.top > above.bottom]
    white = min(median([em / 2, *gaps]), em) + _APART * em
    blocks = _joined(bands, lambda above, below: below.top - above.bottom <= white and above.shares(below))
    parts = _joined(blocks, lambda above, below: above.takes(below, white))
    own = {piece.index: piece for piece in region}
    return [[own[piece.index] for piece in part.pieces] for part in _without_rivers(parts, em)]


def _joined(parts: list[_Part], belong: Callable[[_Part, _Part], bool]) -> list[_Part]:
    """Return `parts`, from top to bottom, with neighbours that belong together as one."""
    joined: list[_Part] = []
    for part in parts:
        if joined and belong(joined[-1], part):
            joined[-1].add(part)
        else:
            joined.append(part)
    return joined


def _without_rivers(parts: list[_Part], em: float) -> list[_Part]:
    """Return `parts` with those as one whose gutters are only wide spaces that stand under each other by chance."""
    kept: list[_Part] = []
    was_single = False
    for part in parts:
        is_single = not _columns(part.pieces, em)
        if kept and is_single and was_single and not part.is_headed:
            kept[-1].add(part)
        else:
            kept.append(part)
        was_single = is_single
    return kept


def _down(region: list[Piece], em: float) -> list[list[Piece]]:
    """Return the columns of `region` from left to right."""
    middles = [(left + right) / 2 for left, right in _columns(region, em)]
    columns: list[list[Piece]] = [[] for _ in range(len(middles) + 1)]
    for piece in region:
        columns[sum(piece.left >= middle for middle in middles)].append(piece)
    return columns


def _columns(pieces: Sequence[Piece], em: float) -> list[Span]:
    """Return the gutters of `pieces` that are wide and long enough not to be a space between words."""
    largest, is_one_line = _largest(pieces), _is_one_line(pieces)
    found = []
    for left, right in _gutters(_cover(pieces, em), em):
        before, behind = [p for p in pieces if p.right < right], [p for p in pieces if p.left > left]
        white = min(_height(before), _height(behind)) * (right - left) / em**2
        if is_one_line:
            is_gutter = right - left >= _LEAP * largest
        else:
            is_gutter = white >= _RIVER or (white >= _STRIP and _is_edge(behind))
        if is_gutter:
            found.append((left, right))
    return found


def _is_edge(pieces: Sequence[Piece]) -> bool:
    """Say whether most lines of `pieces` begin under each other, as those of a column do."""
    starts: dict[int, float] = {}
    for piece in pieces:
        line = round(piece.bottom)
        starts[line] = min(starts.get(line, piece.left), piece.left)
    return Counter(map(round, starts.values())).most_common(1)[0][1] * 2 >= len(starts)


def _bands(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return `pieces` as groups with white across the whole region between them, from top to bottom."""
    bands: list[list[Piece]] = []
    bottom = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if not bands or piece.top >= bottom:
            bands.append([])
            bottom = piece.bottom
        bands[-1].append(piece)
        bottom = max(bottom, piece.bottom)
    return bands


def _spread(region: list[Piece], em: float) -> list[Piece]:
    """Return `region` with each heading as wide as the white beside it, if text stands below that white.

    A short headline at the left of two columns heads both.
    """
    left, right = min(piece.left for piece in region), max(piece.right for piece in region)
    spread: list[Piece] = []
    for piece in region:
        if piece.size < HEADING * em:
            spread.append(piece)
            continue
        beside = [other for other in region if other.top < piece.bottom and other.bottom > piece.top]
        below = [other for other in region if other.top >= piece.bottom]
        is_last = all(other.right <= piece.right for other in beside)
        is_first = all(other.left >= piece.left for other in beside)
        to_right = is_last and any(other.left > piece.right for other in below)
        to_left = is_first and any(other.right < piece.left for other in below)
        spread.append(replace(piece, left=left if to_left else piece.left, right=right if to_right else piece.right))
    return spread


def _is_one_line(pieces: Sequence[Piece]) -> bool:
    return _height(pieces) < 1.2 * _largest(pieces)


def _largest(pieces: Sequence[Piece]) -> float:
    return max(piece.size for piece in pieces)


def _height(pieces: Sequence[Piece]) -> float:
    return max(piece.bottom for piece in pieces) - min(piece.top for piece in pieces)


def _cover(pieces: Sequence[Piece], em: float) -> list[Span]:
    """Return what `pieces` cover from left to right, large type with some of the white about it."""
    swells = [max(0.0, _SWELL * (piece.size - em)) for piece in pieces]
    return _merged([(p.left - swell, p.right + swell) for p, swell in zip(pieces, swells, strict=True)])


def _merged(spans: list[Span]) -> list[Span]:
    """Return what `spans` cover, as spans from left to right that do not touch."""
    merged: list[Span] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _gutters(cover: Sequence[Span], em: float) -> list[Span]:
    """Return the white between spans that is as wide as a gutter."""
    return [(left, right) for (_, left), (right, _) in pairwise(cover) if right - left >= _GUTTER * em]
