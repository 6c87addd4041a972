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
        (
            ("冬修占了菜地 村民要个说法", "县水利局：春耕之前一律复垦"),
            (None, "冬修占了菜地 村民要个说法", "县水利局：春耕之前一律复垦"),
        ),
        (
            ("开工第一天 走进渠里看", "方既白：修好每一条渠才敢回家"),
            ("开工第一天 走进渠里看", "方既白：修好每一条渠才敢回家", None),
        ),
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
            ("一渠水活一方人 三百里冬修工程提前十天完工 灌溉面积再扩",),
            ("一渠水活一方人", "三百里冬修工程提前十天完工", "灌溉面积再扩"),
        ),
        (
            ("从“一条渠”到“一张网”", "全县灌溉面积扩大到四十万亩"),
            ("从“一条渠”到“一张网”", "全县灌溉面积扩大到四十万亩", None),
        ),
        (
            ("抢农时促冬修 保水源惠民生", "全县水利工作会议召开", "县长要求两个月内完工"),
            ("抢农时促冬修 保水源惠民生", "全县水利工作会议召开", "县长要求两个月内完工"),
        ),
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


@pytest.mark.parametrize(
    "lines", [("【乡村人物】修好每一条渠", "——青渡县今冬开工纪实"), ("乡村人物 修好每一条渠 ——青渡县今冬开工纪实",)]
)
def test_a_columns_name_at_the_front_of_a_headline_is_a_label(lines: tuple[str, ...]) -> None:
    found = ranked([Heading(line) for line in lines], "")
    assert found == Headings("乡村人物", None, "修好每一条渠", "——青渡县今冬开工纪实")


def test_the_body_tells_a_line_break_from_a_division() -> None:
    assert ranks("县委理论学习 中心组学习", body="县委理论学习中心组举行学习") == (None, "县委理论学习中心组学习", None)
    assert ranks("水利工作暨 冬修动员会议举行") == (None, "水利工作暨冬修动员会议举行", None)


def test_only_a_word_or_a_mark_makes_the_ranks_sure() -> None:
    assert ranked([Heading("全县水利会议召开"), Heading("各乡镇负责人参加")], "").sure
    assert ranked([Heading("甲", 3), Heading("乙", 2)], "").sure
    assert not ranked([Heading("甲", 2), Heading("乙", 3)], "").sure
    assert not ranked([Heading("一条渠活了一方水土"), Heading("两万农户明年不愁浇地")], "").sure


def test_a_wide_space_divides_kicker_and_headline() -> None:
    assert ranks("一渠清水上山来\u3000\u3000青渡茶园今冬用上滴灌") == (
        "一渠清水上山来",
        "青渡茶园今冬用上滴灌",
        None,
    )
    assert ranks("青渡茶园今冬用上滴灌\u3000\u3000——茶农家里的账本")[1:] == (
        "青渡茶园今冬用上滴灌",
        "——茶农家里的账本",
    )


def test_a_meeting_over_what_it_heard_and_passed_is_the_headline() -> None:
    lines = ("县委第十次全体会议召开", "听取工作报告", "审议通过今后五年规划建议")
    assert ranks(*lines) == (None, lines[0], " ".join(lines[1:]))


def test_of_two_equal_marks_above_a_lower_one_the_second_is_the_headline() -> None:
    found = ranked([Heading("渡口人家", 2), Heading("一条旧船的第二次下水", 2), Heading("老船厂见闻", 3)], "")
    assert (found.kicker, found.headline, found.subheadline) == ("渡口人家", "一条旧船的第二次下水", "老船厂见闻")
