"""Text without meaning: what every part that touches text shares."""

import re
import unicodedata
from collections.abc import Sequence

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
"""Han characters, for use inside a character class of a regular expression."""

NOT_HAN = r"\0-\u33ff\u4dc0-\u4dff\ua000-\uf8ff\ufb00-\U0001ffff\U00031350-\U0010ffff"
"""All other characters, likewise."""

LETTER = r"[^\W\d_A-Za-z]"
"""A letter beyond ASCII: stands for a Han character beside words that only Chinese has, and is compiled far sooner."""

_LAST = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NOT_XML = re.compile(f"[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef{_LAST}]")
_INVISIBLE = re.compile(
    "[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\x7f-\x84\x86-\x9f]"
)
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x85\x0b\x0c]")
_HAN = re.compile(f"[{HAN}]+")
_WIDE = rf"{HAN}\u3000-\u30ff\uff01-\uff60"
_OPENING = "（《「『【“‘"
_CLOSING = "，。、；：？！）》」』】”’…"
# Compiled at its first use, which few commands have.
_PIECE = rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*"


def clean(text: str) -> tuple[str, int]:
    """Return `text` in NFC with LF line ends and without what no reader should meet, and how much was removed.

    Removed are the characters that XML 1.0 section 2.2 does not allow, other controls, noncharacters and the
    invisible characters that reorder or hide text.
    """
    text = _LINE_ENDS.sub("\n", text)
    text, forbidden = _NOT_XML.subn("", text)
    text, invisible = _INVISIBLE.subn("", text)
    return unicodedata.normalize("NFC", text), forbidden + invisible


def has_han(text: str) -> bool:
    """Say whether `text` holds a Han character."""
    return not text.isascii() and _HAN.search(text) is not None


def is_han(text: str) -> bool:
    """Say whether `text` is Han characters and nothing else, one at least."""
    return _HAN.fullmatch(text) is not None


def han_of(text: str) -> str:
    """Return the Han characters of `text`."""
    return "".join(_HAN.findall(text))


def one_line(text: str) -> str:
    """Return `text` with every run of white space as one space, none at the ends."""
    return " ".join(text.split())


def joined(sentences: Sequence[str]) -> str:
    """Return `sentences` as one text; a space stands between them only in a language that spaces its words."""
    return ("" if any(map(has_han, sentences)) else " ").join(sentences)


def clipped(text: str, chars: int) -> str:
    """Return `text` in at most `chars` characters, the last an ellipsis where something was cut off."""
    return text if len(text) <= chars else text[: chars - 1].rstrip() + "…"


def wrapped(text: str, columns: int = 72) -> str:
    """Return `text` in lines of at most `columns`, a Chinese character counting two.

    No line begins with a closing mark or ends with an opening one; a longer word, such as a URL, stays whole.
    """
    lines, line = [], ""
    for piece in re.findall(_PIECE, text):
        if line and _width(line + piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return "\n".join([*lines, line.rstrip()])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
