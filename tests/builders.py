"""A small fictional paper that tests of several stages share. Nothing in it is real."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from digest.model import (
    Article,
    Author,
    Dateline,
    IssueLine,
    Keyword,
    Masthead,
    Paper,
    Picture,
    StoredArticle,
    StoredIssue,
)

PAPER = Paper(
    slug="yunting",
    title="云汀日报",
    description="云汀人自己的报纸",
    language="zh-CN",
    zone=ZoneInfo("Asia/Shanghai"),
    url="https://paper.example/yunting/",
    service_url="https://service.example/yunting/",
)

MASTHEAD = Masthead(
    title="云汀日报",
    date=date(2026, 11, 20),
    date_origin="masthead",
    weekday="星期五",
    lunar_date="十月十二",
    number=5831,
    page_count=4,
)

PUBLISHED = datetime(2026, 11, 19, 22, 0, tzinfo=UTC)


def _keywords(*terms: str) -> tuple[Keyword, ...]:
    return tuple(Keyword(term, round(1 - place / 10, 1)) for place, term in enumerate(terms))


ARTICLES = (
    Article(
        kicker="清淤、扩闸、种柳，三年治理见成效",
        headline="白鹭湖水质首次达到二类",
        subheadline="环湖十八里步道月底开放，老渡口恢复摆渡",
        page=1,
        section="要闻",
        dateline=Dateline(place="云汀", agency="本报"),
        authors=(Author("记者", "林晓棠"), Author("记者", "沈归舟"), Author("通讯员", "顾一苇")),
        paragraphs=(
            "本报讯（记者 林晓棠 沈归舟 通讯员 顾一苇）立冬后的第一个晴天，白鹭湖东岸的水位尺露出了久违的青石刻度。市水务局昨天公布的监测数据显示，"
            "十月全湖十二个断面的平均水质首次达到二类，透明度为一米四，是有记录以来最好的一个秋天。",
            "三年前，这里还是另一副模样。每到夏末，蓝藻从西汊漫到渡口，沿岸三个村子的人关着窗子过日子。“那时候谁家办喜事都绕着湖走。”"
            "渡口村六十七岁的老船工陶望山说，他家的船在岸上搁了整整五年。",
            "先清淤，再谈风景",
            "治理从看不见的地方开始。水务局没有先修步道，而是用两个冬天清出底泥一百四十万方，把四座老闸改成可以双向过水的翻板闸。"
            "清出的底泥晒干后做成砖坯，铺在了新建的村道上。",
            "“湖是活的，要先让它喘过气来。”负责工程的高级工程师闻溪说，闸改好以后，汛期的水能从南河进、从北河走，一年换水三次。",
            "月底起，绕湖走一圈",
            "环湖步道全长十八里，本月三十日起全线开放。步道不设围栏，沿途保留了原有的七处埠头和一百三十多棵老柳树。停了五年的老渡口同日恢复摆渡，每天四班，票价两元。",
            "陶望山已经把船重新油了一遍。“第一班不收钱，”他说，“谁来都行。”",
        ),
        crossheads=(2, 5),
        pictures=(Picture("lake.jpg", caption="昨天清晨，渡船在白鹭湖东岸试航。", credit="叶知秋 摄"),),
        keywords=_keywords("白鹭湖", "水质", "清淤", "步道", "老渡口"),
        summary=(
            "市水务局昨天公布的监测数据显示，十月全湖十二个断面的平均水质首次达到二类。",
            "环湖步道全长十八里，本月三十日起全线开放，停了五年的老渡口同日恢复摆渡。",
        ),
        rank=1,
    ),
    Article(
        headline="冬小麦播种过九成",
        page=1,
        section="要闻",
        dateline=Dateline(place="石桥镇", date="11-19", agency="本报"),
        authors=(Author("记者", "江未晞"),),
        paragraphs=(
            "本报石桥镇11月19日电（记者 江未晞）记者从市农业农村局获悉，截至昨天，全市冬小麦已播二十六万亩，占计划的九成二。",
            "今年秋雨来得晚，墒情比去年好。石桥镇种粮户钱大成把三百亩地分成早晚两批，最后一批昨天下午种完。",
        ),
        keywords=_keywords("冬小麦", "播种", "墒情"),
        summary=("截至昨天，全市冬小麦已播二十六万亩，占计划的九成二。",),
        rank=3,
    ),
    Article(
        kind="brief",
        label="简讯",
        headline="市图书馆周末延长到晚上十点",
        page=1,
        section="要闻",
        paragraphs=("市图书馆昨天宣布，从本周起周五、周六开放到晚上十点，三楼自习室不再需要预约。",),
        keywords=_keywords("图书馆", "自习室"),
        summary=("市图书馆从本周起周五、周六开放到晚上十点。",),
        rank=4,
    ),
    Article(
        headline="老街菜场：把称还给街坊",
        subheadline="公平秤旁多了一本意见簿",
        page=2,
        section="民生",
        authors=(Author("记者", "白露"), Author("摄", "叶知秋")),
        paragraphs=(
            "早上六点，老街菜场的灯一盏一盏亮起来。入口的公平秤旁，新挂了一本牛皮纸封面的意见簿。",
            "“少了二两，来这里写一笔，当天就有人找你。”管理员何春生翻开第一页，上面是三天前的一条：茄子，少一两半，已补，已道歉。",
            "菜场改造以后摊位少了十一个，过道宽了一倍。有人担心租金要涨，何春生说，合同上写明三年不动。",
        ),
        keywords=_keywords("菜场", "公平秤", "意见簿", "租金"),
        summary=("早上六点，入口的公平秤旁新挂了一本意见簿，菜场改造以后摊位少了十一个，过道宽了一倍。",),
        rank=2,
    ),
    Article(
        kind="photo",
        page=2,
        section="民生",
        authors=(Author("摄", "叶知秋"),),
        paragraphs=(
            "昨天，第三小学的学生在校门口的银杏树下写生。这排银杏是一九七八年的毕业生种下的，今年满四十八岁。",
        ),
        keywords=_keywords("银杏", "写生"),
        summary=("昨天，第三小学的学生在校门口的银杏树下写生。",),
        rank=5,
    ),
    Article(
        kind="notice",
        label="公告",
        headline="关于城北片区11月24日停水的通知",
        page=4,
        paragraphs=(
            "因管网检修，城北片区11月24日（星期二）22:00至次日5:00停水，涉及柳荫路、槐安巷一带。请提前储水。",
            "云汀市自来水公司　热线：000-96000",
        ),
        keywords=_keywords("停水", "城北片区"),
        summary=("城北片区11月24日22:00至次日5:00停水。",),
        rank=6,
    ),
)

ISSUE = StoredIssue(
    id="tag:paper.example,2026:yunting/5831",
    key="5831",
    path="2026/11/20/",
    masthead=MASTHEAD,
    language="zh-Hans",
    articles=tuple(
        StoredArticle(
            id=f"tag:paper.example,2026:yunting/5831/{place}",
            path=f"2026/11/20/{place}/",
            article=article,
            published=PUBLISHED,
            updated=PUBLISHED,
            sequence=100 + place,
        )
        for place, article in enumerate(ARTICLES, 1)
    ),
    published=PUBLISHED,
    updated=PUBLISHED,
)


def issue_of(*articles: Article, issue: StoredIssue = ISSUE) -> StoredIssue:
    """Return the issue with these articles instead of its own."""
    stored = tuple(
        replace(issue.articles[0], id=f"{issue.id}/{place}", path=f"{issue.path}{place}/", article=article)
        for place, article in enumerate(articles, 1)
    )
    return replace(issue, articles=stored)


def line_of(day: date, number: int, headline: str, article_count: int = 12) -> IssueLine:
    """Return a list's line for an issue of `day`."""
    return IssueLine(
        path=f"{day:%Y/%m/%d}/",
        day=day,
        masthead=replace(MASTHEAD, date=day, number=number),
        headline=headline,
        article_count=article_count,
    )


