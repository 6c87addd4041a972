"""PDF: text comes in reading order by where it stands, whatever order it was drawn in; what holds no text is refused."""

import random
from itertools import pairwise

import pytest
from PIL import Image
from playwright.sync_api import Browser

from digest.errors import RejectedError
from digest.model import Document, Source
from digest.parsing import parse
from digest.reading import pages, paragraphs, pdf, printed
from tests.reading import typeset
from tests.reading.typeset import Text, article, row

HEADS = {
    "zh": ("江上新桥今日通车", "第二座桥", "旧厂里的公园", "护河十年 清水归来", "渡口", "读者来信选登", "本周提示"),
    "en": ("Council votes for a second bridge", "Bridge", "A park in the old mill", "Clean water after ten years",
           "Ferry", "Letters to the editor", "Note"),
}  # fmt: skip


def document(content: bytes) -> Document:
    return pdf.read(Source("a.pdf", content))


def texts(found: Document) -> list[str]:
    return [line.text for line in found.lines if line.text]


def refusal(content: bytes) -> str:
    with pytest.raises(RejectedError) as caught:
        document(content)
    return caught.value.code


def front_page(language: str) -> tuple[str, list[str]]:
    """Return a page of seven articles, in three rows of four columns, and its headlines and paragraphs in order."""
    text = Text(language)
    parts: list[str] = []
    expected: list[str] = []
    for headline, columns, count in zip(HEADS[language], (4, 2, 2, 1, 2, 2, 1), (8, 4, 5, 3, 4, 4, 2), strict=True):
        own = [text.paragraph(3 + len(parts) % 3) for _ in range(count)]
        expected += [headline, *own]
        parts.append(article(headline, own, columns))
    lead, *others = parts
    others[-1] = f"<div class=box style='flex: 1'>{others[-1]}</div>"
    wide = [f"<div style='flex: 2'>{part}</div>" for part in others[:2]]
    rest = [f"<div style='flex: {weight}'>{part}</div>" for part, weight in zip(others[3:5], (2, 2), strict=True)]
    page = lead + row(*wide) + row(others[2], *rest, others[5])
    return page, expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_articles_of_several_columns_are_read_one_after_the_other(browser: Browser, language: str) -> None:
    page, expected = front_page(language)
    assert texts(document(typeset.pdf(browser, language, page))) == expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_order_in_which_a_page_is_drawn_does_not_matter(browser: Browser, language: str) -> None:
    content = typeset.pdf(browser, language, front_page(language)[0])
    (page,) = pages.shown(content, {})
    shuffled = list(page.glyphs)
    random.Random(5).shuffle(shuffled)
    drawn, mixed = (printed.rows(glyphs, []) for glyphs in (page.glyphs, shuffled))
    assert [[row.text for row in column] for column in drawn] == [[row.text for row in column] for column in mixed]


def test_a_short_headline_heads_all_its_columns(browser: Browser) -> None:
    text = Text("zh")
    upper, lower = [text.paragraph(4) for _ in range(6)], [text.paragraph(4) for _ in range(6)]
    page = article("渡口开航", upper, 3) + article("停水", lower, 3)
    assert texts(document(typeset.pdf(browser, "zh", page))) == ["渡口开航", *upper, "停水", *lower]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_initial_over_several_lines_belongs_to_the_first_of_them(browser: Browser, language: str) -> None:
    text = Text(language)
    own = [text.paragraph(7) for _ in range(6)]
    style = "p:first-of-type { text-indent: 0 } p:first-of-type::first-letter { float: left; font: 38pt/1 serif }"
    assert texts(document(typeset.pdf(browser, language, article("渡口开航", own, 3), style))) == ["渡口开航", *own]


def test_a_box_over_some_columns_is_read_on_its_own(browser: Browser) -> None:
    text = Text("zh")
    own, boxed = [text.paragraph(5) for _ in range(14)], [text.paragraph(3) for _ in range(2)]
    parts = ["".join(f"<p>{one}</p>" for one in part) for part in (own[:5], own[5:7], own[7:9], own[9:], boxed)]
    places = ("1/3; grid-column: 1", "1; grid-column: 2", "1; grid-column: 3", "1/3; grid-column: 4")
    grid = "".join(f"<div style='grid-row: {at}'>{part}</div>" for at, part in zip(places, parts, strict=False))
    box = f"<div class=box style='grid-row: 2; grid-column: 2/4'><h2>停水</h2>{parts[4]}</div>"
    page = f"<h2>渡口开航</h2><div style='display: grid; grid-template-columns: repeat(4, 1fr); gap: 14pt'>{grid}{box}</div>"
    found = texts(document(typeset.pdf(browser, "zh", page)))
    assert found == ["渡口开航", *own[:9], "停水", *boxed, *own[9:]]


