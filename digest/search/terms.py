"""Text cut into terms, the same for an index and for a query: what is cut alike is found.

A term is one character of a script that writes no spaces between words (Chinese, Japanese, Thai …), or a whole word or
number of any other. Case and width do not matter (NFKC, casefold); traditional and simplified characters are different
ones. What is neither letter nor digit divides words and is no term. Any piece of Chinese text is so a phrase of terms,
which an index of cut words could not promise (performance.md, Search).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.model import Article
from digest.text import HAN

Phrase = tuple[str, ...]
"""Terms that stand one behind the other."""

BREAK = "\ue000"
"""Stands in an index where a phrase must not go on: between title and text, paragraphs, names. No text has this term."""

_UNSPACED = (
    rf"{HAN}\u3005-\u3007\u3041-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0edf\u1000-\u109f\u1780-\u17d3"
)
_LETTER = rf"[^\W_{_UNSPACED}]"
_TERM = re.compile(rf"[{_UNSPACED}]|{_LETTER}+")
_UNSPACED_TERM = re.compile(f"[{_UNSPACED}]")
_GAP = rf"(?:(?![{_UNSPACED}])[\W_])*"
_MARKS = "\u0300-\u036f\u3099\u309a\uff9e\uff9f"
_MARK = re.compile(f"[{_MARKS}]")
_CLUSTER = re.compile(f".[{_MARKS}]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Terms:
    """An article as an index holds it: its terms with a space between, by what they are searched in; `section` as printed."""

    title: str
    text: str
    authors: str
    section: str


def of(article: Article) -> Terms:
    """Return all that an article's readers can read of it, cut."""
    body = [*filter(None, [article.lede]), *article.paragraphs]
    captions = [words for picture in article.pictures for words in (picture.caption, picture.credit)]
    written = "".join(body)  # a summary that was taken from the text needs no second place
    summary = [sentence for sentence in article.summary if sentence not in written]
    return Terms(
        title=_joined([article.label, article.kicker, article.headline, article.subheadline]),
        text=_joined([*body, *captions, *summary]),
        authors=_joined([author.name for author in article.authors]),
        section=article.section or "",
    )


def cut(text: str) -> Phrase:
    """Return the terms of a text."""
    return tuple(_TERM.findall(_folded(text)))


def places(text: str, phrases: Sequence[Phrase]) -> list[tuple[int, int]]:
    """Return from where to where any of the phrases stand in a text, in order; where some overlap, as one."""
    folded = _folded(text)
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found.span() for phrase in phrases for found in _pattern(phrase).finditer(folded)):
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((start, end))
    if not spans or (len(folded) == len(text) and not _MARK.search(text)):
        return spans
    origins = [each.span() for each in _CLUSTER.finditer(text) for _ in _folded_cluster(each[0])]
    return [(origins[start][0], origins[end - 1][1]) for start, end in spans]


@lru_cache(maxsize=256)
def _pattern(phrase: Phrase) -> re.Pattern[str]:
    """Return what finds a phrase in a folded text, whatever divides its terms there."""
    return re.compile(_GAP.join(map(_alone, phrase)))


def _alone(term: str) -> str:
    return term if _UNSPACED_TERM.match(term) else rf"(?<!{_LETTER}){re.escape(term)}(?!{_LETTER})"


def _joined(texts: Iterable[str | None]) -> str:
    return f" {BREAK} ".join(filter(None, _cut_each(texts)))


def _cut_each(texts: Iterable[str | None]) -> Iterator[str]:
    return (" ".join(cut(text)) for text in texts if text)


def _folded(text: str) -> str:
    """Return a text in the one form that all its spellings share. Marks stay with their letter, so that places can be told."""
    if _MARK.search(text):
        return "".join(map(_folded_cluster, _CLUSTER.findall(text)))
    return text.translate(_TABLE)


def _folded_cluster(cluster: str) -> str:
    return unicodedata.normalize("NFKC", cluster).casefold()


class _Table(dict[int, str]):
    """What each character is folded to, found out when it is met first."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded_cluster(chr(code))
        return folded


_TABLE = _Table()
