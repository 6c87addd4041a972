"""Owners: every character of a document that is not white space belongs to exactly one part of the issue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import Literal

from digest.model import Document
from digest.parsing.block import Block, Part

Owner = Literal["masthead", "heading", "credit", "paragraph", "caption", "left_over", "markup"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` of line `line` (from 0), and whose they are."""

    line: int
    start: int
    end: int
    owner: Owner


def spans(owned: Iterable[tuple[Block, Owner]]) -> tuple[Span, ...]:
    """Return the spans of blocks that have an owner, in the order of the document."""
    found = [Span(part.line, part.start, part.end, owner) for block, owner in owned for part in block.parts]
    return tuple(sorted(found, key=attrgetter("line", "start")))


def unowned(document: Document, owned: Iterable[tuple[Block, Owner]]) -> list[Block]:
    """Return what of `document` has no owner, as blocks."""
    by_line: dict[int, list[tuple[int, int]]] = {}
    for part in _parts(owned):
        by_line.setdefault(part.line, []).append((part.start, part.end))
    found: list[Block] = []
    for number, line in enumerate(document.lines):
        at, size, held = 0, len(line.text), by_line.get(number, [])
        if len(held) == 1 and held[0][1] - held[0][0] == len(line.text.strip()):
            continue
        for start, end in (*sorted(held), (size, size)) if size else ():
            if at < start and (text := line.text[at:start].strip()):
                begin = line.text.index(text, at)
                found.append(Block(text, (Part(number, begin, begin + len(text)),)))
            at = max(at, end)
    return found


def coverage(document: Document, owned: Iterable[tuple[Block, Owner]]) -> float:
    """Return the share of the document's characters, white space apart, that has an owner; 1 for an empty document."""
    total = _count(line.text for line in document.lines)
    held = _count(document.lines[part.line].text[part.start : part.end] for part in _parts(owned))
    return held / total if total else 1.0


def _parts(owned: Iterable[tuple[Block, Owner]]) -> Iterator[Part]:
    return chain.from_iterable(block.parts for block, _ in owned)


def _count(texts: Iterable[str]) -> int:
    """Return how many characters `texts` have, white space apart."""
    return len("".join("".join(texts).split()))
