"""Style: the habits of one issue, by which its doubtful places are decided."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.parsing.items import Item


@dataclass(frozen=True, slots=True)
class Style:
    """How an issue is set.

    `level` is the heading mark of its articles, 0 where it marks none. `gap` is the usual number of empty lines
    between two paragraphs. `regularity` is what a heading without dateline or credit loses, where nearly every article
    has one; `ends_in_credit` says that credits stand behind the text rather than before it, `is_bare` that there are
    neither datelines nor credits nor marks,
    `in_capitals` that headlines are set in capitals.
    """

    level: int
    gap: int
    regularity: int
    ends_in_credit: bool
    is_bare: bool
    in_capitals: bool

    def gap_evidence(self, item: Item) -> int:
        """Return how much the space above `item` speaks for a new article."""
        if item.block.gap > self.gap:
            return 2
        return -1 if item.block.gap < self.gap else 0


def style(items: Sequence[Item]) -> Style:
    """Return the habits of an issue."""
    runs = list(_runs(items))
    strong = sum(1 for _, _, following in runs if following.shape in {"dated", "credit"})
    gaps = Counter(b.block.gap for a, b in pairwise(items) if a.is_text and b.is_text)
    gaps = gaps or Counter(item.block.gap for item in items[1:])
    front, behind = _credits(items)
    regular = strong + behind >= 3 and max(strong, behind) >= 0.6 * len(runs)
    ends_in_credit = behind >= front
    return Style(
        level=_level(runs),
        gap=gaps.most_common(1)[0][0] if gaps else 0,
        regularity=regular * (3 if ends_in_credit and behind else 1),
        ends_in_credit=ends_in_credit,
        in_capitals=_in_capitals(items),
        is_bare=strong + behind < 0.2 * len(runs) and not _level(runs),
    )


def _runs(items: Sequence[Item]) -> list[tuple[Item, Item, Item]]:
    """Return the runs of short items over a text or a credit: first, last and what follows."""
    runs: list[tuple[Item, Item, Item]] = []
    first: Item | None = None
    for item, following in pairwise(items):
        if item.shape != "short":
            first = None
            continue
        first = first or item
        if following.is_text or following.shape == "credit":
            runs.append((first, item, following))
    return runs


def _level(runs: Sequence[tuple[Item, Item, Item]]) -> int:
    """Return the highest heading mark under which texts stand more than once, or else at all."""
    counts = Counter(first.block.level for first, _, _ in runs if first.block.level)
    lasts = Counter(last.block.level for _, last, _ in runs if last.block.level)
    often = [level for level, n in (counts | lasts).items() if n > 1 and lasts[level] > 0]
    return min(often or counts, default=0)


def _in_capitals(items: Sequence[Item]) -> bool:
    cased = [item.text for item in items if item.shape == "short" and item.text.lower() != item.text.upper()]
    return len(cased) > 3 and sum(text.isupper() for text in cased) > 0.6 * len(cased)


def _credits(items: Sequence[Item]) -> tuple[int, int]:
    """Return how many credits stand between a heading and a text, and how many behind a text."""
    front = behind = 0
    for before, item, after in zip(items, items[1:], [*items[2:], None], strict=False):
        if item.shape == "credit":
            front += before.shape == "short" and after is not None and after.is_text
            behind += before.is_text and (after is None or after.shape != "prose")
    return front, behind
