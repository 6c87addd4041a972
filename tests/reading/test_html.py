"""HTML: a page's words in the order and the blocks in which readers see them; what is no article's is left out."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import RejectedError
from digest.model import Document, Line, Picture, Source
from digest.parsing import parse
from digest.reading import html, read

TEXT = "停航五年的老渡口恢复摆渡，首日运送行人三百二十人次，两岸的居民清晨六时就在码头排起了长队，等候第一班船。"
PIXELS = base64.b64encode(bytes(300)).decode()


def document(page: str, codec: str = "utf-8") -> Document:
    return html.read(Source("a.html", page.encode(codec)))


def lines(page: str) -> list[str]:
    return [line.text for line in document(page).lines if line.text]


def shape(page: str) -> list[tuple[int, str]]:
    """Return the lines with their levels, from the first that is not empty."""
    found = [(line.level, line.text) for line in document(page).lines]
    return found[1:] if found and not found[0][1] else found


def test_headings_have_their_level_and_blocks_are_set_apart() -> None:
    page = "<h1>渡口</h1><h3>开航</h3><p>一。</p><div>二。<section>三。</section></div>"
    assert shape(page) == [
        (1, "渡口"),
        (0, ""),
        (3, "开航"),
        (0, ""),
        (0, "一。"),
        (0, ""),
        (0, "二。"),
        (0, ""),
        (0, "三。"),
    ]


def test_a_break_ends_a_line_and_two_a_paragraph() -> None:
    assert shape("<p>一<br>二<br><br>三") == [(0, "一"), (0, "二"), (0, ""), (0, "三")]


def test_white_space_is_what_a_browser_makes_of_it() -> None:
    assert lines("<p>停航\n   五年的\n<b>老</b>渡口</p>") == ["停航五年的老渡口"]
    assert lines("<p>the old\n  ferry\nruns</p>") == ["the old ferry runs"]
    assert lines("<p>&nbsp;&nbsp;首行&nbsp;缩进&shy;</p>") == ["  首行 缩进"]
    assert lines("<pre>一\n  二</pre>") == ["一", "二"]


def test_inline_elements_divide_nothing() -> None:
    assert lines("<p><span>记者</span><a href=x>林</a>晓<em>棠</em>报<ruby>道<rt>dào</rt></ruby></p>") == [
        "记者林晓棠报道"
    ]


def test_lists_are_lines_and_numbers_that_readers_see_are_kept() -> None:
    assert shape("<ul><li>甲<li>乙</ul><ol start=3><li>丙<li><p>丁</ol>") == [
        (0, "甲"),
        (0, "乙"),
        (0, ""),
        (0, "3. 丙"),
        (0, ""),
        (0, "4. 丁"),
    ]


def test_a_table_is_read_row_by_row() -> None:
    assert lines("<table><tr><th>班次<th>时间<tr><td>首班<td>6:30</table>") == ["班次 时间", "首班 6:30"]


def test_a_table_that_shapes_the_page_is_read_cell_by_cell() -> None:
    page = "<table><tr><td><h2>甲</h2><p>一。</p><p>二。</p></td><td><h2>乙</h2>三。</td></tr></table>"
    assert lines(page) == ["甲", "一。", "二。", "乙", "三。"]


def test_what_is_no_text_is_left_out() -> None:
    page = """<title>标题</title><style>p{}</style><script>"<p>脚本</p>"</script><!-- 注释 --><p>正文<template>模板</template>
    <noscript>请打开脚本</noscript><button>分享</button><select><option>选项</select><svg><title>图标</title></svg>"""
    assert lines(page) == ["正文"]


@pytest.mark.parametrize(
    "apart",
    [
        "<nav><a href=/>首页</a> <a href=/b>要闻</a></nav>",
        "<footer>版权所有 栖川时报社</footer>",
        "<aside>热门</aside>",
        "<div role=navigation>首页</div>",
        "<p hidden>隐藏</p>",
        "<p style='Display: none'>隐藏</p>",
    ],
)
def test_what_a_page_says_is_no_content_is_left_out(apart: str) -> None:
    assert lines(f"<p>{TEXT}</p>{apart}") == [TEXT]


@pytest.mark.parametrize("element", ["nav", "footer", "aside", "div hidden"])
def test_a_text_is_kept_wherever_it_stands(element: str) -> None:
    body = f"<p>{TEXT}</p>" * 4
    assert lines(f"<p>正文。</p><{element}>{body}</{element.split(maxsplit=1)[0]}>") == ["正文。", *[TEXT] * 4]


def test_a_footer_or_aside_within_an_article_is_part_of_it() -> None:
    page = f"<article><header><h2>渡口开航</h2></header><p>{TEXT}</p><aside>船票两元。</aside><footer>记者 林晓棠</footer></article>"
    assert lines(page) == ["渡口开航", TEXT, "船票两元。", "记者 林晓棠"]


def test_menus_are_left_out_and_a_headline_that_is_a_link_is_not() -> None:
    menu = "".join(f"<li><a href=x>{word}</a>" for word in ("首页", "要闻", "体育"))
    page = (
        f"<ul>{menu}</ul><p><a>首页</a> | <a>副刊</a> | <a>电子版</a></p><h2><a href=y>渡口开航</a></h2><p>{TEXT}</p>"
    )
    assert lines(page) == ["渡口开航", TEXT]


def test_texts_that_are_links_as_a_whole_are_kept() -> None:
    assert lines(f"<p><a href=x>{TEXT}</a></p>" * 4) == [TEXT] * 4


def test_behind_marked_articles_only_texts_are_kept() -> None:
    page = f"""<p>栖川时报 第3186期</p><p><a href=x>首页</a></p>
    <article><h2>渡口开航</h2><p>{TEXT * 6}</p></article><h2>村小琴声</h2><article><p>{TEXT * 6}</p></article>
    <p>分享到</p><p>{TEXT}</p><div>上一篇</div>"""
    assert lines(page) == ["栖川时报 第3186期", "渡口开航", TEXT * 6, "村小琴声", TEXT * 6, TEXT]


def test_marks_that_hold_little_of_the_page_mean_nothing() -> None:
    page = f"<article>预告</article><p>{TEXT}</p><p>短句。</p>"
    assert lines(page) == ["预告", TEXT, "短句。"]


def test_where_nothing_else_would_be_left_all_is_kept() -> None:
    assert lines("<nav><a>首页</a></nav><footer>版权所有</footer>") == ["首页", "版权所有"]


def test_what_is_left_out_is_remarked_on_if_it_is_much() -> None:
    page = f"<p>{TEXT}</p>" + "<aside>推荐阅读：老街新貌、湖畔夜跑、冬日花市、小城书店。</aside>" * 12
    assert [remark.code for remark in document(page).remarks] == ["remark.left_out"]
    assert document(f"<p>{TEXT}</p><footer>版权所有</footer>").remarks == ()


def test_the_declared_encoding_is_honoured_unless_the_page_is_utf_8() -> None:
    page = "<meta charset=gb2312><p>渡口</p>"
    assert document(page, "gbk").lines == document(page).lines == (Line(""), Line("渡口"))
    latin = '<?xml version="1.0" encoding="ISO-8859-1"?><html><p>Café</p>'
    assert [line.text for line in document(latin, "latin-1").lines if line.text] == ["Café"]


def test_characters_that_only_entities_bring_in_are_removed_and_counted() -> None:
    found = document("<p>渡&#x202e;口&#8203;开&#8232;航</p>")
    assert found.lines[-1].text == "渡口开航"
    assert [dict(remark.facts) for remark in found.remarks] == [{"n": 2}]


def test_characters_that_no_tree_can_hold_break_nothing() -> None:
    assert lines("<ol><li>&#1;甲</ol><table><tr><td>&#2;乙</td>&#3;丙<td>丁</table>") == ["1. 甲", "乙 丙丁"]


def test_a_picture_stands_behind_the_line_it_is_in_with_the_words_for_it() -> None:
    page = "<p>一<img src='tu/1.jpg?v=2' alt='渡口'>二</p><p><img src='%E6%B8%A1%20(1).jpg' alt='IMG_01.jpg'></p>"
    assert lines(page) == ["一二", "![渡口](tu/1.jpg)", "![](渡 %281%29.jpg)"]


@pytest.mark.parametrize(
    ("caption", "words", "credit"),
    [
        ("渡口开航首日。林晓棠 摄", "渡口开航首日。", "林晓棠 摄"),
        ("渡口开航首日（本报记者 林晓棠 摄）", "渡口开航首日", "（本报记者 林晓棠 摄）"),
        ("渡口开航首日<br><small>摄影：林晓棠</small>", "渡口开航首日", "摄影：林晓棠"),
        ("渡口开航首日<span class=credit>林晓棠/图</span>", "渡口开航首日", "林晓棠/图"),
        ("<p>渡口<b>开航</b></p><p><i>首日</i></p>", "渡口开航 首日", None),
        ("渡口&#1;开航<br>&#x202e;林晓棠 摄", "渡口开航", "林晓棠 摄"),
        ("The ferry runs again. Photo by Anna Reed", "The ferry runs again.", "Photo by Anna Reed"),
        ("The ferry runs again (Photo: Anna Reed)", "The ferry runs again", "(Photo: Anna Reed)"),
        ("渡口开航首日，市民在看地图", "渡口开航首日，市民在看地图", None),
        ("开航首日的渡口。", "开航首日的渡口。", None),
    ],
)
def test_a_figures_caption_and_its_credit_are_told_apart(caption: str, words: str, credit: str | None) -> None:
    page = f"<h2>渡口开航</h2><p>{TEXT}</p><figure><img src=a.jpg alt=x><figcaption>{caption}</figcaption></figure><p>{TEXT}</p>"
    assert lines(page)[2:-1] == [f"![{words}](a.jpg)", *([credit] if credit else [])]
    (article,) = parse(read(Source("a.html", page.encode()))).articles
    assert article.pictures == (Picture("a.jpg", words, credit),)


def test_a_caption_before_its_picture_is_the_same() -> None:
    assert lines("<figure><figcaption>渡口</figcaption><img src=a.jpg><img src=b.jpg></figure>一。") == [
        "![渡口](a.jpg)",
        "![](b.jpg)",
        "一。",
    ]


def test_a_line_behind_a_picture_is_its_caption_if_it_ends_in_the_photographers_credit() -> None:
    page = "<table><tr><td><img src=a.jpg><tr><td>开航首日。 林晓棠 摄<p>正文。</table><img src=b.jpg><p>正文。（记者 林晓棠）"
    assert lines(page) == ["![开航首日。](a.jpg)", "林晓棠 摄", "正文。", "![](b.jpg)", "正文。（记者 林晓棠）"]


def test_the_caption_of_what_is_no_picture_is_text() -> None:
    assert lines("<figure><table><tr><td>甲</table><figcaption>表一</figcaption></figure>") == ["甲", "表一"]
    assert lines("<figure><img src='data:,x'><figcaption>渡口</figcaption></figure>") == ["渡口"]


def test_a_picture_that_the_page_carries_is_kept() -> None:
    found = document(f"<p>一</p><img src='data:image/png;base64,{PIXELS}'><img src='data:image/svg+xml,x'>")
    assert [line.text for line in found.lines if line.text] == ["一", "![](picture-1.png)"]
    assert found.pictures == {"picture-1.png": bytes(300)}


def test_places_kept_free_marks_and_scripts_are_no_pictures() -> None:
    page = """<p>一</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="late.jpg"><img src="icon.png" width="16">
    <img src="blob:x"><img>"""
    assert lines(page) == ["一", "![](late.jpg)"]


@pytest.mark.parametrize(
    "page", ["<!-- x -->", "<html></html>", "<script>x</script>", "<img src=a.jpg>", "<p>&nbsp;</p>"]
)
def test_a_page_without_text_is_refused(page: str) -> None:
    with pytest.raises(RejectedError) as caught:
        document(page)
    assert caught.value.code == "rejected.empty"


def test_deep_nesting_is_read_and_too_deep_a_one_refused() -> None:
    deep = "<div>" * 1900
    assert lines(f"{deep}深{'</div>' * 1900}浅") == ["深", "浅"]
    with pytest.raises(RejectedError) as caught:
        lines("<div>" * 50_000 + "深")
    assert caught.value.code == "rejected.damaged"


def test_entities_of_the_pages_own_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "甲甲"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><p>文&b;&f;</p>'
    )
    assert "root:" not in str(lines(bomb))
    assert "甲甲甲甲" not in str(lines(bomb))


TAGS = (
    "p",
    "div",
    "h2",
    "a",
    "b",
    "ul",
    "li",
    "ol",
    "table",
    "tr",
    "td",
    "article",
    "main",
    "br",
    "figure",
    "figcaption",
)


@settings(max_examples=200)
@given(st.lists(st.one_of(st.sampled_from(TAGS), st.sampled_from([f"/{tag}" for tag in TAGS]), st.integers(0, 99))))
def test_no_word_in_an_articles_elements_is_lost_or_told_twice(pieces: list[str | int]) -> None:
    words = [f"词{n:02}尾" for n in pieces if isinstance(n, int)]
    page = "".join(f"<{piece}>" if isinstance(piece, str) else f"词{piece:02}尾" for piece in pieces)
    read = "".join(lines(f"<article>{page}</article>完<p>{TEXT}</p>" + f"<p>{TEXT}"))
    assert sorted(words) == sorted(_words(read))


def _words(text: str) -> list[str]:
    return [text[at : at + 4] for at in range(len(text)) if text[at] == "词"]


@given(
    st.one_of(st.binary(max_size=200), st.text("<>/=\"'&;#!-apimgstylefigcaption 甲\n\0", max_size=200).map(str.encode))
)
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = html.read(Source("a.html", content))
    except RejectedError:
        return
    assert any(line.text.strip() for line in found.lines)
    assert not any("\n" in line.text for line in found.lines)
