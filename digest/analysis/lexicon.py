"""What is known about words: how to cut a text into them and how much each tells. The only place that knows jieba.

Chinese is cut with jieba's dictionary and algorithm, by default through rjieba (the same in Rust, 24 times faster);
languages that space their words are cut at the spaces. Texts come in as values: `shipped` reads those of the package,
and whoever builds a Lexicon may hand in the newsroom's own words and what was learned from the paper's archive.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from digest.analysis import table
from digest.analysis.kinds import Kinds
from digest.analysis.table import Table
from digest.text import has_han
from digest.wordfiles import OwnWord, OwnWords

Cut = Callable[[str], list[str]]
Tag = Callable[[str], str]
Segmenter = Literal["rjieba", "jieba"]

COMMON_IDF = 11.9547675029
"""The median of jieba's table, which jieba gives to every word that the table lacks."""

HALF_LEARNED = 1000
"""How many articles of an archive count for as much as the shipped table."""

GUESSES = "guesses.sorted"
"""The file in a cache folder that is made last, and only for rjieba."""

_SPACED = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*|[^\w\s]")
_REGULAR = r"[\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+"


def fold(word: str) -> str:
    """Return a word as it is counted: case and the English possessive do not matter."""
    return word.casefold().removesuffix("'s").removesuffix("’s")


@dataclass(frozen=True, slots=True)
class WordLists:
    """What a Lexicon is made of: the IDF of words in texts of all kinds, in UTF-8, and stop words parted by white space."""

    idf: Mapping[bytes, bytes]
    stopwords: str


@dataclass(frozen=True, slots=True)
class Learned:
    """What a paper's archive tells of its words: how many of its `articles` hold each.

    Words that fewer than two articles hold may be missing. The same `version` of an archive has the same counts.
    """

    version: int = 0
    articles: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def idf(self, word: str) -> float:
        """Return the logarithm of how many articles there are for each that holds `word`."""
        return math.log((self.articles + 1) / max(self.counts.get(word, 1), 1))


