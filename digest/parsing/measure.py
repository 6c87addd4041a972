"""The measure: how wide the lines of a wrapped text are set, told from where they break."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from digest.parsing import shape
from digest.parsing.block import Block
from digest.text import has_han

_NARROWEST, _NARROWEST_WESTERN = 12, 26
_WIDEST = 110
"""Characters of the widest line that is still taken for wrapped; paragraphs on one line each are far wider."""

_FEWEST = 5
_SHARE, _SHARE_OF_ALL = 0.3, 0.15
_MOST_MEASURES = 3
_SLACK = 2
"""How much short of the measure a line may be that goes on all the same."""

_SHARE_OF_TEXT = 0.05
"""Lines of a measure are at least this share of the text."""

_MOSTLY = 0.4
_NEARLY_ALL = 0.7
_BY_CHANCE = 0.4
"""Paragraphs that end at the edge by chance are less than this share of the others; more full stops there are not."""

_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6“”‘’…—·]+"
)
_FIRST = re.compile(
    r"[“‘（《「『(\[]{0,3}(?:[A-Za-z0-9.,:%％‰'’/@_-]{1,60}|.)[，。、；：？！”’）》」』…,.;:?!)\]%]{0,3}"
)
_FIRST_WORD = re.compile(r"\S{1,60}")
_HANGING = "，。、；：？！”’）》」』…,.;:?!)%"
_CELLS = re.compile(r"\S(?:\u3000|[ \t]{2})\s*\S")


def columns(text: str) -> int:
    """Return how many columns `text` takes in type of fixed width, a Han character two."""
    return len(text) + len("".join(_WIDE.findall(text)))


def is_row(text: str) -> bool:
    """Say whether `text` is a row of a table: pieces set apart by wide spaces."""
    spaced = "\u3000" in text or "  " in text or "\t" in text
    return spaced and len(_CELLS.findall(text)) > 1


@dataclass(frozen=True, slots=True)
class Measure:
    """The width of the lines of one type area, in columns or, where `by_columns` is False, in characters.

    `gap` counts the empty lines between two lines of a paragraph, `margin` is the white space before its lines.
    `indents` says that paragraphs begin with more of it, `spaced` that more empty lines stand between them, `flush`
    that a sentence which ends at the edge is seldom the paragraph's last.
    """

    width: int
    by_columns: bool
    western: bool
    gap: int
    margin: int
    indents: bool = False
    spaced: bool = False
    flush: bool = False

    def fills(self, line: str, following: str, slack: int = 0) -> bool:
        """Say whether `line` was broken because the beginning of `following` did not fit any more."""
        if _is_western(line) != self.western:
            return False
        low, high = _range(line, following, self.by_columns)
        return low <= self.width + _SLACK * (1 + self.by_columns) and self.width <= high + slack * (1 + self.by_columns)

    def is_full(self, line: str, following: str, *, loose: bool) -> bool:
        """Say whether `line` has no room for more. It may leave some, where paragraphs are set apart or if `loose`."""
        apart = self.indents or self.spaced
        return self.fills(line, following, _SLACK * (apart or (loose and not shape.ends_sentence(line))))

    def indented(self, block: Block) -> bool:
        """Say whether `block` is set in from the margin; a single space is what is left of a word's."""
        return columns(block.indent) > self.margin + 1


@dataclass(frozen=True, slots=True)
class _Break:
    """The break between two lines in the middle of a sentence, and the widths, from and to, that would explain it."""

    in_characters: tuple[int, int]
    in_columns: tuple[int, int]
    gap: int
    margin: int

    def range(self, by_columns: bool) -> tuple[int, int]:
        return self.in_columns if by_columns else self.in_characters


def measures(blocks: Sequence[Block]) -> list[Measure]:
    """Return the measures that lines of `blocks` are set in; none where each paragraph is one line."""
    found: list[Measure] = []
    fewest = _SHARE_OF_TEXT * sum(len(block.text) for block in blocks)
    kinds: dict[bool, list[_Break]] = {False: [], True: []}
    for before, block in pairwise(blocks):
        if _may_break(before, block):
            kinds[_is_western(before.text)].append(_break(before, block))
    for western, breaks in kinds.items():
        left = breaks
        while len(found) < _MOST_MEASURES and (measure := _measure(left, western, len(breaks))):
            if measure.width * sum(_explains(measure.width, one.range(measure.by_columns)) for one in left) >= fewest:
                found.append(_with_habits(measure, blocks))
            left = [one for one in left if not _explains(measure.width, one.range(measure.by_columns))]
    return found


