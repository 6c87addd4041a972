"""An article as a feed shows it."""

from collections.abc import Callable
from html import escape
from typing import NamedTuple
from urllib.parse import urljoin

from digest.feeds import body
from digest.messages import Messages
from digest.model import Article, Enclosure, FeedEntry, Paper, Picture, RenderedEntry, StoredArticle
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


def of(stored: StoredArticle, paper: Paper, messages: Messages, share: float = 1.0) -> FeedEntry:
    """Return the entry of an article, or that of a withdrawn one, which says so and nothing of the article.

    `share` is how much of the text stands in it, 0 to 1; with less than all, a link leads to the rest. All of its text
    is clean: no character that XML forbids or that hides others.
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
    url = urljoin(paper.url, stored.path)
    onward = body.onward(url, messages("feed.whole")) if share < 1 else ""
    pictures = article.shown if share == 1 else article.shown[:1]
    return FeedEntry(
        id=stored.id,
        url=url,
        title=title,
        summary=_line(joined(article.summary)),
        html=clean(body.html(body.begun(article, share), paper.url, notice) + onward)[0] or body.paragraph(title),
        published=stored.published,
        updated=stored.updated,
        authors=_names(article),
        section=_line(article.section or "") or None,
        keywords=tuple(dict.fromkeys(filter(None, (_line(keyword.term) for keyword in article.keywords)))),
        pictures=tuple(_enclosure(picture, paper) for picture in pictures),
        home_url=paper.url,
    )


def bytes_of(entry: FeedEntry | RenderedEntry, file: str, render: Callable[[FeedEntry], bytes]) -> bytes:
    """Return an entry in the format of this file, in which `render` writes what is not rendered yet."""
    return entry.forms[file] if isinstance(entry, RenderedEntry) else render(entry)


def size(entry: FeedEntry | RenderedEntry) -> int:
    """Return how many bytes the entry takes at most in the format that needs most: Atom, which escapes HTML again."""
    if isinstance(entry, RenderedEntry):
        return entry.size
    texts = (entry.html, escape(entry.summary), entry.title, entry.id, *entry.authors, *entry.keywords * 2)
    tags = len(entry.authors) + len(entry.keywords) + 2 + 2 * len(entry.pictures)
    return MARKUP_BYTES + tags * (TAG_BYTES + len(entry.url)) + sum(len(escape(text).encode()) for text in texts)


def _enclosure(picture: Picture, paper: Paper) -> Enclosure:
    largest = picture.sizes[0]
    return Enclosure(
        urljoin(paper.url, largest.path), largest.media_type, largest.width, largest.height, largest.length
    )


def _names(article: Article) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (_line(author.name) for author in article.authors))))


def _line(text: str) -> str:
    return one_line(clean(text)[0])
