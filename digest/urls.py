"""Addresses and ids: how they are made, once, from what never changes. Never from a title or a host."""

import re
import unicodedata
from datetime import date, datetime
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from digest.model import Article, FeedName, Topic

FEEDS = "feeds/"
"""Where a paper's feeds lie, but for its own, relative to its home."""

SUBSCRIBE = "subscribe/"
"""The address of the page that names a paper's feeds and has the form for its letters."""

ABOUT = "about/"
"""The address of the page that a paper has written about itself."""

ARCHIVE = "archive/"
"""The address of the page that leads to all issues by year."""

SITEMAP, NEWS_SITEMAP = "sitemap.xml", "sitemap-news.xml"
"""What search engines read: the index of the sitemaps, and the sitemap of what is new."""

OPML = f"{FEEDS}feeds.opml"
"""The list of all feeds for feed readers."""

ISSUES_FEED = f"{FEEDS}issues/"
"""The address, without a format's file name, of the feed that has one entry for each issue."""

KEYWORD_FEEDS = f"{FEEDS}keyword/"
"""Where the feeds of keywords lie."""

TOPIC_CHARS = 40
"""How long a section or keyword is in an address at most: a name of a file has 255 bytes."""

_ARTICLE = re.compile(r"/?(\d{4})/(\d\d)/(\d\d)/(\d+)/?")
_NO_TOPIC = re.compile(r"[^\w+#]+")


def tag(authority: str, since: date, slug: str, key: str) -> str:
    """Return an issue's `tag:` URI (RFC 4151); `since` is a day on which the authority was the paper's own."""
    return f"tag:{authority},{since.isoformat()}:{slug}/{key}"


def feed_tag(authority: str, since: date, slug: str, path: str) -> str:
    """Return the `tag:` URI of the feed whose address below the paper's home is `path`."""
    return tag(authority, since, slug, quote(path.rstrip("/")) or "feed")


def issue_path(day: date, place: int) -> str:
    """Return an issue's address relative to the paper's home; `place` counts the issues of a day from 1."""
    return f"{day:%Y/%m/%d}/" if place == 1 else f"{day:%Y/%m/%d}/issue-{place}/"


def article_path(day: date, place: int) -> str:
    """Return an article's address relative to the paper's home; `place` counts the articles of a day from 1."""
    return f"{day.isoformat().replace('-', '/')}/{place}/"  # lists have thousands, and strftime takes ten times as long


def article_place(path: str) -> tuple[date, int] | None:
    """Return day and place of the article at an address relative to the paper's home; None where it is none."""
    if not (address := _ARTICLE.fullmatch(path)):
        return None
    year, month, day, place = map(int, address.groups())
    try:
        return date(year, month, day), place
    except ValueError:
        return None


def topic(kind: Topic, label: str) -> FeedName | None:
    """Return the feed of a section or keyword; None where that has no letter or digit.

    Spellings that differ only in case, width or punctuation have the same address.
    """
    name = _NO_TOPIC.sub("-", unicodedata.normalize("NFKC", label).casefold()).strip("-")[:TOPIC_CHARS].rstrip("-")
    return FeedName(kind, topic_path(kind, name), label) if name else None


def topic_path(kind: Topic, name: str) -> str:
    """Return the address of the feed of a section or keyword that is called `name` in addresses."""
    return f"{FEEDS}{kind}/{name}/"


def topic_page(name: FeedName) -> str:
    """Return the address of the page that lists the newest articles of a section or keyword."""
    return f"{name.kind}/{name.name}/"


def numbered(path: str, number: int) -> str:
    """Return the address of one of the pages, from 1 for the oldest, that a list at `path` goes on on."""
    return f"{path}{number}/"


def topics(article: Article) -> dict[str, FeedName]:
    """Return the feeds of the section and the keywords of an article, by their address."""
    named: list[tuple[Topic, str]] = [("section", article.section or "")]
    named += [("keyword", keyword.term) for keyword in article.keywords]
    return {name.path: name for kind, label in named if (name := topic(kind, label))}


def month(at: datetime, zone: ZoneInfo) -> date:
    """Return the month, as its first day in the paper's zone, that holds what was published `at` in the archive."""
    return at.astimezone(zone).date().replace(day=1)


def month_path(month: date) -> str:
    """Return the address of the archive document of the feed for a month."""
    return f"{FEEDS}{month:%Y-%m}/"


def archive_year(year: int) -> str:
    """Return the address of the calendar of a year's issues."""
    return f"{ARCHIVE}{year:04}/"


def archive_month(month: date) -> str:
    """Return the address of the list of a month's issues."""
    return f"{ARCHIVE}{month:%Y/%m}/"


def sitemap(month: date) -> str:
    """Return the address of the sitemap of the pages of a month, by the day in their address."""
    return f"sitemap-{month:%Y-%m}.xml"


def public(home: str, path: str) -> str:
    """Return the absolute address, percent-encoded, of what lies at `path` below `home`."""
    return home + quote(path)


def place(home: str, url: str) -> str:
    """Return where the file of a `public` address lies below `home`."""
    return unquote(url.removeprefix(home))
