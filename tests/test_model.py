"""What stands in for a headline that was not printed."""

import pytest

from digest.model import Article


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("渡口开航。", "渡口开航。"),
        (
            "●县残联在工业园举办专场招聘会，二十三家企业提供岗位一百九十个，当天达成意向六十二人。",
            "县残联在工业园举办专场招聘会，二十三家企业提供岗位一百九十个",
        ),
        (
            "昨天，第三小学的学生在校门口的银杏树下写生。这排银杏是一九五八年建校时种下的，今年已经高过了教学楼。",
            "昨天，第三小学的学生在校门口的银杏树下写生",
        ),
        ("一二三四五六七八九十" * 5, "一二三四五六七八九十" * 2 + "一二三四五六七八九…"),
        ("The lifeboat crew brought home four people from a yacht.", "The lifeboat crew brought hom…"),
    ],
)
def test_a_title_is_the_beginning_that_reads_as_one(text: str, title: str) -> None:
    assert Article(paragraphs=(text,)).title == title


def test_a_headline_is_the_title() -> None:
    assert Article(headline="●头条", paragraphs=("正文",)).title == "●头条"


def test_nothing_has_no_title() -> None:
    assert Article().title == ""
