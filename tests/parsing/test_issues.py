"""Small fictional issues: what each should become."""

from datetime import UTC, date, datetime

import pytest

from digest.model import Article, Document, Issue, Line
from digest.parsing import parse

BODY = "全县各乡镇同时开工，工程预计两个月完成，受益群众两万余人。"
MORE = "县里要求各单位按时完成任务，并把进度每周向社会公布一次。"


def issue(text: str, name: str = "issue.txt") -> Issue:
    lines = []
    for line in text.strip("\n").split("\n"):
        marks = len(line) - len(line.lstrip("#"))
        lines.append(Line(line[marks:].strip() if marks else line, level=marks))
    return parse(Document(name, tuple(lines), modified=datetime(2026, 11, 21, tzinfo=UTC)))


def article(text: str) -> Article:
    (only,) = issue(text).articles
    return only


def headlines(text: str) -> list[str | None]:
    return [one.headline for one in issue(text).articles]


def test_a_byline_may_stand_above_the_text_behind_it_or_at_its_end() -> None:
    above = article(f"全县开工修渠\n本报记者 方既白\n青渡讯 {BODY}")
    behind = article(f"全县开工修渠\n青渡讯 {BODY}\n（本报记者 方既白）")
    ending = article(f"全县开工修渠\n青渡讯 {BODY}（本报记者 方既白）")
    for one in (above, behind, ending):
        assert [(a.role, a.name) for a in one.authors] == [("本报记者", "方既白")]
        assert one.paragraphs == (f"青渡讯 {BODY}",)


def test_a_byline_that_the_columns_have_put_in_the_middle_goes_back_to_the_end() -> None:
    one = article(f"全县开工修渠\n青渡讯 {BODY}\n{MORE[:14]}\n（记者 方既白）\n{MORE[14:]}\n{BODY}")
    assert one.paragraphs == (f"青渡讯 {BODY}", MORE, BODY)
    assert [a.name for a in one.authors] == ["方既白"]


def test_a_kicker_introduces_and_a_dash_or_a_dependent_clause_follows() -> None:
    one = article(f"全县水利工作会议强调\n修好每一条渠\n——青渡县今冬开工纪实\n青渡讯 {BODY}\n（记者 方既白）")
    assert (one.kicker, one.headline, one.subheadline) == (
        "全县水利工作会议强调",
        "修好每一条渠",
        "——青渡县今冬开工纪实",
    )
    one = article(f"全省水利工作视频会议召开\n我县设分会场组织收听收看\n青渡讯 {BODY}\n（记者 方既白）")
    assert (one.headline, one.subheadline) == ("全省水利工作视频会议召开", "我县设分会场组织收听收看")


def test_a_space_in_a_headline_goes_where_it_cuts_a_phrase_of_the_text() -> None:
    one = article(f"青渡县委理论学习 中心组集体学习\n青渡讯 县委理论学习中心组集体学习。{BODY}\n（记者 方既白）")
    assert one.headline == "青渡县委理论学习中心组集体学习"
    one = article(f"抢抓农时 修好每一条渠\n青渡讯 {BODY}\n（记者 方既白）")
    assert one.headline == "抢抓农时 修好每一条渠"


def test_headlines_on_one_line_are_divided_by_rank() -> None:
    one = article(f"全省水利会议召开 我县设分会场收听收看\n青渡讯 {BODY}\n（记者 方既白）")
    assert (one.headline, one.subheadline) == ("全省水利会议召开", "我县设分会场收听收看")


def test_a_photo_report_stands_alone_between_two_articles() -> None:
    photo = "入冬以来，青渡镇的农户忙着晾晒红薯粉条，预计产量比去年增加两成。"
    text = f"全县开工修渠\n青渡讯 {BODY}\n（记者 方既白）\n{photo}\n记者 方既白 通讯员 宋知微 摄\n夜间公交延长\n青渡讯 {BODY}\n（记者 宋知微）"
    kinds = [(one.kind, one.headline) for one in issue(text).articles]
    assert kinds == [("news", "全县开工修渠"), ("photo", None), ("news", "夜间公交延长")]
    assert [(a.role, a.name) for a in issue(text).articles[1].authors] == [("记者", "方既白"), ("通讯员", "宋知微")]


def test_letters_under_one_heading_are_articles_of_their_own() -> None:
    text = f"""第4版 副刊

读者来信

公交站该修了
编辑同志：
{BODY}
杏林小区 夏知秋

路灯亮了谢谢你们
编辑同志：
{MORE}
读者 方老太"""
    one, other = issue(text).articles
    assert (one.kind, one.headline, one.label) == ("letter", "公交站该修了", "读者来信")
    assert one.paragraphs == ("编辑同志：", BODY)
    assert [(a.role, a.name) for a in one.authors] == [("杏林小区", "夏知秋")]
    assert (other.kind, other.headline, other.page, other.section) == ("letter", "路灯亮了谢谢你们", 4, "副刊")


