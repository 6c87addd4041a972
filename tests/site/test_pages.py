"""The reading site: what its pages show, where they link, and that printed words stay words."""

import json
from dataclasses import replace
from itertools import pairwise
from urllib.parse import quote, unquote, urljoin

import pytest
from lxml import html

from digest import ownfiles, site, templating
from digest.messages import Messages
from digest.model import Article, Author
from tests.builders import HOSTILE, ISSUE, LINES, MASTHEAD, PAPER, hostile_article, issue_of
from tests.conftest import Golden
from tests.site.whole import EN, FULL, MONTHS, NAMES, TEMPLATES, ZH, documents, of_year, texts, whole_site

FORMATS = ("feed.xml", "atom.xml", "feed.json")
SITE = whole_site()
PAGES = documents(SITE)
every_page = pytest.mark.parametrize("path", PAGES)


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "2026/11/20/index.html",
        "2026/11/20/1/index.html",
        "archive/index.html",
        "archive/2026/index.html",
        "archive/2026/11/index.html",
        "section/要闻/index.html",
        "subscribe/index.html",
        "about/index.html",
        "sitemap.xml",
        "sitemap-news.xml",
        "robots.txt",
    ],
)
def test_the_pages_are_what_they_were(path: str, golden: Golden) -> None:
    golden(f"site/{path}", SITE[path])


