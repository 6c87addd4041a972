"""Labels: a column's name over a headline is neither kicker nor headline, and never takes the headline's place."""

import pytest

from digest.model import Article, Author, Document, Issue, Line
from digest.parsing import labels, parse

TEXT = "老城墙下的风筝铺只有六平方米，墙上挂满了沙燕，铺主每天只扎一只。"
OTHER = "青溪大桥的伸缩缝本周末更换，届时双向各封闭一条车道。"


def spaced(*lines: str) -> Issue:
    return parse(Document("issue.txt", tuple(Line(piece) for line in lines for piece in (line, ""))))


def article(*lines: str) -> Article:
    (only,) = spaced(*lines).articles
    return only


@pytest.mark.parametrize(
    "label",
    [
        "人物专访",
        "校友来稿",
        "街坊故事",
        "美食",
        "社評",
        "本埠新聞",
        "【改革创新】",
        "▌消费观察",
        "◆百姓茶座",
        "云山时评",
    ],
)
def test_a_columns_name_over_a_headline_is_its_label(label: str) -> None:
    _, found = spaced("大桥周末更换伸缩缝", OTHER, label, "风筝铺里的四十年", TEXT).articles
    assert (found.label, found.kicker, found.headline) == (label.strip("【】▌◆"), None, "风筝铺里的四十年")


@pytest.mark.parametrize("label", ["帮你问", "律师说法", "你问我答"])
def test_who_answers_the_readers_is_a_label_though_the_text_names_it(label: str) -> None:
    found = article(
        label,
        "楼顶漏雨三年没人管？",
        "家住东街的读者来电说，屋顶一下雨就漏。",
        f"{label}：楼已过保修期，可申请维修资金。",
    )
    assert (found.label, found.headline) == (label, "楼顶漏雨三年没人管？")


def test_another_short_line_over_a_headline_is_a_label_where_the_issue_has_labels() -> None:
    found = spaced(
        "人物专访", "风筝铺里的四十年", TEXT, "街坊故事", "桥上有人", OTHER, "山水谈", "我爱爬山也爱渡口", TEXT
    )
    assert [one.label for one in found.articles] == ["人物专访", "街坊故事", "山水谈"]
    assert article("街坊夜谈会", "我爱爬山也爱渡口", TEXT).kicker == "街坊夜谈会"


def test_four_characters_over_a_headline_are_a_label_unless_they_tell_of_the_articles_own_matter() -> None:
    assert article("山水之间", "我爱爬山也爱渡口", TEXT).label == "山水之间"
    assert article("城墙风筝", "四十年不收摊的小铺子", TEXT).kicker == "城墙风筝"


def test_capitals_over_an_english_headline_are_a_label() -> None:
    text = "Nadia Brook bakes forty loaves before sunrise and sells the last of them before the school bell rings."
    assert article("TOWN HALL", "Loaves are sold out by eight", text).label == "TOWN HALL"
    assert article("FORTY LOAVES", "Sold out before the school bell", text).label is None


@pytest.mark.parametrize("label", ["From the Vicar", "Bell-ringers' Corner"])
def test_who_speaks_over_an_english_headline_is_a_label(label: str) -> None:
    found = article(label, "On mending things", "Last week I took a watch to be mended, and the man knew it at once.")
    assert (found.label, found.headline) == (label, "On mending things")


@pytest.mark.parametrize("question", ["楼顶漏雨，谁来管？"])
def test_a_question_of_two_clauses_under_a_label_is_the_headline(question: str) -> None:
    found = article("楼上问诊", question, "问：屋顶一下雨就漏，该找谁？（读者 方既白）", "答：保修期内找施工单位。")
    assert (found.label, found.headline, found.authors) == ("楼上问诊", question, ())


def test_an_author_under_a_short_headline_does_not_make_it_a_label() -> None:
    found = article("桥上有人", "七（4）班 方既白", TEXT)
    assert (found.label, found.headline, found.authors) == (None, "桥上有人", (Author("七（4）班", "方既白"),))


def test_a_columns_name_alone_is_a_label_and_a_notices_is_its_headline() -> None:
    weather, notice = spaced("天气", "今天多云到晴，偏南风三到四级，气温十九到二十六度。", "停水通知", OTHER).articles
    assert (weather.label, weather.headline) == ("天气", None)
    assert (notice.label, notice.headline, notice.kind) == (None, "停水通知", "notice")


def test_a_label_stands_behind_whatever_ended_the_article_above() -> None:
    first, second = spaced("风筝铺里的四十年", TEXT, "（县文化馆）", "人物专访", "桥上的人", OTHER).articles
    assert (second.label, second.headline) == ("人物专访", "桥上的人")
    assert first.paragraphs == (TEXT,)


@pytest.mark.parametrize(
    "name",
    ["停电通知", "更 正", "聲明啟事", "购票须知", "通知 Notice", "关于2026年“金牌”人选的公示", "Notice of closure"],
)
def test_notices(name: str) -> None:
    assert labels.is_notice(name)


@pytest.mark.parametrize(
    "name", ["通知书飞来了", "公告栏前人头攒动", "The notice board is gone again, say the neighbours"]
)
def test_no_notices(name: str) -> None:
    assert not labels.is_notice(name)
