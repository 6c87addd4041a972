"""Joins: a text that a column, a page or a picture has cut is one again."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from digest.parsing import shape
from digest.parsing.block import Block, Glue
from digest.parsing.items import Item, of_text
from digest.text import has_han

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_LAST_WORD = re.compile(r"([A-Za-z]+)(-?)$")
_FIRST_WORD = re.compile(r"[A-Za-z]+")
_PREFIXES = (
    "all anti cross ex far first full half high in long low mid multi non old on one part post pre re second self semi "
    "short so state three two under well world year"
)
_KEPT = frozenset(_PREFIXES.split())
"""First words of compounds that keep their hyphen at a break."""

_LONG = 40
"""A text at least so wide is no heading, whatever it looks like."""


class Words:
    """The Western words of a document, by which a word cut at a break is known."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._counts = Counter(word.lower() for text in texts for word in _WORD.findall(text))

    def glue(self, before: str, after: str) -> Glue:
        """Return what stands between two pieces of one text."""
        last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
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
            result[last] = _joined(result[last], item, words)
            continue
        if item.is_text or item.shape in {"short", "contents", "advertisement"}:
            last = len(result) if item.is_text else -1
        result.append(item)
    return result


def continues(before: str, after: str) -> bool:
    """Say whether `after` continues the text `before`: one is cut, or a quotation is left open between them."""
    if shape.cannot_begin(after) or shape.begins_lower(after):
        return True
    if shape.ends_sentence(before):
        return not shape.is_balanced(before) and _closes(after)
    if before.endswith(("：", ":", "；", ";")):
        return not (shape.is_enumerated(after) or before[-1] in "：:" or after.endswith(("；", ";")))
    return not shape.is_enumerated(after) or shape.ends_open(before)


def paragraphs(blocks: Sequence[Block], words: Words) -> list[Block]:
    """Return the paragraphs of an article whose blocks now stand together."""
    result: list[Block] = []
    for block in blocks:
        if result and shape.width(result[-1].text) > 12 and continues(result[-1].text, block.text):
            result[-1] = result[-1].joined(block, words.glue(result[-1].text, block.text))
        else:
            result.append(block)
    return result


def _continues(result: list[Item], last: int, items: list[Item], i: int) -> bool:
    """Say whether item `i` continues the text at `last` of the items so far."""
    before, item = result[last].text, items[i]
    if item.block.level or not continues(before, item.text):
        return False
    if item.shape == "prose" or shape.cannot_begin(item.text) or shape.begins_lower(item.text):
        return True
    return shape.ends_sentence(item.text) or not _heads(items, i, before)


def _heads(items: list[Item], i: int, before: str) -> bool:
    """Say whether the short item `i` behind an unfinished text is a heading all the same."""
    following = next((item for item in items[i + 1 :] if item.shape not in {"image", "rule", "short"}), None)
    if following is None or following.shape in {"dated", "credit", "page"}:
        return following is not None and following.shape == "dated"
    return not shape.ends_open(before) and shape.width(before) < _LONG


def _joined(item: Item, other: Item, words: Words) -> Item:
    block = item.block.joined(other.block, words.glue(item.text, other.text))
    return (
        replace(item, block=block)
        if item.opening
        else of_text(block)
        if not item.is_text
        else replace(item, block=block)
    )


def _closes(text: str) -> bool:
    """Say whether `text` closes a quotation or bracket that it has not opened."""
    return any(
        0 <= text.find(b) < (text.find(a) if a in text else len(text)) for a, b in ("“”", "「」", "（）", "《》")
    )


def _is_east(char: str) -> bool:
    return has_han(char) or "\u3000" <= char <= "\u30ff" or "\uff00" <= char <= "\uffef" or char in "“”‘’…—"
