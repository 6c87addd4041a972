"""Beginnings: the first words of a paragraph that a column cuts off are text, however much they look like a heading."""

import pytest

from digest.model import Document, Issue, Line
from digest.parsing import parse

CANAL = "全县各乡镇昨天同时开工修渠，工程预计两个月完成，受益群众两万余人，沿渠道路同步拓宽。"
KITE = "老城墙下的风筝铺开了四十年，铺主纪师傅扎的沙燕能飞三百米高，每天只扎一只。"
CUT = (
    "县里要求各单位克服天冷土硬的困难按时完成任务，并把进度每周向社会公布一次，遇到困难的村可以随时打电话请水利",
    "站的技术员到场，费用由县里承担。",
    "渠水预计在立春之前放到最下游的三个村，三个村的村民已经把蓄水池清理了两遍，还自发组成了巡护",
    "队，每天早晚各走一趟。",
)


def issue(*lines: str, between: tuple[str, ...] = ("",)) -> Issue:
    return parse(Document("issue.txt", tuple(Line(piece) for line in lines for piece in (line, *between))))


def told(found: Issue) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(article.headline, article.paragraphs) for article in found.articles]


@pytest.mark.parametrize(
    ("begun", "rest"),
    [
        ("“今天的渠", "水不急！”纪师傅说，他数了十遍才敢开闸放水。"),
        ("纪师傅扎了二十", "四年的沙燕，从来没有断过线，也没有涨过价。"),
        ("一只沙燕要扎上七", "天，竹条削到两毫米厚，糊上的绢面轻得能被吹起来。"),
        ("有一位老人让", "纪师傅扎了一只没有尾巴的沙燕，说是要送给远方的孙女。"),
        ("沙燕飞上老城", "墙的那天，街坊们都来了，孩子们骑在大人的肩上看。"),
    ],
    ids=["a quotation", "a number", "one character before a comma", "an open end", "a word that stands elsewhere"],
)
def test_what_a_break_cuts_is_one_paragraph(begun: str, rest: str) -> None:
    heads = "纪师傅的风筝铺", f"本报讯 {KITE}"
    assert told(issue(*heads, begun, rest)) == [(heads[0], (heads[1], begun + rest))]
    assert told(issue("风筝铺", begun, rest, KITE)) == [("风筝铺", (begun + rest, KITE))]


@pytest.mark.parametrize("headline", ["沙燕飞过老城墙", "墙下的人，墙上的风筝", "请给沙燕让一让"])
def test_a_headline_stays_one(headline: str) -> None:
    letter = "编辑同志：", "我住在老城墙下，每天看沙燕飞起来，盼望墙下的小路早日修平。"
    assert told(issue("全县开工修渠", f"本报讯 {CANAL}", headline, *letter))[1:] == [(headline, letter)]


def test_more_is_cut_where_columns_cut_often() -> None:
    begun, rest = "纪师傅把沙燕分给徒弟和", "街坊们，一人一只，线轴却要自己绕。"
    heads = "纪师傅的风筝铺", KITE
    often = issue("全县开工修渠", f"本报讯 {CANAL}", *CUT, *heads, begun, rest)
    assert told(often)[1:] == [(heads[0], (KITE, begun + rest))]
    assert told(issue(*heads, begun, rest)) == [(heads[0], (KITE,)), (begun, (rest,))]


def test_a_line_set_in_as_paragraphs_are_goes_on_in_one_that_is_not() -> None:
    heads = "全县开工修渠", f"\u3000\u3000{CANAL}"
    found = issue(*heads, "\u3000\u3000希望有关", "单位抽空到渠上看一看，该补的补，该换的换。", between=())
    assert told(found) == [(heads[0], (CANAL, "希望有关单位抽空到渠上看一看，该补的补，该换的换。"))]


def test_a_short_line_over_a_pages_label_goes_on_behind_it() -> None:
    found = issue(
        "全县开工修渠", f"本报讯 {CANAL}", "水利站站长", "第2版 综合", "纪明说，闸门已经检修完毕，随时可以放水。"
    )
    assert told(found) == [("全县开工修渠", (f"本报讯 {CANAL}", "水利站站长纪明说，闸门已经检修完毕，随时可以放水。"))]


def test_an_article_that_could_be_the_rest_of_a_cut_one_is_doubted() -> None:
    lines = "渠边飞起了二十只风筝", KITE, "一只沙燕要扎七天，竹条削到两毫米厚，糊上的绢面轻得能被一口气吹起来。"
    sure = issue("全县开工修渠", f"本报讯 {CANAL}", "（记者 方既白）", *lines).articles[-1]
    doubted = issue("全县开工修渠", f"本报讯 {CANAL}", *CUT, "（记者 方既白）", *lines).articles[-1]
    assert (sure.headline, doubted.headline) == (lines[0], lines[0])
    assert doubted.confidence < sure.confidence
