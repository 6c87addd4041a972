"""The masthead: its fields in any order, on one line or many."""

from datetime import date

import pytest

from digest.model import Document, Line, Masthead
from digest.parsing import masthead
from digest.parsing.block import blocks
from digest.parsing.facts import contradicts, stated


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


def test_a_whole_date_and_its_weekday_make_a_line_of_the_masthead() -> None:
    found = head("The Port Observer\nTUESDAY, MARCH 19, 2013 • PP 0000/00 • 60 SEN\n\nHOME NEWS\n\nCouncil meets")
    assert (found.title, found.date) == ("The Port Observer", date(2013, 3, 19))


def test_an_address_behind_whose_it_is_belongs_to_the_masthead() -> None:
    text = "THE MARSH MESSENGER\nNewsletter of the Parish of Lower Wick with Marsh End in the Vale\nSunday 9 June 2024 * Issue 233\n"
    assert head(text + "Parish office: office@a.example\n\nTower appeal\n\nIt goes on.").email == "office@a.example"


def test_the_motto_of_a_school_belongs_to_its_papers_masthead() -> None:
    text = "青渡大学报\n2021年10月25日　第618期　本期四版\n校训：求真 务实 致远\n我校召开秋季运动会"
    top = masthead.take(blocks(Document("a.txt", tuple(map(Line, text.split("\n"))))))
    assert [block.text for block in top.owned][2:] == ["校训：求真 务实 致远"]


def test_a_name_alone_is_a_masthead_and_a_headline_is_none() -> None:
    assert head("青渡时讯" + REST).title == "青渡时讯"
    assert head("全县开工修渠" + REST) == Masthead()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("🌾 田野一周 | VOL.057\n2026/11/06 星期五", "田野一周"),
        ("江岸县广播电视台\n《江岸新闻》播音稿\n播出时间：2026年9月2日19:30　播音：方白、宋微", "江岸新闻"),
        ("海　角　時　報\n民國115年3月5日 星期四", "海角時報"),
        ("内部资料　注意保存\n河务简报\n第12期\n（总第326期）\n河岸市人民政府办公室编\n二〇二六年三月五日", "河务简报"),
        ("江岸日报\n中共江岸市委机关报\n二〇二六年三月十二日　星期四", "江岸日报"),
        ("江聲晚報\n二〇二六年三月五日　第二千零四十六號\n本報零售每份大洋三分", "江聲晚報"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert head(text + REST).title == title


def test_a_marked_title_over_a_line_of_facts() -> None:
    lines = (
        Line("The Wend & Hale Review", 1),
        Line("Staff newsletter of Wend & Hale Ltd. — Vol. 3, No. 4 — March 5, 2026"),
        Line("New roof for the hall", 2),
        Line("The hall has a new roof, after a winter of buckets and of patience."),
    )
    top = masthead.take(blocks(Document("a.md", lines)))
    assert top.masthead == Masthead("The Wend & Hale Review", date(2026, 3, 5), number=4)
    assert len(top.owned) == 2


def test_a_masthead_behind_the_articles() -> None:
    found = head(REST.strip() + "\n工程预计两个月完成。\n\n青渡厂报　2026年6月8日　第23期（总第2105期）")
    assert found == Masthead("青渡厂报", date(2026, 6, 8), number=2105)


def test_a_notices_date_is_no_masthead() -> None:
    assert head(REST.strip() + "\n\n停水通知\n因检修管网，明天停水。\n青渡水务公司\n2026年6月8日") == Masthead()


def test_the_head_of_a_page_is_furniture() -> None:
    assert masthead.is_furniture("第3版：综合 责任编辑：方白", None)
    assert masthead.is_furniture("青渡时报 2026年 第3版", None)
    assert masthead.is_furniture("青渡医声 2026年 第3版", None)
    assert masthead.is_furniture(
        "02　综合新闻　青渡时报　2026年11月6日　星期五　编辑：方既白　校对：宋知微", "青渡时报"
    )
    assert not masthead.is_furniture("全县开工修渠", None)


def test_what_the_editor_states() -> None:
    given = {"title": "江报", "date": "2026-11-06", "number": "第46期", "url": "https://a.example"}
    assert stated(given) == Masthead("江报", date(2026, 11, 6), "given", number=46, url="https://a.example")


@pytest.mark.parametrize(
    ("weekday", "wrong"), [("星期五", False), ("周四", True), ("Friday", False), ("Sunday", True), ("?", False)]
)
def test_a_weekday_can_contradict_the_date(weekday: str, wrong: bool) -> None:
    assert contradicts(weekday, date(2026, 11, 6)) is wrong


@pytest.mark.parametrize("month", ["October 2026    60p", "2026年10月", "二〇二六年十月号"])
def test_a_paper_that_names_only_its_month_is_dated_on_the_first(month: str) -> None:
    assert head(f"THE NORTHGATE MESSENGER\n{month}{REST}").date == date(2026, 10, 1)


def test_month_day_and_weekday_stand_on_three_lines() -> None:
    found = head("青渡时报\n2026年11月\n6\n星期五" + REST)
    assert (found.date, found.weekday) == (date(2026, 11, 6), "星期五")


@pytest.mark.parametrize("days", ["每周二、四出版", "逢周三出版", "Published every Tuesday and Thursday"])
def test_the_days_on_which_a_paper_comes_out_are_not_its_weekday(days: str) -> None:
    assert head(f"青渡时报 第812期\n{days}\n2026年11月6日 星期五{REST}").weekday == "星期五"


def test_a_count_of_pages_needs_no_word_before_it() -> None:
    assert head("青渡时报\n2026年11月6日　周五　第812期　四版" + REST).page_count == 4


def test_a_motto_close_under_the_masthead_belongs_to_it() -> None:
    owned = masthead.take(
        blocks(Document("a.txt", tuple(map(Line, f"青渡时报\n2026年11月6日\n求真　务实　为民{REST}".split("\n")))))
    ).owned
    assert [block.text for block in owned] == ["青渡时报", "2026年11月6日", "求真　务实　为民"]


def test_the_masthead_ends_above_the_first_byline() -> None:
    lines = (
        "THE NORTHGATE COURIER",
        "Friday, November 6, 2026",
        "LOCAL NEWS",
        "Ferry moves",
        "By Nadia Brook",
        "n@a.example",
    )
    found = masthead.take(blocks(Document("a.txt", tuple(map(Line, lines)))))
    assert len(found.owned) == 2
    assert found.masthead.email is None


def test_a_name_that_stands_alone_is_taken_once_though_the_fields_under_it_are_torn() -> None:
    text = "云岭周报\n2026年11月6擥 星期五 第46期\n</main>\n<footer>"
    top = masthead.take(blocks(Document("a.txt", tuple(map(Line, text.split("\n"))))))
    assert [block.text for block in top.owned] == text.split("\n")[:2]