def test_headings_have_a_level_by_their_size(browser: Browser) -> None:
    text = Text("zh")
    page = article("渡口今日开航", [text.paragraph(9), text.paragraph(9)], 2, kicker="停航五年之后")
    page += article("公园", [text.paragraph(9), text.paragraph(9)], 2)
    found = [(line.level, line.text) for line in document(typeset.pdf(browser, "zh", page)).lines if line.level]
    assert found == [(3, "停航五年之后"), (2, "渡口今日开航"), (2, "公园")]


def test_a_headline_of_two_lines_is_one(browser: Browser) -> None:
    text, headline = Text("en"), "The council votes by eleven to four to build a second bridge over the river"
    page = row(article(headline, [text.paragraph(9)]), article("Ferry is back", [text.paragraph(9)]))
    found = [line.text for line in document(typeset.pdf(browser, "en", page)).lines if line.level]
    assert found == [headline, "Ferry is back"]


def test_a_paragraph_over_two_pages_is_one_and_bears_its_first_page(browser: Browser) -> None:
    text = Text("zh")
    own = [text.paragraph(12) for _ in range(9)]
    found = document(typeset.pdf(browser, "zh", "".join(f"<p>{one}</p>" for one in own), "@page { size: A5 }"))
    assert texts(found) == own
    numbers = [line.page for line in found.lines if line.text]
    assert (numbers[0], numbers) == (1, sorted(filter(None, numbers)))
    assert len(set(numbers)) > 1


def test_a_divided_word_is_left_to_the_parser(browser: Browser) -> None:
    words = "The coun&shy;cil votes to re&shy;open the har&shy;bour rail&shy;way line after for&shy;ty years. " * 12
    style = "body { width: 44mm; hyphens: manual }"
    found = document(typeset.pdf(browser, "en", f"<h2>Railway</h2><p>{words}</p>", style))
    divided = [(before.text, after.text) for before, after in pairwise(found.lines) if before.text.endswith("-")]
    assert divided
    assert all(after for _, after in divided)
    (only,) = parse(found).articles
    assert " ".join(only.paragraphs) == words.replace("&shy;", "").strip()


def test_pictures_stand_at_their_place_and_marks_are_left_out(browser: Browser) -> None:
    text = Text("zh")
    own = [text.paragraph(6) for _ in range(6)]
    figure = f"<figure><img src='{typeset.image()}'><p style='text-indent: 0'>图为老渡口</p></figure>"
    mark = f"<img style='width: 20pt' src='{typeset.image('PNG', (60, 60))}'>"
    page = article("渡口开航", own, 2, inner=figure + mark)
    page += f"<img style='width: 60%' src='{typeset.image('PNG', (200, 120))}'>"
    found = document(typeset.pdf(browser, "zh", page))
    pictures = ["page-1-picture-1.jpg", "page-1-picture-2.png"]
    expected = ["渡口开航", own[0], f"![]({pictures[0]})", "图为老渡口", *own[1:], f"![]({pictures[1]})"]
    assert texts(found) == expected
    assert list(found.pictures) == pictures
    for name, size in zip(pictures, ((400, 300), (200, 120)), strict=True):
        with Image.open(typeset.io.BytesIO(found.pictures[name])) as picture:
            assert picture.size == size


def test_vertical_text_is_read_from_the_right_and_remarked_on(browser: Browser) -> None:
    text = Text("zh")
    own = [text.paragraph(8) for _ in range(9)]
    inner = "".join(f"<p>{one}</p>" for one in own)
    page = f"<div class=down><h2>渡口开航</h2><article style='columns: 3'>{inner}</article></div>"
    found = document(typeset.pdf(browser, "zh", page, "@page { size: A4 } h2 { padding: 0 6pt 0 8pt }"))
    assert [remark.code for remark in found.remarks] == ["remark.vertical_text"]
    assert texts(found) == ["渡口开航", *own]


def test_a_scan_is_refused_and_one_among_other_pages_is_remarked_on(browser: Browser) -> None:
    scan = f"<img style='width: 148mm; height: 209mm' src='{typeset.image(size=(800, 1100))}'>"
    style = "@page { size: A5; margin: 0 } p { break-after: page; padding: 20mm }"
    assert refusal(typeset.pdf(browser, "zh", scan, style)) == "rejected.no_text_layer"
    found = document(typeset.pdf(browser, "zh", f"<p>{Text('zh').paragraph(5)}</p>{scan}", style))
    assert [(remark.code, remark.facts) for remark in found.remarks] == [("remark.scanned_pages", {"pages": "2"})]
    assert found.pictures == {}


