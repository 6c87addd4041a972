"""Cursor: a place among an issue's items, and what stands there and behind it."""

from collections.abc import Sequence
from dataclasses import replace

from digest.parsing import labels, shape
from digest.parsing.items import Item


class Cursor:
    """The items of an issue, and `at`, the one to take next."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.at = 0
        self.items = list(items)

    def next(self) -> Item | None:
        """Return the item to take next, None at the end."""
        return self.item(self.at)

    def item(self, at: int) -> Item | None:
        """Return item `at`, None behind the end."""
        return self.items[at] if at < len(self.items) else None

    def after(self, at: int, kind: str) -> int:
        """Return where the items of one shape that begin at `at` end."""
        while at < len(self.items) and self.items[at].shape == kind:
            at += 1
        return at

    def heads_end(self) -> int:
        """Return where the headings at the present place end; a sentence of several clauses under one is text."""
        end = self.after(self.at, "short")
        for at in range(self.at + 1, end):
            item = self.items[at]
            above = self.items[at - 1]
            named = at - 1 == self.at and labels.is_like(above.text, item.text, usual=False)
            marked = above.block.level > 0 or (shape.commas(item.text) > 0 and not named)
            if marked and not item.block.level and shape.ends_sentence(item.text):
                self.items[at] = replace(item, shape="prose")
                return at
        return end
