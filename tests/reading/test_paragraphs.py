"""Paragraphs: printed lines become lines of text where a paragraph is one."""

from digest.model import Line
from digest.reading.paragraphs import Column, column, lines
from digest.reading.printed import Row

WIDTH = 100.0


def row(text: str, line: float, left: float = 0, right: float = WIDTH, *, size: float = 10, first: float = 10) -> Row:
    return Row(text, left, right, 14 * line, size, first)


def texts(*columns: Column) -> list[str]:
    return [line.text for line in lines(columns) if line.text]


def test_lines_that_fill_their_column_go_on() -> None:
    rows = [row("一二三四", 0, 20), row("五六七八九十", 1), row("完。", 2, right=20)]
    assert texts(column(1, rows)) == ["一二三四五六七八九十完。"]


def test_a_line_into_which_the_next_word_would_have_fitted_ends_its_paragraph() -> None:
    rows = [row("one", 0, right=60, first=30), row("two", 1, first=30), row("three", 2, first=45)]
    assert texts(column(1, rows)) == ["one", "two three"]
    assert texts(column(1, [*rows[:1], row("unbreakable", 1, first=55), rows[2]])) == ["one unbreakable three"]


def test_an_indent_or_wider_white_begins_a_paragraph() -> None:
    plain = [row("甲", i) for i in range(8)]
    assert texts(column(1, [*plain[:4], row("乙", 4, left=20), *plain[5:]])) == ["甲甲甲甲", "乙甲甲甲"]
    assert texts(column(1, [*plain[:4], row("乙", 5), row("丙", 6)])) == ["甲甲甲甲", "乙丙"]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page() -> None:
    first, second = (
        column(1, [row("一", 0, 20), row("二", 1)]),
        column(1, [row("三", 0), row("四", 1, 20), row("五", 2)]),
    )
    assert texts(first, second) == ["一二三", "四五"]
    assert [line.page for line in lines([first, column(2, second.rows)]) if line.text] == [1, 2]


def test_a_sentence_that_ends_with_its_column_ends_its_paragraph_where_none_are_indented() -> None:
    first, second = column(1, [row("一", 0), row("二。", 1)]), column(1, [row("三", 0), row("四", 1)])
    assert texts(first, second) == ["一二。", "三四"]


def test_western_words_are_spaced_and_a_hyphen_at_the_end_stays_there() -> None:
    found = lines([column(1, [row("to re-", 0), row("open the", 1), row("line", 2)])])
    assert found == (Line("to re-", page=1), Line("open the line", page=1))


def test_the_largest_of_headings_that_stand_together_is_the_headline() -> None:
    head = [row("眉题", 0, size=14), row("大标题", 2, size=24), row("副题", 3.5, size=14)]
    body = [row("正文", i) for i in range(5, 30)]
    found = [
        (line.level, line.text) for line in lines([column(1, [*head, *body, row("小标题", 31, size=12)])]) if line.level
    ]
    assert found == [(3, "眉题"), (2, "大标题"), (3, "副题"), (3, "小标题")]


def test_a_picture_is_a_line_of_its_own() -> None:
    rows = [row("正", 0), Row("![](a.png)", 0, WIDTH, 60), row("文", 6)]
    assert texts(column(1, rows)) == ["正", "![](a.png)", "文"]
