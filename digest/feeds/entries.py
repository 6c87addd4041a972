"""An article as a feed shows it."""

from html import escape
from typing import NamedTuple
from urllib.parse import urljoin

from digest.feeds import body
from digest.messages import Messages
from digest.model import Article, FeedEntry, Paper, StoredArticle
from digest.text import clean, joined, one_line

MARKUP_BYTES = 500
TAG_BYTES = 60
"""More than the elements and dates around an entry's texts, and around one keyword or name, take in any format."""

UNTITLED = "—"
"""The title of an article that has no words at all: RSS wants one."""


class Read(NamedTuple):
    """An entry as it is read again from a feed's bytes: its id, what it leads to, and all its text, HTML as source."""

    id: str
    url: str
    text: str


def of(stored: StoredArticle, paper: Paper, messages: Messages) -> FeedEntry:
    """Return the entry of an article, or that of a withdrawn one, which says so and nothing of the article.

    All of its text is clean: no character that XML forbids or that hides others.
    """
    if stored.withdrawn is not None:
        return FeedEntry(
            id=stored.id,
            url=urljoin(paper.url, stored.path),
            title=messages("site.withdrawn_title"),
            summary="",
            html=body.notice(messages("site.withdrawn")),
            published=stored.published,
            updated=stored.withdrawn.at,
        )
    article = stored.article
    corrected = stored.corrected(paper.zone)
    notice = messages("site.corrected", day=messages.day("date.long", corrected)) if corrected else None
    title = _line(article.title) or UNTITLED
    return FeedEntry(
        id=stored.id,
        url=urljoin(paper.url, stored.path),
        title=title,
        summary=_line(joined(article.summary)),
        html=clean(body.html(article, notice))[0] or f"<p>{escape(title, quote=False)}</p>",
        published=stored.published,
        updated=stored.updated,
        authors=_names(article),
        section=_line(article.section or "") or None,
        keywords=tuple(dict.fromkeys(filter(None, (_line(keyword.term) for keyword in article.keywords)))),
    )


def size(entry: FeedEntry) -> int:
    """Return how many bytes the entry takes at most in the format that needs most: Atom, which escapes HTML again."""
    texts = (entry.html, escape(entry.summary), entry.title, entry.id, *entry.authors, *entry.keywords * 2)
    tags = len(entry.authors) + len(entry.keywords) + 2
    return MARKUP_BYTES + tags * (TAG_BYTES + len(entry.url)) + sum(len(escape(text).encode()) for text in texts)


def _names(article: Article) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_line(author.name) for author in article.authors))))


def _line(text: str) -> str:
    return one_line(clean(text)[0])
