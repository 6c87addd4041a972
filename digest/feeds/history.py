"""What RSS and Atom share around their entries: the hub (WebSub), the archive (RFC 5005), the look in a browser."""

from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element as Element

from digest.model import Feed

_FH = "http://purl.org/syndication/history/1.0"


class Link(NamedTuple):
    """A link of a feed; one to a feed leads to the same format."""

    rel: str
    href: str
    is_feed: bool


def links(feed: Feed, file: str) -> list[Link]:
    """Return the links that lead from the feed, in the format of this file, to its hub and through its archive."""
    found = [
        Link("hub", feed.hub_url or "", is_feed=False),
        Link("current", (feed.current_url or "") and f"{feed.current_url}{file}", is_feed=True),
        Link("prev-archive", (feed.older_url or "") and f"{feed.older_url}{file}", is_feed=True),
    ]
    return [link for link in found if link.href]


def namespaces(feed: Feed) -> dict[str, str]:
    """Return the namespaces that the feed needs beside its own."""
    return {"fh": _FH} if feed.current_url else {}


def mark(element: Element, feed: Feed) -> None:
    """Mark an archive document as one."""
    if feed.current_url:
        element.insert(0, etree.Element(f"{{{_FH}}}archive", nsmap={"fh": _FH}))


def style(feed: Feed) -> Element:
    """Return the instruction that has a browser show a page instead of the source."""
    return etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{feed.style_url}"')
