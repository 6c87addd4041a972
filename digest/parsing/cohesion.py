"""Cohesion: whether two texts speak of the same matter, told from the words that they share and few others have."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, chain
from operator import add

from digest.text import NOT_HAN, has_han

_WEST = re.compile("[A-Za-z]{4,}")
_WORDS = (
    "about above after again against almost along already among another around because before being below "
    "between both could during early every first found going great large later least little might month months "
    "never night other people place right second seven several should since small still their there these thing "
    "things think third those three through today together under until wednesday thursday friday saturday "
    "sunday monday tuesday january february march april august september october november december weeks where "
    "whether which while whose within without would years eight percent also back been come down each even from "
    "good have here into just know last like long made make many more most much must next once only open over "
    "same said says some such take than that them then they this time told very want week well went were what "
    "when will with work year your four five nine town city "
    ""
)
_COMMON_WEST = frozenset(_WORDS.split())
_COMMON = (
    "的了是在和与及或有无不也就都还又再他她它们你我这那其之以于对从到把被将让使为着过得地很更最此该各每"
    "個們這與於對從為還過來來去上下中大小多少前后後里裡內内外间間时時"
    "年月日号號点點分元万萬亿億千百十零〇一二三四五六七八九两兩几幾第次个名位条條项項家今昨明本市县縣区區省全"
    "记記者讯訊报報道導员員"
)
"""Characters of which a pair tells nothing about the matter: function words, numbers, times, a report's own words."""

_EAST = re.compile(f"[^{_COMMON}{NOT_HAN}]+")

_ENOUGH, _ENOUGH_OF_ALL = 1200, 100_000
"""So many characters of two texts are compared, and so many of the whole issue tell how rare a word is."""


class Cohesion:
    """The words of an issue and in how many of its texts each stands; a Chinese word is a pair of characters."""

    def __init__(self, texts: Sequence[str]) -> None:
        sizes = accumulate(map(len, texts))
        self._texts = [text for text, size in zip(texts, sizes, strict=True) if size <= _ENOUGH_OF_ALL]
        self._counts: dict[str, int] = {}

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """The texts as one, and where in it each of them ends."""
        return "\n".join(self._texts), [end - 1 for end in accumulate(len(text) + 1 for text in self._texts)]

    @cached_property
    def _western(self) -> Counter[str]:
        return Counter(chain.from_iterable(map(_western_words, self._texts)))

    def of(self, before: Sequence[str], after: Sequence[str]) -> float:
        """Return how much two texts share, from 0: each common word counts by how few texts have it, at most 1/2."""
        shared = _words("\n".join(before)[-_ENOUGH:]) & _words("\n".join(after)[:_ENOUGH])
        return sum(1 / max(2, self._count(word)) for word in shared)

    def _count(self, word: str) -> int:
        """Return how many texts have `word`."""
        if word.isascii():
            return self._western[word]
        if word not in self._counts:
            whole, ends = self._whole
            count, at = 0, whole.find(word)
            while at >= 0:
                count, at = count + 1, whole.find(word, ends[bisect(ends, at)])
            self._counts[word] = count
        return self._counts[word]


def _words(text: str) -> set[str]:
    """Return the words of `text` that tell something about its matter."""
    if has_han(text):
        return set(chain.from_iterable(map(add, run, run[1:]) for run in _EAST.findall(text)))
    return _western_words(text) - _COMMON_WEST


def _western_words(text: str) -> set[str]:
    return set() if has_han(text) else set(map(str.lower, _WEST.findall(text)))
