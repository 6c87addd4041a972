"""RSS 2.0: https://www.rssboard.org/rss-specification, with `content:encoded` for the full text."""

from lxml import etree

from digest.feeds import generator
from digest.model import Feed

MEDIA_TYPE = "application/rss+xml"


def render(feed: Feed, self_url: str) -> bytes:
    """Return the feed as UTF-8 bytes; `self_url` is the public address of the file."""
    return generator.rss(feed, self_url, MEDIA_TYPE)


def ids(rendered: bytes) -> list[str]:
    """Return the ids of the items in their order."""
    return [guid.text or "" for guid in etree.fromstring(rendered).iterfind("channel/item/guid")]
