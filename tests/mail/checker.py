"""What mail.md asks of every message, row by row: `faults` reads the bytes that are sent, and tells which rows are broken."""

import email
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.header import decode_header
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Literal

from lxml import html

from tests.mail.pages import page_faults

Kind = Literal["letter", "note", "notice"]
"""A letter to subscribers; a note to one of them; a notice to the office, which is plain text."""

COLUMNS = 72

COMMON = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type", "Auto-Submitted")
BULK = ("Precedence", "List-Id", "List-Unsubscribe", "List-Unsubscribe-Post", "Feedback-ID")
PLAIN = ("Content-Transfer-Encoding",)
SIGNED = (
    *("from", "to", "subject", "date", "message-id", "mime-version", "content-type"),
    *("list-unsubscribe", "list-unsubscribe-post"),
)

_WORD = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?\s]*\?=")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader has to find in a message: `identity` is who sends it, `why` says why they get it."""

    kind: Kind
    recipient: str
    identity: str = ""
    why: str = ""
    browser: str = ""
    titles: tuple[str, ...] = ()
    reply_to: bool = False


def faults(content: bytes, wanted: Wanted) -> list[str]:
    """Return the rows that a message breaks, each with what is wrong; none for a good one."""
    message = email.message_from_bytes(content, policy=policy.default)
    assert isinstance(message, EmailMessage)
    found = [*_bytes(content), *_headers(message, wanted), *_subject(message), *_structure(message, wanted)]
    parts = {part.get_content_type(): part for part in message.walk() if not part.is_multipart()}
    plain = str(parts["text/plain"].get_content()) if "text/plain" in parts else ""
    found += _plain(plain, wanted)
    if wanted.kind == "letter":
        found += _listed(message, plain, wanted)
    if "text/html" in parts:
        page = str(parts["text/html"].get_content())
        found += [*page_faults(page), *_told(plain, page, message, wanted)]
    return found


def _bytes(content: bytes) -> Iterator[str]:
    if re.search(rb"(?<!\r)\n|\r(?!\n)", content):
        yield "7.5 a line ends otherwise than in CRLF"
    if not content.isascii():
        yield "1.14 8-bit bytes"
    if (longest := max(map(len, content.split(b"\r\n")))) > 998:
        yield f"1.2 a line of {longest} octets"
    head = content.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
    for line in head.split("\r\n"):
        words = _WORD.findall(line)
        if any(len(word) > 75 for word in words) or (words and len(line) > 76):
            yield f"1.2 an encoded word too long: {line}"
        yield from (f"1.2 cut in a character, or not in UTF-8: {word}" for word in words if not _is_whole(word))
    for field in re.split(r"\r\n(?![ \t])", head):
        name, _, value = field.partition(":")
        if name.lower() == "list-unsubscribe" and ("=?" in value or "\r\n" in value):
            yield "1.5 List-Unsubscribe is folded or encoded"


def _is_whole(word: str) -> bool:
    """Say whether an encoded word is UTF-8 by itself."""
    ((raw, charset),) = decode_header(word)
    try:
        return charset == "utf-8" and isinstance(raw, bytes) and bool(raw.decode())
    except UnicodeDecodeError:
        return False


def _headers(message: EmailMessage, wanted: Wanted) -> Iterator[str]:
    names = {*COMMON, *(BULK if wanted.kind == "letter" else ()), *(PLAIN if wanted.kind == "notice" else ())}
    names |= {"Reply-To"} if wanted.reply_to else set()
    present = [name for name in message.keys() if name != "DKIM-Signature"]  # noqa: SIM118 -- once for each line
    if sorted(present) != sorted(names):
        yield f"7.1 headers {sorted(set(present) ^ names) or 'twice'}"
    if str(message["To"]) != wanted.recipient:
        yield f"1.1 To is {message['To']}"
    if re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+\.[^<>@\s.]+>", str(message["Message-ID"])) is None:
        yield f"1.3 Message-ID is {message['Message-ID']}"
    if parsedate_to_datetime(str(message["Date"])).tzinfo is None:
        yield f"1.3 Date is {message['Date']}"
    if message["Auto-Submitted"] != "auto-generated":
        yield "1.7 Auto-Submitted"
    if (signature := message["DKIM-Signature"]) is not None:
        fields = dict(re.findall(r"(\w+)=([^;]*)", re.sub(r"\s", "", str(signature))))
        lacking = set(SIGNED[: None if wanted.kind == "letter" else 7]) - set(fields["h"].split(":"))
        sender = message["From"].addresses[0].domain
        if lacking or fields["a"] != "rsa-sha256" or "l" in fields or not f".{sender}".endswith(f".{fields['d']}"):
            yield f"1.6 DKIM: {sorted(lacking)} {fields['a']} {fields['d']}"


