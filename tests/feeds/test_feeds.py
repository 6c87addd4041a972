import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from locale import LC_ALL, setlocale

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from digest import feeds
from digest.errors import DigestError
from digest.feeds import entries
from digest.messages import Messages
from digest.model import Article, Author, Feed, Keyword, StoredIssue
from digest.settings import Feeds
from tests.builders import ARTICLES, ISSUE, PAPER, issue_of
from tests.conftest import Golden

FEED_ID = "tag:paper.example,2026:yunting"
FILES = ("feed.xml", "atom.xml", "feed.json")
WINDOW = Feeds()
FRAME = feeds.Frame(PAPER, Messages("zh"))


def later(issue: StoredIssue, days: int) -> StoredIssue:
    """Return the issue as one that came `days` later, under other ids."""
    moved = tuple(
        replace(s, id=f"{s.id}+{days}", path=f"d{days}/{s.path}", published=s.published + timedelta(days))
        for s in issue.articles
    )
    return replace(issue, id=f"{issue.id}+{days}", articles=moved, published=issue.published + timedelta(days))


@pytest.fixture
def feed() -> Feed:
    return feeds.build(FRAME, FEED_ID, [ISSUE], WINDOW)


def test_an_issue_becomes_these_files(feed: Feed, golden: Golden) -> None:
    for name, content in feeds.render(feed).items():
        golden(f"feeds/{name}", content)


@pytest.mark.parametrize("file", ["feed.xml", "atom.xml"])
def test_a_feed_reader_finds_summary_and_full_text_of_every_article(feed: Feed, file: str) -> None:
    parsed = feedparser.parse(feeds.render(feed)[file])
    assert not parsed.bozo
    assert len(parsed.entries) == len(ISSUE.articles)
    for entry, known in zip(parsed.entries, feed.entries, strict=True):
        assert (entry.id, entry.link, entry.title) == (known.id, known.url, known.title)
        assert known.summary in entry.summary
        assert known.html in entry.content[0].value
        assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == known.published
        assert {a.name for a in entry.get("authors", [])} >= set(known.authors[:1])
        assert {tag.term for tag in entry.tags} == {*known.keywords} | ({known.section} if known.section else set())


def test_all_formats_name_the_same_ids_in_the_same_order(feed: Feed) -> None:
    rendered = feeds.render(feed)
    assert {form.file: [one.id for one in form.read(rendered[form.file])] for form in feeds.FORMATS} == {
        file: [entry.id for entry in feed.entries] for file in FILES
    }


def test_the_json_feed_has_what_version_1_1_asks_for(feed: Feed) -> None:
    parsed = json.loads(feeds.render(feed)["feed.json"])
    assert parsed["version"] == "https://jsonfeed.org/version/1.1"
    assert parsed["feed_url"] == PAPER.url + "feed.json"
    assert parsed["items"][0]["authors"] == [{"name": name} for name in feed.entries[0].authors]
    assert parsed["items"][0]["author"] == parsed["items"][0]["authors"][0]
    assert parsed["items"][0]["content_html"] == feed.entries[0].html


def test_a_summary_is_html_in_rss_and_so_escaped_twice_and_a_title_once() -> None:
    issue = issue_of(Article(headline="a < b & c", paragraphs=("正文。",), summary=("市值 < 3000。",)))
    rendered = feeds.render(feeds.build(FRAME, FEED_ID, [issue], WINDOW))
    assert "<description>市值 &amp;lt; 3000。</description>".encode() in rendered["feed.xml"]
    assert "<summary>市值 &lt; 3000。</summary>".encode() in rendered["atom.xml"]
    assert b"<title>a &lt; b &amp; c</title>" in rendered["feed.xml"]


def test_the_description_stands_before_the_full_text(feed: Feed) -> None:
    rss = feeds.render(feed)["feed.xml"]
    assert rss.index(b"<content:encoded>") > rss.index(b"<description>", rss.index(b"<item>"))


