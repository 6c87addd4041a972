"""Bylines: roles and names as papers print them, and what only looks like one."""

import pytest

from digest.parsing.block import Block, Part
from digest.parsing.bylines import at_end, of_line, of_two_lines, reported, signature


def named(text: str) -> list[tuple[str, str]] | None:
    credit = of_line(text)
    return [(author.role, author.name) for author in credit.authors] if credit else None


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("（融媒体 方既白）", [("融媒体", "方既白")]),
        ("(融媒体中心 方既白 宋知微)", [("融媒体中心", "方既白"), ("融媒体中心", "宋知微")]),
        ("融媒体 方既白 通讯员 宋知微 摄", [("融媒体", "方既白"), ("通讯员", "宋知微")]),
        ("本报记者 方既白 宋 微", [("本报记者", "方既白"), ("本报记者", "宋微")]),
        ("记者方既白报道", [("记者", "方既白")]),
        ("本报记者 方既白 青渡报道", [("本报记者", "方既白")]),
        ("□ 方既白", [("", "方既白")]),
        ("⊙ 令狐小禾", [("", "令狐小禾")]),
        ("□ 本报行情分析员 言午", [("本报行情分析员", "言午")]),
        ("（农学院 方既白）", [("农学院", "方既白")]),
        ("（供稿：县水利局办公室）", [("供稿", "县水利局办公室")]),
        ("（县水利局办公室 供稿）", [("供稿", "县水利局办公室")]),
        ("文/水利科 方既白 图/农技科 宋知微", [("文/水利科", "方既白"), ("图/农技科", "宋知微")]),
        ("Nadia Brook | Staff Writer", [("Staff Writer", "Nadia Brook")]),
        ("Report by Nadia Brook, Parish Clerk", [("Report by", "Nadia Brook")]),
        ("（水利科 方既白 农技科 宋知微）", [("水利科", "方既白"), ("农技科", "宋知微")]),
        ("（七号楼 方师傅）", [("七号楼", "方师傅")]),
        ("（指导教师：方既白）", [("指导教师", "方既白")]),
        ("方既文", [("", "方既文")]),
        ("（作者姓名、地址从略）", None),
        ("文/图 方既白", [("文/图", "方既白")]),
        ("文／方既白 圖／宋知微", [("文", "方既白"), ("圖", "宋知微")]),
        ("方既白 摄", [("摄", "方既白")]),
        ("摄影：方既白", [("摄影", "方既白")]),
        ("通讯员 习文", [("通讯员", "习文")]),
        ("文｜小禾 编辑｜阿穗", [("文", "小禾"), ("编辑", "阿穗")]),
        ("图｜受访者提供", []),
        ("（炼铁厂 端木青）", [("炼铁厂", "端木青")]),
        ("（科研处 材料学院）", []),
        ("（记者 方既白通讯员 宋知微）", [("记者", "方既白"), ("通讯员", "宋知微")]),
        ("（作者系中文系1980届校友 方既白）", [("", "方既白")]),
        ("来源：《乡间》杂志 作者：方既白", [("作者", "方既白")]),
        ("By Anna Reeve, Health and Safety", [("By", "Anna Reeve")]),
        ("By Anna Reeve, People Team", [("By", "Anna Reeve")]),
        ("By Anna Reeve, Tom Hale and Jo Lind", [("By", "Anna Reeve"), ("By", "Tom Hale"), ("By", "Jo Lind")]),
        ("（記者曾以寧／溪口報導）", [("記者", "曾以寧")]),
        ("〔記者曾以寧溪口報導〕", [("記者", "曾以寧")]),
        ("来源：青渡社", [("来源", "青渡社")]),
        ("本报评论员", [("", "本报评论员")]),
        ("By Anna Reeve and Tom Hale", [("By", "Anna Reeve"), ("By", "Tom Hale")]),
        ("BY ANNA REEVE, Staff Writer", [("BY", "ANNA REEVE")]),
        ("By Anna Reeve | Education Reporter", [("By", "Anna Reeve")]),
        ("Photo by Anna Reeve", [("Photo by", "Anna Reeve")]),
        ("Anna Reeve, Staff Reporter", [("Staff Reporter", "Anna Reeve")]),
        ("(From Our Own Correspondent)", [("From", "Our Own Correspondent")]),
    ],
)
def test_bylines(text: str, authors: list[tuple[str, str]]) -> None:
    assert named(text) == authors


