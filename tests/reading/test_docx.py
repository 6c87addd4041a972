"""Word documents: headings by their styles, text as it reads with all changes accepted, pictures, page numbers."""

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import docx as word
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from PIL import Image

from digest.errors import RejectedError
from digest.model import Document, Source
from digest.parsing import parse
from digest.reading import docx

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def saved(document: word.document.Document) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def read(content: bytes) -> Document:
    return docx.read(Source("a.docx", content))


def body(*paragraphs: str) -> Document:
    """Return what is read of paragraphs given as XML, `w:p` with its attributes left off."""
    document = word.Document()
    for paragraph in paragraphs:
        document.element.body.insert(len(document.element.body) - 1, parse_xml(f"<w:p {NAMES}>{paragraph}</w:p>"))
    return read(saved(document))


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines if line.text]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def refusal(content: bytes) -> str:
    with pytest.raises(RejectedError) as caught:
        read(content)
    return caught.value.code


def picture(size: tuple[int, int] = (80, 60)) -> io.BytesIO:
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, "PNG")
    content.seek(0)
    return content


def test_headings_have_the_level_of_their_style() -> None:
    document = word.Document()
    for level, text in enumerate(("报名", "一级", "二级", "三级")):
        document.add_heading(text, level)
    document.add_paragraph("正文。")
    found = [(line.level, line.text) for line in read(saved(document)).lines]
    assert found == [(1, "报名"), (1, "一级"), (2, "二级"), (3, "三级"), (0, "正文。")]


@pytest.mark.parametrize(("name", "level"), [("标题 1", 1), ("标题 3", 3), ("標題 2", 2), ("标题", 1), ("正文缩进", 0)])
def test_styles_may_have_chinese_names(name: str, level: int) -> None:
    document = word.Document()
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    derived = document.styles.add_style("本报标题样式", WD_STYLE_TYPE.PARAGRAPH)
    derived.base_style = style
    document.add_paragraph("甲", style=style)
    document.add_paragraph("乙", style=derived)
    assert [line.level for line in read(saved(document)).lines] == [level, level]


def test_an_outline_level_makes_a_heading_and_body_text_none() -> None:
    outlined = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'
    found = body(outlined.format(1) + run("标题"), outlined.format(9) + run("正文"))
    assert [line.level for line in found.lines] == [2, 0]


def test_deletions_are_left_out_and_insertions_kept() -> None:
    changed = f'{run("渡口")}<w:del w:id="1"><w:r><w:delText>停航</w:delText></w:r></w:del><w:ins w:id="2">{run("开航")}</w:ins>'
    moved = f'<w:moveFrom w:id="3">{run("旧处")}</w:moveFrom><w:moveTo w:id="4">{run("新处")}</w:moveTo>'
    assert texts(body(changed, moved)) == ["渡口开航", "新处"]


def test_fields_links_and_readings_give_the_words_that_are_seen() -> None:
    field = f"<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink>{run('链接')}</w:hyperlink>"
    ruby = f"<w:r><w:ruby><w:rt>{run('dù')}</w:rt><w:rubyBase>{run('渡')}</w:rubyBase></w:ruby></w:r>"
    assert texts(body(field, ruby)) == ["链接", "渡"]


def test_a_line_broken_by_hand_is_two_lines() -> None:
    assert texts(body(f"{run('上')}<w:r><w:br/></w:r>{run('下')}", f"{run('左')}<w:r><w:tab/></w:r>{run('右')}")) == [
        "上",
        "下",
        "左\t右",
    ]


def test_a_table_is_read_row_by_row_and_one_for_layout_cell_by_cell() -> None:
    document = word.Document()
    table = document.add_table(2, 2)
    for cell, text in zip((cell for row in table.rows for cell in row.cells), ("村", "户", "云岭", "140"), strict=True):
        cell.text = text
    layout = document.add_table(1, 2)
    for cell, text in zip(layout.rows[0].cells, ("甲", "乙"), strict=True):
        cell.text = f"{text}题"
        cell.add_paragraph(f"{text}文。")
    assert texts(read(saved(document))) == ["村\t户", "云岭\t140", "甲题", "甲文。", "乙题", "乙文。"]