def test_the_same_values_give_the_same_bytes() -> None:
    assert whole_site() == SITE
    subscribe = site.render_subscribe(FULL, NAMES, templating.load(), Messages("zh"))
    assert subscribe.items() <= SITE.items()


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
    assert texts(PAGES["index.html"], ".grand .ear > *") == [
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


def test_the_archive_shows_the_newest_year_and_leads_to_every_year_and_month() -> None:
    page = PAGES["archive/index.html"]
    assert texts(page, ".calendar h2") == ["11月", "10月"]
    assert texts(page, ".years h3") == ["2026年 3 期", "2025年 1 期"]
    assert [a.get("href") for a in page.cssselect(".years a")] == [
        *("/yunting/archive/2026/", "/yunting/archive/2026/10/", "/yunting/archive/2026/11/"),
        *("/yunting/archive/2025/", "/yunting/archive/2025/12/"),
    ]


def test_in_the_calendar_of_a_year_every_issue_is_a_day() -> None:
    page = PAGES["archive/2026/index.html"]
    assert texts(page, ".calendar h2") == ["10月", "11月"]
    assert texts(page, ".calendar:last-child th") == list("一二三四五六日")
    november = [texts(row, "td") for row in page.cssselect(".calendar:last-child tbody tr")]
    assert november[0] == ["", "", "", "", "", "", "1"]
    assert november[3] == ["16", "17", "18", "19", "20", "21", "22"]
    days = page.cssselect(".out a")
    assert [day.get("href") for day in days] == [f"/yunting/{line.path}" for line in reversed(LINES[:3])]
    assert days[-1].get("aria-label") == "11月20日 第5831期 白鹭湖水质首次达到二类"
    assert [a.get("href") for a in page.cssselect(".steps a")] == ["/yunting/archive/2025/"]


def test_two_issues_of_a_day_share_it() -> None:
    extra = replace(LINES[0], path="2026/11/20/issue-2/", headline="号外")
    pages = documents(site.render_year(PAPER, 2026, [extra, *LINES[:3]], TEMPLATES, ZH, months=MONTHS, lists=()))
    assert [(a.text, a.get("title")) for a in pages["archive/2026/index.html"].cssselect(".out a")[-2:]] == [
        ("20", "白鹭湖水质首次达到二类"),
        ("2", "号外"),
    ]


def test_the_list_of_a_month_names_every_issue_and_leads_to_the_months_around() -> None:
    page = PAGES["archive/2026/10/index.html"]
    assert texts(page, "h1") == ["2026年10月"]
    assert texts(page, ".what") == [LINES[2].headline]
    assert [(a.get("class"), a.get("href")) for a in page.cssselect(".steps a")] == [
        ("newer", "/yunting/archive/2026/11/"),
        ("older", "/yunting/archive/2025/12/"),
    ]


def test_a_month_of_which_all_was_withdrawn_says_so() -> None:
    files = site.render_year(PAPER, 2026, of_year(2026)[2:], TEMPLATES, ZH, months=MONTHS, lists={MONTHS[2].month})
    assert texts(documents(files)["archive/2026/11/index.html"], ".empty") == ["本期文章已全部撤回。"]


def test_a_section_has_its_newest_articles_on_its_page_and_older_ones_on_numbered_pages() -> None:
    own, oldest = PAGES["section/要闻/index.html"], PAGES["section/要闻/1/index.html"]
    assert texts(own, "h1") == ["要闻"]
    assert texts(own, ".entries h2")[0] == "白鹭湖水质首次达到二类"
    assert texts(own, ".entries time")[0] == "2026年11月20日"
    assert [a.get("href") for a in own.cssselect(".steps a")] == ["/yunting/section/%E8%A6%81%E9%97%BB/1/"]
    assert texts(oldest, "h1") == ["要闻 第 1 页"]
    assert [a.get("href") for a in oldest.cssselect(".steps a")] == ["/yunting/section/%E8%A6%81%E9%97%BB/"]


def test_a_full_page_of_a_list_never_changes() -> None:
    for total in range(200):
        pages = site.leaves(total)
        assert [place for page in pages for place in page.places] == list(range(total))
        assert [page.number for page in pages] == [*range(1, len(pages)), None]
        numbered = [page.places for page in pages[:-1]]
        assert numbered == [page.places for page in site.leaves(total + 7)][: len(numbered)]


@pytest.mark.parametrize(
    ("settled", "total", "numbers"),
    [
        (2 * site.PAGE + 5, 2 * site.PAGE + 6, [None]),
        (3 * site.PAGE - 1, 3 * site.PAGE, [1, 2, None]),
        (3, 2 * site.PAGE + 5, [1, None]),
    ],
)
def test_news_touch_the_own_page_and_those_that_they_fill(settled: int, total: int, numbers: list[int | None]) -> None:
    assert [page.number for page in site.leaves(total, settled)] == numbers


def test_sections_and_keywords_lead_to_their_pages_where_they_have_one() -> None:
    page = PAGES["2026/11/20/1/index.html"]
    assert [(a.text, a.get("href")) for a in page.cssselect(".keywords a")] == [
        ("白鹭湖", "/yunting/keyword/%E7%99%BD%E9%B9%AD%E6%B9%96/")
    ]
    assert [a.text for a in page.cssselect("main .imprint a")] == [None, "要闻"]


def test_a_paper_may_show_a_logo_or_other_words_for_its_name() -> None:
    def plate(**changes: str) -> html.HtmlElement:
        files = site.render_lists(replace(PAPER, **changes), ISSUE, LINES, TEMPLATES, ZH)
        return documents(files)["index.html"].cssselect("h1.nameplate")[0]

    assert plate(masthead="云汀").text_content() == "云汀"
    (image,) = plate(logo="logo.svg").cssselect("img")
    assert (image.get("src"), image.get("alt")) == ("/yunting/logo.svg", "云汀日报")


def test_the_foot_of_every_page_has_the_lines_that_the_law_wants() -> None:
    for page in PAGES.values():
        assert texts(page, ".legal") == ["主办：云汀日报社", "云ICP备00000000号"]


def test_the_page_about_the_paper_is_what_it_has_written_and_no_more_than_words() -> None:
    assert texts(PAGES["about/index.html"], "h1, .text h2") == ["关于云汀日报", "联系我们"]
    evil = ownfiles.about(
        "".join(f"{words}\n\n" for words in HOSTILE) + "[x](javascript:alert(1)) ![图](//evil.example)"
    )
    page = documents(site.render_lists(replace(PAPER, about=evil), None, [], TEMPLATES, ZH))["about/index.html"]
    (said,) = page.cssselect(".written")
    assert not said.cssselect("script, style, img, iframe, h1")
    assert not said.xpath(".//@*[starts-with(name(), 'on') or contains(., 'javascript')]")
    assert texts(page, "h1") == ["关于本报"]
    assert texts(page, ".written p")[-1].endswith("图")


def test_a_paper_that_wrote_nothing_about_itself_has_no_page_for_it() -> None:
    pages = site.render_lists(PAPER, None, [], TEMPLATES, ZH)
    assert "about/index.html" not in pages
    assert b"/about/" not in pages["index.html"]


def test_the_subscribe_page_asks_for_no_more_than_an_address_and_how_often() -> None:
    form = PAGES["subscribe/index.html"].cssselect("main form")[0]
    assert (form.get("method"), form.get("action")) == ("post", "https://service.example/yunting/subscribe")
    assert {field.get("name") for field in form.cssselect("[name]")} == {"email", "cadence", "website"}
    assert form.cssselect("[name=website]")[0].get("tabindex") == "-1"


def test_a_reader_searches_from_every_page_without_a_script() -> None:
    for page in PAGES.values():
        (form,) = page.cssselect("form[role=search]")
        assert form.get("action") == "https://service.example/yunting/search"
        assert [field.get("name") for field in form.cssselect("input")] == ["q"]


def test_a_notice_has_a_form_only_where_there_is_something_to_do() -> None:
    form = PAGES["notice.html"].cssselect("main form")[0]
    assert (form.get("method"), form.get("action"), texts(form, "button")) == ("post", None, ["退订"])
    page = site.render_notice(PAPER, TEMPLATES, EN, heading="Done", paragraphs=["Bye"])
    assert not documents({"notice.html": page})["notice.html"].cssselect("main form")


def test_an_english_paper_speaks_english() -> None:
    paper = replace(FULL, language="en-GB", title="The Yunting Post")
    pages = documents(whole_site(paper, replace(ISSUE, language="en"), EN))
    front = pages["index.html"]
    assert front.get("lang") == "en-GB"
    assert texts(front, ".bar a") == ["Front page", "Past issues", "Follow", "About", "Search"]
    assert texts(front, ".grand .ear > *")[:2] == ["20 November 2026", "Friday"]


def test_languages_are_marked_the_papers_on_the_page_and_the_issues_on_its_words() -> None:
    page = documents(whole_site(issue=replace(ISSUE, language="zh-Hant")))["2026/11/20/1/index.html"]
    assert page.get("lang") == "zh-CN"
    assert {
        e.get("lang") for e in page.cssselect(".text, .reading h1, .reading .about .keywords") if e.get("lang")
    } == {"zh-Hant"}


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
        "/yunting/subscribe/",
    ]


