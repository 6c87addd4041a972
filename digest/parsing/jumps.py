"""Jumps: an article that goes on elsewhere (下转第3版 … 上接第1版) is one again."""

from collections.abc import Sequence

from digest.parsing.drafts import Draft
from digest.parsing.items import Item

_ALIKE = 0.5


def followed(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Item]]:
    """Return `drafts` with every continuation joined to its beginning, and the headings that were printed again."""
    kept: list[Draft] = []
    waiting: list[Draft] = []
    repeated: list[Item] = []
    for draft in drafts:
        beginning = _beginning(waiting, draft)
        if beginning is None:
            kept.append(draft)
            waiting += [draft] if draft.onward else []
            continue
        beginning.body += draft.body
        beginning.crossheads += draft.crossheads
        beginning.apart += draft.apart
        beginning.credits += draft.credits
        beginning.images += draft.images
        beginning.onward = draft.onward
        repeated += [*draft.heads, *([draft.label] if draft.label else [])]
    return kept, repeated


def _beginning(before: Sequence[Draft], draft: Draft) -> Draft | None:
    """Return the article that `draft` continues, None where it begins by itself."""
    page = str(draft.page) if draft.page else None
    waiting = [d for d in before if d.onward and (page is None or _page(d.onward[-1]) == page)]
    if draft.comes_from:
        waiting = [d for d in waiting if d.page is None or str(d.page) == _page(draft.comes_from)] or waiting
        return max(waiting, key=lambda d: _likeness(d, draft), default=None)
    alike = [d for d in waiting if d.heads and draft.heads and _likeness(d, draft) >= _ALIKE]
    return alike[0] if alike else None


def _page(target: str) -> str:
    return target.lstrip("ABCD")


def _likeness(a: Draft, b: Draft) -> float:
    """Return the share of two drafts' headings' pairs of characters that they have in common."""
    first, second = (_pairs("".join(item.text for item in d.heads)) for d in (a, b))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _pairs(text: str) -> set[str]:
    bare = "".join(char for char in text if char.isalnum())
    return {bare[i : i + 2] for i in range(len(bare) - 1)}
