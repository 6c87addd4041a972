"""Where an editor has marked an article, no rule says otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Issue, Source
from digest.parsing import parse
from digest.reading import read

OPENING = "本报讯（记者 林一舟）昨日清晨，南渡口的第一班船载着六十名乘客离岸，停了十一年的摆渡就此恢复。"
MORE = "船票两元，老人和学生免费。"


def parsed(text: str, name: str = "issue.txt") -> Issue:
    return parse(read(Source(name, text.encode())))


def headlines(issue: Issue) -> list[str | None]:
    return [article.headline for article in issue.articles]


def test_a_mark_begins_an_article_under_exactly_its_words() -> None:
    issue = parsed(f"=== 渡口开航 六十人首渡 ===\n{OPENING}\n{MORE}\n=== 市场搬家 ===\n{OPENING}\n")
    assert headlines(issue) == ["渡口开航 六十人首渡", "市场搬家"]
    assert issue.articles[0].paragraphs == (OPENING, MORE)
    assert [article.confidence for article in issue.articles] == [1.0, 1.0]


def test_nothing_inside_begins_another_article_or_leaves_it() -> None:
    inside = ["渡口恢复摆渡", OPENING, "第2版 要闻", "广告", "市场搬家", OPENING, "责任编辑：林一舟"]
    issue = parsed("=== 今日要事 ===\n" + "\n\n".join(inside) + "\n")
    assert headlines(issue) == ["今日要事"]
    assert issue.articles[0].subheadline == "渡口恢复摆渡"
    assert issue.articles[0].paragraphs == tuple(inside[1:])
    assert not issue.left_over


def test_behind_its_end_the_rules_hold_again() -> None:
    text = f"=== 渡口开航 ===\n{OPENING}\n===\n\n市场搬到城北，摊位多了一倍\n\n{OPENING}\n\n{MORE}\n"
    assert headlines(parsed(text)) == ["渡口开航", "市场搬到城北，摊位多了一倍"]


def test_before_the_first_mark_the_rules_hold() -> None:
    text = f"南渡报\n2026年11月20日 星期五 第12期\n\n市场搬到城北\n\n{OPENING}\n\n=== 渡口开航 ===\n{OPENING}\n"
    issue = parsed(text)
    assert (issue.masthead.title, issue.masthead.number) == ("南渡报", 12)
    assert headlines(issue) == ["市场搬到城北", "渡口开航"]


def test_author_dateline_and_picture_of_a_marked_article_are_found() -> None:
    issue = parsed(f"=== 渡口开航 ===\n![渡船离岸](a.jpg)\n{OPENING}\n（通讯员 周小满）\n")
    (article,) = issue.articles
    assert [author.name for author in article.authors] == ["林一舟", "周小满"]
    assert article.dateline is not None
    assert article.pictures[0].name == "a.jpg"


@pytest.mark.parametrize("name", ["issue.txt", "issue.md"])
def test_any_format_can_be_marked(name: str) -> None:
    assert headlines(parsed(f"=== 渡口开航 ===\n\n{OPENING}\n", name)) == ["渡口开航"]


def test_a_row_of_signs_is_an_ornament_where_nothing_is_marked() -> None:
    assert headlines(parsed(f"市场搬到城北\n\n{OPENING}\n\n======\n\n渡口恢复摆渡\n\n{OPENING}\n")) == [
        "市场搬到城北",
        "渡口恢复摆渡",
    ]


@given(
    st.lists(
        st.sampled_from([OPENING, MORE, "市场搬家", "第2版", "", "（记者 林一舟）", "下转第3版", "——"]), max_size=12
    )
)
def test_every_mark_is_one_article_if_it_has_text(lines: list[str]) -> None:
    text = "".join(f"=== 第{n}篇 ===\n{OPENING}\n" + "\n".join(lines) + "\n" for n in range(3))
    issue = parsed(text)
    assert headlines(issue) == ["第0篇", "第1篇", "第2篇"]
    assert issue.coverage == 1.0
