"""Confidence: an article that is not surely one, whole, and no other's says so."""

import pytest

from digest.model import Document, Line
from digest.parsing import parse

TEXT = "全县各乡镇同时开工，工程预计两个月完成，受益群众两万余人，沿渠道路同步拓宽。"
MORE = "县里要求各单位按时完成任务，并把进度每周向社会公布一次，接受群众监督。"
OTHER = "末班车推迟到二十三时，沿途十八个站点的候车亭全部装上了照明灯和座椅。"


def confidence(*lines: str) -> list[float]:
    found = parse(Document("issue.txt", tuple(Line(piece) for line in lines for piece in (line, ""))))
    return [article.confidence for article in found.articles]


def test_a_filed_signed_and_finished_report_is_sure() -> None:
    assert confidence("全县开工修渠", f"青渡讯 {TEXT}", "（记者 方既白）") == [1.0]


@pytest.mark.parametrize(
    "lines",
    [
        ("全县开工修渠", f"青渡讯 {TEXT}", MORE[:-1]),
        (f"{TEXT}", MORE),
        ("修渠", "两个月完成。"),
        ("甲乡镇开工", "乙乡镇开工", "丙乡镇开工", "丁乡镇开工", TEXT),
        ("全县开工修渠", TEXT, "时间：周六上午", "地点：县文化馆", "报名：即日起"),
        ("关于修渠的通告", TEXT, MORE),
    ],
    ids=[
        "its last sentence is cut",
        "nothing heads it",
        "it is very short",
        "too much heads it",
        "a list may end late",
        "nobody has filed the notice",
    ],
)
def test_what_is_odd_lowers_it(lines: tuple[str, ...]) -> None:
    (found,) = confidence(*lines)
    assert found < 0.9


def test_an_article_in_which_another_seems_to_open_is_rather_wrong() -> None:
    (found,) = confidence("全县开工修渠", TEXT, f"青渡讯 11月3日，{OTHER}")
    assert found <= 0.5


@pytest.mark.parametrize(
    "lines",
    [
        ("风筝还能飞多久", "记者：铺子开了四十年，您累不累？", f"纪师傅：{TEXT}", "记者：风筝呢？", f"纪师傅：{MORE}"),
        ("请给河堤装上护栏", "编辑同志：", TEXT, "渡口小学 方既白", "小方同学：", MORE, "（记者 宋知微）"),
    ],
    ids=["an interview", "a letter and its answer"],
)
def test_what_is_said_in_turn_is_one_article(lines: tuple[str, ...]) -> None:
    (found,) = confidence(*lines)
    assert found > 0.7


def test_a_doubtful_boundary_lowers_both_articles() -> None:
    doubted = confidence("全县开工修渠", f"青渡讯 {TEXT}", "夜间公交延长", OTHER)
    assert all(one < 1.0 for one in doubted)


def test_a_mark_over_a_lower_one_could_be_a_sections() -> None:
    heads = (Line("修渠", level=2), Line("全县各乡镇开工修渠", level=3))
    found = parse(Document("issue.md", (*heads, Line(""), Line(f"青渡讯 {TEXT}"), Line(""), Line("（记者 方既白）"))))
    assert [article.confidence < 0.9 for article in found.articles] == [True]
