"""The way through a list that is longer than a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

MOST = 10_000
"""The last page that can be asked for."""


@dataclass(frozen=True, slots=True)
class Steps:
    """The addresses of the pages before and behind this one, relative to it; None where there is none."""

    earlier: str | None
    later: str | None


def number(asked: str) -> int:
    """Return the page that is asked for, from 1; the first where it is none."""
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 10
    return min(max(int(asked), 1), MOST) if is_number else 1


def steps(page: int, kept: Mapping[str, str | None], *, more: bool) -> Steps:
    """Return the way from a page of a list; `kept` is what else its address says."""
    return Steps(_address(page - 1, kept) if page > 1 else None, _address(page + 1, kept) if more else None)


def _address(page: int, kept: Mapping[str, str | None]) -> str:
    said = {name: value for name, value in kept.items() if value} | ({"page": str(page)} if page > 1 else {})
    return f"?{urlencode(said)}" if said else "./"
