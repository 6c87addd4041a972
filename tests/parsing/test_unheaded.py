"""Unheaded: photo reports without a heading, told from the article above them and from the captions inside it."""

import pytest

from digest.model import Article, Document, Issue, Line
from digest.parsing import parse

CANAL = (
    "全县修渠",
    "本报讯（记者 方既白）全县各乡镇昨天同时开工修渠，工程预计两个月完成。",
    "沿渠道路同步拓宽，受益群众两万余人。",
)
KITES = (
    "5月18日，老城小学的学生在城墙下放风筝，百余只沙燕一齐飞上了天。",
    "风筝都是孩子们跟着纪师傅亲手扎的，竹条削了整整一个学期。",
)
BREAD = (
    "A loaf before the bell",
    "By Nadia Brook",
    "Every morning the bakery on Mill Street sells forty loaves before the school bell rings.",
    "The baker, who has never owned a clock, counts the loaves by the light on the ferry mast.",
)


def issue(*lines: str) -> Issue:
    return parse(Document("issue.txt", tuple(Line(piece) for line in lines for piece in (line, ""))))


def outline(found: Issue) -> list[tuple[str | None, int, str]]:
    return [(article.headline, len(article.paragraphs), article.kind) for article in found.articles]


@pytest.mark.parametrize("credit", ["通讯员 宋知微 摄", "（摄影：宋知微）"])
def test_two_paragraphs_that_begin_with_a_day_are_a_photo_report(credit: str) -> None:
    assert outline(issue(*CANAL, *KITES, credit)) == [("全县修渠", 2, "news"), (None, 2, "photo")]
    relative = KITES[0].replace("5月18日", "上星期日"), KITES[1]
    assert outline(issue(*CANAL, *relative, credit)) == [("全县修渠", 2, "news"), (None, 2, "photo")]


def test_the_headline_above_a_photo_report_is_its_own() -> None:
    photo = "11月3日，全县修渠的群众在沿渠道路上放起了风筝，工程预计两个月完成。"
    found = issue(*CANAL, "风筝飞过渠", photo, "宋知微 摄")
    assert outline(found) == [("全县修渠", 2, "news"), ("风筝飞过渠", 1, "photo")]


def test_the_last_words_of_a_report_with_pictures_are_its_own() -> None:
    last = "11月3日，全县修渠工程的沿渠道路也开工拓宽，各乡镇修渠的群众当天都到了渠上。"
    assert outline(issue(*CANAL, last, "工程两个月完成。", "本报记者 方既白 文/摄")) == [("全县修渠", 4, "news")]


def test_another_matter_with_a_picture_is_an_article_behind_a_report_that_nobody_signs() -> None:
    report = (
        "Ferry moves",
        "NORTHGATE, Oct. 9 - The ferry will leave from the upper quay until the pontoon is repainted.",
    )
    photo = "Third-graders press apples at the orchard on Friday. The class made thirty gallons of cider."
    assert outline(issue(*report, photo, "Photo by Erin Vale"))[0] == ("Ferry moves", 1, "news")


def test_who_took_the_picture_behind_english_words_makes_them_a_caption() -> None:
    caption = "Nadia Brook, with the last loaf of the morning, at her window on Mill Street."
    found: Article
    (found,) = issue(
        *BREAD, f"{caption} (Erin Vale photo)", "A slow rise", "The baker has counted forty loaves."
    ).articles
    assert [picture.caption for picture in found.pictures] == [caption]
    assert [author.name for author in found.authors] == ["Nadia Brook"]
    assert found.paragraphs[-2:] == ("A slow rise", "The baker has counted forty loaves.")


def test_a_picture_over_a_few_words_and_a_telephone_number_is_an_advertisement() -> None:
    found = issue(*CANAL, "![](a.jpg)", "渡口牌菜籽油 老味道", "订购热线：0000-1234567")
    assert outline(found) == [("全县修渠", 2, "news")]
    assert found.left_over[-2:] == ("渡口牌菜籽油 老味道", "订购热线：0000-1234567")
