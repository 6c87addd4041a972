"""Word documents (.docx): paragraphs with their styles, tables, text boxes, pictures.

Of tracked changes the newer state is read: insertions are text, deletions are not.
"""

import io
import re
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from zipfile import BadZipFile, ZipFile

from digest.errors import RejectedError
from digest.model import Document, Line, Source
from digest.reading import pictures
from digest.reading.numbering import Numbering
from digest.text import clean, one_line

_MOST_MEMBERS = 5000
_LARGEST_MEMBER = 100_000_000
_LARGEST = 400_000_000
"""The most members of a document, the most bytes of one, and of all."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_IMAGE_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

_LEFT_OUT = frozenset(_W + tag for tag in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "rt", "sectPr"))
"""Deletions, properties, what fields are computed from, readings beside characters."""

_CHARACTERS = {_W + "tab": "\t", _W + "ptab": "\t", _W + "cr": "\n", _W + "noBreakHyphen": "-"}
_HEADING = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "標題"})
_BY_MACHINE = re.compile(
    r"(?:图片|圖片|微信图片|截图|picture|image|img|photo)[\s_\d.-]*|.*\.(?:jpe?g|png|gif|bmp|webp)|.*(?:自动生成|generated).*",
    re.IGNORECASE,
)
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff"})
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_BROKEN = (
    BadZipFile, zlib.error, EOFError, OSError, LookupError, TypeError, ValueError, AttributeError, SyntaxError,
    AssertionError, NotImplementedError, RecursionError,
)  # fmt: skip
"""What the libraries raise on a file that is not what it says. lxml's errors are syntax errors."""


def document(source: Source) -> Document:
    """Return what a Word document holds, as `docx.read` says."""
    content = source.content
    if not content.strip():
        raise RejectedError("rejected.empty")
    if content.startswith(_OLE):
        raise RejectedError("rejected.encrypted" if _LOCKED in content else "rejected.save_as", suffix=".doc")
    try:
        _check(content)
        body = _Body(_opened(content))
        lines = tuple(body.lines())
    except _BROKEN as error:
        raise RejectedError("rejected.damaged") from error
    if not any(line.text for line in lines):
        raise RejectedError("rejected.empty")
    return Document(name=source.name, lines=lines, pictures=body.pictures, modified=source.modified)


def _check(content: bytes) -> None:
    with ZipFile(io.BytesIO(content)) as file:
        sizes = [member.file_size for member in file.infolist()]
    if len(sizes) > _MOST_MEMBERS or max(sizes, default=0) > _LARGEST_MEMBER or sum(sizes) > _LARGEST:
        raise RejectedError("rejected.too_much")


def _opened(content: bytes) -> Any:
    import docx

    return docx.Document(io.BytesIO(content)).part


