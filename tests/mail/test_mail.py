"""The letter: what it says, how it is built (mail.md 1.7 to 1.13), and that printed words stay words."""

import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import policy
from email.parser import BytesParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from digest import mail, templating
from digest.colours import contrast
from digest.delivery import mime
from digest.mail.envelope import UNSUBSCRIBE_MARK, header_text
from digest.mail.letter import MAX_BYTES
from digest.messages import Messages
from digest.model import Article, Digest, Letter, Message, Paper, StoredIssue, Withdrawal
from digest.text import clean
from tests.builders import ARTICLES, HOSTILE, ISSUE, PAPER, hostile_article, issue_of
from tests.conftest import Golden

TEMPLATES = templating.load()
ZH, EN = Messages("zh"), Messages("en")
DAY = date(2026, 11, 20)
IDENTITY = "云汀日报社 · 云汀市柳荫路8号 · letters@paper.example"


def digest_of(*issues: StoredIssue, paper: Paper = PAPER) -> Digest:
    return mail.compose(paper, issues or (ISSUE,), DAY)


def letter_of(digest: Digest, say: Messages = ZH, identity: str = IDENTITY) -> Letter:
    return mail.render(digest, TEMPLATES, say, identity)


def addressed(
    letter: Letter, *, name: str = PAPER.title, own: str = "https://paper.example/unsubscribe/yunting/t"
) -> Message:
    return mail.address(
        letter,
        sender="digest@paper.example",
        sender_name=name,
        recipient="reader@home.example",
        unsubscribe_url=own,
        list_id="yunting.paper.example",
        message_id="<1.2@paper.example>",
        date=datetime(2026, 11, 19, 23, 30, tzinfo=UTC),
    )


LETTER = letter_of(digest_of())
MESSAGE = addressed(LETTER)
PAGE = html.document_fromstring(MESSAGE.html)


def test_the_letter_is_what_it_was(golden: Golden) -> None:
    golden("letter.html", MESSAGE.html.encode())
    golden("letter.txt", MESSAGE.text.encode())


# What it says


def test_the_lead_story_comes_first_then_the_rest_by_section_and_rank() -> None:
    assert [(item.section, item.title[:4]) for item in digest_of().items] == [
        ("要闻", "白鹭湖水"),
        ("要闻", "冬小麦播"),
        ("要闻", "市图书馆"),
        ("民生", "老街菜场"),
        ("民生", "昨天，第"),
        (None, "关于城北"),
    ]


def test_the_newest_of_several_issues_comes_first_and_the_letter_then_speaks_for_the_paper() -> None:
    older = replace(issue_of(Article(headline="旧闻"), issue=ISSUE), published=ISSUE.published - timedelta(days=1))
    digest = digest_of(older, ISSUE)
    assert [digest.items[0].title, digest.items[-1].title] == ["白鹭湖水质首次达到二类", "旧闻"]
    assert (digest.site_url, digest.masthead) == (PAPER.url, None)
    assert digest_of(ISSUE).site_url == "https://paper.example/yunting/2026/11/20/"


def test_a_letter_about_one_issue_bears_its_date_and_others_the_day_they_are_made() -> None:
    undated = replace(ISSUE, masthead=replace(ISSUE.masthead, date=None))
    assert [mail.compose(PAPER, issues, date(2026, 12, 1)).date for issues in ([ISSUE], [undated], [ISSUE, ISSUE])] == [
        DAY,
        date(2026, 12, 1),
        date(2026, 12, 1),
    ]


def test_every_article_has_its_absolute_address() -> None:
    assert [item.url for item in digest_of().items][:2] == [
        "https://paper.example/yunting/2026/11/20/1/",
        "https://paper.example/yunting/2026/11/20/2/",
    ]


def test_an_article_without_a_headline_is_not_summarised_twice() -> None:
    untitled = digest_of().items[4]
    assert (untitled.title[:2], untitled.summary) == ("昨天", "")


def test_the_subject_names_paper_day_and_lead_story() -> None:
    assert LETTER.subject == "《云汀日报》简报 · 11月20日：白鹭湖水质首次达到二类"
    assert letter_of(digest_of(), EN).subject == "云汀日报, 20 November: 白鹭湖水质首次达到二类"
    assert len(letter_of(digest_of(issue_of(Article(headline="长" * 500)))).subject) < 100


def test_the_preheader_is_short_and_true() -> None:
    hidden = PAGE.cssselect(".preheader")[0].text_content()
    assert hidden.startswith("另有：冬小麦播种过九成；市图书馆周末延长到晚上十点；")
    assert len(hidden) <= 250
    alone = letter_of(digest_of(issue_of(ARTICLES[1])))
    assert html.document_fromstring(alone.html).cssselect(".preheader")[0].text == ARTICLES[1].summary[0]