def test_the_self_link_is_the_address_of_the_file(feed: Feed) -> None:
    for file in ("feed.xml", "atom.xml"):
        links = feedparser.parse(feeds.render(feed)[file]).feed.links
        assert [link.href for link in links if link.rel == "self"] == [PAPER.url + file]
        assert [link.href for link in links if link.rel == "alternate"] == [PAPER.url]


def test_a_feed_changed_when_its_newest_entry_did(feed: Feed) -> None:
    corrected = replace(ISSUE.articles[2], updated=ISSUE.published + timedelta(hours=5))
    issue = replace(ISSUE, articles=(*ISSUE.articles[:2], corrected, *ISSUE.articles[3:]))
    changed = feeds.build(FRAME, FEED_ID, [issue], WINDOW)
    assert feed.updated == ISSUE.published
    assert changed.updated == corrected.updated
    rendered = feeds.render(changed)
    assert b"<lastBuildDate>Fri, 20 Nov 2026 03:00:00 +0000</lastBuildDate>" in rendered["feed.xml"]
    assert b"<updated>2026-11-20T03:00:00Z</updated>" in rendered["atom.xml"]
    assert [e.published for e in changed.entries] == [e.published for e in feed.entries]


def test_an_empty_feed_is_a_feed_and_does_not_change_with_time() -> None:
    empty = feeds.build(FRAME, FEED_ID, [], WINDOW)
    rendered = feeds.render(empty)
    feeds.verify(rendered, empty)
    assert rendered == feeds.render(empty)
    assert not feedparser.parse(rendered["atom.xml"]).bozo


class TestOrder:
    def test_newest_issue_first_and_the_lead_story_first_where_dates_are_equal(self) -> None:
        feed = feeds.build(FRAME, FEED_ID, [later(ISSUE, 1), ISSUE], WINDOW)
        ranked = [stored.id for stored in ISSUE.ranked]
        assert [entry.id for entry in feed.entries] == [f"{name}+1" for name in ranked] + ranked

    def test_dates_decide_within_an_issue(self) -> None:
        spread = tuple(
            replace(stored, published=stored.published - timedelta(seconds=place))
            for place, stored in enumerate(ISSUE.articles)
        )
        feed = feeds.build(FRAME, FEED_ID, [replace(ISSUE, articles=spread)], WINDOW)
        assert [entry.id for entry in feed.entries] == [stored.id for stored in ISSUE.articles]


class TestWindow:
    issues = tuple(later(ISSUE, day) for day in range(40, 0, -1))

    def test_issues_are_whole_and_the_files_fit(self) -> None:
        feed = feeds.build(FRAME, FEED_ID, self.issues, Feeds(max_bytes=100_000))
        assert 2 * len(ARTICLES) < len(feed.entries) < len(self.issues) * len(ARTICLES)
        assert len(feed.entries) % len(ARTICLES) == 0
        assert all(len(content) <= 100_000 for content in feeds.render(feed).values())

    def test_the_newest_issues_stay_however_large(self) -> None:
        feed = feeds.build(FRAME, FEED_ID, self.issues, Feeds(max_bytes=1, min_issues=3))
        assert [entry.id for entry in feed.entries] == [s.id for issue in self.issues[:3] for s in issue.ranked]


@given(
    words=st.text(max_size=40),
    paragraphs=st.lists(st.text(max_size=200), max_size=3).map(tuple),
    names=st.lists(st.text(max_size=9), max_size=9).map(tuple),
)
@settings(max_examples=60)
def test_an_entry_takes_no_more_room_than_was_reckoned(
    words: str, paragraphs: tuple[str, ...], names: tuple[str, ...]
) -> None:
    article = Article(
        headline=words,
        section=words,
        paragraphs=paragraphs,
        summary=(words, words),
        authors=tuple(Author("记者", name) for name in names),
        keywords=tuple(Keyword(name, 1.0) for name in names),
    )
    feed = feeds.build(FRAME, FEED_ID, [issue_of(article)], WINDOW)
    alone, without = feeds.render(feed), feeds.render(replace(feed, entries=()))
    assert max(len(alone[file]) - len(without[file]) for file in FILES) <= entries.size(feed.entries[0])