def shipped(cache: Path | None = None) -> WordLists:
    """Read the IDF table of the installed jieba, prepared in the private folder `cache`, and this package's stop words.

    The table is found without importing jieba, which would take longer than everything else together.
    """
    jieba = find_spec("jieba")
    if jieba is None or jieba.origin is None:
        raise ModuleNotFoundError("jieba")
    idf = Path(jieba.origin).parent / "analyse" / "idf.txt"
    found = table.prepared(cache / "idf.sorted", idf, idf.read_bytes) if cache else Table.of(idf.read_bytes())
    return WordLists(found, Path(__file__).with_name("stopwords.txt").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and what they weigh. `kinds` tells what each is by itself, the shipped IDF among it.

    `own` are the newsroom's words and names by their folded form. `runs` are those of its words that the segmenter
    cuts, by the first of the folded pieces: the pieces, longest first, and the word as the newsroom writes it.
    """

    cut_han: Cut
    stopwords: frozenset[str]
    kinds: Kinds
    own: Mapping[str, OwnWord]
    runs: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    learned: Learned = field(default_factory=Learned)

    @classmethod
    def build(
        cls,
        lists: WordLists,
        own: OwnWords = OwnWords(),  # noqa: B008 -- a frozen value
        *,
        segmenter: Segmenter = "rjieba",
        cache: Path | None = None,
    ) -> "Lexicon":
        """Build a Lexicon from `lists` and the newsroom's `own` words, which win where the two disagree.

        `cache` is a private folder for what the segmenter would else make at each start.
        """
        words = sorted({*own.words, *own.stopwords})
        parts = frozenset(
            part for word in words if has_han(word) for part in re.findall(_REGULAR, word) if len(part) > 1
        )
        cut_han, tag_han = _rjieba(parts, lists.idf, cache) if segmenter == "rjieba" else _jieba(parts, cache)
        folded = {fold(word): said for word, said in own.words.items()}
        stopwords = (_stopwords(lists.stopwords) - folded.keys()) | {word.casefold() for word in own.stopwords}
        return cls(
            cut_han=cut_han,
            stopwords=stopwords,
            kinds=Kinds(stopwords, folded, lists.idf, tag_han),
            own=folded,
            runs=_runs(words, cut_han),
        )

    def cut(self, text: str) -> list[str]:
        """Return the words and marks of `text` in their order, without white space; the newsroom's own words whole."""
        words = _cut(text, self.cut_han)
        return self._joined(words) if self.runs else words

    def idf(self, word: str) -> float:
        """Return how much `word`, folded, tells: its IDF, times the weight that the newsroom gives it.

        IDF is the logarithm of how many texts there are for each one that holds it: the table's, and the more of the
        archive's the more articles that has.
        """
        own = self.own.get(word)
        return self.ground(word) * (own.weight if own else 1.0)

    def ground(self, word: str) -> float:
        """Return the IDF of a folded word without the newsroom's weight."""
        value = self.general(word)
        if not self.learned.articles:
            return value
        share = self.learned.articles / (self.learned.articles + HALF_LEARNED)
        return (1 - share) * value + share * self.learned.idf(word)

    def general(self, word: str) -> float:
        """Return the IDF of a folded word in texts of all kinds: the table's."""
        value = self.kinds[word].idf
        return COMMON_IDF if value is None else value

    def is_stop(self, word: str) -> bool:
        """Say whether `word` tells nothing; case does not matter."""
        return self.kinds.is_stop(word)

    def _joined(self, words: list[str]) -> list[str]:
        """Put the newsroom's own words together again."""
        found: list[str] = []
        at = 0
        while at < len(words):
            for pieces, word in self.runs.get(fold(words[at]), ()):
                if tuple(map(fold, words[at : at + len(pieces)])) == pieces:
                    found.append(word)
                    at += len(pieces)
                    break
            else:
                found.append(words[at])
                at += 1
        return found


def _cut(text: str, cut_han: Cut) -> list[str]:
    if has_han(text):
        return [word for word in cut_han(text) if not word.isspace()]
    return _SPACED.findall(text)


def _runs(words: Iterable[str], cut_han: Cut) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the words that the segmenter cuts all the same, as `Lexicon.runs`."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for word in words:
        pieces = tuple(map(fold, _cut(word, cut_han)))
        if len(pieces) > 1:
            found.setdefault(pieces[0], []).append((pieces, word))
    for runs in found.values():
        runs.sort(key=lambda run: -len(run[0]))
    return found


def _stopwords(text: str) -> frozenset[str]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.casefold() for line in lines for word in line.split())


def _rjieba(words: frozenset[str], idf: Iterable[bytes], cache: Path | None) -> tuple[Cut, Tag]:
    """Return cut and tag of rjieba.

    What a word is that the dictionary lacks, it guesses by a model that takes as long to load as an issue to analyse.
    What it guesses of the words of the table `idf` is therefore kept in `cache`.
    """
    import rjieba

    def guess(word: str) -> str:
        return rjieba.tag(word)[-1][1]

    def guesses() -> bytes:
        unknown = (word for word in map(bytes.decode, idf) if not rjieba.has_word(word))
        return "\n".join(f"{word} {guess(word)}" for word in unknown).encode()

    made_by = Path(rjieba.__file__)
    kept = table.prepared(cache / GUESSES, made_by, guesses) if cache else Table.of(b"")

    def tag(word: str) -> str:
        known = None if rjieba.has_word(word) else kept.get(word.encode())
        return known.decode() if known else guess(word)

    if not words:
        return rjieba.cut, tag  # the import has built it already
    segmenter = rjieba.Jieba()
    for word in sorted(words):
        segmenter.add_word(word, None, None)
    return segmenter.cut, tag


def _jieba(words: frozenset[str], cache: Path | None) -> tuple[Cut, Tag]:
    """Return cut and tag of a private Tokenizer. Without `cache` its dictionary is built in memory and stored nowhere."""
    import logging

    import jieba
    from jieba.posseg import POSTokenizer

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
    tagger = POSTokenizer(segmenter)
    return segmenter.lcut, lambda word: str([*tagger.cut(word)][-1].flag)
