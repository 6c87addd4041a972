"""Pictures in feeds: in the text, beside it, and under one address with true lengths (feeds.md, 15, 17 and 20)."""

import json
import re

import feedparser
from lxml import etree

from digest import feeds
from digest.feeds import entries
from digest.messages import Messages
from digest.model import Article, Feed
from digest.settings import Feeds
from tests.builders import PAPER, issue_of
from tests.drawn import shown

LAKE = shown("渡船 <试航>", "叶知秋 摄", mark="a")
STAIRS = shown(None, mark="b")
LOST = shown("没有送来的图。", name="lost.jpg", mark="c")
ARTICLE = Article(
    headline="白鹭湖 “水质”",
    paragraphs=("正文一。", "正文二。"),
    summary=("摘要。",),
    pictures=(LAKE, STAIRS, type(LOST)("lost.jpg", LOST.caption)),
)
URLS = [f"{PAPER.url}{picture.sizes[0].path}" for picture in (LAKE, STAIRS)]
IMAGE = re.compile(r'<img src="([^"]*)" width="(\d+)" height="(\d+)" alt="([^"]*)">')


def feed(*articles: Article) -> Feed:
    return feeds.build(
        feeds.Frame(PAPER, Messages("zh")), "tag:paper.example,2026:yunting", [issue_of(*articles)], Feeds()
    )


def test_the_first_stands_above_the_text_and_the_others_below() -> None:
    (entry,) = feed(ARTICLE).entries
    assert re.sub("<figure>.*</figure>", "FIGURE", entry.html).split("\n") == [
        "FIGURE",
        "<p>正文一。</p>",
        "<p>正文二。</p>",
        "FIGURE",
        "<p><small>没有送来的图。</small></p>",
    ]
    assert IMAGE.findall(entry.html) == [
        (URLS[0], "1280", "720", "渡船 &lt;试航&gt;"),
        (URLS[1], "1280", "720", "白鹭湖 “水质”"),
    ]
    assert "<figcaption>渡船 &lt;试航&gt; 叶知秋 摄</figcaption></figure>" in entry.html


def test_every_format_gives_the_address_that_stands_in_the_text_its_type_and_its_length() -> None:
    rendered = feeds.render(feed(ARTICLE))
    facts = [(url, "image/jpeg", str(1280 * 80)) for url in URLS]
    item = etree.fromstring(rendered["feed.xml"]).find("channel/item")
    assert [(e.get("url"), e.get("type"), e.get("length")) for e in item.iter("enclosure")] == facts[:1]
    media = list(item.iter("{http://search.yahoo.com/mrss/}content"))
    assert [(e.get("url"), e.get("type"), e.get("fileSize")) for e in media] == facts
    assert {(e.get("medium"), e.get("width"), e.get("height")) for e in media} == {("image", "1280", "720")}
    links = etree.fromstring(rendered["atom.xml"]).findall("{*}entry/{*}link[@rel='enclosure']")
    assert [(e.get("href"), e.get("type"), e.get("length")) for e in links] == facts
    told = json.loads(rendered["feed.json"])["items"][0]
    assert told["image"] == URLS[0]
    assert [(a["url"], a["mime_type"], str(a["size_in_bytes"])) for a in told["attachments"]] == facts


def test_a_reader_still_takes_the_article_for_the_article() -> None:
    rendered = feeds.render(feed(ARTICLE))
    for file in ("feed.xml", "atom.xml"):
        (entry,) = feedparser.parse(rendered[file]).entries
        assert entry.link == f"{PAPER.url}2026/11/20/1/"
        assert [each.href for each in entry.enclosures][:1] == URLS[:1]


def test_an_article_without_pictures_says_nothing_of_any() -> None:
    rendered = feeds.render(feed(Article(headline="无图", paragraphs=("正文。",))))
    for word in ("enclosure", "media:content", "attachments", '"image"', "<img", "figure"):
        assert word.encode() not in b"".join(rendered.values())


def test_pictures_are_reckoned_into_the_size_of_an_entry() -> None:
    found = feed(
        Article(headline="图", paragraphs=("正文。",), pictures=tuple(shown("图", mark=str(n)) for n in range(30)))
    )
    alone, without = feeds.render(found), feeds.render(feed())
    assert max(len(alone[file]) - len(without[file]) for file in alone) <= entries.size(found.entries[0])
