"""Ends: who signs, what a notice closes with, and what stands between two articles and in neither."""

import pytest

from digest.model import Issue, Source
from digest.parsing import parse
from digest.reading import read

CANAL = "全县各乡镇同时开工，工程预计两个月完成，受益群众两万余人，沿渠道路同步拓宽。"
BRIDGE = "青溪大桥的伸缩缝本周末更换，届时双向各封闭一条车道，公交线路照常运行。"
LOAVES = "Nadia Brook bakes forty loaves before sunrise and sells the last of them before the school bell rings."
FERRY = "Passengers will board at the upper quay until the pontoon has been lifted and repainted."


def issue(*paragraphs: str) -> Issue:
    return parse(read(Source("issue.txt", "\n\n".join(paragraphs).encode())))


def authors(found: Issue) -> list[list[tuple[str, str]]]:
    return [[(author.role, author.name) for author in article.authors] for article in found.articles]


def headlines(found: Issue) -> list[str | None]:
    return [article.headline for article in found.articles]


@pytest.mark.parametrize(
    ("signed", "author"),
    [
        ("Mabel Trent", ("", "Mabel Trent")),
        ("Mabel Trent, Treasurer", ("Treasurer", "Mabel Trent")),
        ("方既白（退休教师）", ("", "方既白")),
        ("渡口小学三班　方既白", ("渡口小学三班", "方既白")),
    ],
)
def test_a_name_set_apart_from_the_headline_below_signs_the_text_above(signed: str, author: tuple[str, str]) -> None:
    text, headline = (LOAVES, "Ferry moves") if signed.isascii() else (BRIDGE, "全县开工修渠")
    found = issue(f"桥和面包\n{text}", signed, f"{headline}\n{CANAL}")
    assert (headlines(found), authors(found)) == (["桥和面包", headline], [[author], []])


def test_two_capitalised_words_close_above_a_headline_sign_nothing() -> None:
    found = issue(f"Bread before dawn\n{LOAVES}", f"Harbour News\nFerry moves to the upper quay\n{FERRY}")
    assert authors(found) == [[], []]


@pytest.mark.parametrize("held", ["Name and address supplied", "Name withheld by request", "（作者姓名、地址从略）"])
def test_a_letter_whose_writer_is_held_back_has_no_author(held: str) -> None:
    found = issue(f"Letters\nBins\nDear Editor,\n\n{LOAVES}", held, f"Swans\nDear Editor,\n\n{FERRY}")
    assert (headlines(found), authors(found)) == (["Bins", "Swans"], [[], []])


def test_a_reply_belongs_to_the_letter_that_it_answers_and_both_are_signed() -> None:
    found = issue("信箱\n渠什么时候修", "修渠办：", CANAL, "渡口村村民　小方", "小方同志：", BRIDGE, "修渠办")
    assert [article.paragraphs[2:] for article in found.articles] == [("小方同志：", BRIDGE)]
    assert authors(found) == [[("渡口村村民", "小方"), ("", "修渠办")]]


def test_those_to_whom_a_notice_goes_are_its_first_words() -> None:
    (notice,) = issue("关于今冬修渠的通知", "各乡镇水利站：", CANAL, "青渡县水利局", "2026年11月5日").articles
    assert notice.headline == "关于今冬修渠的通知"
    assert notice.paragraphs == ("各乡镇水利站：", CANAL, "青渡县水利局", "2026年11月5日")


def test_a_telephone_number_close_under_a_notice_is_its_last_line() -> None:
    found = issue(f"停水通知\n{BRIDGE}\n联系人：方先生　电话：0000-7654321", "节约用水　人人有责")
    assert found.articles[0].paragraphs == (BRIDGE, "联系人：方先生　电话：0000-7654321")


@pytest.mark.parametrize("farewell", ["With warm regards,", "Yours faithfully,"])
def test_a_farewell_is_a_line_of_its_own(farewell: str) -> None:
    (letter,) = issue(f"From the toll house\nDear friends,\n\n{LOAVES}", farewell, "Mabel Trent").articles
    assert letter.paragraphs == ("Dear friends,", LOAVES, farewell)


