"""Issues → Feed → bytes: what to offer a feed reader, and the formats to offer it in.

A new format is a module with a `render`, an `ids` and a line in FORMATS.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from digest import settings
from digest.errors import DigestError
from digest.feeds import atom, entries, jsonfeed, rss
from digest.model import Feed, FeedEntry, Paper, StoredIssue
from digest.text import clean, one_line


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its file's name and media type, what writes a feed in it, and what reads the ids back in their order."""

    file: str
    media_type: str
    title: str
    render: Callable[[Feed, str], bytes]
    ids: Callable[[bytes], list[str]]


FORMATS = (
    Format("feed.xml", "application/rss+xml", "RSS 2.0", rss.render, rss.ids),
    Format("atom.xml", "application/atom+xml", "Atom 1.0", atom.render, atom.ids),
    Format("feed.json", "application/feed+json", "JSON Feed 1.1", jsonfeed.render, jsonfeed.ids),
)
"""The formats, the one that every reader knows first."""


def build(paper: Paper, feed_id: str, issues: Sequence[StoredIssue], window: settings.Feeds) -> Feed:
    """Return the paper's feed of `issues`, the newest first.

    Issues stand in it whole: the newest `min_issues` always, older ones while all fit in `max_bytes`. Within an issue
    the dates keep the order; where they are equal the lead story goes first.
    """
    chosen: list[list[FeedEntry]] = []
    size = 0
    for issue in issues:
        newest_first = sorted(issue.ranked, key=lambda stored: stored.published, reverse=True)
        found = [entries.of(stored, paper.url) for stored in newest_first]
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


def verify(rendered: dict[str, bytes], feed: Feed) -> None:
    """Read rendered feeds again and check that each holds every entry once, in order.

    Raises:
        DigestError: `error.feed`, with the file's name, when one does not; it must not replace the feed before it.
    """
    expected = [entry.id for entry in feed.entries]
    for form in FORMATS:
        try:
            found = form.ids(rendered[form.file])
        except (ValueError, KeyError, SyntaxError) as error:  # lxml's XMLSyntaxError is a SyntaxError
            raise DigestError("error.feed", file=form.file) from error
        if found != expected or len(set(found)) != len(found):
            raise DigestError("error.feed", file=form.file)
