"""The parts of a mail as texts, however it is encoded, and whatever it says about that."""

import html
import re
from collections.abc import Iterator
from email import message_from_string
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

from digest import text

_ENCODED_CHARS = 1000
"""How much of an encoded header is decoded, which takes the square of its length."""

_TAG = re.compile(r"<[^<>]*>")
_WITHOUT_WORDS = re.compile(r"<(style|script|title)\b[^<>]*>[^<]*</", re.IGNORECASE)
_ANY = frozenset({"us-ascii", "ascii", "unknown-8bit"})
"""What mails bear whose server did not care."""

_ENDLESS = frozenset({"punycode", "idna"})
"""What Python takes for encodings of texts, and takes the square of their length for."""

_GB = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "cn-gb", "hz-gb-2312"})


def header(mail: Message, name: str) -> str:
    """Return all values of a header as one line of text, empty where there is none."""
    return " ".join(value for key, value in _items(mail) if key == name.lower())


def texts(mail: Message) -> Iterator[str]:
    """Yield every header and every text of a mail, and of the mails in it."""
    for part in mail.walk():
        for name, value in _items(part):
            yield f"{name}: {value}"
        if not part.is_multipart() and part.get_content_maintype() in {"text", "message"}:
            yield _text(part)


def notices(mail: Message) -> Iterator[str]:
    """Yield the texts that a mail itself says, not those of a mail in it: plain where there is plain, else of the HTML."""
    own = list(_own(mail))
    plain = [part for part in own if part.get_content_type() == "text/plain"]
    for part in plain or [part for part in own if part.get_content_type() == "text/html"]:
        words = _text(part)
        yield words if plain else html.unescape(_TAG.sub(" ", _WITHOUT_WORDS.sub(" <", words)))


def blocks(mail: Message, *kinds: str) -> Iterator[dict[str, str]]:
    """Yield the blocks of fields, names in small letters, of the mail's own parts of these types."""
    for part in _own(mail):
        if part.get_content_type() in kinds:
            yield from _blocks(part)


def _own(mail: Message) -> Iterator[Message]:
    """Yield the leaves of a mail; a report's fields are one, a mail that it returns is none."""
    kind = mail.get_content_type()
    if kind == "message/rfc822" or not mail.is_multipart() or kind.startswith("message/"):
        if kind != "message/rfc822":
            yield mail
        return
    for part in mail.get_payload():
        if isinstance(part, Message):
            yield from _own(part)


def _blocks(part: Message) -> Iterator[dict[str, str]]:
    """Yield the fields of a report. The e-mail package knows its blocks only in `message/delivery-status`, unencoded."""
    blocks = part.get_payload()
    rest = _text(part)
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, Message):
            yield dict(_items(block))
            rest += _text(_unread(block, part))
    for more in re.split(r"\n[ \t]*\n", rest):
        yield dict(_items(message_from_string(more.lstrip("\n"))))


def _unread(block: Message, part: Message) -> Message:
    """Return what the e-mail package has left of a block for its text, as the part that it is in encodes it."""
    raw = block.get_payload(decode=True)
    bare = Message()
    bare["Content-Transfer-Encoding"] = header(part, "Content-Transfer-Encoding")
    bare.set_payload(raw.decode("ascii", "surrogateescape") if isinstance(raw, bytes) else "")
    return bare


def _text(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return ""
    return _in_charset(raw, part.get_content_charset()).replace("\r\n", "\n")


def _in_charset(raw: bytes, charset: str | None) -> str:
    """Decode what says its encoding, rightly or not, or says none: UTF-8 where it is, else GB18030.

    What is no text is not believed: some encodings give halves of characters, which no database takes.
    """
    charset = "gb18030" if charset in _GB else None if charset in _ENDLESS else charset
    for encoding in filter(None, (None if charset in _ANY else charset, "utf-8")):
        try:
            words = raw.decode(encoding)
            words.encode()
        except (LookupError, ValueError):
            continue
        return words
    return raw.decode("gb18030", "replace")


def _items(mail: Message) -> Iterator[tuple[str, str]]:
    """Yield the headers, names in small letters, values in words."""
    for name, value in mail.raw_items():
        yield name.lower(), _decoded(str(value))


def _decoded(value: str) -> str:
    """Return a header's value in words; bytes that no standard allows there may be in any encoding."""
    if not value.isascii():
        value = _in_charset(value.encode("utf-8", "surrogateescape"), None)
    try:
        pieces = decode_header(value[:_ENCODED_CHARS]) if "=?" in value else [(value, None)]
    except (HeaderParseError, ValueError):
        pieces = [(value, None)]
    return text.one_line("".join(one if isinstance(one, str) else _in_charset(one, charset) for one, charset in pieces))
