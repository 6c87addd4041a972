"""What stands above several papers."""

from dataclasses import replace

import pytest
from lxml import html

from digest import site, templating
from digest.messages import Messages
from digest.model import Paper
from tests.builders import HOSTILE, PAPER

TEMPLATES = templating.load()
OTHER = replace(
    PAPER,
    slug="post",
    title="The Yunting Post",
    description="",
    language="en-GB",
    url="https://paper.example/post/",
)


def rendered(*papers: Paper, say: Messages | None = None) -> dict[str, html.HtmlElement]:
    files = site.render_papers(papers or (PAPER, OTHER), TEMPLATES, say or Messages("zh"))
    return {path: html.document_fromstring(page.decode()) for path, page in files.items() if path.endswith(".html")}


def texts(page: html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.cssselect(selector)]


def test_the_front_page_lists_the_papers_in_their_order() -> None:
    page = rendered()["index.html"]
    assert texts(page, "title") == texts(page, "h1") == ["全部报纸"]
    assert [(a.text, a.get("href")) for a in page.cssselect("h2 a")] == [
        ("云汀日报", "/yunting/"),
        ("The Yunting Post", "/post/"),
    ]
    assert texts(page, ".papers p") == ["云汀人自己的报纸"]
    assert [item.get("lang") for item in page.cssselect(".papers li")] == ["zh-CN", "en-GB"]
    assert texts(rendered(say=Messages("en"))["index.html"], "h1") == ["Our papers"]


def test_an_address_that_no_paper_has_leads_to_them() -> None:
    page = rendered()["404.html"]
    assert texts(page, "h1") == ["没有这一页"]
    assert [a.get("href") for a in page.cssselect("h2 a")] == ["/yunting/", "/post/"]
    assert page.cssselect("meta[name=robots]")[0].get("content") == "noindex"
    assert not page.cssselect("link[rel=canonical]")


def test_programs_find_every_papers_feed_and_the_pages_address() -> None:
    page = rendered()["index.html"]
    alternates = [(e.get("title"), e.get("href")) for e in page.cssselect("link[rel=alternate]")]
    assert alternates == [
        ("各报合订 · RSS", "/feed.xml"),
        ("各报合订 · Atom", "/atom.xml"),
        ("各报合订 · JSON Feed", "/feed.json"),
        ("云汀日报", "/yunting/feed.xml"),
        ("The Yunting Post", "/post/feed.xml"),
    ]
    assert [a.get("href") for a in page.cssselect("#feeds a")] == [
        *("/feed.xml", "/atom.xml", "/feed.json", "/subscribe/"),
    ]
    assert page.cssselect("link[rel=canonical]")[0].get("href") == "https://paper.example/"


def test_it_may_stand_below_the_root_of_its_host() -> None:
    page = rendered(*(replace(one, url=f"https://x.example/news/{one.slug}/") for one in (PAPER, OTHER)))["index.html"]
    assert page.cssselect("h2 a")[0].get("href") == "/news/yunting/"
    assert page.cssselect("link[rel=stylesheet]")[0].get("href") == "/news/style.css"


def test_it_brings_all_that_its_pages_need() -> None:
    files = site.render_papers([PAPER, OTHER], TEMPLATES, Messages("zh"))
    pages = {"index.html", "404.html", "subscribe/index.html"}
    assert files.keys() >= pages | {"style.css", "feed.css", "icon.svg", "icon.png", "theme.js", "robots.txt"}
    for page in rendered().values():
        assert not page.xpath("//@style | //style | //script[not(@src='/theme.js')] | //@*[starts-with(name(), 'on')]")


def test_their_feeds_are_listed_paper_by_paper() -> None:
    page = rendered()["subscribe/index.html"]
    assert texts(page, ".place") == ["各报合订", "云汀日报", "The Yunting Post"]
    assert [a.get("href") for a in page.cssselect(".onward a")] == ["/yunting/subscribe/", "/post/subscribe/"]


def test_crawlers_find_the_sitemaps_of_every_paper() -> None:
    lines = site.render_papers([PAPER, OTHER], TEMPLATES, Messages("zh"))["robots.txt"].decode().splitlines()
    home = "https://paper.example"
    assert lines[:2] == ["User-agent: *", "Disallow:"]
    assert lines[3:] == [
        f"Sitemap: {home}/{slug}/{name}" for slug in ("yunting", "post") for name in ("sitemap.xml", "sitemap-news.xml")
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_change_nothing_but_words(words: str) -> None:
    page = rendered(replace(PAPER, title=words, description=words), OTHER)["index.html"]
    harmless = rendered(replace(PAPER, title="无害", description="无害"), OTHER)["index.html"]
    assert [(e.tag, sorted(e.attrib)) for e in page.iter()] == [(e.tag, sorted(e.attrib)) for e in harmless.iter()]
    assert page.cssselect("h2 a")[0].text == page.cssselect(".papers p")[0].text == words