def test_briefs_under_one_heading_are_articles_of_their_own() -> None:
    text = f"全县开工修渠\n青渡讯 {BODY}\n（记者 方既白）\n\n简讯\n●{BODY}\n●{MORE}"
    assert [one.kind for one in issue(text).articles] == ["news", "brief", "brief"]
    assert {one.label for one in issue(text).articles[1:]} == {"简讯"}


def test_a_notice_keeps_who_issued_it_and_when() -> None:
    one = article(f"关于城区停水的公告\n{BODY}\n青渡县水务局\n2026年11月18日")
    assert one.kind == "notice"
    assert one.paragraphs == (BODY, "青渡县水务局", "2026年11月18日")


def test_an_article_goes_on_where_its_jump_says() -> None:
    text = f"""第1版 要闻
全县开工修渠
青渡讯 {BODY}{MORE[:15]}（下转第3版）
夜间公交延长
青渡讯 {BODY}
（记者 宋知微）
第3版 综合
全县开工修渠
（上接第1版）{MORE[15:]}
{BODY}
（记者 方既白）
山村办起图书馆
青渡讯 {BODY}
（记者 方既白）"""
    found = issue(text)
    assert [one.headline for one in found.articles] == ["全县开工修渠", "夜间公交延长", "山村办起图书馆"]
    assert found.articles[0].paragraphs == (f"青渡讯 {BODY}{MORE}", BODY)
    assert [a.name for a in found.articles[0].authors] == ["方既白"]
    assert [one.page for one in found.articles] == [1, 1, 3]
    assert "（下转第3版）" in found.left_over


def test_an_english_article_goes_on_where_its_jump_says() -> None:
    text = """Page 1

Council votes to reopen the harbour line

By Anna Reeve

The council voted on Tuesday to reopen the line, and trains could run again by the
(Continued on page 3)

Ferry returns to its winter timetable

By Tom Hale

The ferry goes over to its winter timetable on Monday, with fewer boats.

Page 3

Council votes to reopen harbour line

(Continued from page 1)

spring of 2029 if the county pays its share of the cost.

The opponents asked for a review of the figures before any contract is signed."""
    first, second = issue(text).articles
    assert first.paragraphs == (
        "The council voted on Tuesday to reopen the line, and trains could run again by the spring of 2029 if the county "
        "pays its share of the cost.",
        "The opponents asked for a review of the figures before any contract is signed.",
    )
    assert second.headline == "Ferry returns to its winter timetable"


def test_contents_labels_pictures_slogans_and_colophon_are_left_over() -> None:
    text = f"""青渡时报
2026年11月6日 星期五 总第812期 今日4版

导读
全县开工修渠 ……1版
夜间公交延长
山村办起图书馆（3版）

第1版 要闻
全县开工修渠
青渡讯 {BODY}
![](images/1.jpg)
（记者 方既白）
夜间公交延长
青渡讯 {BODY}
（记者 宋知微）

责任编辑：方既白 校对：宋知微
社址：青渡县文昌路18号 邮编：000000

爱护一河清水 共建美好家园"""
    found = issue(text)
    assert [one.headline for one in found.articles] == ["全县开工修渠", "夜间公交延长"]
    assert found.masthead.title == "青渡时报"
    assert len(found.left_over) == 9
    assert found.coverage == 1.0


def test_an_advertisement_is_left_over() -> None:
    text = f"全县开工修渠\n青渡讯 {BODY}\n（记者 方既白）\n广告\n青渡家具城开业大酬宾\n全场八折，送货上门，欢迎选购。\n夜间公交延长\n青渡讯 {BODY}\n（记者 宋知微）"
    assert headlines(text) == ["全县开工修渠", "夜间公交延长"]
    assert "青渡家具城开业大酬宾" in issue(text).left_over


def test_crossheads_stay_paragraphs() -> None:
    one = article(f"竹编走进直播间\n青渡讯 {BODY}\n一笔怎么算的账\n{MORE}\n二、把根留住\n{BODY}\n（记者 方既白）")
    assert one.crossheads == (1, 3)
    assert one.paragraphs[1] == "一笔怎么算的账"


def test_a_marked_crosshead_is_told_from_a_marked_headline() -> None:
    text = f"# 竹编走进直播间\n{BODY}\n## 一笔怎么算的账\n{MORE}\n# 夜间公交延长\n{BODY}\n## 末班车几点\n{MORE}"
    assert headlines(text) == ["竹编走进直播间", "夜间公交延长"]
    assert all(one.crossheads == (1,) for one in issue(text).articles)


def test_a_short_remainder_is_never_a_headline() -> None:
    text = f"全县开工修渠\n\n青渡讯 形成“事有人管、人人有\n\n责”的工作格局。\n\n{MORE[:20]}\n\n{MORE[20:]}\n\n（记者 方既白）"
    assert article(text).paragraphs == ("青渡讯 形成“事有人管、人人有责”的工作格局。", MORE)


def test_paragraphs_of_one_sentence_are_not_glued() -> None:
    one = article(f"全县开工修渠\n青渡讯 {BODY}\n会议还研究了其他事项。\n{MORE}\n（记者 方既白）")
    assert len(one.paragraphs) == 3


