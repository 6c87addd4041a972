"""Feeds and their entries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from digest.model.issue import MediaType
from digest.model.stored import Topic


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A picture that goes with an entry of a feed, at an absolute address; `length` is in bytes."""

    url: str
    media_type: MediaType
    width: int
    height: int
    length: int


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article in a feed. `summary` is plain text, `html` the full text; both are free of control characters.

    `pictures` stand in `html` too, under the same addresses. `home_url` is that of its paper, whose the categories are.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: dt.datetime
    updated: dt.datetime
    authors: tuple[str, ...] = ()
    section: str | None = None
    keywords: tuple[str, ...] = ()
    pictures: tuple[Enclosure, ...] = ()
    home_url: str = ""


@dataclass(frozen=True, slots=True)
class RenderedEntry:
    """An entry of a feed that is rendered: its bytes in each format, by the name of the format's file.

    `size` is how many bytes it takes at most.
    """

    id: str
    updated: dt.datetime
    size: int
    forms: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class RenderedIssue:
    """What feeds tell of an issue, rendered: `own` is the issue as a whole, `entries` its articles, in their order."""

    id: str
    published: dt.datetime
    own: RenderedEntry
    entries: tuple[RenderedEntry, ...]


@dataclass(frozen=True, slots=True)
class FeedName:
    """One of a paper's feeds. `path` is its address below the paper's home, not percent-encoded: empty or with a slash.

    `label` is what tells it from the paper's own feed, in the paper's language: the section or the keyword.
    """

    kind: Literal["paper", "issues"] | Topic
    path: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """What its address calls a section or keyword."""
        return self.path.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it has a format. `url` is its public address without the format's file name, ending in a slash.

    `updated` is the newest change among the entries (None when there is none), never the time of building. `icon_url`
    leads to a PNG, `style_url` to the style sheet for browsers. `older_url` is the `url` of the archive document before
    it (RFC 5005), `current_url`, which only an archive document has, that of the feed which it belongs to. Of a feed
    that lies in no folder, since a search made it, `addresses` says where it is found, by the format's file name.
    """

    id: str
    url: str
    home_url: str
    title: str
    description: str
    language: str
    updated: dt.datetime | None
    entries: tuple[FeedEntry | RenderedEntry, ...]
    author: str
    icon_url: str
    style_url: str
    hub_url: str | None = None
    older_url: str | None = None
    current_url: str | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)

    def address(self, file: str) -> str:
        """Return where the feed is found in the format of this file."""
        return self.addresses.get(file, f"{self.url}{file}")