def test_a_text_box_follows_the_paragraph_that_it_hangs_on_and_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('盒中文')}</w:p></w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert texts(body(f"{run('前')}<w:r>{both}</w:r>{run('后')}", run("下一段"))) == ["前后", "盒中文", "下一段"]


def test_numbers_that_word_counts_are_written_out() -> None:
    document = word.Document()
    for style, text in (("List Number", "甲"), ("List Number", "乙"), ("List Bullet", "丙")):
        document.add_paragraph(text, style=style)
    assert texts(read(saved(document))) == ["1. 甲", "2. 乙", "• 丙"]


def test_pages_are_counted_where_the_writer_breaks_them() -> None:
    document = word.Document()
    document.add_paragraph("一版")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("二版")
    assert [(line.text, line.page) for line in read(saved(document)).lines if line.text] == [("一版", 1), ("二版", 2)]


def test_pages_that_word_has_noted_go_before_those_that_are_set() -> None:
    noted = "<w:r><w:lastRenderedPageBreak/></w:r>"
    found = body(
        run("一"), '<w:r><w:br w:type="page"/></w:r>', noted + run("二"), run("三"), run("末") + noted + run("尾")
    )
    assert [line.page for line in found.lines if line.text] == [1, 2, 2, 2]


def test_without_breaks_pages_are_not_known() -> None:
    assert [line.page for line in body(run("一")).lines] == [None]


def test_pictures_are_kept_with_the_words_that_people_wrote_for_them() -> None:
    document = word.Document()
    for words in ("老渡口[1]", "IMG_2026.jpg", "图片 3"):
        document.add_picture(picture())
        document.inline_shapes[-1]._inline.docPr.set("descr", words)
        document.add_paragraph("林晓棠 摄", style="Caption")
    found = read(saved(document))
    assert texts(found) == [
        "![老渡口［1］](image1.png)", "林晓棠 摄", "![](image1.png)", "林晓棠 摄", "![](image1.png)", "林晓棠 摄",
    ]  # fmt: skip
    assert found.pictures == {"image1.png": picture().getvalue()}


def test_a_document_becomes_articles() -> None:
    document = word.Document()
    document.add_heading("栖川时报", 0)
    document.add_paragraph("2026年11月20日 星期五 第3186期")
    for title in ("渡口开航", "公园开门"):
        document.add_heading(title, 1)
        document.add_paragraph(f"本报讯 11月18日，{title}，首日来了三百二十人次。")
        document.add_paragraph("（记者 林晓棠）")
    issue = parse(read(saved(document)))
    assert (issue.masthead.title, issue.masthead.number) == ("栖川时报", 3186)
    assert [(one.headline, one.authors[0].name) for one in issue.articles] == [
        ("渡口开航", "林晓棠"),
        ("公园开门", "林晓棠"),
    ]


def replaced(change: Callable[[bytes], bytes], member: str = "word/document.xml") -> bytes:
    """Return a document with one member changed."""
    document, content = word.Document(), io.BytesIO()
    document.add_paragraph("正文。")
    with ZipFile(io.BytesIO(saved(document))) as old, ZipFile(content, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(old.read(info)) if info.filename == member else old.read(info))
    return content.getvalue()


def test_entities_are_not_opened() -> None:
    declared = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "bbbb">]>'
    content = replaced(lambda xml: xml.replace(b"?>", b"?>" + declared, 1).replace("正文".encode(), b"x&a;&b;"))
    assert texts(read(content)) == ["x"]


def test_what_unpacks_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.reading.word._LARGEST_MEMBER", 1 << 20)
    assert refusal(replaced(lambda xml: xml + b" " * (1 << 20))) == "rejected.too_much"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b" ", "rejected.empty"),
        (saved(word.Document()), "rejected.empty"),
        (b"PK\x03\x04 no more", "rejected.damaged"),
        (replaced(lambda xml: xml[:-20]), "rejected.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "rejected.encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1WordDocument", "rejected.save_as"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, code: str) -> None:
    assert refusal(content) == code
