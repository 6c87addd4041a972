"""Collectives: a heading over several short articles, and how they are told apart under it: 简讯, 读者来信."""

from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Kind
from digest.parsing import labels, shape
from digest.parsing.items import Item

BULLETS = "●▲■◆★◇○△▶•▪□☆【"
_PAIRS = 3
"""So many briefs with a heading show what stands over them."""

_VOICE = "@＠"


@dataclass(frozen=True, slots=True)
class Collective:
    """A heading over several articles. `bullet` is the mark before each, `bare` says that each is one paragraph.

    `apart` says that what stands under it is set close, so that a heading set apart ends it.
    """

    item: Item
    kind: Kind | None
    bullet: str | None = None
    bare: bool = False
    apart: bool = False

    @property
    def label(self) -> str:
        """The heading's words without the marks round them."""
        return labels.name(self.item.text)

    def begins(self, item: Item) -> bool:
        """Say whether the text `item` begins an article of its own."""
        if self.bullet:
            return item.text[0] == self.bullet
        return self.bare or item.shape == "dated"


def over(heading: Item, behind: Sequence[Item], *, alone: bool) -> Collective | None:
    """Return the collective that `heading` begins, None where it is something else; `behind` is what follows it.

    It is one by its words, or by the marks before the texts directly under it. `alone` says that no other heading stands
    between.
    """
    kind = labels.kind(heading.text)
    if not alone and shape.is_enumerated(behind[0].text) and labels.label(heading.text):
        return Collective(heading, kind or "brief")
    texts = [item for item in behind if item.shape != "credit"]
    first, second = ([*texts[:2], None, None])[:2]
    mark = first.text[0] if alone and first and first.is_text and first.text[0] in BULLETS + _VOICE else None
    if (
        mark
        and second
        and second.text[0] == mark
        and (labels.label(heading.text) or (first and labels.is_like(heading.text, first.text, usual=True)))
    ):
        return Collective(heading, kind or ("letter" if mark in _VOICE else "brief"), mark)
    if not alone and _is_over_pairs(heading, behind):
        return Collective(heading, kind or "brief", apart=True)
    if kind in {"letter", "brief"} or (kind == "notice" and not alone):
        bare = kind == "brief" and alone and first is not None and _is_whole(first)
        return Collective(heading, kind, mark, bare and mark is None)
    return None


def _is_over_pairs(heading: Item, behind: Sequence[Item]) -> bool:
    """Say whether three short headings, each with one paragraph, stand close under the few words of `heading`."""
    pairs = behind[: 2 * _PAIRS]
    shapes = [item.shape == "short" if at % 2 == 0 else _is_whole(item) for at, item in enumerate(pairs)]
    close = heading.block.gap > 0 and not any(item.block.gap for item in pairs)
    named = labels.label(heading.text) is not None or labels.is_like(heading.text, heading.text + "  ", usual=True)
    return len(pairs) == 2 * _PAIRS and all(shapes) and close and named


def _is_whole(item: Item) -> bool:
    """Say whether `item` is a paragraph that can be an article by itself."""
    return item.is_text and shape.ends_sentence(item.text)
