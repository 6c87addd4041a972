"""What an article is about: terms weighed by TF-IDF, and phrases put together again from the words that jieba cuts.

A phrase is a run of neighbouring words that recurs, stands in a book title or is quoted. It takes the place of the
fragments that occur mostly inside it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.analysis.lexicon import Lexicon
from digest.model import Keyword
from digest.text import has_han

PHRASE_WORDS = 4
PHRASE_CHARS = 14
"""How long a phrase may be; the characters count for Chinese only."""

HEADLINE = 2.0
"""How much more a term of a heading weighs."""

MARKED = 1.5
"""How much more a book title or a quoted term weighs: somebody thought it worth a mark."""

INSIDE = 0.7
"""A term is a fragment when a phrase that holds it accounts for this share of its occurrences."""

SINGLE_IDF = 4.0
"""What a single Chinese character adds to a phrase: the table knows none."""

GLUED = "来在对到向与和为将被赴來對與將"

_WORD = re.compile(r"[^\W\d_](?:[\w\-'’.&·]*[^\W_])?")
_NUMBER = re.compile(r"第?[〇零一二三四五六七八九十百千万亿两萬億兩\d]+[次届屆个個项項条條年月日号號期版]?")
_QUOTED = re.compile(r"《([^《》]{2,24})》|[“「『]([^“”「」『』，。；：、！？]{2,10})[”」』]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]$|^\d{4}年度?")
_POSSESSIVE = re.compile(r"['’]s$")

Term = tuple[str, ...]
"""Folded words side by side."""


@dataclass(frozen=True, slots=True)
class Words:
    """An article cut once. `headings` and `sentences` are its texts as folded words.

    `weights` says how much a word tells: its TF-IDF as a share of the heaviest word's, so above 0 and at most 1;
    `telling` are the weighed words and the single characters that may be part of a phrase. `spelling` gives the
    commonest spelling of words that are not always written in lower case.
    """

    headings: tuple[Term, ...]
    sentences: tuple[Term, ...]
    weights: Mapping[str, float]
    telling: frozenset[str]
    spelling: Mapping[str, str]


def weigh(headings: Sequence[str], sentences: Sequence[str], lexicon: Lexicon) -> Words:
    """Cut the headings and sentences of an article and weigh their words."""
    heads = [lexicon.cut(text) for text in headings]
    body = [lexicon.cut(text) for text in sentences]
    spelling = _spelling(word for words in (*heads, *body) for word in words)
    mended = _mended([folded(words) for words in (*heads, *body)])
    folded_heads, folded_body = mended[: len(heads)], mended[len(heads) :]
    counts = Counter(word for words in mended for word in words)
    telling = frozenset(word for word in counts if _tells(word, lexicon))
    named = {word for words in folded_heads for word in words}
    raw = {
        word: n * lexicon.idf(word) * (HEADLINE if word in named else 1.0)
        for word, n in counts.items()
        if word in telling and len(word) > 1
    }
    top = max(raw.values(), default=1.0)
    weights = {word: weight / top for word, weight in raw.items()}
    return Words(folded_heads, folded_body, weights, telling, spelling)


def folded(words: Iterable[str]) -> Term:
    """Return words as they are counted: case and the English possessive do not matter."""
    return tuple(_POSSESSIVE.sub("", word.casefold()) for word in words)


def _mended(texts: Sequence[Term]) -> tuple[Term, ...]:
    """Take a preposition off a name that the segmenter glued it to, where the name also stands alone."""
    known = {word for words in texts for word in words}
    glued = {w: w[:-1] for w in known if len(w) > 2 and w[-1] in GLUED and w[:-1] in known}
    return tuple(tuple(glued.get(word, word) for word in words) for words in texts) if glued else tuple(texts)


def choose(words: Words, texts: Sequence[str], lexicon: Lexicon, count: int) -> tuple[Keyword, ...]:
    """Return up to `count` keywords, the heaviest first; scores are shares of the first one's.

    `texts` are the article's headings and sentences as written: titles and quotations are found in them.
    """
    counts, named = _counted(words)
    scores = {
        term: n * _idf(term, lexicon) * (HEADLINE if term in named else 1.0)
        for term, n in counts.items()
        if len(term) == 1 or n > 1
    }
    for term, n in _quoted(texts, lexicon).items():
        counts[term] = max(counts[term], n)
        scores[term] = max(scores.get(term, 0.0), n * _idf(term, lexicon) * MARKED)
    fragments = _fragments(scores, counts)
    chosen: list[Term] = []
    for term in sorted(scores, key=lambda term: (-scores[term], term)):
        if len(chosen) == count:
            break
        if term not in fragments and not any(_overlap(term, other) for other in chosen):
            chosen.append(term)
    return tuple(Keyword(_written(term, words), round(scores[term] / scores[chosen[0]], 4)) for term in chosen)


def _tells(word: str, lexicon: Lexicon) -> bool:
    return _WORD.fullmatch(word) is not None and not _NUMBER.fullmatch(word) and not lexicon.is_stop(word)


def _spelling(words: Iterable[str]) -> dict[str, str]:
    spelled: dict[str, Counter[str]] = {}
    for word in words:
        if word[0].isascii() or word.casefold() != word:
            plain = _POSSESSIVE.sub("", word)
            spelled.setdefault(plain.casefold(), Counter())[plain] += 1
    return {word: max(found, key=lambda form: (found[form], form)) for word, found in spelled.items()}


def _counted(words: Words) -> tuple[Counter[Term], set[Term]]:
    """Return how often each word and each run of neighbouring words occurs, and which occur in a heading."""
    named = {term for heading in words.headings for term in _terms(heading, words.telling)}
    counts = Counter(named)
    for sentence in words.sentences:
        counts.update(_terms(sentence, words.telling))
    return counts, named


def _terms(sentence: Term, telling: frozenset[str]) -> Iterator[Term]:
    """Yield every run of one to PHRASE_WORDS telling words that stand side by side."""
    start = 0
    for end in range(len(sentence) + 1):
        if end < len(sentence) and sentence[end] in telling:
            continue
        for first in range(start, end):
            for last in range(first + 1, min(end, first + PHRASE_WORDS) + 1):
                if _is_term(term := sentence[first:last]):
                    yield term
        start = end + 1


def _is_term(term: Term) -> bool:
    if len(term) == 1:
        return len(term[0]) > 1
    return sum(map(len, term)) <= PHRASE_CHARS or not has_han(term[0])


def _idf(term: Term, lexicon: Lexicon) -> float:
    """Return the sum of the words' IDF; of a long title only as much as of the longest phrase."""
    total = sum(lexicon.idf(word) if len(word) > 1 else SINGLE_IDF for word in term)
    return total * min(1.0, PHRASE_WORDS / len(term))


