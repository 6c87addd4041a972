"""Blocks: the pieces of a document that parsing moves about, each knowing which characters it owns."""

from dataclasses import dataclass, replace
from typing import Literal

from digest.model import Document

Glue = Literal["", " ", "-"]
"""What joins a part to the one before it: nothing, a space, or nothing after dropping that part's hyphen."""


Marked = Literal["headline", "text"]

_LONGEST = 5000
_MOST_PARTS = 500


@dataclass(frozen=True, slots=True)
class Part:
    """Characters `start` to `end` of line `line` of the document (from 0), and the glue before them."""

    line: int
    start: int
    end: int
    glue: Glue = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A line, a piece of one, or several lines that are one text.

    `level` and `page` are those of the first line, `gap` counts the empty lines before it, `indent` is the white space
    that it began with. `marked` says what it is in an article that an editor has marked, if it stands in one.
    """

    text: str
    parts: tuple[Part, ...]
    level: int = 0
    page: int | None = None
    gap: int = 0
    indent: str = ""
    marked: Marked | None = None

    @property
    def is_full(self) -> bool:
        """Say whether the block is as long as a paragraph can be, so that nothing is joined to it."""
        return len(self.text) > _LONGEST or len(self.parts) > _MOST_PARTS

    @property
    def line(self) -> int:
        """The document's line at which the block begins, from 0."""
        return self.parts[0].line

    def joined(self, other: "Block", glue: Glue) -> "Block":
        """Return this block with `other` behind it."""
        text = self.text[:-1] if glue == "-" else self.text + glue
        first = replace(other.parts[0], glue=glue)
        return replace(self, text=text + other.text, parts=(*self.parts, first, *other.parts[1:]))

    def cut(self, at: int) -> tuple["Block", "Block"]:
        """Return the characters before and from `at` as two blocks; white space at the cut belongs to neither."""
        head, tail = self.text[:at].rstrip(), self.text[at:].lstrip()
        return (
            replace(self, text=head, parts=_slice(self.parts, 0, len(head))),
            replace(self, text=tail, parts=_slice(self.parts, len(self.text) - len(tail), len(self.text)), gap=0),
        )


def blocks(document: Document) -> list[Block]:
    """Return the lines of `document` that hold more than white space."""
    found: list[Block] = []
    gap = 0
    marked: Marked | None = None
    for number, line in enumerate(document.lines):
        text = line.text.strip()
        if line.mark:
            marked = "text" if line.mark == "begin" else None
        if not text:
            gap += 1
            continue
        start = line.text.index(text)
        part = Part(number, start, start + len(text))
        role: Marked | None = "headline" if line.mark else marked
        found.append(Block(text, (part,), line.level, line.page, gap, indent=line.text[:start], marked=role))
        gap = 0
    return found


def _slice(parts: tuple[Part, ...], start: int, end: int) -> tuple[Part, ...]:
    """Return the parts that make up characters `start` to `end` of the text of `parts`."""
    kept: list[Part] = []
    at = 0
    for i, part in enumerate(parts):
        at += len(part.glue.strip("-"))
        dropped = i + 1 < len(parts) and parts[i + 1].glue == "-"
        length = part.end - part.start
        shown = length - dropped
        low, high = max(start - at, 0), min(end - at, shown)
        at += shown
        if low < high:
            high += dropped and high == shown
            kept.append(replace(part, start=part.start + low, end=part.start + high, glue=part.glue if kept else ""))
    return tuple(kept)
