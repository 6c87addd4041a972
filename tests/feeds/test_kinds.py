"""The feeds beside a paper's own: of a section, of a keyword, of whole issues, of several papers; and the archive."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from lxml import etree

from digest import feeds, urls
from digest.messages import Messages
from digest.model import Article, Feed, FeedName, StoredIssue, Withdrawal
from digest.settings import Feeds
from tests.builders import ISSUE, PAPER, issue_of

ID = "tag:paper.example,2026:yunting"
FRAME = feeds.Frame(PAPER, Messages("zh"))
HUB = "https://hub.example/"
ATOM = "{http://www.w3.org/2005/Atom}"
ARCHIVE = "{http://purl.org/syndication/history/1.0}archive"
SECTION = FeedName("section", "feeds/section/要闻/", "要闻")
BY_ISSUE = FeedName("issues", "feeds/issues/", "每期一条")


def moved(issue: StoredIssue, days: int) -> StoredIssue:
    """Return the issue as one that came `days` later, under other ids."""
    by = timedelta(days)
    articles = tuple(
        replace(one, id=f"{one.id}+{days}", path=f"d{days}/{one.path}", published=one.published + by)
        for one in issue.articles
    )
    return replace(issue, id=f"{issue.id}+{days}", path=f"d{days}/", articles=articles, published=issue.published + by)


def links(feed: Feed, rel: str) -> dict[str, list[tuple[str | None, str | None]]]:
    """Return type and address of the links of an XML feed, by its file."""
    rendered = feeds.render(feed)
    return {
        file: [
            (link.get("type"), link.get("href"))
            for link in etree.fromstring(rendered[file]).iter(f"{ATOM}link")
            if link.get("rel") == rel
        ]
        for file in ("feed.xml", "atom.xml")
    }


class TestTopic:
    feed = feeds.build_topic(FRAME, f"{ID}/s", SECTION, [s for s in ISSUE.ranked if s.article.section == "要闻"])

    def test_it_has_its_own_id_title_and_percent_encoded_address(self) -> None:
        assert (self.feed.id, self.feed.title) == (f"{ID}/s", "云汀日报 · 要闻")
        home = "https://paper.example/yunting/feeds/section/%E8%A6%81%E9%97%BB/"
        assert self.feed.url == home
        assert links(self.feed, "self") == {
            "feed.xml": [("application/rss+xml", f"{home}feed.xml")],
            "atom.xml": [("application/atom+xml", f"{home}atom.xml")],
        }
        parsed = json.loads(feeds.render(self.feed)["feed.json"])
        assert (parsed["feed_url"], parsed["home_page_url"]) == (f"{home}feed.json", PAPER.url)

    def test_its_entries_are_those_of_the_papers_own_feed(self) -> None:
        own = feeds.build(FRAME, ID, [ISSUE], Feeds())
        assert 0 < len(self.feed.entries) < len(own.entries)
        assert set(self.feed.entries) <= set(own.entries)

    def test_it_counts_its_entries(self) -> None:
        many = [one for days in range(60) for one in moved(ISSUE, 60 - days).articles]
        feed = feeds.build_topic(FRAME, ID, SECTION, many)
        assert [entry.id for entry in feed.entries] == [one.id for one in many[:50]]


@pytest.mark.parametrize(
    ("printed", "path"),
    [
        ("要闻", "feeds/section/要闻/"),
        (" 要 闻 ", "feeds/section/要-闻/"),
        ("Local News", "feeds/section/local-news/"),
        ("ＬＯＣＡＬ　ＮＥＷＳ", "feeds/section/local-news/"),
        ("../../etc", "feeds/section/etc/"),
        ("a/b\\c\0d", "feeds/section/a-b-c-d/"),
        ("C++", "feeds/section/c++/"),
        ("长" * 500, f"feeds/section/{'长' * 40}/"),
    ],
)
def test_an_address_is_short_and_harmless_whatever_was_printed(printed: str, path: str) -> None:
    name = urls.topic("section", printed)
    assert name is not None
    assert name.path == path
    assert urls.public("https://x.example/", path).isascii()
    assert urls.place("https://x.example/", urls.public("https://x.example/", path)) == path
    assert all(len(part.encode()) < 255 for part in path.split("/"))


@pytest.mark.parametrize("printed", ["", "……", "《》", "//"])
def test_what_has_no_letter_has_no_feed(printed: str) -> None:
    assert urls.topic("section", printed) is None


class TestIssues:
    feed = feeds.build_issues(FRAME, f"{ID}/i", BY_ISSUE, [moved(ISSUE, 1), ISSUE])

    def test_it_has_one_entry_for_each_issue_that_names_all_its_articles(self) -> None:
        assert self.feed.title == "云汀日报 · 每期一条"
        assert [entry.id for entry in self.feed.entries] == [f"{ISSUE.id}+1", ISSUE.id]
        entry = self.feed.entries[1]
        assert (entry.title, entry.url) == ("2026年11月20日 第5831期", PAPER.url + ISSUE.path)
        assert (entry.published, entry.updated) == (ISSUE.published, ISSUE.published)
        assert entry.summary.startswith("白鹭湖水质首次达到二类 · ")
        listed = etree.fromstring(f"<body>{entry.html}</body>".replace("<br>", "<br/>"))
        assert [a.get("href") for a in listed.iter("a")] == [PAPER.url + stored.path for stored in ISSUE.ranked]
        assert [a.text for a in listed.iter("a")] == [stored.article.title for stored in ISSUE.ranked]

    def test_it_changes_with_a_correction_and_with_a_withdrawal(self) -> None:
        at = ISSUE.published + timedelta(hours=3)
        corrected = replace(ISSUE, articles=(replace(ISSUE.articles[0], updated=at), *ISSUE.articles[1:]))
        gone = replace(ISSUE.articles[0], withdrawn=Withdrawal(at))
        withdrawn = replace(ISSUE, articles=ISSUE.articles[1:], withdrawn=(gone,))
        for issue in (corrected, withdrawn):
            (entry,) = feeds.build_issues(FRAME, ID, BY_ISSUE, [issue]).entries
            assert (entry.id, entry.published, entry.updated) == (ISSUE.id, ISSUE.published, at)
        assert ISSUE.articles[0].article.headline
        assert ISSUE.articles[0].article.headline not in entry.html + entry.summary

    def test_an_issue_of_which_nothing_is_left_says_so(self) -> None:
        gone = tuple(replace(one, withdrawn=Withdrawal(ISSUE.published)) for one in ISSUE.articles)
        feed = feeds.build_issues(FRAME, ID, BY_ISSUE, [replace(ISSUE, articles=(), withdrawn=gone)])
        feeds.verify(feeds.render(feed), feed)
        assert feed.entries[0].html == "<p><small>本期文章已全部撤回。</small></p>"

    def test_printed_words_stay_words(self) -> None:
        (entry,) = feeds.build_issues(
            FRAME, ID, BY_ISSUE, [issue_of(Article(headline="<b>&", summary=("<i>",)))]
        ).entries
        assert "&lt;b&gt;&amp;</a>" in entry.html
        assert "&lt;i&gt;" in entry.html


class TestArchive:
    november, october = date(2026, 11, 1), date(2026, 10, 1)
    document = feeds.build_archive(replace(FRAME, hub_url=HUB), ID, november, [ISSUE], october)
    home = f"{PAPER.url}feeds/2026-11/"

    def test_it_is_a_part_of_the_papers_own_feed(self) -> None:
        own = feeds.build(FRAME, ID, [ISSUE], Feeds())
        assert (self.document.id, self.document.title) == (own.id, own.title)
        assert self.document.entries == own.entries
        assert self.document.url == self.home

    def test_it_says_so_and_leads_to_the_one_before_it_and_to_the_feed(self) -> None:
        rendered = feeds.render(self.document)
        for file, kind in (("feed.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml")):
            assert len(list(etree.fromstring(rendered[file]).iter(ARCHIVE))) == 1
            assert links(self.document, "current")[file] == [(kind, PAPER.url + file)]
            assert links(self.document, "prev-archive")[file] == [(kind, f"{PAPER.url}feeds/2026-10/{file}")]
            assert links(self.document, "self")[file] == [(kind, self.home + file)]
            assert links(self.document, "hub")[file] == []
        parsed = json.loads(rendered["feed.json"])
        assert parsed["next_url"] == f"{PAPER.url}feeds/2026-10/feed.json"
        assert "hubs" not in parsed
        feeds.verify(rendered, self.document)

    def test_the_first_one_leads_to_none(self) -> None:
        first = feeds.build_archive(FRAME, ID, self.october, [ISSUE], None)
        assert not any(links(first, "prev-archive").values())
        assert "next_url" not in json.loads(feeds.render(first)["feed.json"])

    def test_the_feed_leads_to_the_month_of_the_first_issue_that_it_has_no_room_for(self) -> None:
        issues = [moved(ISSUE, days) for days in (30, 20, 10, 0)]
        feed = feeds.build(FRAME, ID, issues, Feeds(max_bytes=1, min_issues=2))
        assert [entry.id for entry in feed.entries] == [s.id for issue in issues[:2] for s in issue.ranked]
        assert feed.older_url == f"{PAPER.url}feeds/2026-11/"
        assert feeds.build(FRAME, ID, issues[:2], Feeds(max_bytes=1, min_issues=2)).older_url is None
        assert not list(etree.fromstring(feeds.render(feed)["atom.xml"]).iter(ARCHIVE))

    def test_a_month_is_the_papers_own(self) -> None:
        last_hour = datetime(2026, 10, 31, 17, tzinfo=UTC)
        assert urls.month(last_hour, PAPER.zone) == self.november


def test_a_hub_is_named_where_there_is_one() -> None:
    feed = feeds.build(replace(FRAME, hub_url=HUB), ID, [ISSUE], Feeds())
    assert links(feed, "hub") == {file: [(None, HUB)] for file in ("feed.xml", "atom.xml")}
    assert json.loads(feeds.render(feed)["feed.json"])["hubs"] == [{"type": "WebSub", "url": HUB}]
    assert not any(links(feeds.build(FRAME, ID, [ISSUE], Feeds()), "hub").values())


class TestSeveralPapers:
    other = feeds.Frame(
        replace(PAPER, slug="post", title="The Post", language="en", url="https://paper.example/post/"), Messages("en")
    )
    papers = ((FRAME, [moved(ISSUE, 2), ISSUE]), (other, [moved(ISSUE, 1)]))

    def test_their_issues_stand_in_one_feed_the_newest_first(self) -> None:
        feed = feeds.build_common(self.papers, ID, "https://paper.example/", Feeds())
        feeds.verify(feeds.render(feed), feed)
        issues = (moved(ISSUE, 2), moved(ISSUE, 1), ISSUE)
        assert [entry.id for entry in feed.entries] == [stored.id for issue in issues for stored in issue.ranked]
        assert (feed.title, feed.url) == ("云汀日报 · The Post", "https://paper.example/")
        assert feed.entries[len(ISSUE.articles)].url.startswith("https://paper.example/post/")

    def test_it_keeps_to_the_window(self) -> None:
        feed = feeds.build_common(self.papers, ID, "https://paper.example/", Feeds(max_bytes=1, min_issues=2))
        assert len(feed.entries) == 2 * len(ISSUE.articles)


def test_the_opml_lists_every_feed_under_its_paper() -> None:
    opml = feeds.opml("云汀日报", [(PAPER, [FeedName("paper"), BY_ISSUE, SECTION])])
    root = etree.fromstring(opml)
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "云汀日报")
    found = [(one.get("type"), one.get("text"), one.get("xmlUrl")) for one in root.iterfind("body/outline/outline")]
    assert found == [
        ("rss", "云汀日报", f"{PAPER.url}feed.xml"),
        ("rss", "云汀日报 · 每期一条", f"{PAPER.url}feeds/issues/feed.xml"),
        ("rss", "云汀日报 · 要闻", f"{PAPER.url}feeds/section/%E8%A6%81%E9%97%BB/feed.xml"),
    ]


def test_every_kind_is_read_by_a_feed_reader_without_a_complaint() -> None:
    for feed in (TestTopic.feed, TestIssues.feed, TestArchive.document):
        for file in ("feed.xml", "atom.xml"):
            parsed = feedparser.parse(feeds.render(feed)[file])
            assert not parsed.bozo
            assert [entry.id for entry in parsed.entries] == [entry.id for entry in feed.entries]
