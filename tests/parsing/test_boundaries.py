"""Boundaries: where one article ends and the next begins, when neither dateline nor byline tells."""

import pytest

from digest.model import Article, Author, Document, Issue, Line
from digest.parsing import parse

KITE = (
    "老城墙下的风筝铺开了四十年，铺主纪师傅扎的沙燕能飞三百米高。",
    "一只沙燕要扎七天，竹条削到两毫米厚，糊上的绢面轻得能被一口气吹起来。",
)
BRIDGE = "青溪大桥的伸缩缝本周末更换，届时双向各封闭一条车道，公交线路照常运行。"
BAKERY = "Nadia Brook bakes forty loaves before sunrise and sells the last of them before the school bell rings."
FERRY = "Passengers will board at the upper quay until the pontoon has been lifted and repainted."
KITES = "The workshop below the old wall has flown a paper swallow over the square on every dry Sunday since it opened."


def issue(*lines: str) -> Issue:
    made = []
    for line in lines:
        marks = len(line) - len(line.lstrip("#"))
        made.append(Line(line[marks:].strip(), level=marks))
    return parse(Document("issue.txt", tuple(made)))


def spaced(*lines: str) -> Issue:
    """Return the issue with an empty line behind every line, so that no space tells anything."""
    return issue(*(piece for line in lines for piece in (line, "")))


def headlines(found: Issue) -> list[str | None]:
    return [article.headline for article in found.articles]


def only(found: Issue) -> Article:
    (article,) = found.articles
    return article


@pytest.mark.parametrize("headline", ["停电通知", "更 正", "桥上修路 绕行提示", "伸缩缝周末更换", "关于大桥施工的公告"])
def test_a_headline_alone_behind_a_finished_text_of_another_matter_begins_an_article(headline: str) -> None:
    assert headlines(spaced("纪师傅的风筝铺", *KITE, headline, BRIDGE)) == ["纪师傅的风筝铺", headline]


def test_a_short_english_heading_over_another_matter_begins_an_article() -> None:
    found = spaced("A bakery on the corner of Mill Street", BAKERY, "Ferry moves to the upper quay", FERRY)
    assert headlines(found) == ["A bakery on the corner of Mill Street", "Ferry moves to the upper quay"]


def test_a_headline_without_a_byline_counts_where_only_some_articles_have_one() -> None:
    found = spaced(
        *("Loaves sold before the bell", "By Nadia Brook", BAKERY),
        *("Ferry moves to the upper quay", "By Tom Arden", FERRY),
        *("Kite maker marks forty years", "By Ruth Vale", KITES),
        *(
            "Council closes the market square",
            "A swallow has nested in the old wall below the square and will be left.",
        ),
        *(
            "Free eye tests for pensioners",
            "Opticians offer them to everyone over sixty until May, without appointment.",
        ),
    )
    assert len(found.articles) == 5


def test_a_place_under_a_headline_wrote_nothing() -> None:
    assert only(spaced("Passengers board at the upper quay", "Port Arden", FERRY)).authors == ()
    assert only(spaced("Passengers board at the upper quay", "Ruth Arden", FERRY)).authors == (
        Author("", "Ruth Arden"),
    )


def test_a_crosshead_over_the_same_matter_does_not() -> None:
    more = "纪师傅说，扎沙燕先要选三年的毛竹，竹条削薄了才飞得高，绢面糊好还要阴干。"
    article = only(spaced("纪师傅的风筝铺", *KITE, "三年的毛竹", more))
    assert (article.crossheads, article.paragraphs[2]) == ((2,), "三年的毛竹")


def test_lines_of_one_form_divide_one_article() -> None:
    found = spaced(
        "办好老年食堂要过三关",
        "老年食堂开得起来，更要开得下去，眼下最要紧的是过好三关。",
        "选址要近，别让老人多走路",
        "食堂设在小区门口，老人拄着拐杖也能走到。",
        "价格要低，别让老人多花钱",
        "一荤两素定在十元以内，差额由街道补足。",
        "口味要淡，别让医生多操心",
        "少油少盐，软烂易嚼，每周换一次菜单。",
    )
    assert only(found).crossheads == (1, 3, 5)


