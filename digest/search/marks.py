"""Where a text says what was asked for: marked, and with whole clauses around the first place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from digest.model import Article, StoredArticle
from digest.search.terms import Phrase, places
from digest.text import has_han, joined, one_line

CHARS = 96
"""How long a snippet is, that of a language that spaces its words twice that."""

_CLAUSE = re.compile(r".+?(?:[，。！？；：、…]+[”’」』）》]*|[,.!?;:]+[\"'”’)]*(?=\s|$)|$)\s*", re.DOTALL)


class Piece(NamedTuple):
    """A stretch of text; `is_hit` says that it is what was asked for."""

    text: str
    is_hit: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found, the slug of its paper and the language of its issue."""

    slug: str
    language: str
    stored: StoredArticle


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, and how many there are in all: exactly, or, where there are `more`, at least."""

    hits: Sequence[Hit] = ()
    count: int = 0
    more: bool = False


def marked(text: str, phrases: Sequence[Phrase]) -> tuple[Piece, ...]:
    """Return a text in pieces, those of it marked that are one of `phrases`."""
    pieces, done = [], 0
    for start, end in places(text, phrases):
        pieces += [Piece(text[done:start]), Piece(text[start:end], is_hit=True)]
        done = end
    return tuple(piece for piece in (*pieces, Piece(text[done:])) if piece.text)


def snippet(article: Article, phrases: Sequence[Phrase]) -> tuple[Piece, ...]:
    """Return the clauses around the first of `phrases` in an article's text; its summary where that has none of them."""
    summary = joined(article.summary)
    captions = [picture.caption or "" for picture in article.pictures]
    for text in map(one_line, filter(None, (article.lede, *article.paragraphs, *captions))):
        if found := places(text, phrases):
            return marked(_around(text, *found[0]), phrases)
    text = one_line(summary or article.lede or "".join(article.paragraphs[:1]))
    return marked(_around(text, 0, 0), phrases) if text else ()


def _around(text: str, start: int, end: int) -> str:
    """Return as many whole clauses around a stretch of a text as there is room for, or a part of one too long."""
    room = CHARS if has_han(text) else 2 * CHARS
    clauses = [found.span() for found in _CLAUSE.finditer(text)]
    kept = [span for span in clauses if span[0] < max(end, start + 1) and span[1] > start]
    first, last = kept[0][0], kept[-1][1]
    if last - first > room:
        first = max(first, start - room // 3)
        last = min(last, max(end, first + room))
        return _elided(text, first, last)
    before = [span[0] for span in clauses if span[1] <= first]
    behind = [span[1] for span in clauses if span[0] >= last]
    first = min([first, *(each for each in before if last - each <= room and start - each <= room // 3)])
    last = max([last, *(each for each in behind if each - first <= room)])
    first = min([first, *(each for each in before if last - each <= room)])
    return _elided(text, first, last)


def _elided(text: str, first: int, last: int) -> str:
    before = "…" if text[:first].strip() else ""
    after = "…" if text[last:].strip() else ""
    return f"{before}{text[first:last].strip()}{after}"
