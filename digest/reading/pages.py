"""Pages of a PDF: its characters are taken with their places, and put in order by columns."""

import io
import unicodedata
from collections.abc import Iterator, Sequence
from ctypes import c_double
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, pairwise
from math import hypot
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError, raw

from digest.errors import RejectedError
from digest.model import Document, Line, Remark, Source
from digest.reading import paragraphs, printed
from digest.reading.printed import Figure, Glyph, is_east
from digest.text import clean, has_han

_GARBLED, _ALL_GARBLED = 0.01, 0.3
"""Shares of characters without a meaning: to be remarked on, and too many for a text."""

_FEW, _SCANNED = 20, 0.5
"""A page with fewer characters, and a picture over a larger share of it, is a scanned one."""

_SMALLEST_PICTURE = 48
_LARGEST_PICTURE = 50_000_000
_BACKGROUND = 0.85
"""Pictures of fewer points across, of more pixels, or over more of the page than this are left out."""

_HYPHENS = "\x02\xad\u2010\ufffe"
"""How fonts and the library write the hyphen at the end of a line."""

_DISGUISED = (0x2E80, 0x2FDF), (0xFB00, 0xFB06), (0xFE10, 0xFE48)
"""Radicals that fonts give for the Han characters they look like, ligatures, marks of vertical lines."""

Turn = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows; `garbled` counts the characters without a meaning."""

    glyphs: list[Glyph]
    garbled: int
    figures: list[Figure]
    is_vertical: bool
    is_scan: bool


def document(source: Source) -> Document:
    """Return what `pdf.read` says, and refuse what it refuses."""
    if not source.content.strip():
        raise RejectedError("rejected.empty")
    pictures: dict[str, bytes] = {}
    pages = shown(source.content, pictures)
    remarks = tuple(_remarks(pages))
    columns = [
        paragraphs.column(number, rows)
        for number, page in enumerate(pages, start=1)
        for rows in printed.rows(page.glyphs, page.figures)
    ]
    lines = tuple(Line(clean(line.text)[0], line.level, line.page) for line in paragraphs.lines(columns))
    return Document(name=source.name, lines=lines, pictures=pictures, modified=source.modified, remarks=remarks)


def _remarks(pages: Sequence[Page]) -> Iterator[Remark]:
    """Yield what an editor should know about the text layer; refuse one that holds no text."""
    count = sum(len(page.glyphs) for page in pages)
    garbled = sum(page.garbled for page in pages)
    if garbled > _ALL_GARBLED * (count + garbled):
        raise RejectedError("rejected.garbled")
    scans = [str(number) for number, page in enumerate(pages, start=1) if page.is_scan]
    if not count or len(scans) == len(pages):
        raise RejectedError("rejected.no_text_layer")
    if scans:
        yield Remark("remark.scanned_pages", {"pages": ", ".join(scans)})
    if garbled > _GARBLED * count:
        yield Remark("remark.garbled", {"n": garbled})
    if any(page.is_vertical for page in pages):
        yield Remark("remark.vertical_text")


def shown(content: bytes, pictures: dict[str, bytes]) -> list[Page]:
    """Return the pages of a PDF, and put the bytes of its pictures into `pictures`."""
    try:
        with PdfDocument(content) as pdf:
            return [_page(pdf[i], i + 1, pictures) for i in range(len(pdf))]
    except PdfiumError as error:
        locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise RejectedError("rejected.encrypted" if locked else "rejected.damaged") from error


def _page(page: Any, number: int, pictures: dict[str, bytes]) -> Page:
    width, height = page.get_size()
    turn = _upright(page.get_rotation(), width, height)
    glyphs, garbled = _glyphs(page, turn)
    figures, is_covered = _figures(page, turn, number, pictures)
    is_scan = is_covered and len(glyphs) < _FEW
    is_vertical = _is_vertical(glyphs)
    if is_vertical:
        glyphs = [_laid(glyph, width) for glyph in glyphs]
        figures = [Figure(f.name, f.top, width - f.right, f.bottom, width - f.left) for f in figures]
    return Page(glyphs, garbled, figures, is_vertical, is_scan)


def _upright(rotation: int, width: float, height: float) -> Turn:
    """Return how a page that is shown so rotated, `width` by `height`, is turned: a, b, c, d, e, f.

    Its point x, y is seen at ax + cy + e from the left and bx + dy + f from the top.
    """
    return {
        0: (1, 0, 0, -1, 0, height),
        90: (0, 1, 1, 0, 0, 0),
        180: (-1, 0, 0, 1, width, 0),
        270: (0, -1, -1, 0, width, height),
    }[rotation]


def _seen(turn: Turn, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = turn
    return a * x + c * y + e, b * x + d * y + f


def _edges(turn: Turn, x1: float, y1: float, x2: float, y2: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return left and right, top and bottom of a rectangle as it is seen."""
    (left, top), (right, bottom) = _seen(turn, x1, y1), _seen(turn, x2, y2)
    return (min(left, right), max(left, right)), (min(top, bottom), max(top, bottom))


