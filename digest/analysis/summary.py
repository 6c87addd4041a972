"""The summary of an article: its most telling sentences, verbatim and in their order, within a budget.

A sentence is worth the weight of the words that it adds, more where it opens the article, says what was decided or
gives figures, less where it is a formula or a list of who attended. Words already told add little, which keeps a
summary from saying a thing twice.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.analysis import sentences
from digest.analysis.keywords import Term, Words, folded
from digest.analysis.lexicon import Lexicon
from digest.analysis.sentences import Sentence
from digest.text import has_han

OPENING = 2.0
PARAGRAPH = 1.3
"""How much more the article's first sentence counts, and the first one of a paragraph."""

LATE = 0.4
"""How much less the last sentence counts than the first, position alone."""

TOLD = 0.15
"""What is left of a word's weight once the summary has told it."""

LENGTH = 0.6
"""How strongly length counts against a sentence: its worth is divided by its length to this power."""

ENOUGH = 0.04
"""A sentence that adds less than this share of what the first choice added is left out, though it would fit."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A mark of a kind of sentence: each occurrence multiplies the sentence's worth, up to `most` occurrences."""

    name: str
    factor: float
    pattern: re.Pattern[str]
    most: int = 1


_SAYS = "指出|强调|要求|表示|提出|指出|強調"
SIGNALS = (
    Signal(
        "act",
        1.3,
        re.compile(
            "召开|举行|举办|审议|通过了|听取|传达|研究了|表彰|签署|签订|签约|成立|启动|开工|竣工|投用|投入|建成|完成|发布|公布|印发|出台|批准|"
            "决定|任命|当选|授予|获批|开通|落户|总投资|通报|察看|督导|调研|突破|增长|下降|同比|"
            "召開|舉行|舉辦|審議|通過|聽取|傳達|啟動|開工|發布|決定|簽署|投資|增長|"
            r"\b(?:approved|decided|announced|signed|opened|launched|passed|voted|agreed|rose|fell|will)\b"
        ),
    ),
    Signal(
        "figure",
        1.15,
        re.compile(
            r"\d[\d,.]*\s*(?:[%％万亿萬億余多]|(?![年月日號号时時点點])[\u4e00-\u9fff])|[$€£¥]\s?\d"
            r"|\d[\d,.]*\s?(?:million|billion|thousand|per ?cent)"
        ),
        most=4,
    ),
    Signal(
        "formula",
        0.75,
        re.compile(
            "政治站位|统一思想|高度重视|责任感|紧迫感|使命感|一把手|压实责任|狠抓落实|落到实处|落地见效|持之以恒|久久为功|真抓实干|"
            "问题导向|目标导向|良好氛围|强大合力|强大动力|政治自觉|思想自觉|行动自觉|四个意识|四个自信|两个确立|两个维护|"
            "为核心的党中央|为指导|更大贡献|新局面|新篇章|走深走实|新台阶|高标准高质量|凝心聚力|踔厉奋发|"
            "統一思想|高度重視|責任感|使命感|壓實責任|落到實處|良好氛圍|強大合力"
        ),
        most=3,
    ),
    Signal(
        "exhortation",
        0.6,
        re.compile(
            f"(?:[^，。,]{{0,16}}(?:{_SAYS})[，,])?(?:[一二三四五六七八九十]+|还|也)?(?:要|必须|务必|坚持|持续|不断|努力)"
        ),
    ),
    Signal(
        "attendance",
        0.3,
        re.compile(
            ".*(?:参加|出席|列席|陪同|主持|參加)(?:了)?(?:会议|活动|仪式|督导|调研|研讨|会见|會議|活動)?(?:并讲话|并致辞|并作[^，。]{2,8})?[。.]?$"
            "|.*收听收看。?$"
        ),
    ),
    Signal("speaker", 0.1, re.compile(r"[^，,。]{0,24}(?:说|道|介绍|表示|称|坦言|说道|介绍说)。?$")),
    Signal(
        "pointer",
        0.8,
        re.compile(
            "这|那|该|其|他|她|它|此|对此|为此|因此|但|而且|同时|另外|還|這|(?:He|She|It|They|This|That|But|And)\\b"
        ),
    ),
    Signal("rest", 0.3, re.compile(".*(?:其他事项|其它事项|其他事項)")),
)
"""What raises or lowers a sentence. Patterns of `figure`, `formula` and `act` count anywhere, the others at the start."""

