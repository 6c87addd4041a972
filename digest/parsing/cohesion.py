"""Cohesion: whether two texts speak of the same matter, told from the words that they share and few others have."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise

from digest.text import HAN, has_han

_EAST = re.compile(f"[{HAN}]{{2}}")
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
_COMMON = frozenset(
    "的了是在和与及或有无不也就都还又再他她它们你我这那其之以于对从到把被将让使为着过得地很更最此该各每"
    "個們這與於對從為還過來來去上下中大小多少前后後里裡內内外间間时時"
    "年月日号號点點分元万萬亿億千百十零〇一二三四五六七八九两兩几幾第次个名位条條项項家今昨明本市县縣区區省全"
    "记記者讯訊报報道導员員"
)
"""Characters of which a pair tells nothing about the matter: function words, numbers, times, a report's own words."""

_ENOUGH = 1200
"""So many characters of each text are looked at."""


class Cohesion:
    """The words of an issue and in how many of its texts each stands; a Chinese word is a pair of characters."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._counts: Counter[str] | None = None

    def of(self, before: Sequence[str], after: Sequence[str]) -> float:
        """Return how much two texts share, from 0: each common word counts by how few texts have it, at most 1/2."""
        if self._counts is None:
            self._counts = Counter(chain.from_iterable(map(_words, self._texts)))
        shared = _words("\n".join(before)[-_ENOUGH:]) & _words("\n".join(after)[:_ENOUGH])
        return sum(1 / max(2, self._counts[word]) for word in shared if _tells(word))


def _words(text: str) -> set[str]:
    return set(map("".join, pairwise(text))) if has_han(text) else {word.lower() for word in _WEST.findall(text)}


def _tells(word: str) -> bool:
    """Say whether a word tells something about the matter."""
    if len(word) > 2:
        return word not in _COMMON_WEST
    return _EAST.fullmatch(word) is not None and not _COMMON.intersection(word)
