"""A summary that the editor has put before the text is the article's lede, and no paragraph of it."""

import pytest

from digest.model import Article, Document, Line
from digest.parsing import accounted

HEADLINE = "白鹭湖水质首次达到二类"
LEDE = "三年治理之后，白鹭湖十二个断面的平均水质首次达到二类，步道月底开放。"
TEXT = "本报讯（记者 林晓棠）立冬后的第一个晴天，白鹭湖东岸的水位尺露出了久违的青石刻度。市水务局公布了监测数据。"


def article(*lines: str) -> Article:
    issue, owned = accounted(Document("a.txt", tuple(map(Line, lines))))
    assert issue.coverage == 1.0
    assert sum(span.end - span.start for span in owned) >= sum(len("".join(line.split())) for line in lines)
    assert len(issue.articles) == 1
    return issue.articles[0]


@pytest.mark.parametrize(
    "mark",
    [
        "摘要：",
        "内容提要：",
        "核心提示：",
        "核心提示: ",
        "导读：",
        "【导读】",
        "【核心提示】：",
        "■核心提示：",
        "內容提要：",
        "導讀：",
    ],
)
def test_the_lede_is_what_stands_behind_the_mark(mark: str) -> None:
    found = article(HEADLINE, "", mark + LEDE, "", TEXT)
    assert (found.headline, found.lede, found.paragraphs) == (HEADLINE, LEDE, (TEXT,))
    assert found.dateline is not None
    assert found.dateline.agency == "本报"
    assert [author.name for author in found.authors] == ["林晓棠"]


def test_a_lede_without_a_full_stop_is_no_subheadline() -> None:
    found = article(HEADLINE, "", "核心提示：步道月底开放，老渡口恢复摆渡", "", TEXT)
    assert (found.subheadline, found.lede) == (None, "步道月底开放，老渡口恢复摆渡")


def test_a_mark_may_have_a_line_of_its_own() -> None:
    assert article(HEADLINE, "", "【核心提示】", LEDE, "", TEXT).lede == LEDE


def test_a_lede_may_run_over_several_lines() -> None:
    found = article(HEADLINE, "", "　　核心提示：" + LEDE[:20], LEDE[20:], "　　" + TEXT)
    assert (found.lede, found.paragraphs) == (LEDE, (TEXT,))


def test_crossheads_still_stand_where_they_stood() -> None:
    lines = ("先清淤，再谈风景", "治理从看不见的地方开始。水务局没有先修步道，而是用两个冬天清出底泥一百四十万方。")
    plain, led = article(HEADLINE, TEXT, *lines), article(HEADLINE, "核心提示：" + LEDE, TEXT, *lines)
    assert (led.crossheads, led.paragraphs) == (plain.crossheads, plain.paragraphs)


def test_an_english_standfirst_is_one() -> None:
    text = "The old ferry runs again. It is free on Sunday, said the ferryman, who has painted his boat."
    found = article("Ferry runs again", "", "Summary: The old ferry is back, and the first day is free.", "", text)
    assert (found.lede, found.paragraphs) == ("The old ferry is back, and the first day is free.", (text,))


@pytest.mark.parametrize("line", ["摘要：无", "有关摘要的说法很多，专家的意见不一，读者的看法也不一样。"])
def test_what_says_nothing_or_only_speaks_of_one_is_no_lede(line: str) -> None:
    assert article(HEADLINE, "", line, "", TEXT).lede is None


def test_a_text_that_is_all_summary_stays_a_text() -> None:
    found = article(HEADLINE, "", "核心提示：" + LEDE)
    assert (found.lede, found.paragraphs) == (None, ("核心提示：" + LEDE,))
