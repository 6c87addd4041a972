"""Issues → Feed → bytes: what to offer a feed reader, and the formats to offer it in.

A new format is a module with a `render`, a `read` and a line in FORMATS.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from digest.errors import DigestError
from digest.feeds import atom, entries, jsonfeed, rss
from digest.feeds.building import (
    MOST_ENTRIES,
    MOST_ISSUES,
    Frame,
    build,
    build_archive,
    build_common,
    build_issues,
    build_search,
    build_topic,
)
from digest.feeds.entries import Read
from digest.feeds.opml import render as opml
from digest.feeds.subject import is_about
from digest.model import Feed, FeedEntry, FeedName, RenderedEntry, RenderedIssue, StoredIssue

__all__ = [
    "FORMATS",
    "MOST_ENTRIES",
    "MOST_ISSUES",
    "Format",
    "Frame",
    "Read",
    "build",
    "build_archive",
    "build_common",
    "build_issues",
    "build_search",
    "build_topic",
    "is_about",
    "opml",
    "read",
    "render",
    "render_issue",
    "render_verified",
    "verify",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file's name and media type, what writes a feed or one of its entries in it, and what reads a feed.

    What is read are the ids of its entries, or all that these say, in their order.
    """

    file: str
    media_type: str
    title: str
    render: Callable[[Feed], bytes]
    render_entry: Callable[[FeedEntry], bytes]
    ids: Callable[[bytes], list[str]]
    read: Callable[[bytes], list[Read]]


FORMATS = (
    Format(rss.FILE, rss.MEDIA_TYPE, "RSS 2.0", rss.render, rss.render_entry, rss.ids, rss.read),
    Format(atom.FILE, atom.MEDIA_TYPE, "Atom 1.0", atom.render, atom.render_entry, atom.ids, atom.read),
    Format(
        jsonfeed.FILE,
        jsonfeed.MEDIA_TYPE,
        "JSON Feed 1.1",
        jsonfeed.render,
        jsonfeed.render_entry,
        jsonfeed.ids,
        jsonfeed.read,
    ),
)
"""The formats, the one that every reader knows first."""


def render(feed: Feed) -> dict[str, bytes]:
    """Return the feed in every format, by file name. The same feed gives the same bytes, always."""
    return {form.file: form.render(feed) for form in FORMATS}


def read(file: str, content: bytes) -> list[Read]:
    """Return the entries of a feed's bytes; `file` is the name of the file, which tells the format.

    Raises:
        DigestError: `error.feed`, with the file's name, when it cannot be read.
    """
    form = next(form for form in FORMATS if form.file == file)
    with _telling(file):
        return form.read(content)


def render_issue(frame: Frame, issue: StoredIssue) -> RenderedIssue:
    """Render what feeds tell of an issue, in every format: it is the same in all of them. It is read again as in `verify`."""
    own, *told = map(_rendered, (frame.whole(issue), *frame.told(issue)))
    feed = frame.feed(issue.id, FeedName("paper"), [own, *told])
    verify(render(feed), feed)
    return RenderedIssue(issue.id, issue.published, own, tuple(told))


def render_verified(feed: Feed) -> dict[str, bytes]:
    """Return the feed in every format, after reading again, as `verify` does, what of it `render_issue` has not."""
    new = replace(feed, entries=tuple(entry for entry in feed.entries if isinstance(entry, FeedEntry)))
    verify(render(new), new)
    if len({entry.id for entry in feed.entries}) != len(feed.entries):
        raise DigestError("error.feed", file=FORMATS[0].file)
    return render(feed)


def verify(rendered: dict[str, bytes], feed: Feed) -> None:
    """Read rendered feeds again and check that each holds every entry once, in order.

    Raises:
        DigestError: `error.feed`, with the file's name, when one does not; it must not replace the feed before it.
    """
    expected = [entry.id for entry in feed.entries]
    for form in FORMATS:
        with _telling(form.file):
            found = form.ids(rendered.get(form.file, b""))
        if found != expected or len(set(found)) != len(found):
            raise DigestError("error.feed", file=form.file)


def _rendered(entry: FeedEntry | RenderedEntry) -> RenderedEntry:
    forms = {form.file: entries.bytes_of(entry, form.file, form.render_entry) for form in FORMATS}
    return RenderedEntry(entry.id, entry.updated, entries.size(entry), forms)


@contextmanager
def _telling(file: str) -> Iterator[None]:
    """Tell that a file cannot be read."""
    try:
        yield
    except (ValueError, KeyError, TypeError, SyntaxError) as error:  # lxml's XMLSyntaxError is a SyntaxError
        raise DigestError("error.feed", file=file) from error
