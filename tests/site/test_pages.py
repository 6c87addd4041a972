"""The reading site: what its pages show, where they link, and that printed words stay words."""

import json
from dataclasses import replace
from itertools import pairwise
from urllib.parse import quote, urljoin

import pytest
from lxml import html

from digest import site, templating
from digest.messages import Messages
from digest.model import Article, Author, FeedName, Paper, StoredIssue, Withdrawal
from tests.builders import HOSTILE, ISSUE, LINES, MASTHEAD, PAPER, hostile_article, issue_of
from tests.conftest import Golden

TEMPLATES = templating.load()
ZH, EN = Messages("zh"), Messages("en")
FORMATS = ("feed.xml", "atom.xml", "feed.json")
NAMES = [
    FeedName("paper"),
    FeedName("issues", "feeds/issues/", "每期一条"),
    *(FeedName("section", f"feeds/section/{name}/", name) for name in ("要闻", "民生", "来信")),
    FeedName("keyword", "feeds/keyword/c++/", "C++"),
]


def whole_site(paper: Paper = PAPER, issue: StoredIssue = ISSUE, say: Messages = ZH) -> dict[str, bytes]:
    lines = [replace(LINES[0], headline=issue.ranked[0].article.title), *LINES[1:]]
    pages = site.render_issue(paper, issue, TEMPLATES, say) | site.render_lists(paper, issue, lines, TEMPLATES, say)
    notice = site.render_notice(paper, TEMPLATES, say, heading="退订", paragraphs=["一", "二"], button="退订")
    gone = replace(issue.articles[0], path="2026/11/20/7/", withdrawn=Withdrawal(issue.updated, "图片失实。"))
    tombstones = site.render_tombstones(paper, replace(issue, withdrawn=(gone,)), TEMPLATES, say)
    feeds = site.render_feeds(paper, NAMES, TEMPLATES, say)
    return pages | tombstones | feeds | {"notice.html": notice}


def documents(pages: dict[str, bytes]) -> dict[str, html.HtmlElement]:
    return {path: html.document_fromstring(page.decode()) for path, page in pages.items() if path.endswith(".html")}


SITE = whole_site()
PAGES = documents(SITE)
every_page = pytest.mark.parametrize("path", PAGES)


def texts(page: html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.cssselect(selector)]


@pytest.mark.parametrize(
    "path", ["index.html", "2026/11/20/index.html", "2026/11/20/1/index.html", "archive/index.html"]
)
def test_the_pages_are_what_they_were(path: str, golden: Golden) -> None:
    golden(f"site/{path}", SITE[path])


def test_the_same_values_give_the_same_bytes() -> None:
    assert whole_site() == SITE
    assert site.render_lists(PAPER, ISSUE, LINES, templating.load(), Messages("zh")).items() <= SITE.items()


# What a page shows


def test_the_front_page_leads_with_the_lead_story_and_goes_on_by_page_and_rank() -> None:
    front = PAGES["index.html"]
    assert texts(front, ".lead h2") == ["白鹭湖水质首次达到二类"]
    assert texts(front, ".latest .place") == ["第1版 要闻", "第2版 民生", "第4版"]
    assert [title[:6] for title in texts(front, ".stories h3")] == [
        "冬小麦播种过",
        "市图书馆周末",
        "老街菜场：把",
        "昨天，第三小",
        "关于城北片区",
    ]


def test_the_front_page_shows_kicker_subheadline_summary_and_keywords() -> None:
    lead = PAGES["index.html"].cssselect(".lead")[0]
    assert texts(lead, ".kicker") == ["清淤、扩闸、种柳，三年治理见成效"]
    assert texts(lead, ".subheadline") == ["环湖十八里步道月底开放，老渡口恢复摆渡"]
    assert texts(lead, ".summary")[0].endswith(
        "首次达到二类。环湖步道全长十八里，本月三十日起全线开放，停了五年的老渡口同日恢复摆渡。"
    )
    assert texts(lead, ".keywords li") == ["白鹭湖", "水质", "清淤", "步道", "老渡口"]


