"""Headings: kicker, headline, subheadline, however they stand."""

import pytest

from digest.parsing.headings import Heading, Headings, ranked


def ranks(*lines: str, body: str = "") -> tuple[str | None, str | None, str | None]:
    found = ranked([Heading(line) for line in lines], body)
    return found.kicker, found.headline, found.subheadline


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("全县水利会议强调", "修好每一条渠"), ("全县水利会议强调", "修好每一条渠", None)),
        (("高标准修渠 高密度巡护", "我县推动冬修走深走实"), ("高标准修渠 高密度巡护", "我县推动冬修走深走实", None)),
        (("全县水利会议召开", "各乡镇负责人参加"), (None, "全县水利会议召开", "各乡镇负责人参加")),
        (("修好每一条渠", "——青渡县今冬开工纪实"), (None, "修好每一条渠", "——青渡县今冬开工纪实")),
        (
            ("冬修开工", "修好每一条渠 惠及两万人", "全县三十六个村同时开工"),
            ("冬修开工", "修好每一条渠 惠及两万人", "全县三十六个村同时开工"),
        ),
        (
            ("EDUCATION", "School kitchen wins a national prize"),
            ("EDUCATION", "School kitchen wins a national prize", None),
        ),
        (
            ("Council reopens the line", "Trains could run again after forty years"),
            (None, "Council reopens the line", "Trains could run again after forty years"),
        ),
        (("巧修渠 细管水 惠民生 我县冬修提前完成",), (None, "巧修渠 细管水 惠民生 我县冬修提前完成", None)),
        (
            ("修渠有力度 管水有温度 我县大力推进冬修 助力农业增收",),
            ("修渠有力度 管水有温度", "我县大力推进冬修 助力农业增收", None),
        ),
    ],
)
def test_ranks(lines: tuple[str, ...], expected: tuple[str | None, str | None, str | None]) -> None:
    assert ranks(*lines) == expected


def test_marks_tell_the_rank() -> None:
    assert ranked([Heading("甲", 3), Heading("乙", 2), Heading("丙", 3)], "") == Headings(None, "甲", "乙", "丙")


def test_a_line_over_the_kicker_is_a_label() -> None:
    found = ranked([Heading("非凡五年 砥砺前行"), Heading("巧修渠 细管水"), Heading("我县冬修提前完成")], "")
    assert (found.label, found.kicker, found.headline) == ("非凡五年 砥砺前行", "巧修渠 细管水", "我县冬修提前完成")


def test_the_body_tells_a_line_break_from_a_division() -> None:
    assert ranks("县委理论学习 中心组学习", body="县委理论学习中心组举行学习") == (None, "县委理论学习中心组学习", None)
    assert ranks("水利工作暨 冬修动员会议举行") == (None, "水利工作暨冬修动员会议举行", None)
