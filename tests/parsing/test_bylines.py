"""Bylines: roles and names as papers print them, and what only looks like one."""

import pytest

from digest.parsing.block import Block, Part
from digest.parsing.bylines import at_end, of_line, signature


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
        ("文/图 方既白", [("文/图", "方既白")]),
        ("文／方既白 圖／宋知微", [("文", "方既白"), ("圖", "宋知微")]),
        ("方既白 摄", [("摄", "方既白")]),
        ("摄影：方既白", [("摄影", "方既白")]),
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
        "By Monday the water had gone.", "Library extends its hours",
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


def test_words_in_brackets_at_the_end_of_a_text_stay() -> None:
    text = "全县开工修渠（见附表）"
    assert at_end(Block(text, (Part(0, 0, len(text)),)))[1] is None


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("杏林小区 夏知秋", ("杏林小区", "夏知秋")),
        ("——5号楼 韦老太", ("5号楼", "韦老太")),
        ("Margaret Ellery, Quay Street", ("Quay Street", "Margaret Ellery")),
    ],
)
def test_signatures_of_letters(text: str, author: tuple[str, str]) -> None:
    credit = signature(text, last=True)
    assert credit is not None
    assert [(one.role, one.name) for one in credit.authors] == [author]


def test_the_next_letters_headline_is_no_signature() -> None:
    assert signature("路灯亮了谢谢你们", last=False) is None
    assert signature("Save Our Trees", last=False) is None
