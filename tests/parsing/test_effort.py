"""The work grows with the text, and no faster, whatever lines come again and again."""

import sys
from typing import Any

import pytest

from digest.model import Document, Line
from digest.parsing import parse


def calls(lines: list[str]) -> int:
    """Return how many functions are called to parse a document of these lines: what time is made of, without a clock."""
    count = 0

    def note(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    document = Document("issue.txt", tuple(Line(line) for line in lines))
    sys.setprofile(note)
    try:
        parse(document)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "some",
    [
        ["问：2023年1月6日", "记者", "图订阅"],
        ["（一、", "第2版"],
        ["图", "", "读者来信上接第1版", "", "?![](a.png)", "", "时间：", ""],
        ["简讯二则"],
        ["本报讯（记者 甲）今天天气很好，"],
        ["The end.", "“", "By A B"],
        ["## 简讯", "一句话。"],
    ],
    ids="|".join,
)
def test_four_times_the_lines_are_four_times_the_work(some: list[str]) -> None:
    assert calls(some * 800) < 6 * calls(some * 200)
