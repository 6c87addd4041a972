"""Facts: what one line states about an issue, in the forms that papers print."""

from datetime import date

import pytest

from digest.parsing.facts import facts


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二六年三月十二日　星期四", date(2026, 3, 12)),
        ("中華民國二十三年十月十二日", date(1934, 10, 12)),
        ("民國115年3月5日 星期四", date(2026, 3, 5)),
        ("中華民國一一五年三月五日", date(2026, 3, 5)),
        ("2026/11/06 星期五", date(2026, 11, 6)),
        ("2026.5.12", date(2026, 5, 12)),
        ("播出时间：2026年9月2日19:30", date(2026, 9, 2)),
        ("Vol. 3, No. 4 — March 5, 2026", date(2026, 3, 5)),
        ("2026年4月20日  April 20, 2026   第15期 Issue 15", date(2026, 4, 20)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert facts(text).masthead.date == day


@pytest.mark.parametrize(
    ("text", "lunar"),
    [
        ("二〇二六年三月十二日　星期四", None),
        ("丙午年正月廿四　第9817号", "丙午年正月廿四"),
        ("农历七月廿一", "七月廿一"),
        ("農曆九月十八日", "九月十八日"),
        ("正月初三", "正月初三"),
        ("十月十二日", None),
    ],
)
def test_a_lunar_date_has_its_own_words(text: str, lunar: str | None) -> None:
    assert facts(text).masthead.lunar_date == lunar


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第二千零四十六號", 2046),
        ("第壹萬貳仟號", 12000),
        ("第6期（总第731期）", 731),
        ("第 三 十 六 期", 36),
        ("总第1,234期", 1234),
        ("VOL.057", 57),
        ("Vol. 105 No. 29 | RM2.50", 29),
        ("Issue 15", 15),
    ],
)
def test_numbers(text: str, number: int) -> None:
    assert facts(text).masthead.number == number


def test_what_no_fact_takes_is_left_in_pieces() -> None:
    assert facts("河岸农垦　总第402期　2026年10月23日　河岸农场主办").pieces == ("河岸农垦", "河岸农场主办")


def test_people_who_make_the_paper_are_a_fact_of_a_pages_head() -> None:
    found = facts("第2版：要闻　2026年3月5日　责任编辑：方白　美编：小舟")
    assert (found.rest, found.label, found.staff) == ("", True, True)


def test_a_sentence_states_nothing() -> None:
    assert not facts("今天是9月2日，星期三，农历七月廿一，欢迎收听。").any