def test_a_dateline_with_its_reporters_on_a_line_of_its_own_opens_the_text() -> None:
    found = only(issue("青溪大桥周末更换", "本报讯（记者 方既白）", BRIDGE))
    assert found.paragraphs == (f"本报讯（记者 方既白）{BRIDGE}",)
    assert found.authors == (Author("记者", "方既白"),)


def test_crossheads_built_alike_divide_one_article() -> None:
    alike = "垃圾有了价钱", "老屋有了客人"
    found = spaced("纪师傅的风筝铺", *KITE, alike[0], BRIDGE, alike[1], BRIDGE, KITE[0])
    assert [article.paragraphs[i] for article in found.articles for i in article.crossheads] == list(alike)


def test_a_crosshead_may_have_two_clauses_where_nothing_is_cut() -> None:
    crosshead = "不拆风筝铺，是街坊投票投出来的"
    found = only(spaced("纪师傅的风筝铺", *KITE, crosshead, "街坊们投票留下了风筝铺，纪师傅每天扎一只沙燕。"))
    assert (found.paragraphs[2], found.crossheads) == (crosshead, (2,))


def test_the_years_of_a_life_behind_a_name_begin_an_obituary() -> None:
    life = "Harold Vale drove the milk truck for thirty years and never broke a bottle before sunrise."
    found = spaced("A bakery on Mill Street", BAKERY, "Harold Vale, 1931-2023", life)
    assert headlines(found) == ["A bakery on Mill Street", "Harold Vale, 1931-2023"]


def test_questions_in_an_interview_are_no_headlines() -> None:
    found = spaced(
        "修钟人沈伯的三个答案",
        "钟楼里只有沈伯一个人，他每周上三次弦。",
        "第一次上钟楼是哪一年？",
        "一九七八年，跟着师傅爬了一百三十级台阶。",
        "最怕什么天气？",
        "怕潮。雾一来，齿轮就涩了。",
    )
    assert headlines(found) == ["修钟人沈伯的三个答案"]


@pytest.mark.parametrize("names", [("问", "答"), ("记者", "沈伯"), ("Q", "A")])
def test_whoever_speaks_twice_is_in_an_interview(names: tuple[str, str]) -> None:
    asks, answers = names
    turns = (f"{asks}：您修了多少年钟？", f"{answers}：整整四十六年", f"{asks}：还想修多久？", f"{answers}：修到爬不动")
    article = only(spaced("修钟人沈伯", "钟楼里只有沈伯一个人，他每周上三次弦。", *turns))
    assert article.paragraphs[1:] == turns


def test_numbered_crossheads_stand_by_themselves() -> None:
    article = only(
        spaced(
            "在春季植树动员会上的讲话",
            "——摘自录音整理稿",
            "镇长　白凌霄",
            "同志们：",
            "今年的植树任务是一千二百亩，时间紧，任务重。",
            "一、早动手，把苗木备足",
            "各村要在月底前报齐苗木数量，由林业站统一采购。",
            "二、严把关，把树栽活",
            "栽一棵活一棵，三年以后见一片林。",
        )
    )
    assert (article.headline, article.subheadline) == ("在春季植树动员会上的讲话", "——摘自录音整理稿")
    assert [(a.role, a.name) for a in article.authors] == [("镇长", "白凌霄")]
    assert article.paragraphs[0] == "同志们："
    assert article.crossheads == (2, 4)


def test_a_mark_is_never_ignored() -> None:
    found = issue("# 植树", KITE[0], "# 雨", BRIDGE)
    assert headlines(found) == ["植树", "雨"]


def test_lower_marks_under_one_article_over_other_matters_are_briefs() -> None:
    brief = (
        "### 失物招领",
        "前台捡到蓝色雨伞一把，请失主带证件领取。",
        "### 车位",
        "东侧停车场重新画线，车辆改停河边。",
    )
    found = issue("## 风筝铺", *KITE, "## 大桥修缝", BRIDGE, "## 面包店", "面包店今起延长营业到晚上九点。", *brief)
    assert headlines(found) == ["风筝铺", "大桥修缝", "面包店", "失物招领", "车位"]


def test_a_source_or_note_in_brackets_belongs_to_the_text_above() -> None:
    found = spaced(
        "纪师傅的风筝铺", *KITE, "（县文化馆供稿）", "街坊故事", "大桥周末换伸缩缝", BRIDGE, "来源：交通服务中心"
    )
    first, second = found.articles
    assert (second.label, second.kicker, second.headline) == ("街坊故事", None, "大桥周末换伸缩缝")
    assert first.paragraphs == KITE
    assert second.paragraphs == (BRIDGE,)


