"""What is known about words: how to cut a text into them and how much each tells. The only place that knows jieba.

Chinese is cut with jieba's dictionary and algorithm, by default through rjieba (the same in Rust, 24 times faster);
languages that space their words are cut at the spaces. Texts come in as values: `shipped` reads those of the package,
and whoever builds a Lexicon may hand in the newsroom's own.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from digest.text import has_han

Cut = Callable[[str], list[str]]

COMMON_IDF = 11.9547675029
"""The median of jieba's table, which jieba gives to every word that the table lacks."""

_SPACED = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class WordLists:
    """The texts of a Lexicon: jieba's IDF table (`word value` lines, UTF-8) and stop words parted by white space."""

    idf: bytes
    stopwords: str


def shipped() -> WordLists:
    """Read the IDF table of the installed jieba and this package's stop words.

    The table is found without importing jieba, which would take longer than everything else together.
    """
    jieba = find_spec("jieba")
    if jieba is None or jieba.origin is None:
        raise ModuleNotFoundError("jieba")
    idf = (Path(jieba.origin).parent / "analyse" / "idf.txt").read_bytes()
    return WordLists(idf, (files(__package__) / "stopwords.txt").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and what they weigh. `table` is kept as it is written: most of its words are never looked up."""

    cut_han: Cut
    table: Mapping[bytes, bytes]
    stopwords: frozenset[str]

    @classmethod
    def build(
        cls,
        lists: WordLists,
        *,
        segmenter: Literal["rjieba", "jieba"] = "rjieba",
        words: Iterable[str] = (),
        stopwords: str = "",
        cache: Path | None = None,
    ) -> "Lexicon":
        """Build a Lexicon from `lists`; `words` are the newsroom's own, `stopwords` are added to the shipped ones.

        `cache` is a private folder for jieba's prebuilt dictionary; only `segmenter="jieba"` has use for it.
        """
        own = frozenset(words)
        return cls(
            cut_han=_rjieba(own) if segmenter == "rjieba" else _jieba(own, cache),
            table=_table(lists.idf),
            stopwords=_stopwords(lists.stopwords) | _stopwords(stopwords),
        )

    def cut(self, text: str) -> list[str]:
        """Return the words and marks of `text` in their order, without white space."""
        if has_han(text):
            return [word for word in self.cut_han(text) if not word.isspace()]
        return _SPACED.findall(text)

    def idf(self, word: str) -> float:
        """Return how much `word` tells: the logarithm of how many texts there are for each one that holds it."""
        written = self.table.get(word.encode())
        return float(written) if written else COMMON_IDF

    def is_stop(self, word: str) -> bool:
        """Say whether `word` tells nothing; case does not matter.

        Nor does a Chinese word that the table lacks and two stop words make: the segmenter took them for a name.
        """
        return word.casefold() in self.stopwords or (
            1 < len(word) < 5
            and not word.isascii()
            and word.encode() not in self.table
            and any(word[:n] in self.stopwords and word[n:] in self.stopwords for n in range(1, len(word)))
        )


def _stopwords(text: str) -> frozenset[str]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.casefold() for line in lines for word in line.split())


def _table(text: bytes) -> dict[bytes, bytes]:
    """Return the values of an IDF table by word; equal ones are shared, which saves a third of the memory."""
    fields = text.split()
    words, values = fields[::2], fields[1::2]
    shared: dict[bytes, bytes] = {}
    return dict(zip(words, map(shared.setdefault, values, values), strict=True))


def _rjieba(words: frozenset[str]) -> Cut:
    import rjieba

    if not words:
        return rjieba.cut  # the import has built it already
    segmenter = rjieba.Jieba()
    for word in sorted(words):
        segmenter.add_word(word, None, None)
    return segmenter.cut


def _jieba(words: frozenset[str], cache: Path | None) -> Cut:
    """Return the cut of a private Tokenizer. Without `cache` its dictionary is built in memory and stored nowhere."""
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    segmenter = jieba.Tokenizer()
    if cache is None:
        segmenter.FREQ, segmenter.total = segmenter.gen_pfdict(segmenter.get_dict_file())
        segmenter.initialized = True
    else:
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        segmenter.tmp_dir = str(cache)
        segmenter.initialize()
    for word in sorted(words):
        segmenter.add_word(word)
    cut: Cut = segmenter.lcut
    return cut
