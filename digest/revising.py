"""Which stored issue a file is, and which stored article each of its articles is (DESIGN.md, Revisions)."""

import math
import unicodedata
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from digest.model import Article, Issue
from digest.text import has_han

_HASH_CHARS = 12
_SHINGLE_CHARS = 3

_OVERLAP = 0.6
_LIKENESS = 0.25
"""How much two texts must share, by weight: of the shorter one, and of both together.

With one character in twenty misread a text still shares above 0.75 with itself; two different reports of the same kind
come to 0.5 at the most in real issues. The second lets the larger part of an article that was split or joined keep the
id, and keeps a teaser from taking its article's.
"""


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the issue as stored. One that was withdrawn is still recognised, so that it gets no second id."""

    ordinal: int
    article: Article
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """What a file would do to a stored issue, by the ordinals of its articles.

    `ordinals` has for each new article, in print order, the ordinal that it keeps, or None for one that is new;
    `changed` are the kept ones that readers will see changed, `returned` the kept ones that had been withdrawn,
    `vanished` those of the others, in their stored order, that the file no longer holds.
    """

    ordinals: tuple[int | None, ...]
    changed: frozenset[int] = frozenset()
    returned: frozenset[int] = frozenset()
    vanished: tuple[int, ...] = ()

    @property
    def is_reissue(self) -> bool:
        """At least half of the file's articles are stored ones. A file without articles is no re-issue of anything."""
        return bool(self.ordinals) and 2 * len(self._kept) >= len(self.ordinals)

    @property
    def is_unmistakable(self) -> bool:
        """Three articles at least, and three quarters of the file's and of the stored ones, are the same.

        That is what a file must show that states neither number nor date: neighbouring issues share notices.
        """
        kept = len(self._kept)
        now = kept - len(self.returned) + len(self.vanished)
        return kept >= 3 and 4 * kept >= 3 * max(len(self.ordinals), now)

    @property
    def withdraws_too_many(self) -> bool:
        """More than a third of the articles that readers have now would vanish."""
        now = len(self._kept) - len(self.returned) + len(self.vanished)
        return 3 * len(self.vanished) > now

    @property
    def _kept(self) -> list[int]:
        return [ordinal for ordinal in self.ordinals if ordinal is not None]


def key(issue: Issue, sha256: str) -> str:
    """Return the issue's key: its number or its date where they are stated, else the beginning of its source's hash.

    A date that was only guessed from the text or the file's time is no key (DESIGN.md, Ids).
    """
    masthead = issue.masthead
    if masthead.number is not None:
        return str(masthead.number)
    if masthead.stated_date is not None:
        return masthead.stated_date.isoformat()
    return sha256[:_HASH_CHARS]


def is_foreign(printed: str | None, known: Collection[str]) -> bool:
    """Say whether a masthead's title is clearly none of those `known` of its paper, however OCR has misread it.

    Titles in different scripts, such as 云汀日报 and Yunting Daily, are not compared.
    """
    if printed is None:
        return False
    comparable = [title for title in known if has_han(title) == has_han(printed)]
    return bool(comparable) and all(_differ(_letters(printed), _letters(title)) for title in comparable)


def match(articles: Sequence[Article], known: Sequence[Known]) -> Revision:
    """Return which of `known` (in stored order) each of `articles` (in print order) is.

    What readers see the same is the same, wherever it stands; of the rest the likest pair goes first, one to one, as
    long as two texts are like at all. Of equal candidates one that is not withdrawn goes first, then print order.
    """
    live_first = sorted(known, key=lambda one: one.withdrawn)
    pairs = _same(articles, live_first)
    pairs |= _alike(articles, live_first, pairs)
    kept = {new: live_first[old] for new, old in pairs.items()}
    ordinals = {one.ordinal for one in kept.values()}
    return Revision(
        ordinals=tuple(kept[new].ordinal if new in kept else None for new in range(len(articles))),
        changed=frozenset(one.ordinal for new, one in kept.items() if _shown(one.article) != _shown(articles[new])),
        returned=frozenset(one.ordinal for one in kept.values() if one.withdrawn),
        vanished=tuple(one.ordinal for one in known if one.ordinal not in ordinals and not one.withdrawn),
    )


