"""Every kind of feed, also of hostile text, against the rules of its format."""

import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from digest import feeds
from digest.messages import Messages
from digest.model import Article, Feed, FeedName, Withdrawal
from digest.settings import Feeds
from tests.builders import HOSTILE, ISSUE, PAPER, hostile_article, issue_of
from tests.drawn import shown

SCHEMAS = Path(__file__).parent.parent / "data/schemas"
ATOM_RNG = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
JSON = jsonschema.Draft202012Validator(json.loads((SCHEMAS / "jsonfeed.json").read_text("utf-8")))
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
KEPT = {"body", "p", "strong", "em", "small", "h3", "a", "br", "figure", "figcaption", "img"}
DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000")

ID = "tag:paper.example,2026:yunting/feed"
FRAME = feeds.Frame(PAPER, Messages("zh"), "https://hub.example/")
GONE = replace(
    ISSUE,
    articles=ISSUE.articles[1:],
    withdrawn=(replace(ISSUE.articles[0], withdrawn=Withdrawal(ISSUE.published + timedelta(days=1))),),
)
BARE = issue_of(Article(), Article(paragraphs=("一段。",)), Article(headline="无正文"))
PICTURED = issue_of(replace(ISSUE.articles[0].article, pictures=(shown("a < b", "“甲” 摄"), shown(None, mark="b"))))
NOVEMBER = date(2026, 11, 1)

EVERY: dict[str, Feed] = {
    "own": feeds.build(FRAME, ID, [ISSUE], Feeds()),
    "withdrawn": feeds.build(FRAME, ID, [GONE], Feeds()),
    "bare": feeds.build(FRAME, ID, [BARE], Feeds()),
    "empty": feeds.build(FRAME, ID, [], Feeds()),
    "hostile": feeds.build(FRAME, ID, [issue_of(*map(hostile_article, HOSTILE))], Feeds()),
    "nameless": feeds.build(
        replace(FRAME, paper=replace(PAPER, title="\x0b", description="<b>")), ID, [ISSUE], Feeds()
    ),
    "pictures": feeds.build(FRAME, ID, [PICTURED], Feeds()),
    "part": feeds.build(replace(FRAME, share=0.3), ID, [PICTURED], Feeds()),
    "section": feeds.build_topic(FRAME, ID, FeedName("section", "feeds/section/要闻/", "要闻"), ISSUE.articles),
    "issues": feeds.build_issues(FRAME, ID, FeedName("issues", "feeds/issues/", "每期一条"), [ISSUE, GONE][:1]),
    "archive": feeds.build_archive(FRAME, ID, NOVEMBER, [ISSUE], date(2026, 9, 1)),
}
every_feed = pytest.mark.parametrize("feed", EVERY.values(), ids=EVERY)


@every_feed
def test_atom_is_valid(feed: Feed) -> None:
    document = etree.fromstring(feeds.render(feed)["atom.xml"]).getroottree()
    assert ATOM_RNG.validate(document), ATOM_RNG.error_log


@every_feed
def test_atom_keeps_the_rules_that_the_schema_cannot_say(feed: Feed) -> None:
    root = etree.fromstring(feeds.render(feed)["atom.xml"])
    assert root.find(f"{ATOM}author/{ATOM}name").text
    for element in (root, *root.iter(f"{ATOM}entry")):
        alternates = [link for link in element.iterfind(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert [link.get("type") for link in alternates] == ["text/html"]
    for entry in root.iter(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}title")
        assert entry.findtext(f"{ATOM}content")
        assert entry.findtext(f"{ATOM}published") <= entry.findtext(f"{ATOM}updated")
    for time in (*root.iter(f"{ATOM}updated"), *root.iter(f"{ATOM}published")):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", time.text)
    for link in root.iter(f"{ATOM}link"):
        assert re.fullmatch(r"https://[!-~]+", link.get("href"))


@every_feed
def test_json_is_valid(feed: Feed) -> None:
    JSON.validate(json.loads(feeds.render(feed)["feed.json"]))


@every_feed
def test_rss_keeps_the_rules_of_the_validator(feed: Feed) -> None:
    content = feeds.render(feed)["feed.xml"]
    root = etree.fromstring(content)
    assert content.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<?xml-stylesheet ")
    channel = root[0]
    names = [element.tag for element in channel]
    for name in ("title", "link", "description", "language", "copyright", "generator", "ttl", "lastBuildDate", "image"):
        assert names.count(name) == 1, name
        assert channel.findtext(name), name
    image = channel.find("image")
    assert (image.findtext("title"), image.findtext("link")) == (channel.findtext("title"), channel.findtext("link"))
    assert int(image.findtext("width")) <= 144
    assert image.findtext("url").endswith(".png")
    for item in channel.iterfind("item"):
        order = [element.tag for element in item]
        assert order.index("description") < order.index(CONTENT)
        assert "author" not in order
        assert item.find("guid").get("isPermaLink") == "false"
        assert item.find("guid").text.startswith("tag:")
        for name in ("title", "link", "description", "pubDate"):
            assert item.findtext(name), name
        assert "<" not in item.findtext("description")
        assert all(category.get("domain").startswith("https://") for category in item.iterfind("category"))
    for time in (*root.iter("pubDate"), *root.iter("lastBuildDate")):
        assert DATE.fullmatch(time.text)
        assert parsedate_to_datetime(time.text)


@every_feed
@pytest.mark.parametrize("file", ["feed.xml", "atom.xml"])
def test_the_html_within_is_harmless_and_whole(feed: Feed, file: str) -> None:
    """No script, frame, form or handler (16), no relative address (15), no element that readers drop."""
    root = etree.fromstring(feeds.render(feed)[file])
    for element in (*root.iter(CONTENT), *root.iter(f"{ATOM}content")):
        xml = re.sub("<(br|img)([^>]*)>", r"<\1\2/>", element.text)
        document = etree.fromstring(f"<body>{xml}</body>")
        assert {part.tag for part in document.iter()} <= KEPT
        for image in document.iter("img"):
            assert image.keys() == ["src", "width", "height", "alt"]
            assert image.get("alt")
        addresses = [part.get("href") or part.get("src") for part in document.iter("a", "img")]
        assert all(address.startswith("https://") for address in addresses)
        assert all(part.keys() == [] for part in document.iter(*KEPT - {"a", "img"}))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<updated>", b"<updated>x"),
        (b"<id>", b"<id/><id>"),
        (b'type="html"', b'type="CDATA"'),
        (b'type="text/html"', b'type="html"'),
        (b"<title>", b"<titel/><title>"),
    ],
)
def test_the_schema_finds_faults(old: bytes, new: bytes) -> None:
    content = feeds.render(EVERY["own"])["atom.xml"].replace(old, new, 1)
    assert not ATOM_RNG.validate(etree.fromstring(content))


def test_other_processes_with_other_hash_seeds_write_the_same_bytes() -> None:
    program = (
        "import hashlib; from digest import feeds; from tests.feeds.test_schemas import EVERY;"
        "rendered = [content for feed in EVERY.values() for content in feeds.render(feed).values()];"
        "print(hashlib.sha256(b''.join(rendered)).hexdigest())"
    )
    rendered = [content for feed in EVERY.values() for content in feeds.render(feed).values()]
    here = hashlib.sha256(b"".join(rendered)).hexdigest()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for seed in ("1", "2"):
        found = subprocess.run(
            [sys.executable, "-c", program],
            env=environment | {"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        assert found.strip() == here
