"""What each word is, whatever text it stands in: whether it tells anything, its part of speech, how rare it is."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from digest.text import has_han

MOST = 1 << 15
"""How many words are remembered."""

_WORD = re.compile(r"(?!.*\d{4})[^\W\d_](?:[\w\-'’.&·]*[^\W_])?")
_NUMBER = re.compile(
    r"第?[〇零一二三四五六七八九十百千万亿两萬億兩\d]+"
    r"(?:[次届屆个個项項条條年月日号號期版岁歲点點时時分秒元角吨噸米亩畝人名位户戶家所座辆輛台倍成天周週楼樓层層票碗盏盞只隻页頁炉爐张張]|人次|公里|公斤|平方米)?"
    r"|.*[\d一二三四五六七八九十][届屆].*"
)
_ADDRESS = re.compile(r".{1,2}(?:师傅|先生|女士|大爷|大妈|大叔|大姐|阿姨|奶奶|爷爷|老师|師傅|小姐)")
_COUNTED = re.compile("[一二两三四五六七八九十百千几數数兩].{1,2}|.[十百千]")
_NO_TOPIC = re.compile("[mrpcduyok]|e$")
"""Parts of speech that name no topic: numerals, pronouns, prepositions, conjunctions, adverbs, particles."""


class Kind(NamedTuple):
    """What a folded word is.

    It `tells` something if it is no stop word, number or way to address somebody. `part` is its part of speech in
    jieba's letters (n a noun, v a verb, vn a verb that names), None where the word is never part of a keyword. A word
    that nobody has `known` may be cut wrong; where a stop word is at its end it is `frail`, mostly wrong. `idf` is that
    of texts of all kinds, None where the table lacks the word.
    """

    tells: bool
    part: str | None
    known: bool
    frail: bool
    idf: float | None


class Kinds(dict[str, Kind]):
    """The kinds of words, each found when it is asked for first."""

    def __init__(
        self, stopwords: Collection[str], own: Collection[str], table: Mapping[bytes, bytes], tag: Callable[[str], str]
    ) -> None:
        """Judge by stop words, by the newsroom's `own` words, by a `table` of IDF, and by what `tag` says."""
        super().__init__()
        self._stopwords = stopwords
        self._own = own
        self._table = table
        self._tag = tag

    def __missing__(self, word: str) -> Kind:
        """Find what a folded word is."""
        if len(self) >= MOST:
            self.clear()
        found = self[word] = self._kind(word)
        return found

    def is_stop(self, word: str) -> bool:
        """Say whether `word` tells nothing; case does not matter.

        Nor does a Chinese word that the table lacks and two stop words make: the segmenter took them for a name.
        """
        return word.casefold() in self._stopwords or (
            1 < len(word) < 5
            and not word.isascii()
            and any(word[:n] in self._stopwords and word[n:] in self._stopwords for n in range(1, len(word)))
            and not self._knows(word)
        )

    def tag(self, word: str) -> str:
        """Return the part of speech; a word without Chinese is `eng`, one of the newsroom's own a noun.

        One that nobody knows is `x`: what the segmenters say of it is a guess, and not the same one.
        """
        return self._part(word, known=self._knows(word))

    def _part(self, word: str, *, known: bool) -> str:
        if word in self._own:
            return "n"
        if not has_han(word[0]):
            return "eng"
        return self._tag(word) if known else "x"

    def _kind(self, word: str) -> Kind:
        written = self._table.get(word.encode())
        idf = float(written) if written else None
        known = idf is not None or word in self._own
        if not self._tells(word):
            return Kind(False, None, known, False, idf)
        tag = self._part(word, known=known)
        frail = not known and has_han(word) and len(word) > 1
        return Kind(
            tells=True,
            part=tag if word in self._own or self._names(word, tag, known=known) else None,
            known=known,
            frail=frail and (self.is_stop(word[0]) or self.is_stop(word[-1])),
            idf=idf,
        )

    def _knows(self, word: str) -> bool:
        return word.encode() in self._table or word in self._own

    def _tells(self, word: str) -> bool:
        if self.is_stop(word):
            return False
        if word in self._own:
            return True
        return _WORD.fullmatch(word) is not None and not _NUMBER.fullmatch(word) and not _ADDRESS.fullmatch(word)

    def _names(self, word: str, tag: str, *, known: bool) -> bool:
        """Say whether a word may be part of a keyword."""
        if not has_han(word):
            return True
        if not known and _COUNTED.fullmatch(word):
            return False
        return not _NO_TOPIC.match(tag)
