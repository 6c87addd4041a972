"""Evidence: how much speaks for a new article where headings stand, rather than for crossheads inside an open one."""

from collections.abc import Sequence

from digest.parsing import labels, shape
from digest.parsing.items import Item
from digest.parsing.style import Style
from digest.text import has_han

CERTAIN = 4
_LONGEST_CROSSHEAD = 16


def of_run(
    run: Sequence[Item],
    credited: Sequence[Item],
    following: Item,
    style: Style,
    *,
    closed: bool,
    level: int,
    flows: bool,
) -> int:
    """Return the evidence for a new article at the headings `run`; below 1, it is crossheads.

    `credited` are the credits between the headings and what follows. `closed` says that a credit has ended the open
    article, `level` is the heading mark over it, `flows` that the last of `run` seems to go on in what follows.
    """
    sure = any(item.credit and item.credit.sure for item in credited)
    dated = following.shape == "dated"
    score = 3 * dated + 3 * sure + 3 * closed + 2 * bool(credited)
    if not run:
        return score
    first = run[0]
    score += _of_level(first.block.level, level, style) + style.gap_evidence(first)
    score += 3 * (labels.label(first.text) is not None) + (len(run) > 1) + _of_length(run, style)
    if style.in_capitals:
        score += 3 if first.text.isupper() else -2
    if not dated:
        score -= 5 * shape.is_enumerated(first.text)
    if dated or sure or closed:
        return score
    if not first.block.level:
        score -= 3 * (flows or shape.ends_open(run[-1].text))
    return score - style.regularity - 2 * ("，" in first.text and len(run) == 1 and not style.is_bare)


def is_fragment(text: str) -> bool:
    """Say whether a short text inside an article is a piece of a sentence rather than a crosshead."""
    return shape.width(text) > _LONGEST_CROSSHEAD or "，" in text or shape.ends_open(text) or shape.ends_sentence(text)


def _of_level(level: int, open_level: int, style: Style) -> int:
    if not style.level:
        return 0
    if not level:
        return -3 if open_level else 0
    return 5 if level <= style.level else -5


def _of_length(run: Sequence[Item], style: Style) -> int:
    """A headline is a statement, a crosshead a few words; where nothing else tells them apart, fewer words will do."""
    width = sum(shape.width(item.text) for item in run)
    long, short = (12, 7) if has_han(run[0].text) else (10, 7)
    if style.is_bare:
        long = 8
    return (width >= long) - 2 * (width <= short and not style.in_capitals)
