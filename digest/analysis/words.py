"""An article as words: cut once, each with its part of speech and how much it tells."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from digest.analysis.lexicon import Lexicon, fold
from digest.text import HAN, has_han

HEADLINE = 2.0
"""How much more a term of a heading weighs."""

PHRASE_WORDS = 4
PHRASE_CHARS = 14
"""How long a phrase may be; the characters count for Chinese only."""

SINGLE_IDF = 4.0
"""What a single Chinese character adds to a phrase: the table knows none."""

GLUED = "来在对到向与和为将被赴來對與將"
"""Prepositions that the segmenter glues to a name."""

_SPACE = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")

Term = tuple[str, ...]
"""Folded words side by side."""


@dataclass(frozen=True, slots=True)
class Words:
    """An article cut once. `headings` and `sentences` are its texts as folded words.

    `tags` are the parts of speech of the words that may be part of a keyword, in the order in which the article says
    them; `nouns` are those of them that are nouns for sure. `idf` is that of all words that tell something. `apart` are
    the newsroom's own words, which stand by themselves in every article. `weights` says how much a word tells: its
    TF-IDF as a share of the heaviest word's, so above 0 and at most 1. `forms` counts how words are spelled that are
    not always written in lower case. `counts` tells how often each word and each run of neighbouring words occurs,
    `named` which of them do in a heading.
    """

    headings: tuple[Term, ...]
    sentences: tuple[Term, ...]
    weights: Mapping[str, float]
    idf: Mapping[str, float]
    tags: Mapping[str, str]
    nouns: frozenset[str]
    apart: frozenset[str]
    forms: Mapping[str, Counter[str]]
    counts: Counter[Term]
    named: frozenset[Term]


def weigh(headings: Sequence[str], sentences: Sequence[str], lexicon: Lexicon) -> Words:
    """Cut the headings and sentences of an article and weigh their words."""
    heads = [lexicon.cut(_parted(text)) for text in headings]
    body = [lexicon.cut(_parted(text)) for text in sentences]
    plain = [folded(words) for words in (*heads, *body)]
    forms = _forms((*heads, *body), plain)
    mended = _mended(plain)
    folded_heads, folded_body = mended[: len(heads)], mended[len(heads) :]
    counts = Counter(chain.from_iterable(mended))
    kinds = {word: kind for word in counts if (kind := lexicon.kinds[word]).tells}
    apart = frozenset(word for word in kinds if word in lexicon.own)
    tags = {
        word: kind.part
        for word, kind in kinds.items()
        if kind.part and word not in apart and (counts[word] > 1 or not kind.frail)
    }
    headed = set(chain.from_iterable(folded_heads))
    idf = {word: lexicon.idf(word) if len(word) > 1 else SINGLE_IDF for word in kinds}
    raw = {
        word: counts[word] * idf[word] * (HEADLINE if word in headed else 1.0)
        for word in kinds
        if len(word) > 1 or word in apart
    }
    top = max(raw.values(), default=1.0)
    weights = {word: weight / top for word, weight in raw.items()}
    nouns = frozenset(word for word, tag in tags.items() if _is_noun(word, tag, kinds[word].known, forms))
    terms, named = _counted(folded_heads, folded_body, tags, apart)
    return Words(folded_heads, folded_body, weights, idf, tags, nouns, apart, forms, terms, named)


def _parted(text: str) -> str:
    """Return a text in which a comma stands for each space between Chinese words: no phrase goes on behind it."""
    return _SPACE.sub("，", text) if " " in text or "\u3000" in text else text


def _is_noun(word: str, tag: str, known: bool, forms: Mapping[str, Mapping[str, int]]) -> bool:
    """Say whether a word is a noun for sure; of words without Chinese, one that always has a capital is."""
    return (known and tag[0] in "nj") if has_han(word) else word in forms and word not in forms[word]


def terms(texts: Iterable[str], lexicon: Lexicon) -> frozenset[str]:
    """Return the words of some texts that tell something, folded: what is counted to learn how rare each is."""
    words = {word for text in texts for word in folded(lexicon.cut(text))}
    return frozenset(word for word in words if len(word) > 1 and lexicon.kinds[word].tells)


def folded(words: Sequence[str]) -> Term:
    """Return words as they are counted."""
    return tuple(words) if _is_folded("".join(words)) else tuple(map(fold, words))


def _is_folded(text: str) -> bool:
    return text == text.casefold() and "’s" not in text and "'s" not in text


def _forms(texts: Sequence[Sequence[str]], folded: Sequence[Term]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for words, plain in zip(texts, folded, strict=True):
        if any(map(str.isascii, words)) or plain != tuple(words):
            for word, form in zip(words, plain, strict=True):
                if word[0].isascii() or word != form:
                    found.setdefault(form, Counter())[word[: len(form)]] += 1
    return found


def _mended(texts: Sequence[Term]) -> tuple[Term, ...]:
    """Take a preposition off a name that the segmenter glued it to, where the name also stands alone."""
    known = {word for words in texts for word in words}
    glued = {w: w[:-1] for w in known if len(w) > 2 and w[-1] in GLUED and w[:-1] in known}
    return tuple(tuple(glued.get(word, word) for word in words) for words in texts) if glued else tuple(texts)


def _counted(
    headings: Sequence[Term], sentences: Sequence[Term], telling: Collection[str], apart: Collection[str]
) -> tuple[Counter[Term], frozenset[Term]]:
    """Return how often each word and each run of neighbouring words occurs, and which occur in a heading."""
    named = dict.fromkeys(term for heading in headings for term in _runs(heading, telling, apart))
    counts: Counter[Term] = Counter(named.keys())
    for sentence in sentences:
        counts.update(_runs(sentence, telling, apart))
    return counts, frozenset(named)


def _runs(sentence: Term, telling: Collection[str], apart: Collection[str]) -> Iterator[Term]:
    """Yield every word that tells and every run of up to PHRASE_WORDS of them side by side, none of them set apart."""
    start = 0
    for end in range(len(sentence) + 1):
        if end < len(sentence) and sentence[end] in telling:
            continue
        if end < len(sentence) and sentence[end] in apart:
            yield (sentence[end],)
        for first in range(start, end):
            chars = 0
            for last in range(first, min(end, first + PHRASE_WORDS)):
                chars += len(sentence[last])
                if chars > PHRASE_CHARS and has_han(sentence[first]):
                    break
                if chars > 1:
                    yield sentence[first : last + 1]
        start = end + 1
