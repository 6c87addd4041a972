"""Atom 1.0 (RFC 4287). Written with lxml: feedgen's Atom loses what a link leads to."""

from lxml import etree
from lxml.etree import _Element as Element

from digest.feeds import dates, history
from digest.feeds.entries import Read, bytes_of
from digest.feeds.generator import GENERATOR
from digest.model import Feed, FeedEntry

FILE = "atom.xml"
MEDIA_TYPE = "application/atom+xml"

_NAMESPACE = "http://www.w3.org/2005/Atom"
_ATOM = f"{{{_NAMESPACE}}}"
_DEFAULT: dict[str, str] = {None: _NAMESPACE}  # type: ignore[dict-item]  # the stubs lack the default namespace
_FIRST, _END = b"  <entry>", b"</feed>"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render(feed: Feed) -> bytes:
    """Return the feed as UTF-8 bytes."""
    root = etree.Element(f"{_ATOM}feed", {_LANG: feed.language}, nsmap=_DEFAULT | history.namespaces(feed))
    root.addprevious(history.style(feed))
    history.mark(root, feed)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    if feed.description != feed.title:
        _add(root, "subtitle", feed.description)
    _add(root, "updated", dates.rfc3339(feed.updated or dates.NEVER))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.address(FILE))
    _add(root, "link", rel="alternate", type="text/html", href=feed.home_url)
    for link in history.links(feed, FILE):
        _add(root, "link", rel=link.rel, href=link.href, **({"type": MEDIA_TYPE} if link.is_feed else {}))
    _add(root, "icon", feed.icon_url)
    _add(root, "rights", f"© {feed.author}")
    _add(root, "generator", GENERATOR)
    head, end, tail = _bytes(root.getroottree()).rpartition(_END)
    return b"".join([head, *(bytes_of(one, FILE, render_entry) for one in feed.entries), end, tail])


def ids(rendered: bytes) -> list[str]:
    """Return the ids of the entries in their order."""
    return [entry.findtext(f"{_ATOM}id") or "" for entry in etree.fromstring(rendered).iterfind(f"{_ATOM}entry")]


def read(rendered: bytes) -> list[Read]:
    """Return the entries in their order."""
    return [
        Read(entry.findtext(f"{_ATOM}id") or "", _link(entry), etree.tostring(entry, method="text", encoding="unicode"))
        for entry in etree.fromstring(rendered).iterfind(f"{_ATOM}entry")
    ]


def render_entry(entry: FeedEntry) -> bytes:
    """Return an entry as it stands in a feed, between the tags of which nothing else can look like one."""
    root = etree.Element(f"{_ATOM}feed", nsmap=_DEFAULT)
    element = _add(root, "entry")
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "link", rel="alternate", type="text/html", href=entry.url)
    for one in entry.pictures:
        _add(element, "link", rel="enclosure", type=one.media_type, length=str(one.length), href=one.url)
    _add(element, "published", dates.rfc3339(entry.published))
    _add(element, "updated", dates.rfc3339(entry.updated))
    for name in entry.authors:
        _add(_add(element, "author"), "name", name)
    if entry.section:
        _add(element, "category", scheme=f"{entry.home_url}#section", term=entry.section, label=entry.section)
    for keyword in entry.keywords:
        _add(element, "category", scheme=f"{entry.home_url}#keyword", term=keyword, label=keyword)
    _add(element, "summary", entry.summary or entry.title)
    _add(element, "content", entry.html, type="html")
    alone = _bytes(root.getroottree())
    return alone[alone.index(_FIRST) : alone.rindex(_END)]


def _bytes(tree: etree._ElementTree) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _link(entry: Element) -> str:
    link = entry.find(f"{_ATOM}link[@rel='alternate']")
    return "" if link is None else link.get("href", "")


def _add(parent: Element, name: str, text: str | None = None, **attributes: str) -> Element:
    element = etree.SubElement(parent, _ATOM + name, attributes)
    element.text = text
    return element
