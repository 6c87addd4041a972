"""Figures: a picture of an HTML page with its caption and its credit."""

import base64
import binascii
import re
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree

from digest.reading import pictures
from digest.text import clean

_TYPES = {"image/jpeg": "jpg", "image/jpg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-url")
_SMALLEST_SIDE = 32
_SMALLEST_DATA = 200
"""Smaller pictures, in pixels as the page states them or in bytes, are marks and places kept free."""

_NAMES = r"[\w·]{2,8}(?:[、，, ]\s?[\w·]{2,8}){0,3}"
_DID = "摄影|攝影|摄|攝|供图|供圖"
_CREDIT = re.compile(
    rf"(?:^|(?<=[。！？.!?”」』\s|｜])|(?=[（(【\[]))"
    rf"([（(【\[]?\s?(?:{_NAMES}\s?(?:{_DID}|(?<=\s)[图圖]|[/／][图圖])|"
    rf"(?:{_DID}|[图圖]片?)\s?[:：/／]\s?[^。]{{2,30}}|"
    r"(?:Photo|Photograph|Picture|Image|Illustration)s?(?: by | courtesy of |: ?|/)[^。]{2,60})\s?[）)】\]]?)$",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 80
_DIVIDING = ("p", "div", "small", "cite")
_CREDITED = re.compile("credit|author|source|photograph|copyright", re.IGNORECASE)

CAPTION = "data-digest-caption"
"""The attribute in which an `img` of a prepared tree has the words of its `figcaption`, a line for each part of them."""


def caption(figure: etree._Element) -> None:
    """Give the words of a `figcaption` to the first picture of its `figure`, if there is one."""
    words, picture = next(figure.iter("figcaption"), None), next(figure.iter("img"), None)
    if words is None or picture is None or picture in words.iter():
        return
    picture.set(CAPTION, "\n".join(_parts(words)))
    tail = words.tail
    words.clear()
    words.tail = tail if tail and not tail.isspace() else None


def _parts(words: etree._Element) -> list[str]:
    """Return the parts that the elements of a caption divide it into."""
    parts: list[str] = []
    last = None
    texts: Any = words.xpath(".//text()")  # strings that know their elements
    for text in texts:
        parent = text.getparent()
        within = parent if text.is_text else parent.getparent()
        while within is not words and within.tag not in _DIVIDING and not _CREDITED.search(within.get("class", "")):
            within = within.getparent()
        if within is last and not (text.is_tail and parent.tag == "br"):
            parts[-1] += text
        else:
            parts.append(str(text))
        last = within
    return [part for part in (" ".join(clean(part)[0].split()) for part in parts) if part]


def lines(image: etree._Element, name: str) -> list[str]:
    """Return the lines of a picture: its mark with its caption, else the words that stand for it, then its credit."""
    words, credit = divided(image.get(CAPTION, ""))
    return [pictures.mark(words or alternative(image), name), *([credit] if credit else [])]


def divided(caption: str) -> tuple[str, str]:
    """Return the words of a caption and the photographer's credit at its end: （林晓棠 摄）, Photo by A. Reed."""
    words, _, last = caption.rpartition("\n")
    if words and _CREDIT.fullmatch(last):
        return words.replace("\n", " "), last
    caption = caption.replace("\n", " ")
    found = _CREDIT.search(caption, max(0, len(caption) - _LONGEST_CREDIT))
    return (caption[: found.start()].rstrip(), found[1].strip()) if found else (caption, "")


def address(image: etree._Element) -> str:
    """Return where the picture of an `img` is; nothing for one that is only a mark, or that is loaded by a script."""
    sides = [image.get(side, "").removesuffix("px") for side in ("width", "height")]
    if any(side.isdecimal() and int(side[:6]) < _SMALLEST_SIDE for side in sides):
        return ""
    source = image.get("src", "").strip()
    if not source or (source.startswith("data:") and len(source) < 10 * _SMALLEST_DATA):
        source = next(filter(None, (image.get(each, "").strip() for each in _LAZY)), source)
    scheme = source.partition(":")[0].lower()
    return "" if scheme in {"blob", "javascript", "about"} else source


def carried(source: str) -> tuple[str, bytes] | None:
    """Return the suffix and the bytes of a picture in a `data:` address (RFC 2397); None where it is none, or a mark."""
    head, _, body = source.removeprefix("data:").partition(",")
    kind, *options = (part.strip().lower() for part in head.split(";"))
    suffix = _TYPES.get(kind)
    if suffix is None:
        return None
    content = unquote_to_bytes(body)
    if "base64" in options:
        try:
            content = base64.b64decode(b"".join(content.split()))
        except binascii.Error:
            return None
    return (suffix, content) if len(content) >= _SMALLEST_DATA else None


def alternative(image: etree._Element) -> str:
    """Return the words that stand for an `img`, but for those that only name its file."""
    words = image.get("alt", "").strip()
    return "" if re.fullmatch(r"(?:图片|圖片|image|img|photo)?\s?\d*|\S+\.\w{3,4}", words, re.IGNORECASE) else words