@pytest.mark.parametrize("part", [MESSAGE.text, MESSAGE.html])
def test_both_parts_name_every_article_and_say_why_and_how_to_leave(part: str) -> None:
    unwrapped = re.sub(r"\s+", "", part)
    for item in digest_of().items:
        assert re.sub(r"\s+", "", item.title) in unwrapped
        assert item.url in part
    for line in ("https://paper.example/unsubscribe/yunting/t", "https://paper.example/yunting/2026/11/20/", IDENTITY):
        assert line in part
    assert "你收到这封信，是因为这个邮箱订阅了《云汀日报》简报。" in part


def test_a_paper_without_a_postal_identity_has_no_empty_line_for_it() -> None:
    page = html.document_fromstring(letter_of(digest_of(), identity="").html)
    assert all(p.text_content().strip() for p in page.cssselect("p"))


def test_the_text_part_is_wrapped_and_holds_no_markup() -> None:
    assert not re.search(r"<|&\w+;|\{", MESSAGE.text)
    assert all(len(line) <= 72 for line in MESSAGE.text.splitlines() if not line.startswith("http"))
    assert "\n\n\n\n" not in MESSAGE.text


def test_what_was_withdrawn_is_in_no_letter() -> None:
    gone = replace(ISSUE.articles[0], withdrawn=Withdrawal(ISSUE.updated, "图片失实"))
    letter = letter_of(digest_of(replace(ISSUE, articles=ISSUE.articles[1:], withdrawn=(gone,))))
    for part in (letter.subject, letter.html, letter.text):
        assert not re.search("白鹭湖|图片失实", part)


def test_what_earlier_letters_told_wrongly_is_told_in_a_line() -> None:
    lake, wheat = ISSUE.articles[:2]
    gone = replace(wheat, withdrawn=Withdrawal(ISSUE.updated, "面积失实"))
    fresh = issue_of(Article(headline="新的一天"), issue=replace(ISSUE, path="2026/11/21/"))
    letter = letter_of(mail.compose(PAPER, [fresh], DAY, [lake, gone]))
    lines = [p.text_content() for p in html.document_fromstring(letter.html).cssselect(".correction")]
    assert lines == ["11月20日《白鹭湖水质首次达到二类》一文已更正\u00a0→", "11月20日的一篇文章已撤回\u00a0→"]
    assert (
        f"11月20日《白鹭湖水质首次达到二类》一文已更正\n{PAPER.url}{lake.path}\n\n11月20日的一篇文章已撤回\n{PAPER.url}{gone.path}\n"
        in letter.text
    )
    for part in (letter.html, letter.text):
        assert not re.search("冬小麦|面积失实", part)
        assert part.count(PAPER.url + lake.path) == part.count(PAPER.url + gone.path) == 1
    assert "更正" not in LETTER.html + LETTER.text
    english = letter_of(mail.compose(PAPER, [fresh], DAY, [lake, gone]), EN)
    assert "20 November: “白鹭湖水质首次达到二类” has been corrected" in english.text
    assert "An article of 20 November has been withdrawn" in english.text


# How it is built


@pytest.mark.parametrize("accent", ["#005a9c", "#ffd54f", "#00205b"])
def test_the_papers_colour_takes_the_place_of_ours_and_can_be_read(accent: str) -> None:
    letter = letter_of(digest_of(paper=replace(PAPER, accent=accent))).html
    assert not re.search("#9b1c1f|#ee938b", letter)
    style = html.document_fromstring(letter).cssselect("h1 a")[0].get("style")
    light = re.search("color:(#[0-9a-f]{6})", style.replace(" ", ""))
    dark = re.search(r"\.accent[^{]*{ *color: *(#[0-9a-f]{6}) *!important", letter)
    assert light
    assert dark
    assert contrast(light[1], "#fffefb") >= 4.5
    assert contrast(dark[1], "#1b1a17") >= 4.5
    assert accent in (light[1], dark[1])


def test_it_needs_no_style_sheet_and_uses_nothing_that_mail_programs_lack() -> None:
    bare = re.sub(r"(?s)<style.*?</style>", "", MESSAGE.html)
    styles = html.document_fromstring(bare).xpath("//@style")
    assert len(styles) > 50
    for lacking in (
        "flex",
        "grid",
        "position",
        "float",
        "var(",
        "calc(",
        "clamp(",
        "rem",
        "vw",
        "gap",
        "url(",
        "opacity",
        "transform",
        "margin:auto",
    ):
        assert not [style for style in styles if lacking in style], lacking


def test_its_elements_are_those_that_mail_programs_keep() -> None:
    assert {str(element.tag) for element in PAGE.iter() if isinstance(element.tag, str)} == {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "div",
        "table",
        "tbody",
        "tr",
        "td",
        "h1",
        "h2",
        "h3",
        "p",
        "a",
        "span",
    }
    assert not PAGE.xpath("//@*[starts-with(name(), 'on')]")
    assert {a.get("href").split(":")[0] for a in PAGE.cssselect("a")} == {"https"}


