"""Issues → Feed → bytes: what to offer a feed reader, and the formats to offer it in.

A new format is a module with a `render`, a `read` and a line in FORMATS.
"""

from collections.abc import Callable
from dataclasses import dataclass

from digest.errors import DigestError
from digest.feeds import atom, jsonfeed, rss
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
from digest.model import Feed

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
    "verify",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file's name and media type, what writes a feed in it, and what reads its entries back in their order."""

    file: str
    media_type: str
    title: str
    render: Callable[[Feed], bytes]
    read: Callable[[bytes], list[Read]]


FORMATS = (
    Format(rss.FILE, rss.MEDIA_TYPE, "RSS 2.0", rss.render, rss.read),
    Format(atom.FILE, atom.MEDIA_TYPE, "Atom 1.0", atom.render, atom.read),
    Format(jsonfeed.FILE, jsonfeed.MEDIA_TYPE, "JSON Feed 1.1", jsonfeed.render, jsonfeed.read),
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