def test_a_picture_with_words_is_the_articles_and_one_without_is_left_over() -> None:
    found = issue(f"# 竹编走进直播间\n{BODY}\n![老人在编竹篮](bamboo.jpg)\n{MORE}\n![](line.png)\n{BODY}")
    (one,) = found.articles
    assert [(p.name, p.caption) for p in one.pictures] == [("bamboo.jpg", "老人在编竹篮")]
    assert found.left_over == ("![](line.png)",)


def test_a_picture_without_words_is_the_articles_if_the_file_holds_it() -> None:
    lines = tuple(Line(text) for text in ("竹编走进直播间", f"青渡讯 {BODY}", "![](a.jpg)", MORE, "（记者 方既白）"))
    held = parse(Document("issue.html", lines, pictures={"a.jpg": b"..."}))
    assert [picture.name for picture in held.articles[0].pictures] == ["a.jpg"]


def test_a_caption_is_no_paragraph() -> None:
    one = article(f"竹编走进直播间\n青渡讯 {BODY}\n图为老人在编竹篮。 方既白 摄\n{MORE}\n（记者 宋知微）")
    assert one.paragraphs == (f"青渡讯 {BODY}", MORE)
    assert [(p.caption, p.credit) for p in one.pictures] == [("图为老人在编竹篮。", "方既白 摄")]


def test_traditional_chinese() -> None:
    text = """【溪口新聞】
老戲院改建書店 保留手繪看板
〔記者曾以寧／溪口報導〕停業二十年的戲院將改建為書店，預計明年五月開幕。
建築師決定保留正面的手繪看板，「每月請老師傅重畫一次」。

市場攤商自組車隊
〔記者游明昇／溪口報導〕市場攤商自組機車隊，幫獨居長者送菜到家門口。"""
    first, second = issue(text).articles
    assert issue(text).language == "zh-Hant"
    assert (first.label, first.headline) == ("溪口新聞", "老戲院改建書店 保留手繪看板")
    assert first.dateline is not None
    assert (first.dateline.place, [(a.role, a.name) for a in first.authors]) == ("溪口", [("記者", "曾以寧")])
    assert second.headline == "市場攤商自組車隊"


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("The repair was paid for by the infor-\nmation fund of the town.", "the information fund"),
        ("The repair was paid for by a well-\nknown family of the town.", "a well-known family"),
        ("The repair was paid for by the\nfund of the town, which is old.", "by the fund of"),
    ],
)
def test_english_words_cut_at_a_break_are_whole_again(cut: str, whole: str) -> None:
    one = article(f"Old bridge is open again\n\nBy Anna Reeve\n\n{cut}")
    assert whole in one.paragraphs[0]


def test_without_a_date_in_the_file_its_name_tells_then_its_text_then_its_time() -> None:
    news = f"全县开工修渠\n青渡讯 11月3日，{BODY}\n（记者 方既白）"
    named = issue(news, "青渡时报2026年11月5日.txt").masthead
    assert (named.date, named.date_origin) == (date(2026, 11, 5), "filename")
    told = issue(news + "\n计划到2026年底完成，2026年共修渠九十公里。").masthead
    assert (told.date, told.date_origin) == (date(2026, 11, 3), "text")
    bare = issue(f"全县开工修渠\n青渡讯 {BODY}\n（记者 方既白）").masthead
    assert (bare.date, bare.date_origin) == (date(2026, 11, 21), "mtime")


def test_a_text_without_an_article_is_left_over_and_remarked() -> None:
    found = issue("第1版\n\n爱护一河清水")
    assert found.articles == ()
    assert "remark.no_articles" in {remark.code for remark in found.remarks}


def test_what_looks_wrong_is_remarked() -> None:
    sentence = "县委副书记出席会议并就冬季修渠工作提出要求。"
    text = (
        f"2026年11月6日 星期四\n全县开工修渠\n青渡讯 {sentence}{BODY}{sentence}\n他说，修渠三遍”不多。\n（记者 方既白）"
    )
    assert {"remark.twice", "remark.quotation", "remark.weekday"} <= {remark.code for remark in issue(text).remarks}


@pytest.mark.parametrize(
    "headline",
    ["雨过天晴 丰收在望", "市民热线 有呼必应", "图书发行 送书下乡", "Council to free land for weekly markets"],
)
def test_a_first_headline_is_not_taken_for_the_masthead(headline: str) -> None:
    assert headlines(f"{headline}\n青渡讯 {BODY}\n（记者 方既白）") == [headline]


def test_the_head_of_a_page_tells_the_page_and_cuts_no_sentence() -> None:
    text = f"""青渡时报
2026年11月6日 星期五 第01版：要闻
全县开工修渠
青渡讯 {BODY}{MORE[:16]}
青渡时报 2026年11月6日 星期五 第02版：综合
{MORE[16:]}
（记者 方既白）
夜间公交延长
青渡讯 {BODY}
（记者 宋知微）"""
    first, second = issue(text).articles
    assert first.paragraphs == (f"青渡讯 {BODY}{MORE}",)
    assert [(one.page, one.section) for one in (first, second)] == [(1, "要闻"), (2, "综合")]
