"""Who wrote an article, as a paper signs it. For pages, feeds and receipts."""

from collections.abc import Sequence
from itertools import groupby

from digest.model import Author
from digest.text import has_han

_AFTER_THE_NAMES = frozenset({"摄", "文", "图", "文/图", "图/文", "摄影报道"})
"""Roles that a Chinese paper prints behind the names."""


def byline(authors: Sequence[Author]) -> tuple[str, ...]:
    """Return the authors as a paper names them: a role once for all who follow in it, 摄 behind its names."""
    return tuple(_credit(role, [author.name for author in group]) for role, group in groupby(authors, _role))


def _role(author: Author) -> str:
    return author.role


def _credit(role: str, names: Sequence[str]) -> str:
    together = " ".join(names) if any(map(has_han, names)) else ", ".join(names)
    parts = (together, role) if role in _AFTER_THE_NAMES else (role, together)
    return " ".join(filter(None, parts))
