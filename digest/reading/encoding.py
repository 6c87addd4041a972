"""Bytes → text: the one place that decides how a file's bytes are to be read.

Decided is strictly first: a byte order mark, then UTF-8, then what the file says of itself. What is left is Chinese in
GB18030 (with GBK and GB 2312) or in Big5 (with the characters of Hong Kong), which only the text itself can tell apart,
or else is refused: a text that is read wrongly is worse than none.
"""

import codecs
import re
from collections.abc import Iterable
from functools import cache

from digest.errors import RejectedError
from digest.model import Remark, Source
from digest.reading import sizes
from digest.text import clean

_BINARY_SHARE = 0.005
"""A text with a larger share of control characters than this is no text."""

_MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_CODECS = {"GB18030": ("gb18030",), "Big5": ("big5hkscs", "cp950")}
"""What a legacy Chinese text may be in. Python's cp950 takes ① for ヾ and lacks Hong Kong's characters; it has the €."""

_SYMBOLS = str.maketrans("•､‾∼♁☉¥¢£", "‧﹑¯～⊕⊙￥￠￡")
"""What Python's big5hkscs makes of nine of Big5's symbols, and what they are on the web (WHATWG) and for Windows."""

_SAMPLE = 100_000
"""How many characters or bytes beyond ASCII are looked at to judge a text."""

_DAMAGED_SHARE = 0.6
"""From here on, the share of bytes in longer UTF-8 sequences tells a damaged UTF-8 file.

Measured from 10 characters on: UTF-8 with one byte flipped, lost or cut off has at least 0.78, Chinese in other
encodings at most 0.6, nearly always less than 0.4.
"""

_COMMON_SHARE = 0.6
"""A text is Chinese if it has at least this share of common characters: from 10 characters on, Chinese has 0.66."""

_WESTERN_SHARE = 0.5
"""A text is Western if this share of its characters beyond ASCII stand in words that are half ASCII: fête → f阾e."""

_EVERYDAY = frozenset("的一是在不有人这這国國上大中为為和我以年月日")
_EVERYDAY_SHARE = 0.01
_EVERYDAY_FROM = 200
"""From so many characters on, Chinese has at least this share of everyday ones; Korean and Japanese, which GB18030 can
always be taken for, have none."""

_SEQUENCE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII = re.compile("[\0-\x7f]+")
_WORD = re.compile("[A-Za-z]*[^\\0-\x7f][^\\0-@\\[-`{-\x7f]*")

_SAME = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252", "ascii": "cp1252"}
_DECLARABLE = re.compile(
    r"gb18030|cp950|big5hkscs|cp125\d|iso8859-\d+|koi8-[ru]|shift_jis|cp932|euc_jp|euc_kr|cp949|cp874"
)


def decoded(source: Source, declared: str = "") -> tuple[str, tuple[Remark, ...]]:
    """Return the text of `source`, cleaned, and what an editor should know about it.

    `declared` is the encoding that a format says it is in, if any. It is believed where it can be true and the text is
    no UTF-8: whoever saves a page anew as UTF-8 often leaves its old declaration, and no other text of some length
    happens to be UTF-8. Any encoding but UTF-8 is remarked on (`remark.encoding`).

    Raises:
        RejectedError: `rejected.empty`, `rejected.binary`, `rejected.too_long`, or `rejected.encoding` with the line (from 1) and the byte
            (from 0) at which the text stops being UTF-8, or UTF-16 where its mark says so.
    """
    content = source.content
    if not content.strip():
        raise RejectedError("rejected.empty")
    raw, name = _marked(content) or _unmarked(content, declared)
    text, removed = clean(raw)
    if removed > _BINARY_SHARE * len(raw) and removed > 1:
        raise RejectedError("rejected.binary")
    if not text.strip():
        raise RejectedError("rejected.empty")
    sizes.check(len(text), text.count("\n"))
    remarks = [] if name == "UTF-8" else [Remark("remark.encoding", {"name": name})]
    return text, (*remarks, *removals(removed))


def removals(n: int) -> tuple[Remark, ...]:
    """Return what is to be said about `n` characters that were removed."""
    return (Remark("remark.removed", {"n": n}),) if n else ()