def test_the_masthead_has_date_weekday_lunar_date_number_and_pages() -> None:
    assert texts(PAGES["index.html"], ".grand .imprint > *") == [
        "2026年11月20日",
        "星期五",
        "农历十月十二",
        "第5831期",
        "本期4版",
    ]


def test_the_front_page_names_older_issues_but_not_the_latest_again() -> None:
    assert texts(PAGES["index.html"], ".recent .what") == [line.headline for line in LINES[1:]]


def test_a_paper_without_issues_has_a_front_page() -> None:
    pages = documents(site.render_lists(PAPER, None, [], TEMPLATES, ZH))
    assert texts(pages["index.html"], ".empty") == ["第一期报纸出版后，会出现在这里。"]


def test_the_issue_page_stands_in_print_order() -> None:
    page = PAGES["2026/11/20/index.html"]
    assert texts(page, "h1") == ["2026年11月20日"]
    assert texts(page, "h3") == [stored.article.title for stored in ISSUE.articles]


def test_an_article_page_holds_the_whole_text_and_its_crossheads() -> None:
    page, article = PAGES["2026/11/20/1/index.html"], ISSUE.articles[0].article
    assert texts(page, ".text > *") == list(article.paragraphs)
    assert texts(page, ".text h2") == ["先清淤，再谈风景", "月底起，绕湖走一圈"]


def test_a_byline_names_a_role_once_and_a_photographer_as_papers_do() -> None:
    assert texts(PAGES["2026/11/20/1/index.html"], ".byline") == ["记者 林晓棠 沈归舟", "通讯员 顾一苇"]
    assert texts(PAGES["2026/11/20/4/index.html"], ".byline") == ["记者 白露", "叶知秋 摄"]
    english = issue_of(Article(headline="x", authors=(Author("By", "Ann Lee"), Author("By", "Bo Fox"))))
    pages = documents(site.render_issue(PAPER, english, TEMPLATES, EN))
    assert texts(pages["2026/11/20/1/index.html"], ".byline") == ["By Ann Lee, Bo Fox"]


def test_an_article_leads_to_its_neighbours_and_its_issue() -> None:
    ways = [
        {a.get("class"): a.get("href") for a in PAGES[f"2026/11/20/{n}/index.html"].cssselect(".neighbours a")}
        for n in (1, 2, 6)
    ]
    day = "/yunting/2026/11/20/"
    assert ways[0] == {"following": f"{day}2/", "whole": day}
    assert ways[1] == {"previous": f"{day}1/", "following": f"{day}3/", "whole": day}
    assert ways[2] == {"previous": f"{day}5/", "whole": day}


def test_an_article_without_a_headline_is_titled_by_its_text_and_not_summarised_twice() -> None:
    assert texts(PAGES["2026/11/20/5/index.html"], "h1") == ["昨天，第三小学的学生在校门口的银杏树下写生"]
    untitled = [s for s in PAGES["index.html"].cssselect(".story") if "第三小学" in s.text_content()]
    assert len(untitled) == 1
    assert not untitled[0].cssselect(".summary")


def test_a_lede_that_is_no_paragraph_is_shown_and_one_that_is_not_twice() -> None:
    alone, copied = Article(headline="x", lede="导语", paragraphs=("正文",)), Article(lede="正文", paragraphs=("正文",))
    pages = documents(site.render_issue(PAPER, issue_of(alone, copied), TEMPLATES, ZH))
    assert texts(pages["2026/11/20/1/index.html"], ".text > *") == ["导语", "正文"]
    assert texts(pages["2026/11/20/2/index.html"], ".text > *") == ["正文"]


def test_the_archive_lists_every_issue_by_year_and_month() -> None:
    page = PAGES["archive/index.html"]
    assert texts(page, ".year > h2") == ["2026", "2025"]
    assert texts(page, ".month h3") == ["11月", "10月", "12月"]
    assert texts(page, ".what") == [line.headline for line in LINES]
    assert texts(page, ".count") == ["6 篇", "12 篇", "12 篇", "12 篇"]


