"""Datelines in their variants."""

import pytest

from digest.parsing.datelines import opening


@pytest.mark.parametrize(
    ("text", "place", "date", "agency", "names"),
    [
        ("本报讯 昨日，全县开工。", None, None, "本报", []),
        ("青渡讯 1月5日，全县开工。", "青渡", "01-05", None, []),
        ("青渡讯 1月5日早晨6:30，全县开工。", "青渡", "01-05", None, []),
        ("青渡讯 近日，全县开工。", "青渡", "近日", None, []),
        ("青渡讯 2025年，全县修渠。", "青渡", None, None, []),
        ("青渡讯 “水来了。”老人说。", "青渡", None, None, []),
        ("新华社青渡1月5日电 全县开工。", "青渡", "01-05", "新华社", []),
        ("新华社青渡1月5日电（记者方既白、宋知微）全县开工。", "青渡", "01-05", "新华社", ["方既白", "宋知微"]),
        ("本报青渡2月13日电 (记者方既白)全县开工。", "青渡", "02-13", "本报", ["方既白"]),
        ("本报讯（记者 方既白 通讯员 宋知微）1月5日，全县开工。", None, "01-05", "本报", ["方既白", "宋知微"]),
        ("本报讯 记者方既白报道：1月5日，全县开工。", None, "01-05", "本报", ["方既白"]),
        ("本报记者 方既白 报道　1月5日，全县开工。", None, "01-05", None, ["方既白"]),
        ("【本報訊】昨日全縣開工。", None, None, "本報", []),
        ("【本報綜合報道】昨日全縣開工。", None, None, "本報", []),
        ("本报综合报道 昨日，全县开工。", None, None, "本报", []),
        ("（溪口社記者曾以寧、游明昇溪口6日電）工程完工。", "溪口", None, "溪口社", ["曾以寧", "游明昇"]),
        ("〔記者曾以寧／溪口報導〕工程完工。", "溪口", None, None, ["曾以寧"]),
        ("青渡台消息（新闻夜话）：全县开工。", None, None, "青渡台", []),
        ("2026年1月5日，全县开工。", None, "2026-01-05", None, []),
        ("LONDON (Reuters) - The council met.", "London", None, "Reuters", []),
        ("NORTHGATE, Jan. 5 (Wire) — The council met.", "Northgate", "01-05", "Wire", []),
        ("(From Our Own Correspondent) Kuala Lumpur, July 16. The council met.", "Kuala Lumpur", "07-16", None,
         ["Our Own Correspondent"]),
        ("NORTHGATE: Police have arrested two men in connection with a string of thefts.", "Northgate", None, None, []),
        ("NORTHGATE, Nov. 5, 2026 - The council met.", "Northgate", "2026-11-05", None, []),
    ],
)  # fmt: skip
def test_datelines(text: str, place: str | None, date: str | None, agency: str | None, names: list[str]) -> None:
    found = opening(text)
    assert found is not None
    assert (found.dateline.place, found.dateline.date, found.dateline.agency) == (place, date, agency)
    assert [author.name for author in found.authors] == names


@pytest.mark.parametrize(
    "text",
    [
        "通讯基站建设提速，覆盖全县。", "会议指出，电力保障要跟上。", "The mayor - a woman - said so.", "Police in Northgate said so.",
        "Northgate — a small town — is growing.", "多名通讯员参加了培训。",
        "下面播送一组简讯：", "酒駕撞電 桿男子逃逸", "WARNING: The road over the hill is closed until the end of the week, the council said.",
    ],
)  # fmt: skip
def test_what_is_no_dateline(text: str) -> None:
    assert opening(text) is None


def test_a_date_alone_is_not_sure() -> None:
    found = opening("1月5日，全县开工。")
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("（青渡5日讯）铺主纪师傅扎的沙燕能飞三百米高。", "青渡", None),
        ("青渡讯　“渠水进村了。”11月5日，方既白打开了水龙头。", "青渡", "11-05"),
    ],
)
def test_a_dateline_with_only_a_day_and_one_behind_a_quotation(text: str, place: str, date: str | None) -> None:
    found = opening(text)
    assert found is not None
    assert (found.dateline.place, found.dateline.date, found.authors) == (place, date, ())


def test_a_line_of_a_list_with_a_remark_in_brackets_is_no_report() -> None:
    assert opening("修伞补鞋（雨天除外）：每周六上午9:00起") is None