def _differ(one: str, other: str) -> bool:
    """Say whether two titles share less than half of their letters, in order, and neither holds the other."""
    return one not in other and other not in one and SequenceMatcher(None, one, other, autojunk=False).ratio() < 0.5


def _letters(text: str) -> str:
    """Return the letters, digits and Han characters of a text, case and width apart."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _same(articles: Sequence[Article], known: Sequence[Known]) -> dict[int, int]:
    """Return the places in `articles` and `known` that hold the same words."""
    places: defaultdict[object, deque[int]] = defaultdict(deque)
    for old, one in enumerate(known):
        places[_shown(one.article)].append(old)
    return {new: same.popleft() for new, article in enumerate(articles) if (same := places[_shown(article)])}


def _alike(articles: Sequence[Article], known: Sequence[Known], taken: Mapping[int, int]) -> dict[int, int]:
    """Return the places, of those not taken, whose texts are alike, the likest first."""
    mine = [_shingles(article) for article in articles]
    theirs = [_shingles(one.article) for one in known]
    weights = _weights(mine, theirs)
    whole = {text: _weigh(text, weights) for text in (*mine, *theirs)}
    gone = set(taken.values())
    pairs = [
        (-likeness, old, new)
        for new in range(len(mine))
        if new not in taken
        for old in range(len(theirs))
        if old not in gone
        and (likeness := _likeness(_weigh(mine[new] & theirs[old], weights), whole[mine[new]], whole[theirs[old]]))
    ]
    found: dict[int, int] = {}
    for _, old, new in sorted(pairs):
        if new not in found and old not in gone:
            found[new] = old
            gone.add(old)
    return found


def _shown(article: Article) -> object:
    """Return what readers see of an article, wherever in the paper it stands."""
    return (
        (article.kind, article.label, article.kicker, article.headline, article.subheadline, article.lede),
        (article.authors, article.paragraphs, article.crossheads),
        tuple((picture.caption, picture.credit, picture.original) for picture in article.pictures),
    )


def _shingles(article: Article) -> frozenset[str]:
    """Return every run of a few letters, digits or Han characters of headline, text and captions."""
    captions = [picture.caption for picture in article.pictures]
    words = "".join(filter(None, [article.headline, article.subheadline, *article.paragraphs, *captions]))
    letters = _letters(words)
    last = max(len(letters) - _SHINGLE_CHARS, 0)
    return frozenset(letters[at : at + _SHINGLE_CHARS] for at in range(last + 1)) - {""}


def _weights(mine: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> dict[str, float]:
    """Return what each shingle counts: 1 for one that a single article has, and quickly less the more have it.

    So the formulas that all reports of a paper share join none of them, and notices that differ only in a date and a
    place are told apart by these.
    """
    frequency = _frequency(mine) | _frequency(theirs)
    return {shingle: articles**-3 for shingle, articles in frequency.items()}


def _frequency(texts: Iterable[frozenset[str]]) -> Counter[str]:
    return Counter(shingle for text in texts for shingle in text)


def _weigh(text: frozenset[str], weights: Mapping[str, float]) -> float:
    """Return the weight of a text; `fsum`, because the order of a set is another in every process."""
    return math.fsum(map(weights.__getitem__, text))


def _likeness(shared: float, one: float, other: float) -> float:
    """Return Dice's coefficient, 0 to 1, of two texts that are alike, and 0 of two that are not, by their weights."""
    likeness = 2 * shared / (one + other) if shared else 0.0
    return likeness if likeness >= _LIKENESS and shared >= _OVERLAP * min(one, other) else 0.0
