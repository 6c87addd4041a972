"""Hypertext: the tree of an HTML page → rows of text, each knowing in what part of the page it stands.

Elements mean what the HTML standard says (https://html.spec.whatwg.org). How a page looks is not known here, but for
what an element's own style hides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from digest.errors import RejectedError
from digest.reading import figures, pictures
from digest.reading.content import Row
from digest.text import HAN, clean


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = _set(
    "head title script style template noscript svg math canvas object embed iframe audio video map select button "
    "input textarea datalist progress meter rp rt"
)
_LOOSE = _set(
    "h1 h2 h3 h4 h5 h6 html body p div section article main header footer nav aside menu dialog blockquote figure ul "
    "ol dl table caption address center fieldset form details pre hr search hgroup"
)
"""Blocks with an empty line round them."""

_TIGHT = _set("li dt dd tr thead tbody tfoot summary legend figcaption")
"""Blocks whose lines follow each other."""

_SHAPING = _set("p div table br ul ol dl section article h1 h2 h3 h4 h5 h6")
"""What stands in a cell only where its table gives the page its shape."""

_LONGEST_CAPTION = 120
_CELLS = ("td", "th")
_NUMBERED = "data-digest-number"
_CONTENT = _set("article main")
_APART = _set("nav menu dialog navigation search menubar")
_BESIDE = _set("footer aside complementary contentinfo")
"""Elements and roles that are no content: wherever they stand, and where they stand in none."""

_HIDES = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_WIDE = rf"[{HAN}\u3000-\u303f\u30a0-\u30ff\uff00-\uffef“”‘’…—]"
_WRAPPED = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_NUMBER = re.compile("[0-9]{1,4}")
_BLANKS = {0xA0: " ", 0xAD: None}
"""The space that does not break, and the hyphen that is seen only where a line ends."""


def rows(html: str) -> tuple[list[Row], dict[str, bytes]]:
    """Return the rows of a page, and the pictures that it carries in itself, by the names in their rows.

    Raises:
        RejectedError: `rejected.damaged` where the parser gave up: elements stand in each other 2,000 deep.
    """
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(html.encode(), parser)
    except etree.XMLSyntaxError:  # there is no element in it
        return [], {}
    if parser.error_log.filter_from_fatals():
        raise RejectedError("rejected.damaged")
    if root is None:
        return [], {}
    _prepare(root)
    written, carried = _written(root)
    return _captioned(written), carried


def _prepare(root: etree._Element) -> None:
    """Take out what is not read, and note where it is read what an element is only in another."""
    etree.strip_elements(root, *_SKIPPED, with_tail=False)
    for figure in root.iter("figure"):
        figures.caption(figure)
    for row in root.iter("tr"):
        shapes = next(row.iter(*_SHAPING), None) is not None
        for cell in row.iterchildren(*_CELLS):
            cell.tag = "div" if shapes else cell.tag
    for numbered in root.iter("ol"):
        start = numbered.get("start", "")
        for number, item in enumerate(numbered.iterchildren("li"), int(start) if _NUMBER.fullmatch(start) else 1):
            inner = not (item.text or "").strip() and len(item) and item[0].tag in _LOOSE
            (item[0] if inner else item).set(_NUMBERED, f"{number}. ")


def _captioned(rows: list[Row]) -> list[Row]:
    """Return `rows` with what stands behind a picture in its mark, if a photographer's credit shows it to be a caption."""
    found: list[Row] = []
    for row in rows:
        name = pictures.uncaptioned(found[-1].text) if found else None
        caption, credit = figures.divided(row.text) if name and not row.level else ("", "")
        if name and credit and len(caption) <= _LONGEST_CAPTION:
            found[-1] = replace(found[-1], text=pictures.mark(caption, name), chars=_count(caption))
            row = replace(row, text=credit, gap=False, chars=_count(credit))  # noqa: PLW2901 -- the rest of it
        found.append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """What holds for all text in an element."""

    level: int = 0
    content: bool = False
    apart: int = 0
    is_link: bool = False
    is_pre: bool = False


def _written(root: etree._Element) -> tuple[list[Row], dict[str, bytes]]:
    """Return the rows and pictures of a tree, which may be deeper than functions may call themselves."""
    writer = _Writer()
    standing: list[tuple[etree._Element, Iterator[etree._Element], _Place]] = []
    following: etree._Element | None = root
    while following is not None or standing:
        if following is not None:
            place = writer.begin(following, standing[-1][2] if standing else _Place())
            standing.append((following, iter(following), place))
        else:
            element, _, place = standing.pop()
            writer.end(element, place, standing[-1][2] if standing else _Place())
        following = next(standing[-1][1], None) if standing else None
    return writer.rows, writer.pictures


