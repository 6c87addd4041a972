"""Owners: every character of a document that is not white space belongs to exactly one part of the issue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from digest.model import Document
from digest.parsing.block import Block, Part

Owner = Literal["masthead", "heading", "credit", "paragraph", "caption", "left_over", "markup"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` of line `line` (from 0), and whose they are."""

    line: int
    start: int
    end: int
    owner: Owner


def spans(owned: Iterable[tuple[Block, Owner]]) -> tuple[Span, ...]:
    """Return the spans of blocks that have an owner, in the order of the document."""
    return tuple(sorted(Span(p.line, p.start, p.end, owner) for block, owner in owned for p in block.parts))


def unowned(document: Document, owned: Sequence[Span]) -> list[Block]:
    """Return what no span holds, as blocks."""
    by_line: dict[int, list[Span]] = {}
    for span in owned:
        by_line.setdefault(span.line, []).append(span)
    found: list[Block] = []
    for number, line in enumerate(document.lines):
        at = 0
        for start, end in [*((s.start, s.end) for s in by_line.get(number, ())), (len(line.text), len(line.text))]:
            if text := line.text[at:start].strip():
                begin = line.text.index(text, at)
                found.append(Block(text, (Part(number, begin, begin + len(text)),)))
            at = max(at, end)
    return found


def coverage(document: Document, owned: Iterable[Span]) -> float:
    """Return the share of the document's characters, white space apart, that a span holds; 1 for an empty document."""
    total = sum(_count(line.text) for line in document.lines)
    held = sum(_count(document.lines[span.line].text[span.start : span.end]) for span in owned)
    return held / total if total else 1.0


def _count(text: str) -> int:
    return sum(map(len, text.split()))