def test_the_imprint_under_a_notice_is_not_its_own() -> None:
    imprint = "社址：青渡县渡口路18号　邮编：000312　新闻热线：0000-1234567"
    found = issue(f"遗失声明\n{BRIDGE}\n{imprint}")
    assert found.articles[0].paragraphs == (BRIDGE,)
    assert found.left_over == (imprint,)


def test_who_signs_above_a_label_signs_the_text_above_it() -> None:
    found = issue(f"全县开工\n{CANAL}\n护理部 宁远\n简讯\n{BRIDGE}")
    assert authors(found) == [[("护理部", "宁远")], []]


def test_a_slogan_apart_from_the_headings_below_is_in_no_article() -> None:
    heads = ("全县开工修渠\n工期两个月", "公交线路调整\n明起绕行两站", "渠水进村\n家家通上自来水")
    told = [part for head in heads for part in (head, f"青渡讯 {CANAL}")]
    found = issue(*told, "同饮一渠水　共护一河清", "老城墙下的风筝铺\n——一天只扎一只", f"青渡讯 {BRIDGE}")
    assert (found.articles[3].kicker, found.articles[3].headline) == (None, "老城墙下的风筝铺")
    assert found.left_over == ("同饮一渠水　共护一河清",)


@pytest.mark.parametrize(
    "link", ["查看原文 https://a.example/1", "相关链接：www.a.example/2", "Read the full story: https://a.example/3"]
)
def test_a_link_to_more_is_in_no_article(link: str) -> None:
    found = issue("全县开工修渠", CANAL, link, "大桥更换伸缩缝", BRIDGE)
    assert ([a.paragraphs for a in found.articles], found.left_over) == ([(CANAL,), (BRIDGE,)], (link,))


@pytest.mark.parametrize(
    "line",
    [
        "The deadline for the next issue is November 20.",
        "Items for the spring issue reach the Editor by 1 March, please.",
        "Contact the newsroom: news@a.example",
        "欢迎读者来稿，稿件请寄渡口街七号",
        "发行人：方既白　总编辑：宋知微　印刷：青渡印刷厂",
    ],
)
def test_what_a_paper_asks_of_its_readers_is_in_no_article(line: str) -> None:
    found = issue("全县开工修渠", CANAL, line)
    assert ([a.paragraphs for a in found.articles], found.left_over) == ([(CANAL,)], (line,))


def test_a_picture_behind_a_table_is_an_article_of_its_own() -> None:
    weather = "一周气象\n周六　晴　8℃至16℃\n周日　多云　9℃至15℃\n周一　小雨　7℃至12℃"
    found = issue("全县开工修渠", CANAL, weather, "图为渡口戏班在江边晨练。\n宋知微 摄")
    assert found.articles[-1].paragraphs == ("图为渡口戏班在江边晨练。",)
    assert authors(found) == [[], [], [("摄", "宋知微")]]


def test_an_address_under_a_byline_goes_with_it() -> None:
    (article,) = issue(f"Ferry moves\nBy Nadia Brook\nnadia@a.example\n\n{FERRY}").articles
    assert (article.headline, article.paragraphs) == ("Ferry moves", (FERRY,))


def test_a_credit_in_brackets_that_a_break_has_cut_is_whole_again() -> None:
    found = issue("全县开工修渠", f"{CANAL}（融媒体中心记", "者 方既白 摄）", "大桥更换伸缩缝", BRIDGE)
    assert authors(found)[0] == [("融媒体中心记者", "方既白")]
    assert headlines(found) == ["全县开工修渠", "大桥更换伸缩缝"]


def test_an_office_in_brackets_ends_a_report_and_stands_over_no_heading_below_it() -> None:
    text = f"{CANAL}截至五月底共完成三十公里。"
    (report,) = issue(f"全县开工修渠\n{text}\n（青渡县人民政府办公室）\n（一）支渠进度偏慢\n{CANAL}").articles
    assert report.paragraphs == (text, "（一）支渠进度偏慢", CANAL)


def test_a_leader_stands_under_its_writer_however_low_its_headline_is_marked() -> None:
    reports = "# 全县开工修渠\n本报讯 " + CANAL, "# 大桥更换伸缩缝\n本报讯 " + BRIDGE
    found = issue(*reports, "本报评论员", f"### 让渠水惠及群众\n{CANAL}")
    assert (headlines(found)[-1], authors(found)[-1]) == ("让渠水惠及群众", [("", "本报评论员")])
