"""RSS 2.0: https://www.rssboard.org/rss-specification, with `content:encoded` for the full text."""

from lxml import etree

from digest.feeds import generator
from digest.feeds.entries import Read, bytes_of
from digest.model import Feed, FeedEntry

FILE = "feed.xml"
MEDIA_TYPE = "application/rss+xml"


def render(feed: Feed) -> bytes:
    """Return the feed as UTF-8 bytes."""
    return generator.rss(feed, FILE, MEDIA_TYPE, [bytes_of(one, FILE, render_entry) for one in feed.entries])


def render_entry(entry: FeedEntry) -> bytes:
    """Return an entry as it stands in a feed."""
    return generator.item(entry)


def ids(rendered: bytes) -> list[str]:
    """Return the ids of the items in their order."""
    return [item.findtext("guid") or "" for item in etree.fromstring(rendered).iterfind("channel/item")]


def read(rendered: bytes) -> list[Read]:
    """Return the items in their order."""
    items = etree.fromstring(rendered).iterfind("channel/item")
    return [
        Read(
            item.findtext("guid") or "",
            item.findtext("link") or "",
            etree.tostring(item, method="text", encoding="unicode"),
        )
        for item in items
    ]
