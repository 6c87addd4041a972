from digest.feeds import body
from digest.model import Article, Author, Picture
from tests.builders import ARTICLES

HOME = "https://paper.example/"


def test_headings_paragraphs_crossheads_caption_and_names_stand_in_reading_order() -> None:
    article = Article(
        kicker="眉题",
        headline="主题",
        subheadline="副题",
        lede="导语。",
        paragraphs=("第一段。", "小标题", "第二段。"),
        crossheads=(1,),
        pictures=(Picture("a.jpg", caption="说明。", credit="甲 摄"),),
        authors=(Author("记者", "甲"), Author("通讯员", "乙")),
    )
    assert body.html(article, HOME).split("\n") == [
        "<p><strong>眉题</strong></p>",
        "<p><strong>副题</strong></p>",
        "<p><em>导语。</em></p>",
        "<p>第一段。</p>",
        "<h3>小标题</h3>",
        "<p>第二段。</p>",
        "<p><small>说明。 甲 摄</small></p>",
        "<p>记者 甲　通讯员 乙</p>",
    ]


def test_text_stays_text() -> None:
    assert body.html(Article(paragraphs=("<b>1 & 2</b>",)), HOME) == "<p>&lt;b&gt;1 &amp; 2&lt;/b&gt;</p>"


def test_english_names_are_parted_by_commas() -> None:
    article = Article(authors=(Author("By", "Ann Ash"), Author("", "Bo Birch")))
    assert body.html(article, HOME) == "<p>By Ann Ash, Bo Birch</p>"


def test_it_is_signed_as_on_its_page() -> None:
    authors = (Author("记者", "甲"), Author("记者", "乙"), Author("摄", "丙"))
    assert body.html(Article(authors=authors), HOME) == "<p>记者 甲 乙　丙 摄</p>"


def test_every_paragraph_is_there_once() -> None:
    for article in ARTICLES:
        html = body.html(article, HOME)
        assert all(html.count(f">{paragraph}<") == 1 for paragraph in article.paragraphs)


def test_an_article_without_words_is_empty() -> None:
    assert body.html(Article(), HOME) == ""
