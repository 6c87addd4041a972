"""The letter: what it says, of which issues, in which order, and what it leaves out."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from lxml import html

from digest import mail
from digest.colours import contrast
from digest.mail.content import COLUMN
from digest.mail.envelope import UNSUBSCRIBE_MARK
from digest.mail.letter import MAX_BYTES, MAX_CORRECTIONS
from digest.messages import Messages
from digest.model import Article, Digest, Letter, Masthead, Paper, Picture, Rendition, StoredIssue, Withdrawal
from tests.builders import ARTICLES, ISSUE, PAPER, hostile_article, issue_of
from tests.conftest import Golden
from tests.mail.samples import CHINESE, TEMPLATES, TOKEN, addressed, before

ZH, EN = Messages("zh"), Messages("en")
IDENTITY = "云汀日报社 · 云汀市柳荫路8号 · letters@paper.example"


def digest_of(*issues: StoredIssue, paper: Paper = PAPER) -> Digest:
    return mail.compose(paper, issues or (ISSUE,))


def letter_of(digest: Digest, say: Messages = ZH, identity: str = IDENTITY) -> Letter:
    return mail.render(digest, TEMPLATES, say, identity)


LETTER = letter_of(digest_of(CHINESE))
MESSAGE = addressed(PAPER, LETTER)
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
    assert digest.site_url == PAPER.url
    assert digest_of(ISSUE).site_url == "https://paper.example/yunting/2026/11/20/"


def imprint(letter: Letter) -> str:
    """Return the line under the paper's name."""
    (line,) = html.document_fromstring(letter.html).cssselect(".imprint")
    assert line.text_content().replace("\u2002", " ") in letter.text
    return str(line.text_content()).replace("\u2002", " ")


def test_a_letter_about_one_issue_bears_its_date_or_that_of_its_publication() -> None:
    assert imprint(LETTER) == "2026年11月20日 星期五 农历十月十二 第5831期"
    undated = replace(ISSUE, masthead=Masthead(), published=datetime(2026, 11, 21, 17, tzinfo=UTC))
    assert imprint(letter_of(digest_of(undated))) == "2026年11月22日 星期日"


def test_a_daily_letter_and_a_weekly_letter_say_so_and_how_many_issues_they_are_about() -> None:
    twice = [ISSUE, replace(ISSUE, path="2026/11/20/issue-2/")]
    daily = letter_of(mail.compose(PAPER, twice, occasion="daily"))
    assert imprint(daily) == "每日简报 2026年11月20日 星期五 共 2 期"
    assert imprint(letter_of(mail.compose(PAPER, twice[:1], occasion="daily"))).startswith("每日简报 2026年11月20日")
    weekly = letter_of(mail.compose(PAPER, [ISSUE, before(ISSUE, 1), before(ISSUE, 6)], occasion="weekly"))
    assert imprint(weekly) == "每周简报 11月14日至11月20日 共 3 期"
    assert weekly.subject == "《云汀日报》每周简报 · 11月14日至11月20日：白鹭湖水质首次达到二类"
    page = html.document_fromstring(weekly.html)
    assert [a.text for a in page.cssselect(".chapter a")] == [
        "11月20日\u2002星期五\u2002第5831期",
        "11月19日\u2002星期四\u2002第5830期",
        "11月14日\u2002星期六\u2002第5825期",
    ]
    assert [a.get("href").removeprefix(PAPER.url) for a in page.cssselect(".chapter a")] == [
        "2026/11/20/",
        "2026/11/19/",
        "2026/11/14/",
    ]
    assert not html.document_fromstring(LETTER.html).cssselect(".chapter")


def test_a_letter_of_headlines_holds_nothing_else_of_an_article() -> None:
    letter = letter_of(mail.compose(PAPER, [CHINESE], form="headlines"))
    page = html.document_fromstring(letter.html)
    assert [h.text_content() for h in page.cssselect(".headline")] == [item.title for item in digest_of().items]
    assert not page.cssselect(".summary, .keywords, .subheadline, img")
    for part in (letter.html, letter.text):
        assert not re.search("清淤|监测数据|老渡口恢复", part)


def test_a_letter_that_topics_narrow_names_them_and_does_not_pass_for_the_issue() -> None:
    chosen = issue_of(*ARTICLES[:2])
    letter = letter_of(mail.compose(PAPER, [chosen], topics=["section:要闻", "keyword:水质"]))
    for part in (letter.html, letter.text):
        assert "按你的选择，只收：要闻、关键词“水质”" in part
        assert "共 2 篇：" in part
        assert "本期" not in part
    assert "按你的选择" not in LETTER.html + LETTER.text
    many = mail.compose(PAPER, [chosen], topics=[f"keyword:{'长' * 30}{n}" for n in range(50)])
    assert len(letter_of(many).html) < len(letter.html) + 500


def test_the_first_letter_says_welcome() -> None:
    letter = letter_of(mail.compose(PAPER, [ISSUE], occasion="welcome"))
    assert letter.subject == "欢迎订阅《云汀日报》 · 11月20日：白鹭湖水质首次达到二类"
    for part in (letter.html, letter.text):
        assert "欢迎订阅《云汀日报》简报。" in part