def line_of(block: Block) -> str:
    """Return the line as it is printed, with the white space before it."""
    return block.indent + block.text


def _is_western(text: str) -> bool:
    return not has_han(text)


def _may_break(before: Block, block: Block) -> bool:
    """Say whether the break between two lines could be one inside a sentence."""
    size = len(before.text)
    if not _NARROWEST <= size + len(before.indent) <= _WIDEST or len(block.text) > _WIDEST or block.gap > 2:
        return False
    if before.level or block.level or before.marked or block.marked or shape.ends_sentence(before.text):
        return False
    if size < _NARROWEST_WESTERN and _is_western(before.text):
        return False
    return not is_row(before.text) and not is_row(block.text)


def _break(before: Block, block: Block) -> _Break:
    line, following = line_of(before), line_of(block)
    western = _is_western(line)
    in_characters = _range(line, following, by_columns=False)
    in_columns = in_characters if western else _range(line, following, by_columns=True)
    least = len(following) - _hanging(following, western)
    widest = columns(following) - 2 * _hanging(following, western)
    return _Break(
        (max(in_characters[0], least), in_characters[1]),
        (max(in_columns[0], least if western else widest), in_columns[1]),
        block.gap,
        columns(block.indent),
    )


def _range(line: str, following: str, by_columns: bool) -> tuple[int, int]:
    """Return the least and the greatest width at which `line` is full and the beginning of `following` does not fit."""
    size = columns if by_columns else len
    western = _is_western(line)
    first = (_FIRST_WORD if western else _FIRST).match(following.lstrip())
    need = size(first[0]) if first else 1
    if western:
        return len(line), len(line) + need
    return size(line) - _hanging(line, western) * (1 + by_columns), size(line) + need - 1


def _hanging(line: str, western: bool) -> int:
    """Return how many marks at the end of `line` may hang over the edge."""
    return 0 if western else min(2, len(line) - len(line.rstrip(_HANGING)))


def _measure(breaks: Sequence[_Break], western: bool, total: int) -> Measure | None:
    """Return the measure that explains most breaks, None where it explains too few of them and of their `total`."""
    if len(breaks) < _FEWEST:
        return None
    in_columns, in_characters = (_commonest([one.range(unit) for one in breaks]) for unit in (True, False))
    by_columns = in_columns[1] >= in_characters[1]
    width, count = in_columns if by_columns else in_characters
    if count < max(_FEWEST, _SHARE * len(breaks), _SHARE_OF_ALL * total):
        return None
    explained = [one for one in breaks if _explains(width, one.range(by_columns))]
    gap, margin = (_mode(values) for values in zip(*((one.gap, one.margin) for one in explained), strict=True))
    return Measure(width, by_columns, western, gap, margin)


def _commonest(ranges: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return the width that most ranges hold, the least of several, and in how many it is."""
    counts = Counter(width for low, high in ranges for width in range(low, high + 1))
    return max(counts.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))


def _mode(values: Sequence[int]) -> int:
    return Counter(values).most_common(1)[0][0]


def _explains(width: int, span: tuple[int, int]) -> bool:
    return span[0] <= width <= span[1] + _SLACK


def _with_habits(measure: Measure, blocks: Sequence[Block]) -> Measure:
    """Return `measure` with what it shows of how paragraphs begin and end."""
    begun: list[Block] = []
    at_the_edge = 0
    for before, block in pairwise(blocks):
        line, size = line_of(before), len(before.text)
        if size > _WIDEST or not shape.ends_sentence(before.text) or _is_western(line) != measure.western:
            continue
        if measure.fills(line, block.text):
            at_the_edge += 1
        elif _range(line, block.text, measure.by_columns)[1] < measure.width and len(block.text) <= _WIDEST:
            begun.append(block)
    return replace(
        measure,
        indents=sum(map(measure.indented, begun)) > _MOSTLY * len(begun),
        spaced=sum(block.gap > measure.gap for block in begun) > _NEARLY_ALL * len(begun),
        flush=at_the_edge >= _FEWEST and at_the_edge > _BY_CHANCE * len(begun),
    )
