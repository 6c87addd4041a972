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
    ],
)
def test_jumps_onward(text: str, page: str) -> None:
    match = furniture.jump_to(text)
    assert match is not None
    assert furniture.target(match) == page


@pytest.mark.parametrize(
    ("text", "page"), [("（上接第1版）正文", "1"), ("(Continued from page 1)", "1"), ("上接第一版", "1")]
)
def test_jumps_back(text: str, page: str) -> None:
    match = furniture.jump_from(text)
    assert match is not None
    assert furniture.target(match) == page


def test_the_text_of_a_law_is_no_jump() -> None:
    assert furniture.jump_to("会议决定转入下一阶段") is None
    assert furniture.jump_to("Turn to page after page of figures, he said.") is None


def test_contents_and_their_entries() -> None:
    assert furniture.is_contents("【导读】")
    assert furniture.is_contents("Inside today")
    assert not furniture.is_contents("导读工作会议召开")
    assert furniture.is_reference("全县开工修渠 ……2版")
    assert not furniture.is_reference("全县开工修渠")


def test_colophons() -> None:
    assert furniture.is_colophon("责任编辑：方既白　校对：宋知微")
    assert furniture.is_colophon("Published by the Courier, 4 Fore Street.")
    assert not furniture.is_colophon("编辑同志：")
