"""Issues → Feed → bytes: what to offer a feed reader, and the formats to offer it in.

A new format is a module with a `render`, a `read` and a line in FORMATS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from digest import settings
from digest.errors import DigestError
from digest.feeds import atom, entries, jsonfeed, rss
from digest.feeds.entries import Read
from digest.messages import Messages
from digest.model import Feed, FeedEntry, Paper, StoredIssue
from digest.text import clean, one_line


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file's name and media type, what writes a feed in it, and what reads its entries back in their order."""

    file: str
    media_type: str
    title: str
    render: Callable[[Feed, str], bytes]
    read: Callable[[bytes], list[Read]]


FORMATS = (
    Format("feed.xml", "application/rss+xml", "RSS 2.0", rss.render, rss.read),
    Format("atom.xml", "application/atom+xml", "Atom 1.0", atom.render, atom.read),
    Format("feed.json", "application/feed+json", "JSON Feed 1.1", jsonfeed.render, jsonfeed.read),
)
"""The formats, the one that every reader knows first."""


def build(
    paper: Paper, feed_id: str, issues: Sequence[StoredIssue], window: settings.Feeds, messages: Messages
) -> Feed:
    """Return the paper's feed of `issues`, the newest first.

    Issues stand in it whole: the newest `min_issues` always, older ones while all fit in `max_bytes`. Within an issue
    the dates keep the order; where they are equal the lead story goes first. What was withdrawn keeps its place, but
    its entry says no more than that: nothing else overwrites the copies that readers have stored (feeds.md, 6).
    """
    chosen: list[list[FeedEntry]] = []
    size = 0
    for issue in issues:
        everything = [*issue.ranked, *issue.withdrawn]
        newest_first = sorted(everything, key=lambda stored: stored.published, reverse=True)
        found = [entries.of(stored, paper, messages) for stored in newest_first]
        size += sum(map(entries.size, found))
        if len(chosen) >= window.min_issues and size > window.max_bytes:
            break
        chosen.append(found)
    shown = tuple(chain.from_iterable(chosen))
    title = one_line(clean(paper.title)[0]) or paper.slug
    return Feed(
        id=feed_id,
        url=paper.url,
        home_url=paper.url,
        title=title,
        description=one_line(clean(paper.description)[0]) or title,
        language=paper.language,
        updated=max((entry.updated for entry in shown), default=None),
        entries=shown,
        author=title,
    )


def render(feed: Feed) -> dict[str, bytes]:
    """Return the feed in every format, by file name. The same feed gives the same bytes, always."""
    return {form.file: form.render(feed, feed.url + form.file) for form in FORMATS}


def read(file: str, content: bytes) -> list[Read]:
    """Return the entries of a feed's bytes; `file` is the name of the file, which tells the format.

    Raises:
        DigestError: `error.feed`, with the file's name, when it cannot be read.
    """
    form = next(form for form in FORMATS if form.file == file)
    try:
        return form.read(content)
    except (ValueError, KeyError, TypeError, SyntaxError) as error:  # lxml's XMLSyntaxError is a SyntaxError
        raise DigestError("error.feed", file=file) from error


def verify(rendered: dict[str, bytes], feed: Feed) -> None:
    """Read rendered feeds again and check that each holds every entry once, in order.

    Raises:
        DigestError: `error.feed`, with the file's name, when one does not; it must not replace the feed before it.
    """
    expected = [entry.id for entry in feed.entries]
    for form in FORMATS:
        found = [entry.id for entry in read(form.file, rendered.get(form.file, b""))]
        if found != expected or len(set(found)) != len(found):
            raise DigestError("error.feed", file=form.file)
