"""The masthead: its fields in any order, on one line or many."""

from datetime import date

import pytest

from digest.model import Document, Line, Masthead
from digest.parsing import masthead
from digest.parsing.block import blocks
from digest.parsing.masthead import contradicts, stated


def head(text: str) -> Masthead:
    return masthead.take(blocks(Document("a.txt", tuple(map(Line, text.split("\n")))))).masthead


REST = "\n\n全县开工修渠\n\n青渡讯 1月5日，全县各乡镇同时开工。"


@pytest.mark.parametrize(
    "text",
    [
        "青渡时报\n2026年11月6日\n星期五\n农历丙午年九月廿八\n总第812期\n今日4版\n网址：www.a.example 投稿邮箱：b@a.example",
        "青渡时报 2026年11月6日 星期五 丙午年九月廿八 总第812期 今日四版 www.a.example b@a.example",
        "总第812期　今日4版\n青渡时报\n二〇二六年十一月六日　星期五　农历丙午年九月廿八\nwww.a.example | b@a.example",
        "QINGDU SHIBAO\n青渡时报\n2026年11月6日 星期五（农历丙午年九月廿八）第812期 共4版 <www.a.example> <b@a.example>",
    ],
)
def test_fields_stand_in_any_order(text: str) -> None:
    assert head(text + REST) == Masthead(
        title="青渡时报",
        date=date(2026, 11, 6),
        weekday="星期五",
        lunar_date="丙午年九月廿八",
        number=812,
        page_count=4,
        url="www.a.example",
        email="b@a.example",
    )


def test_an_english_masthead() -> None:
    found = head(
        "THE NORTHGATE HERALD\nFriday, November 6, 2026   Vol. 12 No. 3,481   24 pages   $1.50\n\nCouncil meets"
    )
    assert (found.title, found.date, found.number, found.page_count) == (
        "THE NORTHGATE HERALD",
        date(2026, 11, 6),
        3481,
        24,
    )
    assert found.weekday == "Friday"


def test_a_name_alone_is_a_masthead_and_a_headline_is_none() -> None:
    assert head("青渡时讯" + REST).title == "青渡时讯"
    assert head("全县开工修渠" + REST) == Masthead()


def test_what_the_editor_states() -> None:
    given = {"title": "江报", "date": "2026-11-06", "number": "第46期", "url": "https://a.example"}
    assert stated(given) == Masthead("江报", date(2026, 11, 6), "given", number=46, url="https://a.example")


@pytest.mark.parametrize(("weekday", "wrong"), [("星期五", False), ("周四", True), ("Friday", False), ("Sunday", True)])
def test_a_weekday_can_contradict_the_date(weekday: str, wrong: bool) -> None:
    assert contradicts(weekday, date(2026, 11, 6)) is wrong