HOSTILE = (
    "<script>alert(1)</script>",
    "]]>",
    "a]]>b]]]]>>",
    "&amp;",
    "&lt;b&gt;",
    "<!--",
    "<![CDATA[x]]>",
    "</title></item></channel>",
    "<?xml version='1.0'?>",
    "&#0;",
    "&bogus;",
    "\x00\x01\x0b\x0c\x1f",
    "\ufffe\uffff",
    "\ud800",
    "\udfff垃圾",
    "\u202eevil\u202c",
    "\u2066a\u2069",
    "\u200f\u200e",
    "😀👨‍👩‍👧‍👦",
    "e\u0301",
    "\ufeffBOM",
    "\x85\u2028\u2029",
    "\t\n\r",
    '"',
    "'",
    "\\u0000\\",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "𠮷野家",
    "长" * 10_000,
)


class TestHostileText:
    issue = issue_of(
        *(
            Article(headline=text, kicker=text, paragraphs=(text, f"第一段{text}。"), summary=(text,), section=text)
            for text in HOSTILE
        )
    )

    def test_changes_nothing_but_the_text(self) -> None:
        feed = feeds.build(FRAME, FEED_ID, [self.issue], WINDOW)
        rendered = feeds.render(feed)
        feeds.verify(rendered, feed)
        assert len(feed.entries) == len(HOSTILE) == 30
        for file in ("feed.xml", "atom.xml"):
            parsed = feedparser.parse(rendered[file], sanitize_html=False)
            assert not parsed.bozo
            assert [entry.content[0].value for entry in parsed.entries] == [entry.html for entry in feed.entries]
        assert [item["title"] for item in json.loads(rendered["feed.json"])["items"]] == [e.title for e in feed.entries]

    def test_is_text_to_whoever_reads_the_html(self) -> None:
        feed = feeds.build(FRAME, FEED_ID, [self.issue], WINDOW)
        for entry in feed.entries:
            document = etree.fromstring(f"<body>{entry.html}</body>")
            assert {str(element.tag) for element in document.iter()} <= {"body", "p", "strong"}

    def test_leaves_no_character_that_hides_or_reorders_others(self) -> None:
        text = b"".join(feeds.render(feeds.build(FRAME, FEED_ID, [self.issue], WINDOW)).values()).decode()
        assert not set(text) & set("\u202e\u202c\u2066\u2069\u200f\ufeff\x0b\ufffe")


class TestVerify:
    def test_a_whole_feed_passes(self, feed: Feed) -> None:
        feeds.verify(feeds.render(feed), feed)

    @pytest.mark.parametrize("file", FILES)
    def test_a_missing_a_broken_and_a_shorter_file_do_not(self, feed: Feed, file: str) -> None:
        rendered = feeds.render(feed)
        shorter = feeds.render(replace(feed, entries=feed.entries[1:]))[file]
        missing = {name: content for name, content in rendered.items() if name != file}
        for broken in (missing, rendered | {file: rendered[file][:-9]}, rendered | {file: shorter}):
            with pytest.raises(DigestError) as caught:
                feeds.verify(broken, feed)
            assert (caught.value.code, caught.value.facts) == ("error.feed", {"file": file})

    def test_an_id_given_twice_does_not(self, feed: Feed) -> None:
        doubled = replace(feed, entries=(*feed.entries, feed.entries[0]))
        with pytest.raises(DigestError):
            feeds.verify(feeds.render(doubled), doubled)


class TestStability:
    def test_threads_write_the_same_bytes_and_leave_the_locale_alone(self, feed: Feed) -> None:
        before = setlocale(LC_ALL)
        expected = feeds.render(feed)
        with ThreadPoolExecutor(8) as pool:
            assert all(found == expected for found in pool.map(lambda _: feeds.render(feed), range(40)))
        assert setlocale(LC_ALL) == before
