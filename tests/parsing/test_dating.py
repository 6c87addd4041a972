"""The issue's date: which clue wins, and which year a date without one means."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from digest.model import Masthead
from digest.parsing.dates import Found, found, in_name, number
from digest.parsing.dating import Clues, dated, numbered, years

MODIFIED = datetime(2026, 11, 21, tzinfo=UTC)


def clues(
    name: str = "a.txt", printed: tuple[str, ...] = (), named: Counter[int] | None = None, **more: object
) -> Clues:
    return Clues(name, MODIFIED, printed, named or Counter(), **more)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("二〇二三年一月六日", "2023-01-06"),
        ("2026年11月6日", "2026-11-06"),
        ("十一月二十一日", "11-21"),
        ("Nov. 6, 2026", "2026-11-06"),
        ("6 November 2026", "2026-11-06"),
        ("2026-11-06", "2026-11-06"),
    ],
)
def test_dates_are_read_as_printed(text: str, printed: str) -> None:
    assert [one.printed for one in found(text)] == [printed]


@pytest.mark.parametrize(
    ("text", "value"), [("一千四百八十", 1480), ("一四八〇", 1480), ("十二", 12), ("三十", 30), ("812", 812)]
)
def test_numbers_are_read_in_both_numerals(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-01-06.txt", date(2023, 1, 6)),
        ("qd20230106a.txt", date(2023, 1, 6)),
        ("青渡时报2023年1月6日.md", date(2023, 1, 6)),
        ("000_60dc346ef46c54f2.txt", None),
        ("20231345.txt", None),
    ],
)
def test_dates_in_names(name: str, day: date | None) -> None:
    assert in_name(name) == day


def test_a_stated_date_wins_over_all() -> None:
    head = dated(Masthead(date=date(2026, 11, 6)), clues("2026-11-05.txt", ("11-04",)))
    assert (head.date, head.date_origin) == (date(2026, 11, 6), "masthead")


def test_the_latest_dateline_has_the_year_that_the_text_implies() -> None:
    head = dated(Masthead(), clues(printed=("01-03", "01-05", "近日"), named=Counter({2022: 9, 2023: 5})))
    assert (head.date, head.date_origin) == (date(2023, 1, 5), "text")
    head = dated(Masthead(), clues(printed=("09-01",), named=Counter({2022: 3})))
    assert head.date == date(2022, 9, 1)


def test_a_weekday_chooses_the_year_of_a_date_without_one() -> None:
    head = dated(Masthead(weekday="星期五"), clues(named=Counter({2025: 3}), month_day=Found(0, 0, None, 11, 6)))
    assert (head.date, head.date_origin) == (date(2026, 11, 6), "masthead")


def test_the_files_own_time_is_the_last_resort() -> None:
    assert dated(Masthead(), clues()).date_origin == "mtime"
    assert dated(Masthead(), Clues("a.txt", None, (), Counter())).date is None


def test_years_are_counted_in_both_numerals() -> None:
    assert years(["2022年和2022年", "二〇二三年", "In 2024 they paid 1,999."]) == Counter({2022: 2, 2023: 1, 2024: 1})


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("第1480期.txt", 1480),
        ("2026-11-06 第 12 期.md", 12),
        ("Courier No. 47.txt", 47),
        ("2026-11-06.txt", None),
        ("nothing.txt", None),
    ],
)
def test_a_number_that_is_not_printed_comes_from_the_files_name(name: str, number: int | None) -> None:
    assert numbered(Masthead(), name).number == number
    assert numbered(Masthead(number=3), name).number == 3