_ANYWHERE = frozenset({"act", "figure", "formula"})
_OPEN_ENDS = "，；：、,;: "


@dataclass(frozen=True, slots=True)
class Piece:
    """A candidate: a sentence, or a run of whole clauses of one that is longer than the budget."""

    text: str
    words: frozenset[str]
    sentence: Sentence
    factor: float


def choose(article: Sequence[Sentence], words: Words, lexicon: Lexicon, budget: int) -> tuple[str, ...]:
    """Return the chosen sentences in article order, at most `budget` characters as one text, never none.

    `words` holds the words of each sentence. Where not even one clause fits, its beginning is taken.
    """
    if not article:
        return ()
    pieces = [
        piece
        for sentence, cut in zip(article, words.sentences, strict=True)
        for piece in _pieces(sentence, cut, len(article), lexicon, budget)
    ]
    chosen = _greedy(pieces, words.weights, budget)
    if not chosen:
        return (article[0].text[:budget].rstrip(),)
    return tuple(piece.text for piece in sorted(chosen, key=lambda piece: piece.sentence.index))


def factor(sentence: Sentence, total: int) -> float:
    """Return how much the words of a sentence count, by where it stands and what kind of sentence it is."""
    value = 1 - LATE * sentence.index / total
    if sentence.index == 0:
        value *= OPENING
    if sentence.first:
        value *= PARAGRAPH
    for _, share in signals(sentence.text):
        value *= share
    return value


def signals(text: str) -> list[tuple[str, float]]:
    """Return the signals of a sentence and the factor of each."""
    found = []
    for signal in SIGNALS:
        if signal.name in _ANYWHERE:
            count = min(signal.most, len(signal.pattern.findall(text)))
        else:
            count = 1 if signal.pattern.match(text) else 0
        if count:
            found.append((signal.name, math.pow(signal.factor, count)))
    return found


def _pieces(sentence: Sentence, cut: Term, total: int, lexicon: Lexicon, budget: int) -> list[Piece]:
    share = factor(sentence, total)
    if len(sentence.text) <= budget:
        return [Piece(sentence.text, frozenset(cut), sentence, share)]
    return [Piece(run, frozenset(folded(lexicon.cut(run))), sentence, share) for run in _runs(sentence.text, budget)]


def _runs(sentence: str, budget: int) -> list[str]:
    """Return the longest runs of a sentence's clauses that fit.

    A run begins where the sentence does or after a semicolon, so that it has what it needs to stand alone.
    """
    clauses = sentences.clauses(sentence)
    found = []
    for start in range(len(clauses)):
        if start and clauses[start - 1][-1] not in "；;":
            continue
        run = ""
        for clause in clauses[start:]:
            if len((run + clause).strip().rstrip(_OPEN_ENDS)) > budget:
                break
            run += clause
        if run := run.strip().rstrip(_OPEN_ENDS):
            found.append(run)
    return found


def _greedy(pieces: Sequence[Piece], weights: Mapping[str, float], budget: int) -> list[Piece]:
    """Take the piece that adds most for its length, until none fits or adds enough; one piece a sentence."""
    chosen: list[Piece] = []
    told: set[str] = set()
    most = 0.0
    left = list(pieces)
    while left := [piece for piece in left if len(piece.text) <= budget]:
        gains = [_gain(piece, weights, told) for piece in left]
        best = max(range(len(left)), key=gains.__getitem__)
        if chosen and gains[best] < ENOUGH * most:
            break
        most = max(most, gains[best])
        chosen.append(left[best])
        told |= left[best].words
        budget -= len(left[best].text) + (0 if has_han(left[best].text) else 1)
        left = [piece for piece in left if piece.sentence != left[best].sentence]
    return chosen


def _gain(piece: Piece, weights: Mapping[str, float], told: set[str]) -> float:
    new = sum(weights.get(word, 0.0) * (TOLD if word in told else 1.0) for word in sorted(piece.words))
    return piece.factor * new / math.pow(len(piece.text), LENGTH)
