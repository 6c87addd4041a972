"""Wrapped text: where each printed line is a line of the file, the lines of a paragraph are put together."""

import re
from collections.abc import Sequence

from digest.parsing import bylines, datelines, furniture, shape
from digest.parsing.block import Block
from digest.parsing.joins import Words
from digest.parsing.measure import Measure, is_row, line_of, measures

_LOWER = re.compile(r"\b[a-z]{4,}")


def unwrapped(blocks: list[Block], words: Words) -> list[Block]:
    """Return `blocks` with the lines of each paragraph as one block, where they are set in lines of one width."""
    found = measures(blocks)
    if not found:
        return blocks
    inside = {measure: _inside(blocks, measure) for measure in found if measure.indents}
    result = blocks[:1]
    for at, block in enumerate(blocks[1:], start=1):
        loose = len(result[-1].parts) > 1
        measure = next((one for one in found if one.is_full(line_of(blocks[at - 1]), block.text, loose=loose)), None)
        if measure and _goes_on(result[-1], blocks, at, measure) and (not measure.indents or inside[measure][at]):
            glue = " " if block.indent == " " else words.glue(result[-1].text, block.text)
            result[-1] = result[-1].joined(block, glue)
        else:
            result.append(block)
    return result


def _inside(blocks: Sequence[Block], measure: Measure) -> list[bool]:
    """Say of each line whether it stands below one that is set in, or in a run of lines that ends with a sentence.

    Lines of neither kind are headings.
    """
    result: list[bool] = []
    for block in blocks:
        follows = block.gap <= measure.gap and bool(result) and result[-1]
        result.append(measure.indented(block) or follows)
    ends = False
    for i in range(len(blocks) - 1, -1, -1):
        following = blocks[i + 1] if i + 1 < len(blocks) else None
        if following is None or following.gap > measure.gap or measure.indented(following):
            ends = shape.ends_sentence(blocks[i].text)
        result[i] = result[i] or ends
    return result


def _goes_on(before: Block, blocks: Sequence[Block], at: int, measure: Measure) -> bool:
    """Say whether the line `at` belongs to the paragraph `before`, whose last line, the one above, is full."""
    last, block = blocks[at - 1], blocks[at]
    ends = shape.ends_sentence(last.text)
    apart = block.gap > measure.gap and (ends or len(before.parts) == 1)
    if apart or not _joins(before, block) or is_row(block.text):
        return False
    if _stands_alone(block.text) or _stands_alone(last.text) or _are_headings(before, blocks[at : at + 2]):
        return False
    if measure.indents:
        return not measure.indented(block) and not (ends and _could_head(blocks, at, measure))
    if ends:
        return (measure.spaced or measure.flush) and not shape.is_enumerated(block.text) and not _begins(block.text)
    return bylines.at_end(last)[1] is None and not _begins(block.text)


def _are_headings(before: Block, lines: Sequence[Block]) -> bool:
    """Say whether the first of `lines` is a heading under the heading `before`: it begins as one does, over a byline.

    Nothing tells where a heading sets each of its words in capitals.
    """
    if len(lines) < 2 or len(before.parts) > 1 or not lines[0].text[0].isupper() or shape.ends_sentence(before.text):
        return False
    return len(_LOWER.findall(before.text)) > 1 and bylines.of_line(lines[1].text) is not None


def _joins(before: Block, block: Block) -> bool:
    """Say whether two blocks may be one text at all: neither is a heading that is marked as one."""
    marked = before.marked != block.marked or block.marked == "headline"
    return not (marked or before.is_full or block.level or before.level)


def _could_head(blocks: Sequence[Block], at: int, measure: Measure) -> bool:
    """Say whether the line `at`, which is not set in, could be a heading: it has room for more and ends no sentence."""
    full = at + 1 < len(blocks) and measure.fills(line_of(blocks[at]), blocks[at + 1].text, 1)
    return not full and not shape.ends_sentence(blocks[at].text)


def _stands_alone(text: str) -> bool:
    return bool(
        bylines.of_line(text) or furniture.page_label(text) or furniture.jump_to(text) or furniture.is_rule(text)
    )


def _begins(text: str) -> bool:
    opening = datelines.opening(text)
    return opening is not None and opening.sure
