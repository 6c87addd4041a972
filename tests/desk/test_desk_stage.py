"""What the desk makes of values: columns of weeks, a source with its marks, the way through a list."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import desk
from digest.model import Article, Document, Issue, Line, Masthead

TODAY = date(2026, 11, 21)


def document(text: str) -> Document:
    return Document("a.txt", tuple(Line(line) for line in text.splitlines()))


def test_a_chart_has_a_column_for_each_week_and_counts_every_day_in_its_own() -> None:
    days = [(date(2026, 11, 21), 2), (date(2026, 11, 16), 3), (date(2026, 11, 15), 4), (date(2026, 8, 1), 9)]
    chart = desk.by_week(days, TODAY, 3)
    assert [(column.week, column.count) for column in chart.columns] == [
        (date(2026, 11, 2), 0),
        (date(2026, 11, 9), 4),
        (date(2026, 11, 16), 5),
    ]
    assert (chart.total, chart.most) == (9, 5)


@given(st.lists(st.tuples(st.dates(date(2026, 8, 1), TODAY), st.integers(0, 10**6))), st.integers(1, 52))
def test_columns_stand_on_the_floor_within_the_picture_as_high_as_they_count(
    days: list[tuple[date, int]], weeks: int
) -> None:
    chart = desk.by_week(days, TODAY, weeks)
    for column in chart.columns:
        assert 0 <= column.x <= column.x + column.width <= chart.width + 0.1
        assert 0 <= column.y <= column.y + column.height <= chart.floor + 0.1
        assert (column.height > 0) == (column.count > 0)
    by_count = sorted(chart.columns, key=lambda column: column.count)
    assert [column.height for column in by_count] == sorted(column.height for column in chart.columns)


def test_a_source_shows_where_articles_begin_which_are_doubtful_and_what_stands_in_none() -> None:
    issue = Issue(
        Masthead(),
        (
            Article(headline="老渡口恢复摆渡", paragraphs=("停航五年，今天恢复。",)),
            Article(kicker="读者来信", headline="桂花开了，香飘十里", paragraphs=("今年开得早。",), confidence=0.5),
        ),
        left_over=("欢迎投稿 热线一二三",),
    )
    text = "老渡口 恢复摆渡\n停航五年,今天恢复。\n\n读者来信\n桂花开了,\n香飘十里\n今年开得早。\n欢迎投稿 热线一二三"
    found = desk.annotated(document(text), issue)
    assert [(line.article, line.doubtful, line.left) for line in found] == [
        (1, False, False),
        (None, False, False),
        (None, False, False),
        (2, True, False),
        (2, True, False),
        (2, True, False),
        (None, False, False),
        (None, False, True),
    ]


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_source_is_shown_line_by_line(text: str, headline: str) -> None:
    issue = Issue(Masthead(), (Article(headline=headline, paragraphs=(text,)),))
    found = desk.annotated(document(text), issue)
    assert len(found) == len(text.splitlines())


@pytest.mark.parametrize(
    ("asked", "page"),
    [("", 1), ("1", 1), ("7", 7), ("0", 1), ("-3", 1), ("x", 1), ("٣", 1), ("9" * 5000, 1), ("99999999", 10_000)],
)
def test_the_page_that_is_asked_for_is_one_that_there_can_be(asked: str, page: int) -> None:
    assert desk.number(asked) == page


def test_the_way_through_a_list_keeps_what_it_was_narrowed_to() -> None:
    assert desk.steps(1, {"state": None}, more=False) == desk.Steps(None, None)
    assert desk.steps(1, {"state": "held", "paper": None}, more=True) == desk.Steps(None, "?state=held&page=2")
    assert desk.steps(2, {"state": "held"}, more=True) == desk.Steps("?state=held", "?state=held&page=3")
    assert desk.steps(2, {}, more=False).earlier == "./"
