"""Aside: tables of contents and advertisements, which stand among the articles and belong to none."""

import re
from collections import Counter
from collections.abc import Sequence

from digest.parsing import furniture, shape
from digest.parsing.items import Item

_BULLET = re.compile(r"^(?:[-*•●▲■◆◇□·]|\d{1,2}[.、．])\s*")
_WORDS = re.compile(r"[\W_]+")
_MOST_HEADS = 6
_OPENERS = frozenset({"contents", "advertisement", "image"})
_BOUNDARIES = frozenset({"page", "dated", "rule", "contents"})


def set_aside(items: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Return the items without the entries of contents and the texts of advertisements, and these.

    The heading of such a block stays where it is, as a boundary.
    """
    if not any(item.shape in _OPENERS for item in items):
        return list(items), []
    kept: list[Item] = []
    aside: list[Item] = []
    repeated = Counter(_key(item) for item in items if item.shape == "short")
    at = 0
    while at < len(items):
        item = items[at]
        kept.append(item)
        at += 1
        end = at
        if item.shape == "contents":
            end = _contents_end(items, at, repeated)
        elif item.shape == "image" and _is_advertised(items[at : at + 3]):
            end = at + 2
        elif item.shape == "advertisement":
            while end < len(items) and not _begins(items, end):
                end += 1
        aside += items[at:end]
        at = end
    return kept, aside


def _is_advertised(lines: Sequence[Item]) -> bool:
    """Say whether `lines` behind a picture are an advertisement: a few words and a telephone number, and no article."""
    if len(lines) < 2 or lines[0].shape != "short" or lines[1].shape != "prose":
        return False
    called = shape.has_contact(lines[1].text) and not shape.ends_sentence(lines[1].text)
    return called and (len(lines) < 3 or lines[2].shape not in {"dated", "prose", "credit"})


def _contents_end(items: Sequence[Item], at: int, repeated: Counter[str]) -> int:
    """Return where the entries of a table of contents that begin at `at` end; one mark stands before all or none."""
    end = at
    first = items[at].text[0] if at < len(items) else ""
    bullet = first if _BULLET.match(first) and not first.isdigit() else None
    while end < len(items):
        item = items[end]
        listed = bullet is not None and item.shape == "short" and item.text[0] == bullet
        if not (listed or _is_entry(item, repeated)):
            break
        repeated[_key(item)] -= 1
        end += 1
    return end


def _is_entry(item: Item, repeated: Counter[str]) -> bool:
    """Say whether `item` is an entry of a table of contents: it names a page, or stands as a headline further on."""
    if item.shape == "page":
        return item.label is not None and item.label.page is None
    return (
        item.shape == "jump"
        or furniture.is_reference(item.text)
        or (item.shape == "short" and repeated[_key(item)] > 1)
    )


def _begins(items: Sequence[Item], at: int) -> bool:
    """Say whether something surely begins at `at`: a page, or headings over a dateline or a credit."""
    item = items[at]
    if item.shape in _BOUNDARIES or item.block.level:
        return True
    end = at
    while end < min(len(items), at + _MOST_HEADS) and items[end].shape == "short":
        end += 1
    return end < len(items) and end > at and items[end].shape in {"dated", "credit"}


def _key(item: Item) -> str:
    """Return the words of a heading, by which its entry in the contents is known, whatever divides them."""
    return _WORDS.sub("", _BULLET.sub("", item.text))
