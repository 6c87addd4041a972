"""How well an article fits what is asked for: BM25, as FTS5 reckons it (SQLite FTS5 Extension, 5.1.1)."""

import math
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from digest.search import Phrase
from digest.store.search.asked import Sought

TEXT, TITLE, AUTHORS = 1, 8, 4
"""How often a phrase counts that stands there."""

_K1, _B = 1.2, 0.75
_LEAST_IDF = 1e-6
"""How rare a phrase is taken to be that more than half of all articles have."""


class Fields(NamedTuple):
    """The terms of an article, with a space between and at both ends, and how many they are in all."""

    title: str
    text: str
    authors: str
    length: int


def scale(
    wanted: Sequence[Sought], holders: Sequence[int], articles: int, mean_length: float
) -> Callable[[Fields], float]:
    """Return what says how well an article fits: above 0, and more where it fits better.

    Of so many articles, so many have each of the phrases that are wanted.
    """
    measures = [
        (_pattern(one.phrase).findall, one.is_author, _rareness(held, articles))
        for one, held in zip(wanted, holders, strict=True)
    ]

    def score(article: Fields) -> float:
        norm = _K1 * (1 - _B + _B * article.length / mean_length)
        found = 0.0
        for places, is_author, rareness in measures:
            count = AUTHORS * len(places(article.authors))
            if not is_author:
                count += TEXT * len(places(article.text)) + TITLE * len(places(article.title))
            found += rareness * (count * (_K1 + 1) / (count + norm))
        return found

    return score


def _rareness(holders: int, articles: int) -> float:
    idf = math.log((articles - holders + 0.5) / (holders + 0.5))
    return idf if idf > 0 else _LEAST_IDF


def _pattern(phrase: Phrase) -> re.Pattern[str]:
    """Return what finds every place of a phrase, also those that overlap."""
    rest = "".join(f"{term} " for term in phrase[1:])
    return re.compile(f" {phrase[0]}(?= {rest})")
