"""What an article is about: terms weighed by TF-IDF, and phrases put together again from the words that jieba cuts.

A phrase is a run of neighbouring words that recurs or names something, stands in a book title or is quoted. It takes
the place of the fragments that occur mostly inside it. A word that names something makes a better keyword than one
that tells what happens.
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from digest.analysis.lexicon import Lexicon
from digest.analysis.words import GLUED, HEADLINE, PHRASE_WORDS, SINGLE_IDF, Term, Words, folded
from digest.model import Keyword
from digest.text import has_han

MARKED = 1.5
"""How much more a book title or a quoted term weighs: somebody thought it worth a mark."""

INSIDE = 0.7
"""A term is a fragment when a phrase that holds it accounts for this share of its occurrences."""

WEAK = 0.4
"""What is left of a word that names nothing: a verb, an adjective, a saying."""

COMMON, GENERAL = 5.5, 0.5
"""An IDF below which a word by itself is about everything (建设), and what is left of it."""

ONCE = 0.3
"""What is left of a word that is said once and that no table knows, or that the dictionary has for a saying."""

SHARED_CHARS = 6
"""How long a phrase that articles have in common must be to take the place of longer ones."""

KEYWORD_CHARS = 15
FEW = 4
"""How much text there is for each keyword but the first FEW: characters, a letter counting half."""

IDIOM = 4
"""How many characters a saying has that newspapers use as a name (一窗通办)."""

PREFIXES = "小老一大新旧"
SUFFIXES = "们們市县縣区區省镇村者员員家"
"""What stands before or behind a name of the same thing: 老人们, 聊城市."""

_NAMES = re.compile("n|vn|j|l|eng|x")
_LAST = frozenset("nvjaegxlq")
_QUOTED = re.compile(r"《([^《》]{2,24})》|[“「『]([^“”「」『』，。；：、！？]{2,10})[”」』]")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]$|^\d{4}年度?")
_SAYING = frozenset("是有会會要想能让讓请請怕")


@dataclass(frozen=True, slots=True)
class Found:
    """A term with its score, and what makes it: how often it occurs, its IDF, whether a heading or a mark has it."""

    term: Term
    score: float
    count: int
    idf: float
    headline: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the articles of an issue agree on: how a folded word is spelled, and the phrases that several repeat."""

    spelling: Mapping[str, str]
    phrases: frozenset[Term]


def agree(articles: Sequence[Words], lexicon: Lexicon) -> Agreed:
    """Find what articles agree on. A word is spelled as the newsroom does, else as it is most often."""
    total: dict[str, Counter[str]] = {}
    for words in articles:
        for word, forms in words.forms.items():
            total.setdefault(word, Counter()).update(forms)
    common = {word: max(forms, key=lambda form: (forms[form], form)) for word, forms in total.items()}
    repeated = Counter(term for words in articles for term, n in words.counts.items() if n > 1 and len(term) > 1)
    return Agreed(
        spelling=common | {word: own.written for word, own in lexicon.own.items()},
        phrases=frozenset(term for term, n in repeated.items() if n > 1 and sum(map(len, term)) >= SHARED_CHARS),
    )


def choose(words: Words, texts: Sequence[str], lexicon: Lexicon, count: int, agreed: Agreed) -> tuple[Keyword, ...]:
    """Return up to `count` keywords, the heaviest first; scores are shares of the first one's.

    `texts` are the article's headings and sentences as written: titles and quotations are found in them.
    """
    found = find(words, texts, lexicon, count, agreed)
    return tuple(Keyword(written(one.term, agreed.spelling), round(one.score / found[0].score, 4)) for one in found)


