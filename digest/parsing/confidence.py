"""Confidence: how sure it is that an article is one, whole, and no other's: 0 to 1."""

from collections.abc import Sequence
from itertools import pairwise

from digest.parsing import labels, shape, speech
from digest.parsing.drafts import Draft
from digest.parsing.evidence import CERTAIN

_SHORTEST, _SHORTEST_BRIEF = 40, 15
_MOST_HEADS, _LONGEST_HEADS = 3, 70
_SURE = 3
"""Evidence from which a boundary is hardly doubted."""


def of(draft: Draft, texts: Sequence[str], *, filed: bool, ranked: bool) -> float:
    """Return how sure the article of `draft` is, whose paragraphs are `texts`: 1 less what speaks against it.

    `filed` says that a dateline or a credit stands in it, `ranked` that its headings tell their rank. What an editor
    has marked is sure.
    """
    if draft.marked:
        return 1.0
    doubts = (*_of_ends(draft, texts), *_of_inside(draft, texts, filed=filed), *_of_heads(draft, ranked=ranked))
    return round(max(0.0, 1.0 - sum(doubts)), 2)


def _of_ends(draft: Draft, texts: Sequence[str]) -> tuple[float, ...]:
    """Where it begins, and where the next one does."""
    ended = (
        draft.closed or (bool(texts) and shape.ends_sentence(texts[-1])) or bool(draft.body[-1:] == draft.apart[-1:])
    )
    return (
        0.12 * (draft.evidence < _SURE) + 0.08 * (draft.evidence < CERTAIN) + 0.1 * (draft.evidence < 1),
        0.1 * (draft.until < _SURE),
        0.25 * (not ended),
    )


def _of_inside(draft: Draft, texts: Sequence[str], *, filed: bool) -> tuple[float, ...]:
    """What of it could be another article's, or is too little for one."""
    shortest = _SHORTEST_BRIEF if draft.kind == "brief" else _SHORTEST
    opens = [text for text in texts[:-1] if len(text) > shortest and not _is_whole(text)]
    return (
        0.05 * (not filed),
        0.15 * min(draft.doubts, 2) * (1 if filed else 1.5),
        0.2 * draft.is_long,
        0.2 * (sum(map(len, texts)) < shortest),
        0.2 * bool(opens),
        0.5 * min(1, _openings(draft)),
        0.1 * any(item.shape == "row" for item in draft.body),
        0.06 * (draft.is_notice and not filed),
    )


def _openings(draft: Draft) -> int:
    """Return how many texts behind the first open as another report or letter does, or stand behind a second credit.

    A letter and its answer are signed each.
    """
    reports = sum(
        item.shape == "dated" or (labels.is_salutation(item.text) and not speech.is_spoken(item.text))
        for item in draft.body[1:]
    )
    lines = sorted(item.block.line for item in draft.credits if item.credit and not item.credit.photo)
    texts = [item.block.line for item in draft.body]
    between = sum(any(a < line < b for line in texts) for a, b in pairwise(lines) if texts and a > texts[0])
    if between and draft.is_letter and any(speech.is_address(item.text) for item in draft.body[1:]):
        between -= 1
    return reports + between


def _of_heads(draft: Draft, *, ranked: bool) -> tuple[float, ...]:
    """What is odd in its headings."""
    chars = sum(len(item.text) for item in draft.heads)
    return (
        0.25 * (not draft.heads and not draft.kind and not draft.label and not draft.is_photo),
        0.12 * (not ranked),
        0.25 * (len(draft.heads) > _MOST_HEADS or chars > _LONGEST_HEADS * (1 + (not draft.is_east))),
    )


def _is_whole(text: str) -> bool:
    return shape.ends_sentence(text) or text[-1] in "：:；;"
