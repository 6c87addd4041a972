"""Collectives: short articles under one heading, however they are told apart."""

import pytest

from digest.model import Document, Issue, Line
from digest.parsing import parse

ITEMS = (
    "县档案馆今起开放民国报刊数据库。",
    "城东公交首末站昨天投入使用，新增线路三条。",
    "三所小学食堂换上了新炉灶。",
)
STORY = ("纪师傅的风筝铺开了四十年", "老城墙下的风筝铺只有六平方米，墙上挂满了沙燕。", "纪师傅每天扎一只，从不多扎。")


def spaced(*lines: str) -> Issue:
    return parse(Document("issue.txt", tuple(Line(piece) for line in lines for piece in (line, ""))))


@pytest.mark.parametrize("heading", ["简讯", "一周简讯", "三言两语", "【工作动态】", "下面播送一组简讯："])
@pytest.mark.parametrize("mark", "●▲◆■")
def test_each_marked_paragraph_is_a_brief(heading: str, mark: str) -> None:
    found = spaced(*STORY, heading, *(mark + item for item in ITEMS))
    assert [one.kind for one in found.articles] == ["news", "brief", "brief", "brief"]
    assert [one.paragraphs for one in found.articles[1:]] == [(mark + item,) for item in ITEMS]


@pytest.mark.parametrize("heading", ["简讯", "简讯三则", "下面播送一组简讯："])
def test_without_marks_each_paragraph_is_a_brief(heading: str) -> None:
    found = spaced(*STORY, heading, *ITEMS)
    assert [one.paragraphs for one in found.articles[1:]] == [(item,) for item in ITEMS]


def test_briefs_may_have_headings_of_their_own_however_short() -> None:
    found = spaced(*STORY, "简讯", "档案上网", ITEMS[0], "公交", ITEMS[1])
    assert [(one.kind, one.headline) for one in found.articles[1:]] == [("brief", "档案上网"), ("brief", "公交")]
    english = spaced("IN BRIEF", "Blood drive", "Donors are welcome on Friday.", "Lost cat", "A grey cat is missing.")
    assert [one.headline for one in english.articles] == ["Blood drive", "Lost cat"]


def test_numbered_headings_under_a_label_are_briefs() -> None:
    found = spaced("▌政策速递", "① 农机补贴提高", ITEMS[0], "② 公交线路增加", ITEMS[1])
    assert [one.headline for one in found.articles] == ["① 农机补贴提高", "② 公交线路增加"]


def test_a_headline_behind_marked_briefs_ends_them() -> None:
    found = spaced("简讯", *("●" + item for item in ITEMS), *STORY)
    assert [one.kind for one in found.articles] == ["brief", "brief", "brief", "news"]
    assert found.articles[-1].paragraphs == STORY[1:]


def test_readers_voices_are_letters_each() -> None:
    found = spaced("▌读者留言", "@山里红：上期讲的堆肥方法我试了。", "@老油条：能不能讲讲阳台种小葱？")
    assert [one.kind for one in found.articles] == ["letter", "letter"]


@pytest.mark.parametrize("heading", ["患者来信", "读者来信两封", "业主来信", "街坊的话"])
def test_whoever_writes_letters_signs_them(heading: str) -> None:
    letter = ("请给桥洞装盏灯", "桥洞里的灯坏了一个多月，夜里走过的人只好拿手机照路。", "一位夜归人")
    answer = "【回复】感谢提醒，路灯所已经换上新灯。"
    found = spaced(*STORY, heading, *letter, "盼望河边修好扶手", ITEMS[0], "邻居 老范", answer)
    assert [(one.kind, one.headline) for one in found.articles[1:]] == [
        ("letter", letter[0]),
        ("letter", "盼望河边修好扶手"),
    ]
    assert [[author.name for author in one.authors] for one in found.articles[1:]] == [["一位夜归人"], ["老范"]]
    assert found.articles[-1].paragraphs == (ITEMS[0], answer)


def test_a_list_under_a_long_heading_is_one_article() -> None:
    found = spaced("全县公布冬季修渠三项任务", *("●" + item for item in ITEMS))
    assert len(found.articles) == 1


def test_a_few_characters_close_over_pairs_of_headings_and_paragraphs_are_collective() -> None:
    pairs = "\n".join(f"{head}\n{item}" for head, item in zip(("档案馆", "公交站", "食堂"), ITEMS, strict=True))
    text = f"{STORY[0]}\n{STORY[1]}{STORY[2]}\n\n里坊快报\n{pairs}\n\n大桥更换伸缩缝\n双向各封闭一条车道。\n"
    found = parse(Document("issue.txt", tuple(map(Line, text.split("\n"))))).articles
    assert [one.headline for one in found] == [STORY[0], "档案馆", "公交站", "食堂", "大桥更换伸缩缝"]
    assert [one.label for one in found] == [None, *["里坊快报"] * 3, None]


@pytest.mark.parametrize("heading", ["邻里讯息", "Dates for your diary", "Community notes"])
def test_paragraphs_without_marks_or_headings_are_briefs_too(heading: str) -> None:
    found = spaced(*STORY, heading, *ITEMS)
    assert [one.paragraphs for one in found.articles[1:]] == [(item,) for item in ITEMS]


def test_a_picture_behind_a_list_is_an_article_of_its_own() -> None:
    lines = [
        *STORY,
        "",
        "厂区短波",
        *(f"◆{item}" for item in ITEMS),
        "",
        "图为渡口戏班在江边晨练。",
        "（方既白 摄）",
    ]
    found = parse(Document("issue.txt", tuple(map(Line, lines)))).articles
    assert found[-1].paragraphs == ("图为渡口戏班在江边晨练。",)
    assert len(found) == 2 + len(ITEMS)


def test_a_collective_heading_behind_a_signature_is_no_place() -> None:
    issue = spaced(
        "Letters to the Editor",
        "A bench, please",
        "Sir, - The shelter has lost its bench again this year.",
        "Ann Cole, Mill Street",
        "NEWS IN BRIEF",
        "Library hours",
        "The library stays open until eight on Tuesdays.",
    )
    assert [(one.kind, one.label) for one in issue.articles] == [
        ("letter", "Letters to the Editor"),
        ("brief", "NEWS IN BRIEF"),
    ]
