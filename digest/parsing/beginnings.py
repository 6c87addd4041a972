"""Beginnings: the first words of a paragraph, so few before the break that cuts it that they look like a heading."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from digest.parsing import labels, shape, speech
from digest.parsing.items import Item
from digest.parsing.joins import Words
from digest.text import has_han

_NUMERALS = "二三四五六七八九十百千零〇两兩"
_COUNTED = f"{_NUMERALS}一年月日时時点點万萬亿億余餘多"
"""What a number goes on in."""

_STOPS = tuple("，、；！？”’）》」』")
"""Marks before which a single character begins no sentence."""

_OPEN = re.compile(
    "(?:(?<![存现現正内內所好实實自])在|(?<![参參])[与與]|(?<!普)及|(?<![总總饱飽温溫平缓緩共谐諧])和|(?<![应應面针針])[对對]|"
    "(?<![做得达達看找想感遇收办辦说說来來迟遲报報周])到|[这這那很也])$"
)
"""Words after which more must come, where they are not the ends of longer ones."""

_LONGEST_HEADING = 22
"""A line of several clauses that is wider is hardly a heading where sentences are often cut."""

_LONG = 40
"""A text at least so wide is no heading, whatever it looks like."""


def often_cut(items: Sequence[Item]) -> bool:
    """Say whether columns cut the Chinese sentences of an issue more than once."""
    cut = 0
    for before, after in pairwise(items):
        if before.is_text and after.shape == "prose" and has_han(before.text[-1]):
            cut += not shape.ends_sentence(before.text) and shape.is_wider(before.text, _LONG)
    return cut > 1


def restored(items: Sequence[Item], words: Words, *, often: bool) -> list[Item]:
    """Return `items` with those short ones as text that a break has cut from the text below them.

    `often` says that columns cut sentences of the issue, so that less is needed to tell.
    """
    indents = Counter(item.block.indent for item in items if item.is_text)
    indent = max(indents, key=indents.__getitem__, default="")
    result = list(items)
    for at in range(len(result) - 2, -1, -1):
        item, following = result[at], result[at + 1]
        if item.shape != "short" or item.block.level:
            continue
        if following.shape == "page":
            cut = at > 0 and _is_turned(items[at - 1 : at + 3])
        elif following.shape == "prose" and not following.block.level:
            inside = indent and item.block.indent == indent and not following.block.indent
            open_ended = often and _is_open(item.text)
            cut = bool(inside or open_ended or _is_cut(item.text, following.text, words))
        else:
            cut = following.shape == "short" and shape.begins_lower(following.text)
        if cut:
            result[at] = item.shaped("prose")
    return result


def _is_turned(lines: Sequence[Item]) -> bool:
    """Say whether the second of `lines`, over a page's label, goes on behind it: text is before and behind them."""
    before, item, *_, after = lines
    return len(lines) > 3 and before.is_text and after.shape == "prose" and has_han(item.text)


def _is_open(text: str) -> bool:
    """Say whether a text ends in a word after which more must come, or has more clauses than headings have."""
    clauses = shape.commas(text) > 0 and " " not in text and shape.is_wider(text, _LONGEST_HEADING)
    return clauses or _OPEN.search(text) is not None


def _addresses(text: str) -> bool:
    return speech.is_spoken(text) or speech.is_address(text) or labels.is_salutation(text)


def _is_cut(before: str, after: str, words: Words) -> bool:
    """Say whether the break between two texts surely cuts a sentence: a word, a number or a quotation."""
    if shape.begins_lower(after):
        return True
    if not (has_han(before[-1]) and has_han(after[0])) or shape.is_enumerated(after) or _addresses(after):
        return False
    counted = before[-1] in _NUMERALS and after[0] in _COUNTED
    open_ended = before[-1] != "的" and shape.ends_open(before)
    closed = not shape.is_balanced(before) and shape.closes(after)
    return counted or open_ended or closed or after[1:2] in _STOPS or words.cut(before, after)
