"""The summary of an article: its most telling sentences, verbatim and in their order, within a budget.

A sentence is worth the weight of the words that it adds, more where it opens the article, says what was decided or
gives figures, less where it is a formula or a list of who attended. Words already told add little, which keeps a
summary from saying a thing twice.
"""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from digest.analysis import sentences, signals
from digest.analysis.lexicon import Lexicon
from digest.analysis.sentences import Sentence
from digest.analysis.words import Term, Words, folded
from digest.text import has_han

HOOK = 12
"""An opening shorter than this, or quoted, sets the scene (一年之计在于春。): the news comes behind it."""

OPENING = 2.0
PARAGRAPH = 1.3
"""How much more the article's first sentence counts, and the first one of a paragraph."""

LATE = 0.4
"""How much less the last sentence counts than the first, position alone."""

TOLD = 0.15
"""What is left of a word's weight once the summary has told it."""

LENGTH = 0.6
"""How strongly length counts against a sentence: its worth is divided by its length to this power."""

BRIEF = 20
"""A sentence shorter than this counts as so long: it would be worth much for its length and say little."""

CUT = 0.4
"""How much less a run of clauses counts than a whole sentence."""

ENOUGH = 0.05
"""A sentence that adds less than this share of what the first choice added is left out, though it would fit."""

_SEMICOLONS = "；;"
_OPEN_ENDS = "，；：、,;: "


@dataclass(frozen=True, slots=True)
class Piece:
    """A candidate: a sentence, or a run of whole clauses of one that is longer than the budget."""

    text: str
    weights: Mapping[str, float]  # of its telling words
    sentence: Sentence
    factor: float


def choose(article: Sequence[Sentence], words: Words, lexicon: Lexicon, budget: int) -> tuple[str, ...]:
    """Return the chosen sentences in article order, at most `budget` characters as one text, never none.

    `words` holds the words of each sentence. Where not even one clause fits, its beginning is taken.
    """
    if not article:
        return ()
    chosen = pick(pieces(article, words, lexicon, budget), budget)
    if not chosen:
        return (article[0].text[:budget].rstrip(),)
    return tuple(piece.text for piece in sorted(chosen, key=lambda piece: piece.sentence.index))


def factors(sentence: Sentence, total: int, budget: int) -> list[tuple[str, float]]:
    """Return by name what raises (above 1) or lowers the words of a sentence: where it stands, of what kind it is.

    `total` counts the sentences of the article.
    """
    kinds = signals.of(sentence.text)
    found = [("late", 1 - LATE * sentence.index / total)] if sentence.index else []
    if not sentence.index and (len(sentence.text) >= HOOK or total == 1) and "quotation" not in dict(kinds):
        found.append(("opening", OPENING))
    if sentence.first:
        found.append(("paragraph", PARAGRAPH))
    if len(sentence.text) > budget:
        found.append(("cut", CUT))
    return found + kinds


def pieces(article: Sequence[Sentence], words: Words, lexicon: Lexicon, budget: int) -> list[Piece]:
    """Return what a summary may be made of, in article order."""
    return [
        Piece(text, {word: words.weights[word] for word in cut if word in words.weights}, sentence, share)
        for sentence, sentence_words in zip(article, words.sentences, strict=True)
        for text, cut, share in _candidates(sentence, sentence_words, len(article), lexicon, budget)
    ]


def _candidates(
    sentence: Sentence, words: Term, total: int, lexicon: Lexicon, budget: int
) -> list[tuple[str, Term, float]]:
    """Return a sentence's texts that may stand in a summary, with their words and factors."""
    share = math.prod(value for _, value in factors(sentence, total, budget))
    if len(sentence.text) <= budget:
        return [(sentence.text, words, share)]
    return [(run, folded(lexicon.cut(run)), share) for run in _runs(sentence.text, budget)]


def _runs(sentence: str, budget: int) -> list[str]:
    """Return the longest runs of a sentence's clauses that fit.

    A run begins where the sentence does or after a semicolon, so that it has what it needs to stand alone, and where
    it can it ends before one.
    """
    clauses = sentences.clauses(sentence)
    found = []
    for start in range(len(clauses)):
        if start and clauses[start - 1][-1] not in _SEMICOLONS:
            continue
        end, length = start, 0
        while end < len(clauses) and length + len(clauses[end].rstrip(_OPEN_ENDS)) <= budget:
            length += len(clauses[end])
            end += 1
        stops = (n for n in range(end, start, -1) if n == len(clauses) or clauses[n - 1][-1] in _SEMICOLONS)
        if run := _closed(clauses[start : next(stops, end)]):
            found.append(run)
    return found


def _closed(clauses: Sequence[str]) -> str:
    return "".join(clauses).strip().rstrip(_OPEN_ENDS)


def pick(pieces: Sequence[Piece], budget: int) -> list[Piece]:
    """Return the chosen pieces in the order of choice: each time the one that adds most for its length.

    It ends where none fits or adds enough. A sentence gives one piece, and a text is not said twice.
    """
    chosen: list[Piece] = []
    told: set[str] = set()
    most = 0.0
    left = list(pieces)
    while left := [piece for piece in left if len(piece.text) <= budget]:
        gains = [gain(piece, told) for piece in left]
        added = max(gains)
        if chosen and added <= ENOUGH * most:
            break
        most = max(most, added)
        best = left[gains.index(added)]
        chosen.append(best)
        told.update(best.weights)
        budget -= room(best)
        left = [piece for piece in left if piece.sentence != best.sentence and piece.text != best.text]
    return chosen


def room(piece: Piece) -> int:
    """Return how many characters of the budget a piece takes: without Chinese, one more for the space behind it."""
    return len(piece.text) + (not has_han(piece.text))


def gain(piece: Piece, told: Set[str] = frozenset()) -> float:
    """Return what a piece adds for its length to a summary that has `told` these words."""
    new = sum(weight * (TOLD if word in told else 1.0) for word, weight in piece.weights.items())
    return piece.factor * new / math.pow(max(len(piece.text), BRIEF), LENGTH)