@pytest.mark.parametrize(
    "text",
    [
        "本报记者走基层", "记者调查", "万众一心", "秋收忙 农民乐", "图为村民在晾晒粉条。", "文化惠民", "据粗略统计、两天里换手的物件",
        "见的地方：屋架加固、线路更换、加装电", "Council votes to reopen the line", "By the end of the year", "责任编辑：方既白",
        "劳资处", "By Monday the water had gone.", "Library extends its hours", "From Page A1", "FROM THE BACK PORCH",
    ],
)  # fmt: skip
def test_what_is_no_byline(text: str) -> None:
    credit = of_line(text)
    assert credit is None or not credit.sure


def test_a_credit_at_the_end_of_a_text_is_cut_off() -> None:
    text = "全县开工修渠。（记者 方既白）"
    rest, credit = at_end(Block(text, (Part(0, 0, len(text)),)))
    assert rest.text == "全县开工修渠。"
    assert credit is not None
    assert credit.authors[0].name == "方既白"


@pytest.mark.parametrize("name", ["苗青", "池鱼", "丁一鸣", "阿·木"])
def test_a_bare_name_in_brackets_behind_a_full_stop_is_a_credit(name: str) -> None:
    text = f"全县开工修渠。（{name}）"
    rest, credit = at_end(Block(text, (Part(0, 0, len(text)),)))
    assert rest.text == "全县开工修渠。"
    assert credit is not None
    assert credit.authors[0].name == name


@pytest.mark.parametrize("remark", ["完", "待续", "掌声", "下同", "全文完"])
def test_a_remark_in_brackets_is_none(remark: str) -> None:
    text = f"全县开工修渠。（{remark}）"
    assert at_end(Block(text, (Part(0, 0, len(text)),)))[1] is None


def test_a_reporter_on_the_air_says_the_credit() -> None:
    assert [(a.role, a.name) for a in reported("本台记者那日松、通讯员白桦报道。")] == [
        ("本台记者", "那日松"),
        ("通讯员", "白桦"),
    ]
    assert reported("记者昨天在现场看到报道。") == ()


@pytest.mark.parametrize("post", ["Education Correspondent", "Courier staff", "For the Courier"])
def test_a_name_over_its_bearers_post(post: str) -> None:
    credit = of_two_lines("By Peter Nye", post)
    assert credit is not None
    assert [(a.role, a.name) for a in credit.authors] == [("By", "Peter Nye")]


def test_words_in_brackets_at_the_end_of_a_text_stay() -> None:
    text = "全县开工修渠（见附表）"
    assert at_end(Block(text, (Part(0, 0, len(text)),)))[1] is None


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("杏林小区 夏知秋", ("杏林小区", "夏知秋")),
        ("——5号楼 韦老太", ("5号楼", "韦老太")),
        ("Margaret Ellery, Quay Street", ("Quay Street", "Margaret Ellery")),
        ("(Mrs.) D. ELLERY", ("", "D. ELLERY")),
    ],
)
def test_signatures_of_letters(text: str, author: tuple[str, str]) -> None:
    credit = signature(text, last=True)
    assert credit is not None
    assert [(one.role, one.name) for one in credit.authors] == [author]


def test_clauses_are_no_names() -> None:
    assert of_line("连日来，柳埠") is None
    assert of_line("▲村民在架水泵。 方既白 摄") is None


def test_the_next_letters_headline_is_no_signature() -> None:
    assert signature("路灯亮了谢谢你们", last=False) is None
    assert signature("Save Our Trees", last=False) is None