def _glyphs(page: Any, turn: Turn) -> tuple[list[Glyph], int]:
    """Return the characters of a page in the order in which they are drawn, and how many have no meaning."""
    width, height = page.get_size()
    text = page.get_textpage()
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), c_double(), c_double()
    found, garbled = [], 0
    for i in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, i))
        if char.isspace() or raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        if raw.FPDFText_HasUnicodeMapError(text, i) == 1 or not _has_meaning(char):
            garbled += 1
            continue
        raw.FPDFText_GetLooseCharBox(text, i, box)
        raw.FPDFText_GetMatrix(text, i, matrix)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        (left, right), (top, bottom) = _edges(turn, box.left, box.bottom, box.right, box.top)
        start, base = _seen(turn, x.value, y.value)
        if -1 <= start <= width + 1 and -1 <= base <= height + 1:
            size = raw.FPDFText_GetFontSize(text, i)
            em, size = size * hypot(matrix.a, matrix.b), size * hypot(matrix.c, matrix.d)
            if right - left < 0.95 * em and has_han(_plain(char)):  # a substitute font may give the box of the strokes
                left, right = start, start + em
            found.append(Glyph(_plain(char), left, top, right, bottom, base, size or 1.0))
    return list(_parted(found)), garbled


def _parted(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Yield `glyphs`; those that one ligature stands for, and that are all given its place, divide it."""
    for (left, right, _), same in groupby(glyphs, key=lambda glyph: (glyph.left, glyph.right, glyph.base)):
        parts = list(same)
        step = (right - left) / len(parts)
        for i, glyph in enumerate(parts):
            yield replace(glyph, left=left + i * step, right=left + (i + 1) * step) if step < right - left else glyph


@cache
def _has_meaning(char: str) -> bool:
    return char in _HYPHENS or (unicodedata.category(char) not in {"Cc", "Cn", "Co", "Cs"} and char != "\ufffd")


@cache
def _plain(char: str) -> str:
    if char in _HYPHENS:
        return "-"
    if any(first <= ord(char) <= last for first, last in _DISGUISED):
        return unicodedata.normalize("NFKC", char)
    return char


def _is_vertical(glyphs: Sequence[Glyph]) -> bool:
    """Say whether most Han characters stand under the one that is drawn before them."""
    down = along = 0
    for before, glyph in pairwise(glyphs):
        if has_han(before.text) and has_han(glyph.text):
            down += abs(glyph.left - before.left) < 0.3 * glyph.size < glyph.base - before.base < 2 * glyph.size
            along += abs(glyph.base - before.base) < 0.3 * glyph.size < glyph.left - before.left
    return down > along


def _laid(glyph: Glyph, width: float) -> Glyph:
    """Return a character of a line that runs down as one that runs along: the right edge of the page is then its top."""
    size = glyph.size
    top, bottom = glyph.top, glyph.bottom
    if is_east(glyph.text):  # it takes its em, whatever its font says of lines that run along
        top, bottom = glyph.base - 0.85 * size, glyph.base + 0.15 * size
    base = width - (glyph.left + glyph.right) / 2 + 0.35 * size
    return Glyph(glyph.text, top, width - glyph.right, bottom, width - glyph.left, base, size)


def _figures(page: Any, turn: Turn, number: int, pictures: dict[str, bytes]) -> tuple[list[Figure], bool]:
    """Return the pictures of a page, and whether one covers it; their bytes go into `pictures`."""
    width, height = page.get_size()
    figures: list[Figure] = []
    is_covered = False
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        (left, right), (top, bottom) = _edges(turn, *image.get_bounds())
        left, right, top, bottom = max(0.0, left), min(width, right), max(0.0, top), min(height, bottom)
        share = (right - left) * (bottom - top) / (width * height)
        is_covered = is_covered or share > _SCANNED
        pixels = image.get_px_size()
        if min(right - left, bottom - top, *pixels) < _SMALLEST_PICTURE or share > _BACKGROUND:
            continue
        if pixels[0] * pixels[1] > _LARGEST_PICTURE:
            continue
        try:
            suffix, content = _picture(image)
        except (PdfiumError, OSError, ValueError):  # one broken picture costs no issue
            continue
        name = f"page-{number}-picture-{len(figures) + 1}.{suffix}"
        pictures[name] = content
        figures.append(Figure(name, left, top, right, bottom))
    return figures, is_covered


def _picture(image: Any) -> tuple[str, bytes]:
    """Return a picture as the JPEG that the PDF holds, otherwise as PNG, and the suffix of its name."""
    kept = {raw.FPDF_COLORSPACE_DEVICEGRAY, raw.FPDF_COLORSPACE_DEVICERGB, raw.FPDF_COLORSPACE_ICCBASED}
    known = image.get_metadata()
    plain = known.colorspace in kept and known.bits_per_pixel <= 24
    if plain and image.get_filters(skip_simple=True) == ["DCTDecode"]:
        return "jpg", bytes(image.get_data(decode_simple=True))
    png = io.BytesIO()
    image.get_bitmap().to_pil().convert("RGB").save(png, "PNG")
    return "png", png.getvalue()