class _Body:
    """The walk through a document, which knows the page that it has come to."""

    def __init__(self, part: Any) -> None:
        self.pictures: dict[str, bytes] = {}
        self._part = part
        self._styles = {style.style_id: style for style in part.styles if style.style_id}
        self._numbering = Numbering(_related(part, "/numbering"))
        root = part.element.body
        noted = next(root.iter(_W + "lastRenderedPageBreak"), None) is not None
        set_ = any(mark.get(_W + "type") == "page" for mark in root.iter(_W + "br"))
        self._breaks = _W + ("lastRenderedPageBreak" if noted else "br")
        self._page = 1 if noted or set_ else None

    def lines(self) -> Iterator[Line]:
        """Yield the lines of the document."""
        yield from self._blocks(self._part.element.body)

    def _blocks(self, parent: Any) -> Iterator[Line]:
        for child in parent:
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from self._table(child)
            elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
                yield from self._blocks(child)

    def _table(self, table: Any) -> Iterator[Line]:
        """Yield a table row by row; one that only arranges paragraphs side by side, cell by cell."""
        yield Line("")
        for row in table.iterchildren(_W + "tr"):
            cells = [list(self._blocks(cell)) for cell in row.iterchildren(_W + "tc")]
            if any(len(cell) > 1 or (cell and cell[0].text.startswith("![")) for cell in cells):
                yield from (line for cell in cells for line in cell)
            else:
                yield Line("\t".join(cell[0].text for cell in cells if cell and cell[0].text), page=self._page)
        yield Line("")

    def _paragraph(self, paragraph: Any) -> Iterator[Line]:
        """Yield a paragraph, line by line where it is broken by hand, then what is anchored in it."""
        text = _Text()
        self._collect(paragraph, text)
        words = clean("".join(text.words))[0]
        level, number = self._style(paragraph)
        for line in ((number if words.strip() else "") + words).split("\n"):
            yield Line(line.rstrip(), level=level if line.strip() else 0, page=text.page or self._page)
        yield from text.anchored

    def _collect(self, parent: Any, text: "_Text") -> None:
        for child in parent:
            tag = child.tag
            if tag == _W + "t":
                text.add(child.text or "", self._page)
            elif tag in _CHARACTERS:
                text.add(_CHARACTERS[tag], None)
            elif tag in {_W + "br", _W + "lastRenderedPageBreak"}:
                self._break(child, text)
            elif tag == _ALTERNATIVES:  # the same for newer and for older programs
                self._collect(next(iter(child), ()), text)
            elif tag == _W + "txbxContent":
                text.anchored += [Line(""), *self._blocks(child), Line("")]
            elif tag in {_BLIP, _IMAGE_DATA}:
                text.anchored += self._picture(child)
            elif isinstance(tag, str) and tag not in _LEFT_OUT:
                self._collect(child, text)

    def _break(self, mark: Any, text: "_Text") -> None:
        kind = mark.get(_W + "type") if mark.tag == _W + "br" else "page"
        if kind in {None, "textWrapping"}:
            text.add("\n", None)
        elif kind == "page" and mark.tag == self._breaks and self._page is not None:
            self._page += 1

    def _picture(self, mark: Any) -> Iterator[Line]:
        """Yield the line of a picture that the document holds, and keep its bytes."""
        related = self._part.related_parts.get(mark.get(_EMBED) or mark.get(_IMAGE_ID))
        name = PurePosixPath(str(related.partname)).name if related is not None else ""
        if PurePosixPath(name).suffix.lower() not in _PICTURES:
            return
        self.pictures[pictures.safe(name)] = related.blob
        drawing = next((up for up in mark.iterancestors() if up.find(_PROPERTIES) is not None), None)
        words = one_line(drawing.find(_PROPERTIES).get("descr", "")) if drawing is not None else ""
        words = "" if _BY_MACHINE.fullmatch(words) else clean(words)[0]
        yield Line(pictures.mark(words, name), page=self._page)

    def _style(self, paragraph: Any) -> tuple[int, str]:
        """Return the level of a paragraph's heading, 0 for none, and the number before it, from itself or its style."""
        level = depth = name = None
        for properties, title in self._chain(paragraph):
            if level is None:
                level = _level(properties, title)
            depth = depth if depth is not None else _value(properties, "numPr/ilvl")
            name = name if name is not None else _value(properties, "numPr/numId")
        place = (name or "0", int(depth or 0))
        return level or 0, self._numbering.next(place) if name not in {None, "0"} else ""

    def _chain(self, paragraph: Any) -> Iterator[tuple[Any | None, str]]:
        """Yield the properties of a paragraph, then those of its style and of the styles that this one is based on."""
        yield paragraph.pPr, ""
        style = self._styles.get(paragraph.style)
        for _ in range(10):
            if style is None:
                return
            yield style.element.find(_W + "pPr"), style.name or ""
            style = self._styles.get(_value(style.element, "basedOn"))


class _Text:
    """A paragraph while it is read: its words, the page of the first, and what is anchored in it."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.page: int | None = None
        self.anchored: list[Line] = []

    def add(self, words: str, page: int | None) -> None:
        self.words.append(words)
        self.page = self.page or (page if words.strip() else None)


def _level(properties: Any | None, style: str) -> int | None:
    """Return the level that a style's name or an outline level gives; None where neither says."""
    heading = _HEADING.fullmatch(style.strip())
    if heading:
        return min(int(heading[1]), 6)
    if style.strip().lower() in _TITLES:
        return 1
    outline = _value(properties, "outlineLvl")
    if outline is None:
        return None
    return int(outline) + 1 if int(outline) < 6 else 0


def _value(parent: Any | None, path: str) -> str | None:
    found = None if parent is None else parent.find("/".join(_W + tag for tag in path.split("/")))
    return None if found is None else found.get(_W + "val")


def _related(part: Any, kind: str) -> Any | None:
    for relation in part.rels.values():
        if relation.reltype.endswith(kind) and not relation.is_external:
            return relation.target_part.element
    return None