def test_an_issue_without_a_date_is_listed_too() -> None:
    line = replace(LINES[0], masthead=replace(MASTHEAD, date=None))
    page = documents(site.render_lists(PAPER, None, [line], TEMPLATES, ZH))["archive/index.html"]
    assert texts(page, ".year > h2") == ["日期不详"]


def test_a_notice_has_a_form_only_where_there_is_something_to_do() -> None:
    form = PAGES["notice.html"].cssselect("form")[0]
    assert (form.get("method"), form.get("action"), texts(form, "button")) == ("post", None, ["退订"])
    page = site.render_notice(PAPER, TEMPLATES, EN, heading="Done", paragraphs=["Bye"]).decode()
    assert "<form" not in page


def test_an_english_paper_speaks_english() -> None:
    paper = replace(PAPER, language="en-GB", title="The Yunting Post")
    pages = documents(whole_site(paper, replace(ISSUE, language="en"), EN))
    front = pages["index.html"]
    assert front.get("lang") == "en-GB"
    assert texts(front, ".bar a") == ["Front page", "Past issues", "Follow"]
    assert texts(front, ".grand .imprint > *")[:2] == ["20 November 2026", "Friday"]


def test_languages_are_marked_the_papers_on_the_page_and_the_issues_on_its_words() -> None:
    page = documents(whole_site(issue=replace(ISSUE, language="zh-Hant")))["2026/11/20/1/index.html"]
    assert page.get("lang") == "zh-CN"
    assert {e.get("lang") for e in page.cssselect(".text, .reading h1, .reading .keywords") if e.get("lang")} == {
        "zh-Hant"
    }


# What machines are told


@every_page
def test_every_page_names_the_feeds_to_programs_and_to_people(path: str) -> None:
    page = PAGES[path]
    alternates = [(e.get("type"), e.get("href")) for e in page.cssselect("link[rel=alternate]")]
    assert alternates[:4] == [
        ("application/rss+xml", "/yunting/feed.xml"),
        ("application/atom+xml", "/yunting/atom.xml"),
        ("application/feed+json", "/yunting/feed.json"),
        ("application/rss+xml", "/yunting/feeds/issues/feed.xml"),
    ]
    titles = [e.get("title") for e in page.cssselect("link[rel=alternate]")]
    assert len(set(titles)) == len(titles)
    assert [a.get("href") for a in page.cssselect(".feeds a")] == [
        *(href for _, href in alternates[:3]),
        "/yunting/feeds/",
    ]


def test_an_article_names_the_feed_of_its_section() -> None:
    own = PAGES["2026/11/20/1/index.html"].cssselect("link[rel=alternate]")[-1]
    assert (own.get("title"), own.get("href")) == (
        "云汀日报 · 要闻",
        "/yunting/feeds/section/%E8%A6%81%E9%97%BB/feed.xml",
    )


def test_the_page_of_feeds_explains_and_lists_them_all_in_every_format() -> None:
    page = PAGES["feeds/index.html"]
    assert texts(page, "h1") == ["用阅读器订阅"]
    assert texts(page, "h2.place") == ["全部文章", "每期一条", "按版面", "按关键词", "一次全部加入"]
    assert texts(page, ".feedlist b") == ["云汀日报", "云汀日报", "要闻", "民生", "来信", "C++", "云汀日报"]
    assert texts(page, "code") == ["https://paper.example/yunting/feed.xml"]
    assert [a.get("href") for a in page.cssselect(".feedlist a")] == [
        *(f"/yunting/{quote(name.path)}{file}" for name in NAMES for file in FORMATS),
        "/yunting/feeds/feeds.opml",
    ]
    assert (
        "keyword"
        not in texts(documents(site.render_feeds(PAPER, NAMES[:1], TEMPLATES, EN))["feeds/index.html"], "main")[0]
    )


def test_pages_with_an_address_say_so_and_the_others_do_not() -> None:
    assert PAGES["2026/11/20/1/index.html"].cssselect("link[rel=canonical]")[0].get("href") == (
        "https://paper.example/yunting/2026/11/20/1/"
    )
    assert not PAGES["404.html"].cssselect("link[rel=canonical]")


