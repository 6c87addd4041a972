"""Style: the habits of one issue, by which its doubtful places are decided."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.parsing import labels
from digest.parsing.cohesion import Cohesion
from digest.parsing.items import Item

_PROSE = ("dated", "prose")
_FIRST = 6
_MOSTLY, _NEARLY_ALL, _EVENLY, _MOST_REGULAR = 0.6, 0.75, 0.85, 3
_APART = 0.5
"""Cohesion below which two texts speak of different matters."""


@dataclass(frozen=True, slots=True)
class Style:
    """How an issue is set.

    `level` is the heading mark of its articles, 0 where it marks none, `levels` are those under which articles
    of their own stand, briefs among them. `gap` is the usual number of empty lines
    between two paragraphs, `even` says that nearly all keep to it. `regularity` is what a heading without dateline or credit loses, where nearly every article
    has one; `ends_in_credit` says that credits stand behind the text rather than before it, `is_bare` that there are
    neither datelines nor credits nor marks,
    `in_capitals` that headlines are set in capitals; `repeated` are the lines that stand over more than one text,
    `labelled` says that columns' names stand over headlines more than once, `grouped` that the headings of one article
    stand nearer to each other than to what is above them, `cut` that columns cut its sentences.
    """

    level: int
    levels: frozenset[int]
    gap: int
    even: bool
    regularity: int
    ends_in_credit: bool
    is_bare: bool
    in_capitals: bool
    repeated: frozenset[str]
    labelled: bool
    grouped: bool
    cut: bool

    def gap_evidence(self, item: Item) -> int:
        """Return how much the space above `item` speaks for a new article."""
        if not self.even:
            return 0
        if item.block.gap > self.gap:
            return 3
        return -1 if item.block.gap < self.gap else 0

    def is_tight(self, item: Item, following: Item) -> bool:
        """Say whether the line `item` is set nearer to the text under it than paragraphs are, and not to that above."""
        return self.even and following.block.gap < self.gap <= item.block.gap


def style(items: Sequence[Item], cohesion: Cohesion, *, cut: bool = False) -> Style:
    """Return the habits of an issue, whose texts `cohesion` compares; `cut` says that columns have cut them."""
    runs = list(_runs(items))
    level = _level(runs)
    strong = sum(1 for _, _, following in runs if following.shape in {"dated", "credit"})
    gaps = Counter(b.block.gap for a, b in pairwise(items) if a.shape in _PROSE and b.shape in _PROSE)
    gaps = gaps or Counter(item.block.gap for item in items[1:])
    gap = gaps.most_common(1)[0][0] if gaps else 0
    front, behind = _credits(items)
    regular = strong + behind >= 3 and max(strong, behind) >= _NEARLY_ALL * len(runs)
    ends_in_credit = behind >= front
    return Style(
        level=level,
        levels=_levels(items, level, cohesion),
        gap=gap,
        even=gaps[gap] >= _EVENLY * gaps.total(),
        regularity=_MOST_REGULAR if regular and behind >= max(front, _MOSTLY * len(runs)) else int(regular),
        ends_in_credit=ends_in_credit,
        in_capitals=_in_capitals(items),
        repeated=frozenset(text for text, n in Counter(first.text for first, _, _ in runs).items() if n > 1),
        labelled=sum(first is not last and labels.is_column(first.text) for first, last, _ in runs) > 1,
        grouped=_grouped(items),
        cut=cut,
        is_bare=strong + behind < 0.2 * len(runs) and not level,
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


def _levels(items: Sequence[Item], level: int, cohesion: Cohesion) -> frozenset[int]:
    """Return the heading marks of articles: the usual one and higher, and a lower one that stands over other matters.

    Such briefs stand under one article only, two at least, and share nothing with its text.
    """
    under: dict[int, dict[int, list[float]]] = {}
    parent, heads, texts = 0, [""], [""]
    for at, item in enumerate(items):
        if 0 < item.block.level <= level:
            parent, heads, texts = at, [item.text], []
        elif item.block.level and level and at + 1 < len(items) and items[at + 1].is_text and texts:
            shared = cohesion.of([*heads, *texts[:_FIRST]], [items[at + 1].text])
            under.setdefault(item.block.level, {}).setdefault(parent, []).append(shared)
        elif item.is_text:
            texts.append(item.text)
    briefs = {
        lower
        for lower, parents in under.items()
        for shares in parents.values()
        if len(parents) == 1 and len(shares) > 1 and max(shares) < _APART
    }
    return frozenset(range(1, level + 1)) | briefs


def _grouped(items: Sequence[Item]) -> bool:
    """Say whether headings that follow each other have no empty line between them, but one above."""
    inside = [b.block.gap for a, b in pairwise(items) if a.shape == "short" and b.shape in {"short", "credit"}]
    above = [b.block.gap for a, b in pairwise(items) if a.is_text and b.shape == "short"]
    tight = sum(gap == 0 for gap in inside)
    return tight > 1 and tight >= _MOSTLY * len(inside) and sum(gap > 0 for gap in above) >= _MOSTLY * len(above)


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