def summed(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Return `remarks` with each thing said once: their numbers `n` are added."""
    counts: dict[tuple[str, tuple[tuple[str, str | int], ...]], int] = {}
    for remark in remarks:
        n = remark.facts.get("n", 0)
        others = tuple(sorted((name, fact) for name, fact in remark.facts.items() if name != "n"))
        key = (remark.code, others)
        counts[key] = counts.get(key, 0) + (n if isinstance(n, int) else 0)
    return tuple(Remark(code, {**dict(facts), **({"n": n} if n else {})}) for (code, facts), n in counts.items())


def _marked(content: bytes) -> tuple[str, str] | None:
    """Return the text behind a byte order mark and its encoding's name, None where there is no mark."""
    for mark, codec in _MARKS.items():
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(codec), codec.upper()[:6].rstrip("-")
            except UnicodeDecodeError as error:
                raise _refusal(content, len(mark) + error.start, codec) from error
    return None


def _unmarked(content: bytes, declared: str) -> tuple[str, str]:
    """Return the text and its encoding's name, decided by the text."""
    if b"\0" in content:
        raise RejectedError("rejected.binary")
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        found = None
        if not _is_damaged(content):
            found = _declared(content, declared) or chinese(content)
        if found is None:
            raise _refusal(content, error.start, "utf-8") from error
        return found


def _refusal(content: bytes, at: int, codec: str) -> RejectedError:
    line = content[:at].decode(codec, "ignore").count("\n") + 1
    return RejectedError("rejected.encoding", line=line, byte=at)


def _is_damaged(content: bytes) -> bool:
    """Say whether what is not UTF-8 was meant to be: most of it still is."""
    first = _HIGH.search(content)
    sample = content[first.start() if first else 0 :][:_SAMPLE]
    return sum(map(len, _SEQUENCE.findall(sample))) >= _DAMAGED_SHARE * len(_HIGH.findall(sample))


def _declared(content: bytes, label: str) -> tuple[str, str] | None:
    """Return the text in the encoding that a file says it is in, where it is a known one and can be true."""
    try:
        codec = codecs.lookup(label.strip()).name if label.isascii() else ""
    except (LookupError, ValueError):
        return None
    codec = _SAME.get(codec, codec)
    if not _DECLARABLE.fullmatch(codec):
        return None
    named = next((name for name, tried in _CODECS.items() if codec in tried), "")
    for each in _CODECS.get(named, (codec,)):
        text = _strictly(content, each)
        if text is not None:
            return text, named or label.strip()
    return None


def chinese(content: bytes) -> tuple[str, str] | None:
    """Return the text as GB18030 or Big5, whichever gives more common characters; None where neither gives Chinese."""
    best, share = None, 0.0
    for name, tried in _CODECS.items():
        text = next(filter(None, (_strictly(content, codec) for codec in tried)), None)
        if text and (found := _common_share(text)) > share:
            best, share = (text, name), found
    return best if best and share >= _COMMON_SHARE and _is_chinese(best[0]) else None


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError:
        return None
    return text.translate(_SYMBOLS) if codec == "big5hkscs" else text


def _common_share(text: str) -> float:
    high = _ASCII.sub("", text)[:_SAMPLE]
    return sum(character in _common() for character in high) / len(high) if high else 0.0


def _is_chinese(text: str) -> bool:
    """Say whether a text of common characters is one that somebody could have written."""
    high = _ASCII.sub("", text)
    beyond = ((word, len(_ASCII.sub("", word))) for word in _WORD.findall(text))
    if sum(n for word, n in beyond if len(word) >= 2 * n) > _WESTERN_SHARE * len(high):
        return False
    return len(high) < _EVERYDAY_FROM or sum(map(_EVERYDAY.__contains__, high)) >= _EVERYDAY_SHARE * len(high)


@cache
def _common() -> frozenset[str]:
    """Return the common characters, simplified and traditional.

    They are those that the standards themselves put first: level 1 of GB 2312-1980 (rows B0 to D7) and of Big5 (rows
    A4 to C6), and the punctuation before them (rows A1 to A3).
    """
    rows = (("gb2312", 0xA1, 0xA3), ("gb2312", 0xB0, 0xD7), ("big5", 0xA1, 0xC6))
    cells = (
        (codec, row, cell)
        for codec, first, last in rows
        for row in range(first, last + 1)
        for cell in range(0x40, 0xFF)
    )
    found = {bytes((row, cell)).decode(codec, "ignore") for codec, row, cell in cells}
    return frozenset(character for character in found if not character.isascii())
