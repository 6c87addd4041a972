"""Wrapped text: where each printed line is a line of the file, the lines of a paragraph are put together."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.parsing import bylines, datelines, shape
from digest.parsing.block import Block
from digest.parsing.joins import Words
from digest.text import has_han

_FEWEST_LINES = 12
_WIDEST = 110
"""Columns of the widest text that is still taken for wrapped; paragraphs on one line each are far wider."""

_FULL_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Measure:
    """The type area: its width in columns, of which a Han character takes two.

    `gap` counts the empty lines between two lines of a paragraph. `indents` says that paragraphs begin with white space,
    `spaced` that more empty lines stand between them.
    """

    columns: int
    gap: int
    indents: bool
    spaced: bool

    def fills(self, text: str, following: str) -> bool:
        """Say whether the line `text` was broken because the beginning of `following` did not fit."""
        if has_han(following[:1]):
            first = 4 if shape.cannot_begin(following[1:2] or " ") else 2
        else:
            first = 1 + len(following.split(maxsplit=1)[0])
        return columns(text) + first > self.columns


def unwrapped(blocks: list[Block], words: Words) -> list[Block]:
    """Return `blocks` with the lines of each paragraph as one block, if the text is set in lines of one width."""
    measure = _measure(blocks)
    if measure is None:
        return blocks
    result: list[Block] = []
    last = ""
    for block in blocks:
        if result and _goes_on(result[-1], last, block, measure):
            result[-1] = result[-1].joined(block, words.glue(result[-1].text, block.text))
        else:
            result.append(block)
        last = block.indent + block.text
    return result


def columns(text: str) -> int:
    """Return how many columns `text` takes in type of fixed width."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" and not char.isascii() else 1 for char in text)


def _columns(block: Block) -> int:
    return columns(block.indent + block.text)


def _measure(blocks: Sequence[Block]) -> Measure | None:
    """Return the type area that most lines fill, None where there is none."""
    if len(blocks) < _FEWEST_LINES or max(len(block.text) for block in blocks) > 2 * _WIDEST:
        return None
    widths = sorted(_columns(block) for block in blocks)
    widest = widths[int(len(widths) * 0.97)]
    if widest > _WIDEST or widths[-1] > 1.3 * widest:
        return None
    east = has_han("".join(block.text for block in blocks[:40]))
    if east:  # a mark may hang over the edge that all other lines keep
        widest = Counter(width for width in widths if width > 0.8 * widest).most_common(1)[0][0]
    tolerance = 4 if east else 12
    full = [after for block, after in pairwise(blocks) if _columns(block) >= widest - tolerance]
    if len(full) < _FULL_SHARE * len(blocks):
        return None
    gap = Counter(block.gap for block in full).most_common(1)[0][0]
    indented = sum(bool(block.indent) for block in blocks)
    ends = [after.gap > gap for block, after in pairwise(blocks) if _is_last(block, widest - tolerance)]
    spaced = sum(ends) > 0.8 * len(ends)
    return Measure(widest, gap, 0.03 * len(blocks) < indented < 0.6 * len(blocks), spaced)


def _is_last(block: Block, full: int) -> bool:
    """Say whether `block` is surely the last line of a paragraph."""
    return _columns(block) < full and shape.ends_sentence(block.text)


def _goes_on(before: Block, last: str, block: Block, measure: Measure) -> bool:
    """Say whether the line `block` belongs to the paragraph `before`, whose last line is `last`."""
    if before.is_full or block.level or before.level or block.gap > measure.gap or (measure.indents and block.indent):
        return False
    if not measure.fills(last, block.text) or _stands_alone(block.text) or _stands_alone(last):
        return False
    if _begins(block.text):
        return False
    return measure.indents or measure.spaced or not shape.ends_sentence(last)


def _stands_alone(text: str) -> bool:
    return bylines.of_line(text) is not None


def _begins(text: str) -> bool:
    opening = datelines.opening(text)
    return opening is not None and opening.sure
