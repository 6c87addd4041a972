"""How long does RSS take? A feed of 60 articles against the plainest lxml that writes the same elements, in one run.

    python benchmarks/feeds.py

Prints both medians and their ratio; 3 is the bar.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from statistics import median
from time import perf_counter

from lxml import etree

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


@dataclass(frozen=True, slots=True)
class Timed:
    """What was timed, and its median in milliseconds."""

    name: str
    milliseconds: float


def timed(works: dict[str, Callable[[], object]]) -> list[Timed]:
    """Return the medians of RUNS runs, after one that does not count; the works take turns, so that load hits all."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for run in range(RUNS + 1):
        for name, work in works.items():
            start = perf_counter()
            work()
            times[name] += [perf_counter() - start] if run else []
    return [Timed(name, 1000 * median(found)) for name, found in times.items()]


def main() -> None:
    """Time and print."""
    feed = sample()
    works: dict[str, Callable[[], object]] = {
        "plain lxml": lambda: plain(feed),
        "RSS": lambda: rss.render(feed),
        "all formats": lambda: feeds.render(feed),
    }
    floor, ours, whole = timed(works)
    for row in (floor, ours, whole):
        print(f"{row.name:<12} {row.milliseconds:6.2f} ms  {row.milliseconds / floor.milliseconds:5.2f} x")
    ratio = ours.milliseconds / floor.milliseconds
    print(
        f"{ENTRIES} articles: RSS takes {ratio:.2f} times plain lxml; the bar of {BAR:.0f} is {'met' if ratio <= BAR else 'missed'}"
    )


if __name__ == "__main__":
    main()
