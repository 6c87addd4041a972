"""An issue's source, line by line, with what was made of it: where its articles begin, and what stands in none.

It is for eyes: a line is known again by its words, not by the reader's own account of it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.model import Article, Document, Issue

DOUBT = 0.7
"""Below this confidence a person should look at an article, or an issue."""

_LEAST = 4
"""How long a part of a heading is, in characters, that is known again; the whole may be shorter."""

_AS_KEPT = str.maketrans(",:;?!()", "，：；？！（）")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line: `article` is the one, from 1, whose heading stands in it; `left` says that it stands in no article.

    `doubtful` says that the article is one to look at.
    """

    text: str
    article: int | None = None
    doubtful: bool = False
    left: bool = False


def is_doubtful(confidence: float) -> bool:
    """Say whether a person should look at what was read with this confidence."""
    return confidence < DOUBT


def annotated(document: Document, issue: Issue) -> tuple[SourceLine, ...]:
    """Return the lines of a document with what `issue` has made of them."""
    heads = list(_heads(issue.articles))
    left = [_squeezed(text) for text in issue.left_over]
    text = "\n".join(_squeezed(paragraph) for article in issue.articles for paragraph in article.paragraphs)
    return tuple(_annotated(line.text, issue.articles, heads, left, text) for line in document.lines)


def _annotated(
    line: str, articles: Sequence[Article], heads: Sequence[tuple[int, str]], left: Sequence[str], text: str
) -> SourceLine:
    words = _squeezed(line)
    if not words:
        return SourceLine("")
    for n, head in heads:
        if words == head or (len(words) >= _LEAST and words in head):
            return SourceLine(line, article=n, doubtful=is_doubtful(articles[n - 1].confidence))
    return SourceLine(line, left=words not in text and any(words in each for each in left))


def _heads(articles: Sequence[Article]) -> Iterator[tuple[int, str]]:
    for n, article in enumerate(articles, start=1):
        for head in (article.kicker, article.headline, article.subheadline):
            if head:
                yield n, _squeezed(head)


def _squeezed(text: str) -> str:
    """Return the words of a text without white space, and its marks as the parse record has them."""
    return "".join(text.split()).translate(_AS_KEPT)