def _subject(message: EmailMessage) -> Iterator[str]:
    subject, sender = str(message["Subject"]), message["From"].addresses
    if len(sender) != 1 or "=?" in str(message["From"]) or "=?" in subject:
        yield "1.2 Subject or From does not decode"
    if not subject.strip() or re.match(r"(?i)(?:re|fwd?|回复|转发)\s*[:：]", subject):
        yield f"1.13 the subject is {subject!r}"
    if re.search(r"[{}]|\bNone\b|undefined", subject):
        yield f"1.13 a rest of a template in {subject!r}"


def _structure(message: EmailMessage, wanted: Wanted) -> Iterator[str]:
    parts = [message] if wanted.kind == "notice" else list(message.iter_parts())
    types = ["text/plain"] if wanted.kind == "notice" else ["text/plain", "text/html"]
    if message.get_content_type() != ("text/plain" if wanted.kind == "notice" else "multipart/alternative"):
        yield f"1.1 it is {message.get_content_type()}"
    if [part.get_content_type() for part in parts] != types:
        yield f"1.1 its parts are {[part.get_content_type() for part in parts]}"
    for part in parts:
        if part.get_content_charset() != "utf-8" or part.get_content_disposition() == "attachment":
            yield "1.1 a part is not plain UTF-8"
        if part["Content-Transfer-Encoding"] != "base64":
            yield f"1.14 a part is {part['Content-Transfer-Encoding']}"


def _listed(message: EmailMessage, plain: str, wanted: Wanted) -> Iterator[str]:
    listed = str(message["List-Unsubscribe"])
    if re.fullmatch(r"<https://[!-;=?-~]+>(?:, <mailto:[!-;=?-~]+>)?", listed) is None:
        yield f"1.4 List-Unsubscribe is {listed}"
    if message["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click":
        yield "1.4 List-Unsubscribe-Post"
    if re.fullmatch(r".+ <[\w-]+(?:\.[\w-]+)+>", str(message["List-Id"])) is None:
        yield f"1.4 List-Id is {message['List-Id']}"
    if message["Precedence"] != "bulk":
        yield "1.7 Precedence"
    if re.fullmatch(r"(?:[\w.%-]*:){3}\w{5,15}", str(message["Feedback-ID"])) is None:
        yield f"1.15 Feedback-ID is {message['Feedback-ID']}"
    if wanted.browser not in plain.splitlines():
        yield "1.11 the text part has no address for the browser"


def _plain(plain: str, wanted: Wanted) -> Iterator[str]:
    if re.search(r"</?[a-z!][^>]*>|&#?\w+;|[{}]", plain):
        yield "1.11 markup in the text part"
    for line in plain.splitlines():
        wide = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)
        if wide > COLUMNS and not line.startswith("https://") and wanted.kind != "notice":
            yield f"1.11 a line of {wide} columns: {line}"


def _told(plain: str, page: str, message: EmailMessage, wanted: Wanted) -> Iterator[str]:
    """Tell what is missing in one of the parts."""
    root = html.document_fromstring(page)
    links = {str(link) for link in root.xpath("//a/@href")}
    shown = _squeezed("".join(root.xpath("//body//text()[not(ancestor::style)]")))
    lines, said = plain.splitlines(), _squeezed(plain)
    for title in wanted.titles:
        for part, where in (("1.11 text", said), ("1.12 HTML", shown)):
            if _squeezed(title) not in where:
                yield f"{part} part lacks {title}"
    for url in links - set(lines):
        yield f"1.11 the text part lacks {url}"
    for words in filter(None, (wanted.identity, wanted.why)):
        if _squeezed(words) not in shown or _squeezed(words) not in said:
            yield f"1.12 one part lacks {words}"
    if wanted.kind == "letter":
        own = re.findall(r"<(https://[^>]+)>", str(message["List-Unsubscribe"]))
        if not {*own, wanted.browser} <= links or not set(own) <= set(lines):
            yield "1.12 no link to unsubscribe, or for the browser"
    elif re.search("https://", page) and not links <= set(lines):
        yield "1.11 a link stands only in the HTML part"


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)
