"""The only place that knows feedgen. Its date writer sets the locale of the whole process, so one feed at a time."""

from collections.abc import Iterable
from html import escape
from threading import Lock

from feedgen.ext.base import BaseExtension
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.ext.media import MediaEntryExtension, MediaExtension
from feedgen.feed import FeedGenerator
from lxml import etree
from lxml.etree import _Element as Element

from digest.feeds import dates, history
from digest.model import ICON_PIXELS, Feed, FeedEntry

GENERATOR = "digest"
TTL_MINUTES = 15

_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"

_FIRST, _END = b"    <item>", b"  </channel>"
_lock = Lock()


def rss(feed: Feed, file: str, media_type: str, items: Iterable[bytes]) -> bytes:
    """Return the feed with these items as RSS 2.0, to be served under its `url` as `file`."""
    generator = _generator()
    generator.register_extension("history", _History, None, atom=False, rss=True)
    generator.history.tell(feed, file, media_type)
    generator.title(feed.title)
    generator.link(href=feed.address(file), rel="self", type=media_type)
    generator.link(href=feed.home_url, rel="alternate")  # last: RSS takes the last one for its own
    generator.description(feed.description)
    generator.language(feed.language)
    generator.copyright(f"© {feed.author}")
    generator.generator(GENERATOR)
    generator.ttl(TTL_MINUTES)
    generator.updated(feed.updated or dates.NEVER)
    generator.image(feed.icon_url, feed.title, feed.home_url, str(ICON_PIXELS), str(ICON_PIXELS))
    head, end, tail = _bytes(generator).rpartition(_END)
    return b"".join([head, *items, end, tail])


def item(entry: FeedEntry) -> bytes:
    """Return an entry as it stands in a feed, between the tags of which nothing else can look like one."""
    generator = _generator()
    for tell in (generator.title, generator.description):
        tell(GENERATOR)
    generator.link(href=entry.url)
    _add(generator, entry)
    alone = _bytes(generator)
    return alone[alone.index(_FIRST) : alone.rindex(_END)]


def _generator() -> FeedGenerator:
    generator = FeedGenerator()
    generator.register_extension("dc", DcExtension, DcEntryExtension, atom=False, rss=True)
    generator.register_extension("media", MediaExtension, MediaEntryExtension, atom=False, rss=True)
    return generator


def _bytes(generator: FeedGenerator) -> bytes:
    with _lock:
        return bytes(generator.rss_str(pretty=True))


class _History(BaseExtension):  # type: ignore[misc]  # feedgen ships no types
    """What feedgen lacks: links to the hub and through the archive, and the style sheet for browsers."""

    def tell(self, feed: Feed, file: str, media_type: str) -> None:
        """Take the feed that is being written."""
        self._feed, self._file, self._media_type = feed, file, media_type

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces."""
        return history.namespaces(self._feed)

    def extend_rss(self, root: Element) -> Element:
        """Add to the channel, behind the link to itself."""
        root.addprevious(history.style(self._feed))
        channel = root[0]
        own = channel.find(_ATOM_LINK)
        at = 0 if own is None else channel.index(own) + 1
        for link in reversed(history.links(self._feed, self._file)):
            element = etree.Element(_ATOM_LINK, rel=link.rel, href=link.href)
            if link.is_feed:
                element.set("type", self._media_type)
            channel.insert(at, element)
        history.mark(channel, self._feed)
        return root


def _add(generator: FeedGenerator, entry: FeedEntry) -> None:
    """Add one item. Its summary is text, and RSS descriptions are HTML: it is escaped once here, once by XML."""
    item = generator.add_entry(order="append")
    item.guid(entry.id, permalink=False)
    item.title(entry.title)
    item.link(href=entry.url)
    item.description(escape(entry.summary or entry.title, quote=False))
    item.content(entry.html, type="CDATA")
    item.published(entry.published)
    for one in entry.pictures[:1]:
        item.enclosure(one.url, str(one.length), one.media_type)
    for one in entry.pictures:
        sides = {"width": str(one.width), "height": str(one.height), "fileSize": str(one.length)}
        item.media.content({"url": one.url, "medium": "image", "type": one.media_type, **sides}, group=None)
    for name in entry.authors:
        item.dc.dc_creator(name)
    home = entry.home_url
    sections = [{"term": entry.section, "scheme": f"{home}#section"}] if entry.section else []
    item.category([*sections, *({"term": keyword, "scheme": f"{home}#keyword"} for keyword in entry.keywords)])