def find(words: Words, texts: Sequence[str], lexicon: Lexicon, count: int, agreed: Agreed) -> list[Found]:
    """Return up to `count` terms, the heaviest first, with what makes them so; a short text has fewer."""
    counts, named = words.counts.copy(), words.named
    scores = {
        term: n * _idf(term, words.idf) * worth * (HEADLINE if term in named else 1.0)
        for term, n in counts.items()
        if (n > 1 or len(term) == 1 or words.nouns.issuperset(term))
        and (worth := _worth(term, n, words, lexicon))
        and not _is_longer(term, agreed.phrases)
    }
    marked = _quoted(texts, named, lexicon)
    idf = {word: lexicon.idf(word) if len(word) > 1 else SINGLE_IDF for term in marked for word in term}
    for term, n in marked.items():
        counts[term] = max(counts[term], n)
        scores[term] = max(scores.get(term, 0.0), n * _idf(term, idf) * MARKED)
    glued = _glued(counts)
    fragments = glued | _fragments([*scores, *glued], counts)
    chosen: list[Term] = []
    room = min(count, max(FEW, _length(texts) // KEYWORD_CHARS))
    for term in sorted(scores, key=lambda term: -scores[term]):
        if len(chosen) == room:
            break
        if term not in fragments and not any(_overlap(term, other) for other in chosen):
            chosen.append(term)
    idf.update(words.idf)
    return [Found(term, scores[term], counts[term], _idf(term, idf), term in named, term in marked) for term in chosen]


def written(term: Term, spelling: Mapping[str, str]) -> str:
    """Put a term together again, each word as `spelling` has it, else folded: a space stands between words that are not Chinese."""
    text = ""
    for word in term:
        form = spelling.get(word, word)
        spaced = text and text[-1].isalnum() and form[0].isalnum() and not (has_han(text[-1]) or has_han(form[0]))
        text += f" {form}" if spaced else form
    return text


def _length(texts: Sequence[str]) -> int:
    return sum(len(text) if has_han(text) else len(text) // 2 for text in texts)


def _worth(term: Term, n: int, words: Words, lexicon: Lexicon) -> float:
    """Return how good a keyword a term makes by what its words are, 0 to 1; it occurs `n` times.

    A phrase that occurs once is of nouns only.
    """
    if len(term) == 1:
        return 1.0 if term[0] in words.apart else _single(term[0], n, words, lexicon)
    if n == 1:
        return 1 / len(term) if len(term[0]) > 1 else 0.0  # side by side in a name no word adds weight
    first, *_, last = tags = [words.tags[word] for word in term]
    who_does = first.startswith("nr") and last == "v"
    described = len(term[0]) == 1 and first == "a"  # 老渡口 and 渡口 are one thing
    names = any(map(_NAMES.match, tags)) and last[0] in _LAST
    return float(names and not who_does and not described and not lexicon.is_stop("".join(term)))


def _single(word: str, n: int, words: Words, lexicon: Lexicon) -> float:
    tag = words.tags[word]
    if not _NAMES.match(tag):
        return 0.0 if tag == "t" else WEAK
    if words.idf[word] < COMMON:
        return GENERAL
    rare = tag == "l" or (has_han(word) and not lexicon.kinds[word].known)
    return ONCE if n == 1 and rare else 1.0


def _idf(term: Term, idf: Mapping[str, float]) -> float:
    """Return the sum of the words' IDF; of a long title only as much as of the longest phrase."""
    if len(term) == 1:
        return idf[term[0]]
    return sum(map(idf.__getitem__, term)) * min(1.0, PHRASE_WORDS / len(term))


def _is_longer(term: Term, phrases: Collection[Term]) -> bool:
    """Say whether a phrase of this article is longer than one that articles agree on."""
    if len(term) < 3 or not phrases or term in phrases:
        return False
    return any(term[n : n + size] in phrases for size in range(2, len(term)) for n in range(len(term) - size + 1))


def _quoted(texts: Sequence[str], named: Collection[Term], lexicon: Lexicon) -> Counter[Term]:
    """Return how often each book title and quoted term occurs, those left out that tell nothing or are what is said."""
    titles: Counter[Term] = Counter()
    quoted: Counter[Term] = Counter()
    for title, quote in (marks for text in texts for marks in _QUOTED.findall(text)):
        (titles if title else quoted)[folded(lexicon.cut(_ASIDE.sub("", title or quote)))] += 1
    found = titles + Counter({term: n for term, n in quoted.items() if _is_term(term, n, named, lexicon)})
    return Counter({term: n for term, n in found.items() if any(len(w) > 1 and lexicon.kinds[w].tells for w in term)})


def _is_term(term: Term, n: int, named: Collection[Term], lexicon: Lexicon) -> bool:
    """Say whether a quotation is a term: no speech, and not something that one does unless it is said again."""
    tags = [lexicon.kinds.tag(word) for word in term]
    if lexicon.is_stop("".join(term)) or not _SAYING.isdisjoint(term) or any(tag[0] in "rpcuy" for tag in tags):
        return False
    return n > 1 or term in named or len("".join(term)) == IDIOM or tags[:1] != ["v"]


def _fragments(phrases: Collection[Term], counts: Counter[Term]) -> set[Term]:
    """Return the terms that occur mostly inside a longer one."""
    found: set[Term] = set()
    for phrase in phrases:
        size = len(phrase)
        if size > 1:
            most = counts[phrase] / INSIDE
            parts = (phrase[start:end] for start in range(size) for end in range(start + 1, size + 1))
            found.update(part for part in parts if counts[part] <= most and part != phrase)
    return found


def _glued(counts: Collection[Term]) -> set[Term]:
    """Return the terms that are another with a preposition that the segmenter glued to it."""
    suspected = [term for term in counts if len(term) > 1 and term[-1][-1] in GLUED]
    written = {"".join(term) for term in counts} if suspected else set()
    return {term for term in suspected if "".join(term)[:-1] in written}


def _overlap(term: Term, other: Term) -> bool:
    """Say whether a term tells what `other` has told: they share half of the shorter one's words, or are one name.

    The same Chinese name is not always cut the same way: the end of a title or a preposition may stick to it, and its
    own end may stand alone (雪板 of 滑雪板).
    """
    if 2 * len(set(term) & set(other)) >= min(len(term), len(other)):
        return True
    if len(term) == len(other) == 1 and has_han(term[0]) and other[0].endswith(term[0]):
        return True
    short, long = sorted(("".join(term), "".join(other)), key=len)
    more = len(long) - len(short)
    if not has_han(short) or len(short) < 2 or more > 2:
        return False
    if more == 1:
        return (long.startswith(short) and long[-1] in SUFFIXES) or (long.endswith(short) and long[0] in PREFIXES)
    if len(short) == 2:
        return False
    return long.endswith(short) or (long.startswith(short) and long[-more] in GLUED)