def test_an_article_says_in_schema_org_words_what_it_is() -> None:
    facts = json.loads(PAGES["2026/11/20/1/index.html"].cssselect("script")[0].text)
    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == "白鹭湖水质首次达到二类"
    assert facts["datePublished"] == "2026-11-20T06:00:00+08:00"
    assert [person["name"] for person in facts["author"]] == ["林晓棠", "沈归舟", "顾一苇"]
    assert facts["isPartOf"] == {"@type": "PublicationIssue", "issueNumber": "5831", "datePublished": "2026-11-20"}
    unsigned = json.loads(PAGES["2026/11/20/3/index.html"].cssselect("script")[0].text)
    assert unsigned["author"] == [unsigned["publisher"]]


def test_an_article_is_described_by_its_summary_or_else_by_its_beginning() -> None:
    bare = issue_of(Article(headline="x", paragraphs=("句" * 500,)))
    pages = documents(site.render_issue(PAPER, bare, TEMPLATES, ZH)) | {"summed": PAGES["2026/11/20/3/index.html"]}
    described = {path: page.cssselect("meta[name=description]")[0].get("content") for path, page in pages.items()}
    assert described["summed"] == "市图书馆从本周起周五、周六开放到晚上十点。"
    assert described["2026/11/20/1/index.html"] == "句" * 159 + "…"


# What holds for every page


@every_page
def test_every_link_leads_to_a_page_of_the_site(path: str) -> None:
    home = "https://paper.example/yunting/"
    feeds = [f"{quote(name.path)}{file}" for name in NAMES for file in FORMATS]
    known = {f"{home}{name}".removesuffix("index.html") for name in [*SITE, *feeds, "feeds/feeds.opml"]}
    known |= {f"{home}{line.path}" for line in LINES}
    ids = {element.get("id") for element in PAGES[path].cssselect("[id]")}
    for element in PAGES[path].cssselect("[href]"):
        href = element.get("href")
        if href.startswith("#"):
            assert href[1:] in ids
        else:
            assert urljoin("https://paper.example/u/1", href) in known


@every_page
def test_a_page_needs_no_script_no_inline_style_and_no_other_host(path: str) -> None:
    page = PAGES[path]
    assert not page.xpath("//@style | //style | //iframe | //@*[starts-with(name(), 'on')]")
    assert all(script.get("type") == "application/ld+json" for script in page.cssselect("script"))
    assert [e.get("href") for e in page.cssselect("link[rel=stylesheet]")] == ["/yunting/style.css"]
    assert b"url(" not in SITE["style.css"]
    assert b"@import" not in SITE["style.css"]


@every_page
def test_headings_landmarks_and_the_skip_link_are_in_order(path: str) -> None:
    page = PAGES[path]
    levels = [int(element.tag[1]) for element in page.cssselect("h1, h2, h3, h4")]
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))
    assert [len(page.cssselect(mark)) for mark in ("main", "body > header", "body > footer")] == [1, 1, 1]
    assert page.cssselect("body > a")[0].get("href") == "#main"
    assert page.cssselect("meta[name=viewport]")
    labels = [nav.get("aria-label") for nav in page.cssselect("nav")]
    assert len(set(labels)) == len(labels)


def shape(page: html.HtmlElement) -> list[tuple[str, list[str]]]:
    return [(str(element.tag), sorted(element.attrib)) for element in page.iter()]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_change_nothing_but_words(words: str) -> None:
    def rendered(said: str) -> dict[str, html.HtmlElement]:
        masthead = replace(MASTHEAD, title=said, lunar_date=said)
        issue = replace(issue_of(*[hostile_article(said)] * 2), masthead=masthead)
        return documents(whole_site(replace(PAPER, title=said, description=said), issue))

    harmless, hostile = rendered("无害"), rendered(words)
    for path, page in hostile.items():
        assert shape(page) == shape(harmless[path]), path
    page = hostile["2026/11/20/1/index.html"]
    assert page.cssselect("h1")[0].text == words
    assert [p.text for p in page.cssselect(".text > *")] == [words, words + "一", words + "二"]
    assert json.loads(page.cssselect("script")[0].text)["headline"] == words
