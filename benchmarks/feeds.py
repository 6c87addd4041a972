"""How long does RSS take? A feed of 60 articles against the plainest lxml that writes the same elements, in one run.

python -m benchmarks.feeds
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from lxml import etree

from benchmarks import measuring
from benchmarks.measuring import Line
from digest import feeds
from digest.feeds import rss
from digest.model import Enclosure, Feed, FeedEntry

ENTRIES = 60
RUNS = 25
BAR = 3.0
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}content"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def sample() -> Feed:
    """Return a feed of articles of 850 characters, each with a picture."""
    start = datetime(2026, 1, 2, 22, tzinfo=UTC)
    paragraph = "渡口的老柳树还在，船已经换了三代。今年秋天，新的埠头全部启用，每天四班，票价两元。"
    entries = tuple(
        FeedEntry(
            id=f"tag:paper.example,2026:paper/{number}",
            url=f"https://paper.example/2026/01/03/{number}/",
            title=f"第{number}个渡口重新开航",
            summary=paragraph * 3,
            html="\n".join(f"<p>{paragraph * 4}</p>" for _ in range(5)),
            published=start - timedelta(seconds=number),
            updated=start - timedelta(seconds=number),
            authors=("林晓棠", "沈归舟"),
            home_url="https://paper.example/",
            section="要闻",
            keywords=("渡口", "老柳树", "埠头", "票价", "开航"),
            pictures=(Enclosure(f"https://paper.example/pictures/{number}.jpg", "image/jpeg", 1280, 720, 99_000),),
        )
        for number in range(ENTRIES)
    )
    url = "https://paper.example/"
    return Feed(
        id="tag:paper.example,2026:paper",
        url=url,
        home_url=url,
        title="河湾日报",
        description="河湾人的报纸",
        language="zh-CN",
        updated=start,
        entries=entries,
        author="河湾日报",
        icon_url=f"{url}icon.png",
        style_url="/feed.css",
    )


def plain(feed: Feed) -> bytes:
    """Write the same elements with nothing but lxml."""
    root = etree.Element("rss", version="2.0")
    channel = etree.SubElement(root, "channel")
    for name, text in (("title", feed.title), ("link", feed.home_url), ("description", feed.description)):
        etree.SubElement(channel, name).text = text
    for entry in feed.entries:
        assert isinstance(entry, FeedEntry)
        item = etree.SubElement(channel, "item")
        for name, text in (
            ("title", entry.title),
            ("link", entry.url),
            ("description", escape(entry.summary, quote=False)),
            ("guid", entry.id),
            ("pubDate", format_datetime(entry.published)),
        ):
            etree.SubElement(item, name).text = text
        etree.SubElement(item, CONTENT).text = etree.CDATA(entry.html)
        for one in entry.pictures:
            etree.SubElement(item, "enclosure", url=one.url, length=str(one.length), type=one.media_type)
            facts = {"url": one.url, "fileSize": str(one.length), "type": one.media_type, "medium": "image"}
            etree.SubElement(item, MEDIA, facts | {"height": str(one.height), "width": str(one.width)})
        for name in entry.authors:
            etree.SubElement(item, CREATOR).text = name
        for keyword in entry.keywords:
            etree.SubElement(item, "category", domain=feed.home_url).text = keyword
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def run() -> list[Line]:
    """Let them take turns."""
    feed = sample()
    works: dict[str, Callable[[], object]] = {
        "plain": lambda: plain(feed),
        "RSS": lambda: rss.render(feed),
        "all": lambda: feeds.render(feed),
    }
    found = measuring.costs(works, RUNS)
    floor, own, every = (found[name].processor for name in works)
    told = f"{1000 * own:.1f} ms against {1000 * floor:.1f}; in all three formats {1000 * every:.1f}"
    return [Line(what=f"RSS of {ENTRIES} articles against plain lxml", value=own / floor, bar=BAR, told=told)]


if __name__ == "__main__":
    measuring.show(run())