def test_a_test_says_that_it_is_one() -> None:
    assert mail.as_test(LETTER, ZH).subject == f"[测试] {LETTER.subject}"
    assert replace(mail.as_test(LETTER, EN), subject="") == replace(LETTER, subject="")


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ([(1280, 854), (640, 427)], (640, COLUMN, 395)),
        ([(1280, 854)], (1280, COLUMN, 395)),
        ([(300, 200)], (300, 300, 200)),
        ([(900, 1200), (640, 853)], (640, 444, COLUMN)),
        ([(3000, 1)], (3000, COLUMN, 1)),
    ],
)
def test_the_lead_storys_picture_fills_the_column_and_no_more(
    sizes: list[tuple[int, int]], shown: tuple[int, int, int]
) -> None:
    files = tuple(Rendition(f"{width:064}", "image/png", width, height, 9) for width, height in sizes)
    lead = replace(ARTICLES[0], pictures=(Picture("lost.jpg"), Picture("lake.png", "湖", "叶知秋 摄", sizes=files)))
    letter = letter_of(digest_of(issue_of(lead, *ARTICLES[1:])))
    (image,) = html.document_fromstring(letter.html).cssselect("img")
    file, width, height = shown
    assert image.get("src") == f"{PAPER.url}pictures/{f'{file:064}'[:32]}.png"
    assert (image.get("width"), image.get("height")) == (str(width), str(height))
    assert f"max-width:{width}px" in image.get("style").replace(" ", "")
    assert image.get("alt") == "图：白鹭湖水质首次达到二类"
    assert "湖\u2002叶知秋 摄" in letter.html


def test_only_the_lead_story_has_its_picture() -> None:
    pictured = replace(ARTICLES[3], pictures=CHINESE.articles[0].article.pictures)
    assert "<img" not in letter_of(digest_of(issue_of(ARTICLES[0], pictured))).html


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
    for line in (
        f"https://service.example/unsubscribe/yunting/{TOKEN}",
        "https://paper.example/yunting/2026/11/20/",
        IDENTITY,
    ):
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
    letter = letter_of(mail.compose(PAPER, [fresh], [lake, gone]))
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
    english = letter_of(mail.compose(PAPER, [fresh], [lake, gone]), EN)
    assert "20 November: “白鹭湖水质首次达到二类” has been corrected" in english.text
    assert "An article of 20 November has been withdrawn" in english.text


def test_several_withdrawals_of_a_day_are_one_line_that_names_none_of_them() -> None:
    gone = [replace(one, withdrawn=Withdrawal(ISSUE.updated, "面积失实")) for one in ISSUE.articles[:3]]
    older = replace(gone[0], path="2026/11/02/1/", published=ISSUE.published - timedelta(days=18))
    fresh = issue_of(Article(headline="新的一天"), issue=replace(ISSUE, path="2026/11/21/"))
    letter = letter_of(mail.compose(PAPER, [fresh], [gone[0], older, *gone[1:], ISSUE.articles[3]]))
    lines = html.document_fromstring(letter.html).cssselect(".correction")
    several, one, corrected = [line.text_content() for line in lines]
    assert several == "11月20日的 3 篇文章已撤回： 说明1\u00a0→ 说明2\u00a0→ 说明3\u00a0→"
    assert one == "11月2日的一篇文章已撤回\u00a0→"
    assert "已更正" in corrected
    urls = [PAPER.url + each.path for each in gone]
    assert [link.get("href") for link in lines[0].cssselect("a")] == urls
    assert "\n".join(["11月20日的 3 篇文章已撤回：", *urls, "", "11月2日的一篇文章已撤回"]) in letter.text
    assert not re.search("冬小麦|面积失实|白鹭湖", letter.html + letter.text)


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


def test_many_corrections_leave_room_for_the_news_and_stand_all_in_the_text() -> None:
    changed = [
        replace(ISSUE.articles[0], article=replace(ARTICLES[0], headline=f"{'长' * 190}{n}")) for n in range(300)
    ]
    letter = letter_of(mail.compose(PAPER, [ISSUE], changed))
    assert len(letter.html.encode()) <= MAX_BYTES
    lines = html.document_fromstring(letter.html).cssselect(".correction")
    assert lines[-1].text_content() == f"另有 {300 - MAX_CORRECTIONS} 处更正或撤回，见网站\u00a0→"
    assert re.sub(r"\s", "", letter.text).count("一文已更正") == 300


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


def test_of_many_issues_too_long_for_a_letter_each_keeps_its_best() -> None:
    many = [replace(ARTICLES[0], headline=f"第{n}条", rank=n, summary=("句" * 300,)) for n in range(1, 41)]
    week = [before(issue_of(*many), days) for days in range(1, 6)]
    letter = letter_of(mail.compose(PAPER, week, occasion="weekly"))
    assert MAX_BYTES * 0.95 < len(letter.html.encode()) <= MAX_BYTES
    page = html.document_fromstring(letter.html)
    kept = [h.text_content() for h in page.cssselect(".headline")]
    assert len(page.cssselect(".chapter")) == kept.count("第1条") == 5
    assert max(kept.count(title) for title in kept) - 1 <= min(kept.count(title) for title in kept[:5])
    assert f"还有 {200 - len(kept)} 篇" in letter.html
    assert letter.text.count("https://paper.example/yunting/2026/11/") == 200 + 5


def test_words_without_end_leave_the_letter_its_limit() -> None:
    endless = hostile_article("&" * 50_000)
    assert len(addressed(PAPER, letter_of(digest_of(issue_of(*[endless] * 12)))).html.encode()) <= MAX_BYTES
