"""JSON Feed 1.1: https://www.jsonfeed.org/version/1.1/."""

import json

from digest.feeds import dates
from digest.feeds.entries import Read, bytes_of
from digest.model import Feed, FeedEntry

FILE = "feed.json"
MEDIA_TYPE = "application/feed+json"


def render(feed: Feed) -> bytes:
    """Return the feed as UTF-8 bytes."""
    content: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.address(FILE),
        "description": feed.description,
        "icon": feed.icon_url,
        "authors": [{"name": feed.author}],
        "author": {"name": feed.author},
        "language": feed.language,
    }
    if feed.older_url:
        content["next_url"] = feed.older_url + FILE
    if feed.hub_url:
        content["hubs"] = [{"type": "WebSub", "url": feed.hub_url}]
    content["items"] = []
    head, end, tail = _bytes(content).rpartition(b"]")
    items = b",".join(bytes_of(one, FILE, render_entry) for one in feed.entries)
    return b"".join([head, items, b"\n " if items else b"", end, tail, b"\n"])


def ids(rendered: bytes) -> list[str]:
    """Return the ids of the items in their order."""
    return [item["id"] for item in json.loads(rendered)["items"]]


def read(rendered: bytes) -> list[Read]:
    """Return the items in their order."""
    return [
        Read(item["id"], item["url"], f"{item['title']}\n{item['summary']}\n{item['content_html']}")
        for item in json.loads(rendered)["items"]
    ]


def render_entry(entry: FeedEntry) -> bytes:
    """Return one item on lines of its own; `author` is for readers that know version 1.0 only."""
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary or entry.title,
        "content_html": entry.html,
        "date_published": dates.rfc3339(entry.published),
        "date_modified": dates.rfc3339(entry.updated),
    }
    if entry.pictures:
        item["image"] = entry.pictures[0].url
        item["attachments"] = [
            {"url": one.url, "mime_type": one.media_type, "size_in_bytes": one.length} for one in entry.pictures
        ]
    if entry.authors:
        item["authors"] = [{"name": name} for name in entry.authors]
        item["author"] = {"name": entry.authors[0]}
    if tags := [*filter(None, [entry.section]), *entry.keywords]:
        item["tags"] = list(dict.fromkeys(tags))
    return b"".join(b"\n  " + line for line in _bytes(item).split(b"\n"))


def _bytes(content: dict[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
