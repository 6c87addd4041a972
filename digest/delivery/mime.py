"""Message → the bytes of an e-mail: multipart/alternative, text first, both parts in UTF-8."""

import hashlib
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime

from digest.errors import DigestError
from digest.model import Message

_POLICY = policy.SMTP.clone(max_line_length=76)
"""A folded line begins with a space, so that no encoded word is longer than the 75 characters of RFC 2047."""


def build(message: Message) -> bytes:
    """Return the bytes of a message, with CRLF line ends.

    `message.headers` are ASCII and go in front unfolded: the standard library would fold a long `List-Unsubscribe`
    into an encoded word that mail programs do not read (mail.md 1.5). The same message gives the same bytes. A serialised message with a header that was
    not set is refused (mail.md 7.1).
    """
    mail = EmailMessage(policy=_POLICY)
    mail["From"] = message.sender
    mail["To"] = message.recipient
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(message.date)
    mail["Message-ID"] = message.message_id
    mail.set_content(message.text, subtype="plain", cte="base64")
    if message.html:
        mail.add_alternative(message.html, subtype="html", cte="base64")
        mail.set_boundary(f"={hashlib.sha256(message.message_id.encode()).hexdigest()[:32]}=")
    front = "".join(f"{name}: {value}\r\n" for name, value in message.headers.items()).encode("ascii")
    content = front + mail.as_bytes()
    _check(content, {*mail.keys(), *message.headers})
    return content


def _check(content: bytes, names: set[str]) -> None:
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    found = [line.partition(":")[0] for line in head.splitlines() if not line.startswith((" ", "\t"))]
    if len(found) != len(names) or set(found) != names:
        raise DigestError("error.header", names=", ".join(sorted(set(found) - names)))
