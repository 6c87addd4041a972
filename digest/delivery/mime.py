"""Message → the bytes of an e-mail: multipart/alternative, text first, both parts in UTF-8.

What all recipients of a letter share is encoded once.
"""

import base64
import hashlib
import re
from email import policy
from email.utils import format_datetime
from functools import lru_cache

from digest.errors import DigestError
from digest.model import Message

_POLICY = policy.SMTP.clone(max_line_length=76)
"""A folded line begins with a space, so that no encoded word is longer than the 75 characters of RFC 2047."""

_LINE = 57
"""Bytes that make a line of base64."""

_BLOCK = 1024
"""Characters that are encoded at once."""

_PLAIN_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,255}", re.ASCII)
_ALTERNATIVE = 'multipart/alternative;\r\n boundary="{}"'
_PART = 'Content-Type: text/{}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'


def build(message: Message) -> bytes:
    """Return the bytes of a message, with CRLF line ends.

    `message.headers` are ASCII and go in front unfolded: the standard library would fold a long `List-Unsubscribe`
    into an encoded word that mail programs do not read (mail.md 1.5). The same message gives the same bytes, and no
    line of them begins with a dot, which SMTP would take for the last. A message with a header that was not set is
    refused (mail.md 7.1), and one with a line end of another kind (7.5).
    """
    own = {"Date": format_datetime(message.date), "Message-ID": message.message_id, "MIME-Version": "1.0"}
    head = "".join(
        (
            *(f"{name}: {value}\r\n" for name, value in message.headers.items()),
            _folded("From", message.sender),
            _recipient(message.recipient),
            _folded("Subject", message.subject),
            *(f"{name}: {value}\r\n" for name, value in own.items()),
        )
    )
    _check(head, {*message.headers, "From", "To", "Subject", *own})
    text = [_PART.format("plain").encode(), *_base64(message.text)]
    if not message.html:
        return b"".join([head.encode("ascii"), *text])
    boundary = f"={hashlib.sha256(message.message_id.encode()).hexdigest()[:32]}="
    head += f"Content-Type: {_ALTERNATIVE.format(boundary)}\r\n"
    cut = f"\r\n--{boundary}".encode()
    html = [_PART.format("html").encode(), *_base64(message.html)]
    return b"".join([head.encode("ascii"), cut, b"\r\n", *text, cut, b"\r\n", *html, cut, b"--\r\n"])


@lru_cache(maxsize=32)
def _folded(name: str, value: str) -> str:
    """Return a header as the standard library encodes and folds it."""
    folded: str = _POLICY.fold(name, _POLICY.header_store_parse(name, value)[1])
    return folded


def _recipient(address: str) -> str:
    return f"To: {address}\r\n" if _PLAIN_ADDRESS.fullmatch(address) else _folded("To", address)


def _base64(words: str) -> list[bytes]:
    """Return a part's body. A letter's recipients differ in few places, each in as many characters: most blocks are known."""
    if "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    body, rest = [], b""
    for at in range(0, len(words), _BLOCK):
        lines, rest = _lines(rest, words[at : at + _BLOCK])
        body.append(lines)
    return [*body, _encoded(rest if words.endswith("\n") else rest + b"\r\n")]


@lru_cache(maxsize=512)
def _lines(begun: bytes, words: str) -> tuple[bytes, bytes]:
    """Return the whole lines of a line that has begun and the words that follow, and what the next line begins with."""
    known = begun + words.replace("\n", "\r\n").encode()
    whole = len(known) - len(known) % _LINE
    return _encoded(known[:whole]), known[whole:]


def _encoded(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def _check(head: str, names: set[str]) -> None:
    found = [line.partition(":")[0] for line in head.splitlines() if not line.startswith((" ", "\t"))]
    lines = head.replace("\r\n", "")
    if "\r" in lines or "\n" in lines or len(found) != len(names) or set(found) != names:
        raise DigestError("error.header", names=", ".join(sorted(set(found) - names)))