LINES = (
    line_of(date(2026, 11, 20), 5831, "白鹭湖水质首次达到二类", 6),
    line_of(date(2026, 11, 19), 5830, "云汀至石桥的轻轨下月试运行"),
    line_of(date(2026, 10, 31), 5811, "霜降过后，柿子红了半座山"),
    line_of(date(2025, 12, 31), 5530, "写给新年的十二封信"),
)
"""Lines of four issues, newest first, over two years."""

HOSTILE = (
    "<script>alert(1)</script>",
    "</title></head><body onload=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "</p></div></article><h1>别家的头条</h1>",
    "<!-- 注释 --><![CDATA[ ]]>",
    "]]></script><img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; &#60;i&#62; &nbsp;",
    "{{ 7 * 7 }}{% include 'x' %}${7*7}",
    "javascript:alert(1)",
    "<style>*{display:none}</style>",
    "<a href=https://evil.example/>这里</a>",
    "标题\u2028分行\u2029再分",
    "=?utf-8?q?a=0ABcc=3A_v=40example=2Etest?=",
    "长" * 300,
)
"""Words that a paper could print, and that must never be more than words."""


def hostile_article(words: str) -> Article:
    """Return an article that says `words` wherever a paper can say something."""
    return Article(
        label=words,
        kicker=words,
        headline=words,
        subheadline=words,
        lede=words,
        page=1,
        section=words,
        dateline=Dateline(place=words, agency=words),
        authors=(Author(words, words),),
        paragraphs=(words + "一", words + "二"),
        crossheads=(1,),
        pictures=(Picture(words, caption=words, credit=words),),
        keywords=_keywords(words, words),
        summary=(words,),
        rank=1,
    )
