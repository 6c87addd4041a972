"""A whole site of a fictional paper, with every kind of page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from lxml import html

from digest import ownfiles, site, templating
from digest.messages import Messages
from digest.model import (
    ArticleLine,
    FeedName,
    IssueLine,
    IssueMonth,
    PageLine,
    Paper,
    Picture,
    Rendition,
    StoredIssue,
    Withdrawal,
)
from tests.builders import ISSUE, LINES, PAPER

TEMPLATES = templating.load()
ZH, EN = Messages("zh"), Messages("en")
FULL = replace(
    PAPER,
    legal=("主办：云汀日报社", "云ICP备00000000号"),
    about=ownfiles.about(
        "# 关于云汀日报\n\n云汀人自己的报纸。\n\n## 联系我们\n\n- 热线：[000-96000](mailto:news@paper.example)\n"
    ),
)
SECTION, KEYWORD = (
    FeedName("section", "feeds/section/要闻/", "要闻"),
    FeedName("keyword", "feeds/keyword/白鹭湖/", "白鹭湖"),
)
NAMES = [
    FeedName("paper"),
    FeedName("issues", "feeds/issues/", "每期一条"),
    SECTION,
    *(FeedName("section", f"feeds/section/{name}/", name) for name in ("民生", "来信")),
    FeedName("keyword", "feeds/keyword/c++/", "C++"),
]
MONTHS = [
    IssueMonth(date(2025, 12, 1), 1, ISSUE.published),
    IssueMonth(date(2026, 10, 1), 1, ISSUE.published),
    IssueMonth(date(2026, 11, 1), 2, ISSUE.published),
]
PICTURE = Picture(
    "lake.jpg",
    caption="渡船试航。",
    credit="叶知秋 摄",
    original="a" * 64,
    sizes=(
        Rendition("a" * 64, "image/jpeg", 1200, 800, 90_000),
        Rendition("b" * 64, "image/jpeg", 600, 400, 30_000),
    ),
)


def lines_of(titles: Sequence[str], at: datetime = ISSUE.published) -> list[ArticleLine]:
    """Return the lines of articles of these titles, an hour apart."""
    return [
        ArticleLine(f"2026/11/20/{n}/", title, at - timedelta(hours=n), f"{title}，如此。")
        for n, title in enumerate(titles, 1)
    ]


def of_year(year: int, lines: Sequence[IssueLine] = LINES) -> list[IssueLine]:
    """Return the issues of a year."""
    return [line for line in lines if line.day.year == year]


def whole_site(paper: Paper = FULL, issue: StoredIssue = ISSUE, say: Messages = ZH) -> dict[str, bytes]:
    """Return a site of that issue, in which one article was withdrawn and one has a picture."""
    recent = [replace(LINES[0], headline=issue.ranked[0].article.title), *LINES[1:]]
    last = issue.articles[-1]
    shown = replace(last, article=replace(last.article, pictures=(PICTURE,)))
    issue = replace(issue, articles=(*issue.articles[:-1], shown))
    gone = replace(issue.articles[0], path="2026/11/20/7/", withdrawn=Withdrawal(issue.updated, "图片失实。"))
    linked = {"白鹭湖"}
    related = {issue.articles[0].id: lines_of(["旧闻一", "旧闻二"])}
    titles = [stored.article.title for stored in issue.articles]
    older, newest = site.leaves(45)[0], site.leaves(45)[-1]
    topic = {"templates": TEMPLATES, "messages": say, "has_feed": True}
    lists = {each.month for each in MONTHS}
    return {
        **site.render_issue(paper, issue, TEMPLATES, say, related, linked=linked),
        **site.render_lists(paper, issue, recent, TEMPLATES, say, sections=NAMES[2:5], linked=linked),
        **site.render_archive(paper, MONTHS, of_year(2026), TEMPLATES, say),
        **site.render_year(paper, 2025, of_year(2025), TEMPLATES, say, months=MONTHS, lists=lists),
        **site.render_year(paper, 2026, of_year(2026), TEMPLATES, say, months=MONTHS, lists=lists),
        **site.render_topic(paper, newest, lines_of(titles), name=SECTION, last=1, **topic),
        **site.render_topic(paper, older, lines_of(titles), name=SECTION, last=1, **topic),
        **site.render_topic(paper, newest, lines_of(titles[:1]), TEMPLATES, say, name=KEYWORD, last=0, has_feed=False),
        **site.render_subscribe(paper, NAMES, TEMPLATES, say),
        **site.render_tombstones(paper, replace(issue, withdrawn=(gone,)), TEMPLATES, say),
        **site.render_sitemap(paper, date(2026, 11, 1), [PageLine(issue.path, issue.updated)]),
        **site.render_sitemaps(paper, MONTHS, lines_of(titles)),
        "notice.html": site.render_notice(
            paper, TEMPLATES, say, heading="退订", paragraphs=["一", "二"], button="退订"
        ),
    }


def documents(pages: dict[str, bytes]) -> dict[str, html.HtmlElement]:
    """Return the pages of a site, parsed."""
    return {path: html.document_fromstring(page.decode()) for path, page in pages.items() if path.endswith(".html")}


def texts(page: html.HtmlElement, selector: str) -> list[str]:
    """Return what the elements say that a selector finds."""
    return [" ".join(element.text_content().split()) for element in page.cssselect(selector)]