def _quoted(texts: Sequence[str], lexicon: Lexicon) -> Counter[Term]:
    """Return how often each book title and quoted term occurs, those left out that tell nothing."""
    names = (_ASIDE.sub("", title or quoted) for text in texts for title, quoted in _QUOTED.findall(text))
    terms = Counter(folded(lexicon.cut(name)) for name in names)
    return Counter({term: n for term, n in terms.items() if any(len(w) > 1 and _tells(w, lexicon) for w in term)})


def _fragments(scores: Mapping[Term, float], counts: Counter[Term]) -> set[Term]:
    """Return the terms that occur mostly inside a longer one."""
    found: set[Term] = set()
    for phrase in scores:
        for start in range(len(phrase)):
            for end in range(start + 1, len(phrase) + 1):
                part = phrase[start:end]
                if part != phrase and counts[phrase] >= INSIDE * counts[part]:
                    found.add(part)
    return found


def _overlap(term: Term, other: Term) -> bool:
    """Say whether two terms share half of the shorter one's words, so that they tell the same thing."""
    return 2 * len(set(term) & set(other)) >= min(len(term), len(other))


def _written(term: Term, words: Words) -> str:
    """Put a term together again: a space stands between words that are not Chinese."""
    text = ""
    for word in term:
        form = words.spelling.get(word, word)
        spaced = text and text[-1].isalnum() and form[0].isalnum() and not (has_han(text[-1]) or has_han(form[0]))
        text += f" {form}" if spaced else form
    return text