def test_it_is_one_column_of_640_pixels_and_says_language_viewport_and_dark_mode() -> None:
    assert "max-width:640px" in PAGE.cssselect("table.sheet")[0].get("style")
    assert PAGE.get("lang") == "zh-CN"
    metas = {meta.get("name"): meta.get("content") for meta in PAGE.cssselect("meta")}
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    assert metas["color-scheme"] == metas["supported-color-schemes"] == "light dark"
    assert "prefers-color-scheme: dark" in PAGE.cssselect("style")[0].text


def test_a_letter_too_long_leaves_out_the_least_and_says_so() -> None:
    many = [replace(ARTICLES[0], headline=f"第{n}条", rank=n, summary=("句" * 300,)) for n in range(1, 201)]
    letter = letter_of(digest_of(issue_of(*many)))
    assert MAX_BYTES * 0.95 < len(letter.html.encode()) <= MAX_BYTES
    page = html.document_fromstring(letter.html)
    kept = [h.text_content() for h in page.cssselect(".headline")]
    assert kept == [f"第{n}条" for n in range(1, len(kept) + 1)]
    assert f"还有 {200 - len(kept)} 篇，请到网站阅读" in letter.html
    assert page.cssselect("a")[-2].get("href") == UNSUBSCRIBE_MARK
    assert "第200条" in letter.text


def test_words_without_end_leave_the_letter_its_limit() -> None:
    endless = hostile_article("&" * 50_000)
    assert len(letter_of(digest_of(issue_of(*[endless] * 12))).html.encode()) <= MAX_BYTES


# To one person


def test_only_the_recipients_own_facts_differ() -> None:
    one, other = addressed(LETTER, own="https://x.example/1"), addressed(LETTER, own="https://x.example/2")
    assert one.html == other.html.replace("https://x.example/2", "https://x.example/1")
    assert UNSUBSCRIBE_MARK not in one.html + one.text


def test_an_own_link_is_escaped_where_it_stands() -> None:
    message = addressed(LETTER, own="https://x.example/?a=1&b=<\"'>\r\nBcc: v@example.test")
    href = "https://x.example/?a=1&b=%3C%22'%3E%0D%0ABcc:%20v@example.test"
    assert html.document_fromstring(message.html).cssselect("a")[-2].get("href") == href
    assert href in message.text
    assert message.headers["List-Unsubscribe"] == f"<{href}>"


def test_no_article_can_hold_the_mark() -> None:
    said = clean(f"来 {UNSUBSCRIBE_MARK} 吧")[0]
    letter = letter_of(digest_of(issue_of(Article(headline=said, summary=(said,)))))
    assert addressed(letter).html.count("https://paper.example/unsubscribe/") == 1


def test_the_headers_are_those_of_a_list() -> None:
    assert MESSAGE.headers == {
        "List-Id": "<yunting.paper.example>",
        "List-Unsubscribe": "<https://paper.example/unsubscribe/yunting/t>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }
    assert (MESSAGE.sender, MESSAGE.recipient) == ("云汀日报 <digest@paper.example>", "reader@home.example")


# Hostile words


def shape(page: str) -> list[tuple[str, list[str]]]:
    return [(str(element.tag), sorted(element.attrib)) for element in html.document_fromstring(page).iter()]


def letter_saying(words: str) -> Letter:
    issue = issue_of(hostile_article(words), hostile_article(words))
    issue = replace(issue, masthead=replace(issue.masthead, lunar_date=words))
    digest = mail.compose(replace(PAPER, title=words), [issue], DAY, issue.articles)
    return letter_of(digest, identity=words)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_change_nothing_but_words(words: str) -> None:
    letter = letter_saying(words)
    assert shape(letter.html) == shape(letter_saying("无害").html)
    headline = html.document_fromstring(letter.html).cssselect("h2 a")[0].text
    assert headline == " ".join(words.split())[:199] + ("…" if len(words) > 200 else "")


@pytest.mark.parametrize("words", [*HOSTILE, "a\r\nBcc: v@example.test", "a\x0bb\x85c\u202ed", "=\u200b?utf-8?q?x?="])
def test_hostile_words_add_no_header(words: str) -> None:
    content = mime.build(addressed(letter_saying(words), name=words))
    names = BytesParser(policy=policy.SMTP).parsebytes(content).keys()
    assert sorted(names) == sorted(
        ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", *MESSAGE.headers]
    )


@given(st.text())
def test_header_text_is_one_clean_line_that_begins_no_encoded_word(words: str) -> None:
    line = header_text(words)
    assert "=?" not in line
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in line)
    assert line == " ".join(line.split())