def test_who_issues_a_notice_closes_it() -> None:
    found = spaced("关于更换伸缩缝的通知", BRIDGE, "县公路管理局", "纪师傅的风筝铺", *KITE)
    assert headlines(found) == ["关于更换伸缩缝的通知", "纪师傅的风筝铺"]
    assert found.articles[0].paragraphs == (BRIDGE, "县公路管理局")


def test_a_leaders_byline_stands_over_its_headline() -> None:
    found = spaced("纪师傅的风筝铺", f"本报讯（记者 白凌霄）{KITE[0]}", "本报评论员", "留住手艺人", KITE[1])
    first, second = found.articles
    assert ([a.name for a in first.authors], [a.name for a in second.authors]) == (["白凌霄"], ["本报评论员"])
    assert (second.kind, second.headline) == ("comment", "留住手艺人")


def test_a_pen_name_or_a_name_and_a_post_under_a_headline_are_its_byline() -> None:
    found = spaced("渡口的灯", "拾秋", KITE[0], "论坛", "桥头该有一盏灯", "温以晴／小學教師（北岸鎮）", BRIDGE)
    assert [[(a.role, a.name) for a in one.authors] for one in found.articles] == [
        [("", "拾秋")],
        [("小學教師", "温以晴")],
    ]
    assert headlines(found) == ["渡口的灯", "桥头该有一盏灯"]


def test_a_photo_report_behind_a_signed_article_is_its_own() -> None:
    found = spaced("渡口的灯", "□ 白凌霄", *KITE, f"{BRIDGE}（记者 方既白 摄）")
    assert [one.kind for one in found.articles] == ["news", "photo"]


def test_a_notice_signed_behind_its_last_sentence_ends_there() -> None:
    found = spaced("遗失启事", f"{BRIDGE}青溪公路公司", "招领启事", "前台捡到蓝色雨伞一把，请失主带证件领取。")
    assert headlines(found) == ["遗失启事", "招领启事"]


def test_a_heading_close_over_its_text_begins_an_article_where_paragraphs_stand_apart() -> None:
    log = "Crews put out a chimney fire on Mill Lane before breakfast, and nobody was hurt."
    life = "Mabel Trent, who kept the toll house for thirty years, died on Tuesday at ninety."
    found = issue("Bread before dawn", BAKERY, "", BAKERY, "", "Fire Log", log, "", FERRY, "", "Mabel Trent", life)
    assert headlines(found) == ["Bread before dawn", "Fire Log", "Mabel Trent"]


@pytest.mark.parametrize(("over", "kept"), [("大桥伸缩缝更换 双向封闭车道", True), ("凝心聚力谱新篇", False)])
def test_a_line_set_apart_is_a_heading_where_it_speaks_of_the_texts_matter(over: str, *, kept: bool) -> None:
    grouped = ["夜间公交延长", "末班车推迟一小时", f"青渡讯 {BRIDGE}", ""]
    found = issue(*grouped * 3, over, "", "公交照常运行", "周末出行请留意", f"青渡讯 {BRIDGE}")
    last = found.articles[-1]
    assert (over in f"{last.kicker} {last.headline} {last.subheadline}") == kept
    assert (over in found.left_over) == (not kept)


def test_a_numeral_over_each_part_divides_one_article() -> None:
    one = only(spaced("老城墙下的风筝铺", KITE[0], "一", KITE[1], "二", BRIDGE, "（三）", *KITE))
    assert one.headline == "老城墙下的风筝铺"
    assert [one.paragraphs[at] for at in one.crossheads] == ["一", "二", "（三）"]


def test_a_name_in_full_under_an_english_headline_is_its_byline() -> None:
    one = only(issue("The baker who never sleeps", "Nadia Brook", BAKERY))
    assert ([(a.role, a.name) for a in one.authors], one.subheadline) == ([("", "Nadia Brook")], None)
    one = only(issue("# The Baker", "Revd Nadia Brook", BAKERY))
    assert [a.name for a in one.authors] == ["Revd Nadia Brook"]
    assert only(issue("# The Baker", "Dear Friends", BAKERY)).authors == ()
