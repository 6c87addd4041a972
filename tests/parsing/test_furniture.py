"""Furniture: page labels, jumps, contents, colophons."""

import pytest

from digest.parsing import furniture
from digest.parsing.furniture import PageLabel


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("第2版 要闻", PageLabel(2, "要闻")),
        ("02版：要闻", PageLabel(2, "要闻")),
        ("要闻·第3版", PageLabel(3, "要闻")),
        ("第二版", PageLabel(2, None)),
        ("二版 综合", PageLabel(2, "综合")),
        ("A03 国际", PageLabel(3, "国际")),
        ("— 2版 —", PageLabel(2, None)),
        ("Page 4", PageLabel(4, None)),
        ("PAGE 3 NEWS", PageLabel(3, "NEWS")),
        ("— 2 —", PageLabel(None, None)),
    ],
)
def test_page_labels(text: str, label: PageLabel) -> None:
    assert furniture.page_label(text) == label


@pytest.mark.parametrize("text", ["10月", "全县开工修渠", "第2次会议", "A good day"])
def test_what_is_no_page_label(text: str) -> None:
    assert furniture.page_label(text) is None


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("正文。（下转第3版）", "3"),
        ("正文 ▶下转A02版", "A2"),
        ("正文（下转第二版）", "2"),
        ("text (Continued on page 3)", "3"),
        ("（文轉A3）", "A3"),
        ("►►下转3版", "3"),
        ("See BRIDGE, page 3", "3"),
        ("Please see BRIDGE on page 3", "3"),
        ("BRIDGE, Continued on Page 3", "3"),
    ],
)
def test_jumps_onward(text: str, page: str) -> None:
    match = furniture.jump_to(text)
    assert match is not None
    assert furniture.target(match) == page


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("（上接第1版）正文", "1"),
        ("(Continued from page 1)", "1"),
        ("上接第一版", "1"),
        ("（上接头版）正文", "1"),
        ("（文接A1）正文", "A1"),
        ("BRIDGE from page 1", "1"),
        ("BRIDGE: continued from page 1", "1"),
    ],
)
def test_jumps_back(text: str, page: str) -> None:
    match = furniture.jump_from(text)
    assert match is not None
    assert furniture.target(match) == page


def test_the_text_of_a_law_is_no_jump() -> None:
    assert furniture.jump_to("会议决定转入下一阶段") is None
    assert furniture.jump_from("接第一批学生入住新楼") is None
    assert furniture.jump_from("From page to stage in one summer") is None
    assert furniture.jump_to("Turn to page after page of figures, he said.") is None


def test_contents_and_their_entries() -> None:
    assert furniture.is_contents("【导读】")
    assert furniture.is_contents("Inside today")
    assert not furniture.is_contents("导读工作会议召开")
    assert furniture.is_reference("全县开工修渠 ……2版")
    assert not furniture.is_reference("全县开工修渠")
    assert furniture.is_reference("4 • Tide tables")


def test_colophons() -> None:
    assert furniture.is_colophon("责任编辑：方既白　校对：宋知微")
    assert furniture.is_colophon("Published by the Courier, 4 Fore Street.")
    assert not furniture.is_colophon("编辑同志：")
    assert furniture.is_colophon("送：各县区，各部门")
    assert furniture.is_colophon("The Courier is published every Thursday by Fore Press, 4 Fore Street.")
    assert furniture.is_colophon("Send letters and photographs to news@a.example. Editor: Peter Nye.")
    assert not furniture.is_colophon("A history of the town is published this week.")


@pytest.mark.parametrize(
    "text",
    [
        "安全生产 1826 天", "距离开幕还有30天", "👆 点击上方蓝字关注我们", "喜欢就点个“在看”", "觉得有用请点个赞", "版权归原作者所有，如有侵权请联系删除",
        "INSIDE: Letters, 4 • Tide tables, 6", "今期內容　A2 老橋搬遷　A4 讀者投書", "导读：老桥新生 2版 稻田里的博士 3版",
    ],
)  # fmt: skip
def test_what_stands_in_every_issue(text: str) -> None:
    assert furniture.is_standing(text)


@pytest.mark.parametrize(
    "text",
    ["安全生产月活动启动", "距离村口三百米的地方还有一口井", "全县停电3天", "Inside the old mill", "给修桥工人点个赞"],
)
def test_headlines_do_not(text: str) -> None:
    assert not furniture.is_standing(text)


def test_an_advertisement_may_stand_behind_its_label() -> None:
    assert furniture.is_advertising("【广告】渡口雅居火热销售中")
    assert not furniture.is_advertising("广告牌拆除以后")


def test_pointers() -> None:
    assert furniture.is_pointer("（相关报道见02版）")
    assert furniture.is_pointer("详见A3版")
    assert not furniture.is_pointer("意见")
    assert not furniture.is_pointer("再见第一版日历")


def test_the_page_that_a_pages_head_names() -> None:
    assert furniture.label_within("第2版：要闻　2026年3月5日　责任编辑：方白") == PageLabel(2, "要闻")


def test_the_head_of_a_page_names_its_section() -> None:
    assert furniture.label_within("02　综合新闻　青渡时报　2026年11月6日") == PageLabel(2, "综合新闻")


def test_contents_may_stand_on_one_line() -> None:
    assert furniture.is_standing("本期看點　▍舊渡口重開 2版　▍風箏鋪四十年 3版")


def test_a_headline_is_no_colophon() -> None:
    assert not furniture.is_colophon("全县开工修渠")