class _Writer:
    """Text gathers here until its line ends, and becomes a row."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.pictures: dict[str, bytes] = {}
        self._pieces: list[tuple[str, bool]] = []
        self._marks: list[tuple[str, bool]] = []
        self._links = 0
        self._gap = False
        self._apart_count = 0

    def begin(self, element: etree._Element, parent: _Place) -> _Place:
        """Take the beginning of an element, and return the place that it is."""
        tag = str(element.tag)
        if tag in _LOOSE or tag in _TIGHT:
            self._close(parent, gap=tag in _LOOSE)
        elif tag == "br":
            self._close(parent, gap=not any(piece.strip() for piece, _ in self._pieces))
        elif tag == "img":
            self._picture(element, parent)
        self._links += tag == "a"
        place = self._place(element, tag, parent)
        self._write(element.get(_NUMBERED), place)
        self._write(element.text, place)
        return place

    def end(self, element: etree._Element, place: _Place, parent: _Place) -> None:
        """Take the end of an element, and the text behind it."""
        tag = str(element.tag)
        if tag in _LOOSE or tag in _TIGHT:
            self._close(place, gap=tag in _LOOSE)
        if tag in _CELLS:
            self._write(" ", parent)
        self._write(element.tail, parent)

    def _place(self, element: etree._Element, tag: str, parent: _Place) -> _Place:
        meanings = {tag, element.get("role", "").strip().lower()}
        apart = parent.apart
        hidden = element.get("hidden", "until-found") != "until-found" or _HIDES.search(element.get("style", ""))
        if not apart and (hidden or meanings & (_APART if parent.content else _APART | _BESIDE)):
            self._apart_count += 1
            apart = self._apart_count
        return _Place(
            level=_HEADINGS.get(tag, parent.level),
            content=parent.content or bool(meanings & _CONTENT),
            apart=apart,
            is_link=parent.is_link or tag == "a",
            is_pre=parent.is_pre or tag == "pre",
        )

    def _write(self, text: str | None, place: _Place) -> None:
        if text:
            self._pieces.append((text, place.is_link))

    def _picture(self, image: etree._Element, place: _Place) -> None:
        """Keep the lines of a picture until the line that it stands in has ended."""
        source = figures.address(image)
        name = pictures.name_at(source)
        if source.startswith("data:"):
            carried = figures.carried(source)
            name = f"picture-{len(self.pictures) + 1}.{carried[0]}" if carried else ""
            if carried:
                self.pictures[name] = carried[1]
        if name:
            self._marks += ((line, place.is_link) for line in figures.lines(image, name))
        else:
            self._write(image.get(figures.CAPTION), place)

    def _close(self, place: _Place, *, gap: bool) -> None:
        """End the line; `gap` says that the next one stands apart from it."""
        pieces, self._pieces = self._pieces, []
        raw = "".join(piece for piece, _ in pieces)
        if raw and (place.is_pre or not raw.isspace()):
            text, removed = clean(raw)
            linked = sum(_count(piece) for piece, is_link in pieces if is_link)
            for line in text.split("\n") if place.is_pre else [_WRAPPED.sub("", text)]:
                words = _SPACES.sub(" ", line).strip(" ").translate(_BLANKS).rstrip()
                self._gap = self._gap or (place.is_pre and not words)
                self._add(words, place, place.level, linked, removed)
                removed = 0
        self._gap = self._gap or gap or bool(self._marks)
        marks, self._marks = self._marks, []
        for mark, is_link in marks:
            words, removed = clean(mark)
            self._add(words, place, 0, len(words) * is_link, removed)
        self._gap = self._gap or bool(marks)
        self._links = 0

    def _add(self, text: str, place: _Place, level: int, linked: int, removed: int) -> None:
        if text:
            chars = _count(pictures.words(text))
            row = Row(
                text,
                level=level,
                gap=self._gap,
                content=place.content,
                apart=place.apart,
                links=self._links,
                linked=min(linked, chars),
                chars=chars,
                removed=removed,
            )
            self.rows.append(row)
            self._gap = False


def _count(text: str) -> int:
    return len("".join(text.split()))