def drawn(commands: bytes, font: bytes, *, more: bytes = b"") -> bytes:
    """Return a PDF of one page, written by hand; the library finds the objects without a table of them."""
    return b"""%%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length %d>>stream
%s
endstream endobj
5 0 obj<<%s>>endobj
%s
trailer<</Root 1 0 R/Size 9%s>>
%%%%EOF""" % (len(commands), commands, font, more, b"/Encrypt 6 0 R/ID[<00><00>]" if more else b"")


HELVETICA = b"/Type/Font/Subtype/Type1/BaseFont/Helvetica"
UNKNOWN = HELVETICA + b"/Encoding<</Differences[65/g1/g2/g3/g4/g5/g6/g7/g8/g9/g10]>>"
LOCK = b"6 0 obj<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>endobj" % (b"o" * 32, b"u" * 32)
WORDS = b"BT /F 12 Tf 40 300 Td (ABCDEFGHIJ) Tj ET"


def test_a_text_without_meaning_is_refused() -> None:
    assert texts(document(drawn(WORDS, HELVETICA))) == ["ABCDEFGHIJ"]
    assert refusal(drawn(WORDS, UNKNOWN)) == "rejected.garbled"


def test_a_little_text_without_meaning_is_left_out_and_remarked_on() -> None:
    found = document(drawn(b"BT /F 12 Tf 40 300 Td (KLMNOPQRSTUVWXYZ) Tj 0 -20 Td (ABC) Tj ET", UNKNOWN))
    assert texts(found) == ["KLMNOPQRSTUVWXYZ"]
    assert [(remark.code, remark.facts) for remark in found.remarks] == [("remark.garbled", {"n": 3})]


@pytest.mark.parametrize(
    ("rotate", "first", "second"),
    [
        (0, b"1 0 0 1 40 300", b"1 0 0 1 40 280"),
        (90, b"0 1 -1 0 100 40", b"0 1 -1 0 120 40"),
        (180, b"-1 0 0 -1 360 100", b"-1 0 0 -1 360 120"),
        (270, b"0 -1 1 0 300 360", b"0 -1 1 0 280 360"),
    ],
)
def test_a_page_that_is_turned_is_read_as_it_is_seen(rotate: int, first: bytes, second: bytes) -> None:
    commands = b"BT /F 12 Tf %s Tm (one line) Tj %s Tm (and another) Tj ET" % (second, first)
    content = drawn(commands, HELVETICA).replace(b"/MediaBox", b"/Rotate %d/MediaBox" % rotate)
    assert [column[0].text for column in printed.rows(pages.shown(content, {})[0].glyphs, [])] == ["and another"]
    assert " ".join(texts(document(content))) == "and another one line"


def test_a_page_with_nothing_on_it_has_no_text_layer() -> None:
    assert refusal(drawn(b"", HELVETICA)) == "rejected.no_text_layer"


def test_a_locked_file_is_refused_as_such() -> None:
    assert refusal(drawn(WORDS, HELVETICA, more=LOCK)) == "rejected.encrypted"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"no PDF at all", b"%PDF-1.4\n1 0 obj<<>>endobj trailer<<>>%%EOF"])
def test_a_broken_file_is_refused_as_such(content: bytes) -> None:
    assert refusal(content) == "rejected.damaged"


def test_an_empty_file_is_refused_as_such() -> None:
    assert refusal(b" \n") == "rejected.empty"


def test_the_characters_of_a_ligature_stand_side_by_side() -> None:
    one = printed.Glyph("f", 10, 0, 20, 10, 10, 10)
    parts = list(pages._parted([one, one, printed.Glyph("i", 20, 0, 23, 10, 10, 10)]))
    assert [(glyph.text, glyph.left, glyph.right) for glyph in parts] == [("f", 10, 15), ("f", 15, 20), ("i", 20, 23)]


def test_radicals_and_ligatures_are_the_letters_that_they_look_like() -> None:
    assert [pages._plain(char) for char in "⽇ﬁ︵\xad日"] == ["日", "fi", "(", "-", "日"]


def test_columns_and_rows_without_text_give_no_lines() -> None:
    assert paragraphs.lines([]) == ()
    assert printed.rows([], []) == []
