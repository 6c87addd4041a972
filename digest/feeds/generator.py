"""The only place that knows feedgen. Its date writer sets the locale of the whole process, so one feed at a time."""

from html import escape
from threading import Lock

from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator

from digest.feeds import dates
from digest.model import Feed, FeedEntry

GENERATOR = "digest"
TTL_MINUTES = 15

_lock = Lock()


def rss(feed: Feed, self_url: str, media_type: str) -> bytes:
    """Return the feed as RSS 2.0, with the address that it is served at."""
    generator = FeedGenerator()
    generator.register_extension("dc", DcExtension, DcEntryExtension, atom=False, rss=True)
    generator.title(feed.title)
    generator.link(href=self_url, rel="self", type=media_type)
    generator.link(href=feed.home_url, rel="alternate")  # last: RSS takes the last one for its own
    generator.description(feed.description)
    generator.language(feed.language)
    generator.generator(GENERATOR)
    generator.ttl(TTL_MINUTES)
    generator.updated(feed.updated or dates.NEVER)
    for entry in feed.entries:
        _add(generator, entry, feed.home_url)
    with _lock:
        return bytes(generator.rss_str(pretty=True))


def _add(generator: FeedGenerator, entry: FeedEntry, home_url: str) -> None:
    """Add one item. Its summary is text, and RSS descriptions are HTML: it is escaped once here, once by XML."""
    item = generator.add_entry(order="append")
    item.guid(entry.id, permalink=False)
    item.title(entry.title)
    item.link(href=entry.url)
    item.description(escape(entry.summary or entry.title, quote=False))
    item.content(entry.html, type="CDATA")
    item.published(entry.published)
    for name in entry.authors:
        item.dc.dc_creator(name)
    if entry.section:
        item.category(term=entry.section, scheme=f"{home_url}#section")
    for keyword in entry.keywords:
        item.category(term=keyword, scheme=f"{home_url}#keyword")