def test_an_article_names_the_feed_of_its_section() -> None:
    own = PAGES["2026/11/20/1/index.html"].cssselect("link[rel=alternate]")[-1]
    assert (own.get("title"), own.get("href")) == (
        "云汀日报 · 要闻",
        "/yunting/feeds/section/%E8%A6%81%E9%97%BB/feed.xml",
    )


def test_the_subscribe_page_explains_feeds_and_lists_them_all_in_every_format() -> None:
    page = PAGES["subscribe/index.html"]
    assert texts(page, "h1") == ["订阅"]
    assert [name.split()[0] for name in texts(page, ".ways h3")] == [
        *("全部文章", "每期一条", "按版面", "按关键词", "一次全部加入")
    ]
    assert texts(page, ".feedlist b") == ["云汀日报", "云汀日报", "要闻", "民生", "来信", "C++", "云汀日报"]
    assert texts(page, "code") == ["https://paper.example/yunting/feed.xml"]
    assert [a.get("href") for a in page.cssselect(".feedlist a")] == [
        *(f"/yunting/{quote(name.path)}{file}" for name in NAMES for file in FORMATS),
        "/yunting/feeds/feeds.opml",
    ]
    assert (
        "keyword"
        not in texts(documents(site.render_subscribe(PAPER, NAMES[:1], TEMPLATES, EN))["subscribe/index.html"], "main")[
            0
        ]
    )


def test_pages_with_an_address_say_so_and_the_others_do_not() -> None:
    assert PAGES["2026/11/20/1/index.html"].cssselect("link[rel=canonical]")[0].get("href") == (
        "https://paper.example/yunting/2026/11/20/1/"
    )
    assert not PAGES["404.html"].cssselect("link[rel=canonical]")


def test_an_article_says_in_schema_org_words_what_it_is() -> None:
    facts = json.loads(PAGES["2026/11/20/1/index.html"].cssselect("script[type]")[0].text)
    assert facts["@type"] == "NewsArticle"
    assert facts["headline"] == "白鹭湖水质首次达到二类"
    assert facts["datePublished"] == "2026-11-20T06:00:00+08:00"
    assert [person["name"] for person in facts["author"]] == ["林晓棠", "沈归舟", "顾一苇"]
    assert facts["isPartOf"] == {"@type": "PublicationIssue", "issueNumber": "5831", "datePublished": "2026-11-20"}
    unsigned = json.loads(PAGES["2026/11/20/3/index.html"].cssselect("script[type]")[0].text)
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
    feeds = [f"{name.path}{file}" for name in NAMES for file in FORMATS]
    known = {f"{home}{name}".removesuffix("index.html") for name in [*SITE, *feeds, "feeds/feeds.opml"]}
    known |= {f"{home}{line.path}" for line in LINES} | {f"{home}section/{name}/" for name in ("民生", "来信")}
    known |= {"https://service.example/yunting/search", "mailto:news@paper.example"}
    ids = {element.get("id") for element in PAGES[path].cssselect("[id]")}
    for element in PAGES[path].cssselect("[href]"):
        href = element.get("href")
        if href.startswith("#"):
            assert href[1:] in ids
        else:
            assert unquote(urljoin("https://paper.example/u/1", href)) in known


@every_page
def test_a_page_needs_no_script_no_inline_style_and_no_other_host(path: str) -> None:
    page = PAGES[path]
    assert not page.xpath("//@style | //style | //iframe | //@*[starts-with(name(), 'on')]")
    assert all(script.get("src") == "/yunting/theme.js" for script in page.cssselect("script:not([type])"))
    assert all(script.get("type") == "application/ld+json" for script in page.cssselect("script:not([src])"))
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
        paper = replace(FULL, title=said, description=said, masthead=said, legal=(said,))
        return documents(whole_site(paper, issue))

    harmless, hostile = rendered("无害"), rendered(words)
    for path, page in hostile.items():
        assert shape(page) == shape(harmless[path]), path
    page = hostile["2026/11/20/1/index.html"]
    assert page.cssselect("h1")[0].text == words
    assert [p.text for p in page.cssselect(".text > *")] == [words, words + "一", words + "二"]
    assert json.loads(page.cssselect("script[type]")[0].text)["headline"] == words
