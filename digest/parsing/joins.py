"""Joins: a text that a column, a page or a picture has cut is one again."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from digest.parsing import datelines, labels, shape, speech
from digest.parsing.block import Block, Glue
from digest.parsing.items import Item
from digest.parsing.memory import remembered
from digest.text import has_han, is_han

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_LAST_WORD = re.compile(r"(?<![A-Za-z])([A-Za-z]+)(-?)$")
_FIRST_WORD = re.compile(r"[A-Za-z]+")
_LONGEST_WORD = 100
_PREFIXES = (
    "all anti cross ex far first full half high in long low mid multi non old on one part post second self semi "
    "short so state three two under well world year"
)
_KEPT = frozenset(_PREFIXES.split())
"""First words of compounds that keep their hyphen at a break."""

_NAMED = re.compile(r"[^\s，。：:]{2,10}[：:]\s?\S{1,24}")
"""A line of a list, as 电话：…, which no other line goes on."""

_TAIL = 18
_TELEPHONE = re.compile(r"(?<!\d)(?:\d{3,4}[-—])?\d{7,11}$")
"""What a notice ends in."""

_LOOK_AHEAD = 8
_SHORTEST = 12
_ENOUGH = 200_000
"""So many characters of a document tell which pairs of them it has."""

_ENOUGH_WORDS = 40_000
"""So many tell which words it has: more than those of a paper of eight pages."""

_LONG = 40
"""A text at least so wide is no heading, whatever it looks like."""


class Words:
    """The words of a document, by which a word cut at a break is known: Western ones, and pairs of Han characters."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = "\n".join(texts)

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(map(str.lower, _WORD.findall(self._text)))

    def flows(self, before: str, after: str) -> bool:
        """Say whether the break between two texts cuts a sentence, and even a word that the document has elsewhere."""
        pair = before[-1] + after[0]
        return shape.begins_lower(after) or (all(map(has_han, pair)) and self._text.find(pair, 0, _ENOUGH) >= 0)

    def cut(self, before: str, after: str) -> bool:
        """Say whether the break between two texts cuts a Chinese word that the document has elsewhere: three characters."""
        around = before[-2:] + after[:1], before[-1:] + after[:2]
        return any(is_han(word) and self._text.find(word, 0, _ENOUGH_WORDS) >= 0 for word in around if len(word) > 2)

    def glue(self, before: str, after: str) -> Glue:
        """Return what stands between two pieces of one text."""
        last, first = _LAST_WORD.search(before, max(0, len(before) - _LONGEST_WORD)), _FIRST_WORD.match(after)
        if not last or not first:
            return "" if _is_east(before[-1]) or _is_east(after[0]) else " "
        whole = (last[1] + first[0]).lower()
        if last[2]:
            return "" if self._keeps_hyphen(last[1].lower(), first[0], whole) else "-"
        cut = whole in self._counts and self._counts[last[1].lower()] <= 1 and self._counts[first[0].lower()] <= 1
        return "" if cut else " "

    def _keeps_hyphen(self, last: str, first: str, whole: str) -> bool:
        if self._counts[whole]:
            return False
        return first[0].isupper() or last in _KEPT or self._counts[f"{last}-{first.lower()}"] > 0


def mended(items: list[Item], words: Words) -> list[Item]:
    """Return `items` with the pieces of cut texts joined to their beginnings."""
    result: list[Item] = []
    last = -1
    for i, item in enumerate(items):
        if last >= 0 and item.shape in {"prose", "short"} and _continues(result, last, items, i):
            before = result[last].block
            for at in range(len(result) - 1, last, -1):
                if result[at].inside:
                    break  # so are all before it, which an earlier piece has crossed
                result[at] = replace(result[at], inside=True)
            result[last] = replace(result[last], block=before.joined(item.block, words.glue(before.text, item.text)))
            continue
        if item.is_text or item.shape in {"short", "contents", "advertisement", "marked", "jump"}:
            last = len(result) if item.shape in {"dated", "prose"} else -1
        result.append(item)
    return result


@remembered
def continues(before: str, after: str) -> bool:
    """Say whether `after` continues the text `before`: one is cut, or a quotation is left open between them."""
    if shape.cannot_begin(after) or shape.begins_lower(after):
        return True
    if _NAMED.fullmatch(before) and _NAMED.fullmatch(after):
        return False
    if speech.is_spoken(after) or (before[-1].isdigit() and _TELEPHONE.search(before, max(0, len(before) - _TAIL))):
        return False
    if shape.ends_sentence(before):
        return shape.closes(after) and not shape.is_balanced(before)
    if before.endswith(("：", ":", "；", ";")):
        return not (shape.is_enumerated(after) or before[-1] in "：:" or after.endswith(("；", ";")))
    return not shape.is_enumerated(after) or shape.ends_open(before)


def paragraphs(blocks: Sequence[Block], words: Words) -> list[Block]:
    """Return the paragraphs of an article whose blocks now stand together; a dateline on its own line opens the first."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result and not result[-1].is_full else None
        if last is not None and len(result) == 1 and datelines.is_all(last.text):
            result[-1] = last.joined(block, " ")
        elif last is not None and shape.is_wider(last.text, _SHORTEST) and continues(last.text, block.text):
            result[-1] = last.joined(block, words.glue(last.text, block.text))
        else:
            result.append(block)
    return result


def _continues(result: list[Item], last: int, items: list[Item], i: int) -> bool:
    """Say whether item `i` continues the text at `last` of the items so far."""
    before, item = result[last].text, items[i]
    if result[last].block.marked != item.block.marked:
        return False
    if result[last].block.is_full or item.block.level or not continues(before, item.text):
        return False
    if speech.is_address(before) or (labels.is_salutation(before) and not shape.is_wider(before, _SHORTEST)):
        return False
    if item.shape == "prose" or shape.cannot_begin(item.text) or shape.begins_lower(item.text):
        return True
    return shape.ends_sentence(item.text) or not _heads(items, i, before)


def _heads(items: list[Item], i: int, before: str) -> bool:
    """Say whether the short item `i` behind an unfinished text is a heading all the same."""
    ahead = items[i + 1 : i + 1 + _LOOK_AHEAD]
    following = next((item for item in ahead if item.shape not in {"image", "rule", "short"}), None)
    if following is None or following.shape in {"dated", "credit", "page"}:
        return following is not None and following.shape == "dated"
    return not shape.ends_open(before) and not shape.is_wider(before, _LONG - 1)


def _is_east(char: str) -> bool:
    return has_han(char) or "\u3000" <= char <= "\u30ff" or "\uff00" <= char <= "\uffef" or char in "“”‘’…—"
