"""What readers are told of an article that was corrected or withdrawn."""

from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import html

from digest import site, templating
from digest.messages import Messages
from digest.model import StoredIssue, Withdrawal
from tests.builders import HOSTILE, ISSUE, PAPER

TEMPLATES = templating.load()
ZH, EN = Messages("zh"), Messages("en")
LATER = ISSUE.published + timedelta(hours=20)  # 2 a.m. of the next day where the paper is


def pages(issue: StoredIssue, say: Messages = ZH) -> dict[str, html.HtmlElement]:
    rendered = site.render_issue(PAPER, issue, TEMPLATES, say) | site.render_tombstones(PAPER, issue, TEMPLATES, say)
    return {path: html.document_fromstring(page.decode()) for path, page in rendered.items()}


def texts(page: html.HtmlElement, selector: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in page.cssselect(selector)]


def without_the_second(reason: str | None = None) -> StoredIssue:
    gone = replace(ISSUE.articles[1], withdrawn=Withdrawal(LATER, reason))
    return replace(ISSUE, articles=(ISSUE.articles[0], *ISSUE.articles[2:]), withdrawn=(gone,))


class TestCorrected:
    corrected = replace(ISSUE.articles[1], updated=LATER)
    issue = replace(ISSUE, articles=(ISSUE.articles[0], corrected, *ISSUE.articles[2:]))

    def test_its_page_says_so_and_no_other(self) -> None:
        found = {path: texts(page, ".corrected") for path, page in pages(self.issue).items()}
        assert {path: said for path, said in found.items() if said} == {
            "2026/11/20/2/index.html": ["更正于 2026年11月21日"]
        }
        assert texts(pages(self.issue, EN)["2026/11/20/2/index.html"], ".corrected") == [
            "Corrected on 21 November 2026"
        ]

    def test_it_says_what_was_corrected_where_the_editor_does(self) -> None:
        noted = replace(self.corrected, note="亩数应为二十六万亩，不是二十八万亩。")
        page = pages(replace(self.issue, articles=(ISSUE.articles[0], noted)))["2026/11/20/2/index.html"]
        assert texts(page, ".corrected") == ["更正于 2026年11月21日：亩数应为二十六万亩，不是二十八万亩。"]

    def test_a_change_before_publication_is_no_correction(self) -> None:
        early = replace(ISSUE.articles[1], updated=ISSUE.published - timedelta(hours=1))
        issue = replace(ISSUE, articles=(ISSUE.articles[0], early, *ISSUE.articles[2:]))
        assert not texts(pages(issue)["2026/11/20/2/index.html"], ".corrected")


class TestWithdrawn:
    page = pages(without_the_second("图片说明有误，作者已致歉。"))["2026/11/20/2/index.html"]

    def test_a_tombstone_says_that_when_and_why_and_leads_to_the_issue(self) -> None:
        assert texts(self.page, "h1") == ["这篇文章已撤回"]
        assert texts(self.page, "main time") == ["撤回于 2026年11月21日"]
        assert texts(self.page, ".text p") == ["原因：图片说明有误，作者已致歉。"]
        assert [a.get("href") for a in self.page.cssselect("main a")] == ["/yunting/2026/11/20/"]

    def test_without_a_reason_there_is_no_line_for_it(self) -> None:
        page = pages(without_the_second(), EN)["2026/11/20/2/index.html"]
        assert texts(page, "h1") == ["This article has been withdrawn"]
        assert texts(page, "main p") == ["Withdrawn on 21 November 2026", "In this issue"]

    def test_search_engines_are_told_nothing_but_to_forget_it(self) -> None:
        assert [meta.get("content") for meta in self.page.cssselect("meta[name=robots]")] == ["noindex"]
        assert not self.page.cssselect("meta[property], meta[name=description], link[rel=canonical], script[type]")

    def test_nothing_of_the_article_is_left_on_any_page_of_the_issue(self) -> None:
        gone = ISSUE.articles[1].article
        words = [gone.headline, gone.authors[0].name, *(term.term for term in gone.keywords), *gone.paragraphs]
        for path, page in pages(without_the_second()).items():
            said = html.tostring(page, encoding="unicode")
            assert not [word for word in words if word and word in said], path
            assert path == "2026/11/20/2/index.html" or not page.cssselect("a[href='/yunting/2026/11/20/2/']")

    def test_its_neighbours_become_each_others(self) -> None:
        following = pages(without_the_second())["2026/11/20/1/index.html"].cssselect(".neighbours .following")
        assert following[0].get("href") == "/yunting/2026/11/20/3/"

    def test_an_issue_of_which_nothing_is_left_says_so(self) -> None:
        gone = tuple(replace(stored, withdrawn=Withdrawal(LATER)) for stored in ISSUE.articles)
        found = pages(replace(ISSUE, articles=(), withdrawn=gone))
        assert texts(found["2026/11/20/index.html"], ".empty") == ["本期文章已全部撤回。"]
        assert len(found) == 1 + len(gone)

    def test_an_issue_of_which_all_is_left_has_none(self) -> None:
        assert site.render_tombstones(PAPER, ISSUE, TEMPLATES, ZH) == {}

    @pytest.mark.parametrize("words", HOSTILE)
    def test_a_hostile_reason_is_only_words(self, words: str) -> None:
        page = pages(without_the_second(words))["2026/11/20/2/index.html"]
        assert page.cssselect(".text p")[0].text == f"原因：{words}"
        assert not page.cssselect("script:not([src]), style, iframe, img")
