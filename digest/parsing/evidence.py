"""Evidence: how much speaks for a new article where headings stand, rather than for crossheads inside an open one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.parsing import labels, shape
from digest.parsing.items import Item
from digest.parsing.style import Style
from digest.text import has_han

CERTAIN = 4
_LONGEST_CROSSHEAD, _LONGEST_PARALLEL, LONGEST_ALIKE = 16, 24, 8
_COHESION = ((0.05, 3), (0.35, 2), (0.6, 1), (2.5, 0), (4.0, -2))
"""What cohesion below so much tells: texts round a heading that share nothing speak of different matters."""
_PARALLEL = 5
_SHORTEST = 15
_WORK = re.compile(r"《[^《》]{1,40}》(?:[（(][^（）()]{1,16}[）)])?")
"""The title of a film or a play, which in a programme is the headline over its facts."""


_LIFE = re.compile(r"[(,，（ ]\s?1[89]\d\d\s?[—–-]\s?20\d\d[)）]?$")
"""The years of a life behind a name, the headline of an obituary."""


@dataclass(frozen=True, slots=True)
class Open:
    """What is known of the open article where headings stand.

    `closed` says that a credit has ended it, `finished` that its last sentence is whole; `level` is its heading mark,
    `crossheads` counts those it has, `parallel` says that headings of the same form stand near, `cohesion` tells how much it shares with the text under the headings,
    `ahead` how long that is, `flows`
    that the last heading seems to go on in that text.
    """

    closed: bool
    finished: bool
    level: int
    crossheads: int
    parallel: bool
    cohesion: float
    ahead: int
    flows: bool


def is_sure(credited: Sequence[Item], following: Item) -> bool:
    """Say whether a report or a letter surely opens: with a dateline or a salutation, or with a credit over it."""
    opens = following.shape == "dated" or labels.is_salutation(following.text)
    return opens or any(item.credit and item.credit.sure for item in credited)


def of_run(run: Sequence[Item], credited: Sequence[Item], following: Item, style: Style, before: Open) -> int:
    """Return the evidence for a new article at the headings `run`; below 1, it is crossheads.

    `credited` are the credits between the headings and what follows, `before` is the article that is open there.
    """
    sure = is_sure(credited, following)
    score = 3 * sure + 3 * before.closed + 2 * bool(credited)
    if not run:
        return score
    first = run[0]
    if (level := _highest(run)) and style.level:
        return CERTAIN if level in style.levels else min(score - CERTAIN, 0)
    score += style.gap_evidence(first) - 3 * bool(style.level and before.level)
    score += (
        3 * _is_label(run)
        + 3 * (_is_work(first, following) or _LIFE.search(first.text) is not None)
        + (len(run) > 1)
        + _of_length(run, style)
    )
    if style.in_capitals:
        score += 3 if first.text.isupper() else -2
    if following.shape != "dated":
        score -= 5 * shape.is_enumerated(first.text)
    if sure or before.closed:
        return score
    score -= 3 * (before.flows or shape.ends_open(run[-1].text)) + 2 * (not before.finished)
    parted = len(first.text.split()) > 1 and has_han(first.text)
    score += 2 * parted - 2 * (shape.commas(first.text) > 0 and len(run) == 1 and not parted and not style.is_bare)
    score += 2 * style.is_tight(first, following) + 2 * following.text.startswith(first.text)
    score -= 2 * (before.crossheads > 0) + 3 * (before.ahead < _SHORTEST)
    score -= _PARALLEL * before.parallel
    return score - style.regularity + _of_cohesion(before.cohesion)


def form(text: str) -> str | None:
    """Return how a crosshead is built that comes again in the same form: a question, two clauses cut at one place."""
    if text.rstrip(shape.CLOSERS + "*")[-1:] in {"？", "?"}:
        return "?"
    if shape.commas(text) != 1 or shape.width(text) > _LONGEST_PARALLEL:
        return None
    return f"，{max(text.find('，'), text.find(','))}"


def is_alike(text: str, other: str) -> bool:
    """Say whether two short texts are built alike, as the crossheads of one article are: …有了价钱, …有了客人."""
    short = len(text) == len(other) <= LONGEST_ALIKE and text != other and has_han(text) and not labels.is_notice(text)
    return short and sum(a == b and a.isalpha() for a, b in zip(text, other, strict=True)) > 1


def is_fragment(text: str, *, cut: bool = True) -> bool:
    """Say whether a short text inside an article is a piece of a sentence rather than a crosshead.

    `cut` says that sentences of the issue are cut, without which a crosshead may have two clauses or end in 的.
    """
    if shape.is_enumerated(text) and not shape.ends_open(text):
        return shape.ends_sentence(text)
    return (
        shape.width(text) > _LONGEST_CROSSHEAD
        or shape.commas(text) > (0 if cut else 1)
        or (shape.ends_open(text) and (cut or text[-1] != "的"))
        or shape.ends_sentence(text)
    )


def _is_label(run: Sequence[Item]) -> bool:
    return labels.label(run[0].text) is not None or labels.is_notice(run[-1].text)


def _is_work(first: Item, following: Item) -> bool:
    """Say whether `first` is the title of a work or an event over its facts."""
    if following.shape == "row" and shape.tells_when(following.text):
        return True
    return shape.is_barred(following.text) and _WORK.fullmatch(first.text) is not None


def _highest(run: Sequence[Item]) -> int:
    """Return the highest heading mark in `run`: that of a kicker may be lower than that of its headline."""
    return min((item.block.level for item in run if item.block.level), default=0)


def _of_length(run: Sequence[Item], style: Style) -> int:
    """A headline is a statement, a crosshead a few words; where nothing else tells them apart, fewer words will do."""
    width = sum(shape.width(item.text) for item in run)
    long, short = (12, 7) if has_han(run[0].text) else (10, 7)
    if style.is_bare:
        long = 8
    return (width >= long) - 2 * (width <= short and not style.in_capitals)


def _of_cohesion(cohesion: float) -> int:
    return next((points for below, points in _COHESION if cohesion < below), -3)
