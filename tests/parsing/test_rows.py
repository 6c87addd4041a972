"""Rows: tables, lists and verse belong to the article that they stand in, line by line."""

import pytest

from digest.model import Article, Document, Line
from digest.parsing import parse

LEAD = "县图书馆昨天公布了本月的安排，欢迎读者按时前来，入馆请出示证件。"
TAIL = "以上安排如有变动，以馆内公告为准，敬请读者留意。"
LISTS = {
    "a table": ("少儿馆　一百二十席　新增三十席", "成人馆　三百席　新增十二席", "报刊厅　八十席　减少五席"),
    "two rows of many columns": ("东门　7:10　8:20　9:30　10:40", "西门　7:20　8:30　9:40　10:50"),
    "prices": ("铅笔　每支八角", "橡皮　每块五角", "尺子　每把一元二角"),
    "scores": ("红旗队 2:1 长江队", "东风队 0:0 铁路队", "水电队 1:2 邮政队"),
    "names": ("周明远", "陈素秋", "林大勇", "何小菊"),
    "what and where": ("时间：3月7日14:30", "地点：三楼报告厅", "主讲：白玉书"),
    "pictures before each": ("🏡 阅览室：6间", "📚 新到图书：1843册"),
    "facts between bars": ("白玉书 | 青渡 | 96分钟", "周明远｜溪口｜110分钟"),
    "bullets": ("• 少儿馆：周二闭馆", "• 报刊厅：周四闭馆"),
    "hyphens": ("- Opening hours: nine to five", "- Closed on public holidays"),
}


def article(*lines: str) -> Article:
    spaced = tuple(Line(piece) for line in lines for piece in (line, ""))
    (only,) = parse(Document("issue.txt", spaced)).articles
    return only


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
def test_a_list_is_text_and_ends_nothing(rows: tuple[str, ...]) -> None:
    found = article("图书馆公布本月开放安排", LEAD, *rows, TAIL)
    assert found.paragraphs == (LEAD, *rows, TAIL)
    assert found.crossheads == ()
    assert found.authors == ()


def test_the_title_of_a_work_over_its_facts_begins_an_article() -> None:
    films = (
        (
            "《雪夜站台》",
            "导演：白玉书 | 1987 | 彩色 | 96分钟",
            "老站长最后一班岗的夜里，一列火车停在站外，放映在周六的一号厅。",
        ),
        (
            "《岔道》",
            "导演：周明远 | 1961 | 黑白 | 82分钟",
            "扳道工守着一处岔道，一封信叫他怀疑一列火车的误点，放映在周日的一号厅。",
        ),
        (
            "《慢车》",
            "导演：陈素秋 | 2018 | 彩色 | 128分钟",
            "扳道工和站长都说，火车停在站外的夜里，导演在周六的一号厅一站一站地拍 ",
        ),
        (
            "《误点》",
            "导演：何小菊 | 2019 | 彩色 | 90分钟",
            "老站长守着岔道，一封信叫他怀疑一列火车的误点，放映在周日的一号厅。",
        ),
    )
    found = parse(Document("issue.txt", tuple(Line(line) for film in films for line in film))).articles
    assert [one.headline for one in found] == [title for title, *_ in films]


def test_a_bar_between_a_columns_name_and_a_headline_makes_no_row() -> None:
    lines = (
        "映后谈｜白玉书：把镜头放低一点",
        "采访整理：周明远",
        "纪录片导演坐了七天七夜的慢车，拍下卖菜的人和上学的人。",
    )
    found = parse(
        Document("issue.txt", tuple(Line(piece) for line in ("图书馆公布安排", LEAD, *lines) for piece in (line, "")))
    )
    assert [one.headline for one in found.articles] == ["图书馆公布安排", lines[0]]


def test_the_line_that_announces_a_list_is_text() -> None:
    found = article("图书馆公布本月开放安排", LEAD, "座位一览：", *LISTS["a table"], TAIL)
    assert found.paragraphs[1] == "座位一览："


@pytest.mark.parametrize("poet", [(), ("拾秋",), ("第二中学 高一（3）班 白凌霄",)])
def test_verse_stands_under_its_title(poet: tuple[str, ...]) -> None:
    lines = ("柳条儿软了", "燕子衔来了泥", "河开了口", "说了一冬没说的话", "我站在田埂上", "等一场雨")
    found = article("早春", *poet, *lines)
    assert (found.headline, found.paragraphs) == ("早春", lines)
    assert len(found.authors) == len(poet)


def test_four_lines_under_a_title_and_a_poet_are_verse() -> None:
    lines = ("柳条儿软了", "燕子衔来了泥", "河开了口", "等一场雨")
    found = article("早春", "中文系 白凌霄", *lines)
    assert (found.headline, found.paragraphs) == ("早春", lines)


def test_the_headline_over_the_facts_of_an_event_may_have_a_colon() -> None:
    facts = ("时间：3月7日14:30", "地点：三楼报告厅")
    told = "老桥为什么没有第四个桥洞？主讲人花了十一年走访两岸，从一块块石头讲起，欢迎带上家里的旧照片。"
    lines = ("图书馆公布安排", LEAD, "讲座：老桥的石头", *facts, told)
    found = parse(Document("issue.txt", tuple(Line(piece) for line in lines for piece in (line, "")))).articles
    assert [one.headline for one in found] == ["图书馆公布安排", "讲座：老桥的石头"]
    assert found[1].paragraphs == (*facts, told)


def test_verse_with_stops_is_not_joined() -> None:
    lines = ("一把镰刀弯，", "割到东山南。", "二把镰刀亮，", "割到月儿上。")
    assert article("割麦谣", *lines).paragraphs == lines


def test_a_headline_behind_verse_heads_what_follows() -> None:
    verse = ("柳条儿软了", "燕子衔来了泥", "河开了口", "说了一冬没说的话", "我站在田埂上", "等一场雨")
    lines = ("早春", *verse, "县图书馆延长开放时间到晚上九点", LEAD)
    spaced = tuple(Line(piece) for line in lines for piece in (line, ""))
    found = parse(Document("issue.txt", spaced)).articles
    assert [one.headline for one in found] == ["早春", "县图书馆延长开放时间到晚上九点"]


def test_a_letters_farewell_is_text() -> None:
    found = article("请给河堤装上护栏", "编辑同志：", LEAD, "此致", "敬礼！")
    assert found.paragraphs == ("编辑同志：", LEAD, "此致", "敬礼！")


def test_two_poems_with_stanzas_are_two_articles() -> None:
    first = "渡口的雾是旧棉被\n盖着还没有醒的船\n橹声轻轻翻一个身\n岸上贴着开船的通知\n\n雾在日出时叠好\n河水露出一张脸"
    second = "竹条弯成一只燕子\n绢面蒙上半片云\n线轴转了又转\n\n风来的时候\n它只认得一个方向\n那是山的背后"
    text = f"渡口晨雾\n七（1）班　方既白\n\n{first}\n\n纸鸢\n九（3）班　宋知微\n\n{second}"
    found = parse(Document("issue.txt", tuple(map(Line, text.split("\n"))))).articles
    assert [one.headline for one in found] == ["渡口晨雾", "纸鸢"]
    assert [one.authors[0].name for one in found] == ["方既白", "宋知微"]
    assert [list(one.paragraphs) for one in found] == [
        [line for line in poem.split("\n") if line] for poem in (first, second)
    ]
