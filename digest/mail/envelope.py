"""Letter → Message: the few facts that differ between recipients, and what a header may hold."""

import datetime as dt
import hashlib
import html
import unicodedata
from email.header import Header
from email.headerregistry import Address
from email.utils import quote as quoted
from functools import lru_cache
from urllib.parse import quote

from digest import text
from digest.model import Letter, Message

UNSUBSCRIBE_MARK = "https://unsubscribe.invalid/\u2060"
PREFERENCES_MARK = "https://preferences.invalid/\u2060"
"""Where a recipient's own links go. `text.clean` takes U+2060 out of all that is read, so no article holds it."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_URI = "%:/?#[]@!$&'()*+,;=-._~"


def address(
    letter: Letter,
    *,
    sender: str,
    sender_name: str,
    recipient: str,
    unsubscribe_url: str,
    preferences_url: str,
    list_id: str,
    message_id: str,
    date: dt.datetime,
    unsubscribe_mail: str | None = None,
    reply_to: str | None = None,
    envelope_sender: str | None = None,
) -> Message:
    """Return the letter to one person. `list_id` is a name in the form of a host, such as `paper.example.org`.

    `unsubscribe_mail` is a `mailto:` URI that unsubscribes, where mail to it is read; `reply_to` is the address where a
    person reads answers.

    The headers are those of bulk mail (RFC 2369, 2919, 3834, 8058), with exactly one https URI to unsubscribe, and one
    by which Gmail counts complaints (Feedback-ID). They are ASCII.
    """
    own, chosen = quote(unsubscribe_url, safe=_URI), quote(preferences_url, safe=_URI)
    return Message(
        sender=mailbox(sender_name, sender),
        recipient=recipient,
        subject=letter.subject,
        html=letter.html.replace(UNSUBSCRIBE_MARK, html.escape(own)).replace(PREFERENCES_MARK, html.escape(chosen)),
        text=letter.text.replace(UNSUBSCRIBE_MARK, own).replace(PREFERENCES_MARK, chosen),
        message_id=message_id,
        date=date,
        headers={
            **({"Reply-To": reply_to} if reply_to else {}),
            "List-Id": _list_id(sender_name, list_id),
            "List-Unsubscribe": f"<{own}>, <{unsubscribe_mail}>" if unsubscribe_mail else f"<{own}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
            "Feedback-ID": _feedback_id(date.date(), list_id, sender),
        },
        envelope_sender=envelope_sender,
    )


@lru_cache(maxsize=32)
def _list_id(name: str, list_id: str) -> str:
    """Return a list's name and id (RFC 2919): the name in encoded words, as many as it needs, where it is not ASCII."""
    words, place = header_text(name), f"<{quote(list_id, safe='')}>"
    if not words:
        return place
    if words.isascii():
        return f'"{quoted(words)}" {place}'
    encoded = Header(words, "utf-8", maxlinelen=75, header_name="List-Id").encode(linesep="\r\n")
    return f"{encoded}\r\n {place}"


@lru_cache(maxsize=32)
def _feedback_id(day: dt.date, list_id: str, sender: str) -> str:
    """Return what Gmail counts complaints by: the day, the list, the kind of mail, and who sends it in 5 to 15 characters."""
    domain = sender.rpartition("@")[2].lower()
    return f"{day:%Y%m%d}:{quote(list_id, safe='')}:letter:{hashlib.sha256(domain.encode()).hexdigest()[:12]}"


@lru_cache(maxsize=32)
def mailbox(name: str, address: str) -> str:
    """Return what From holds of a name and an address."""
    return str(Address(display_name=header_text(name), addr_spec=address))


def header_text(words: str) -> str:
    """Return words that may stand in a header: one line, nothing unseen, and no beginning of an encoded word.

    Python's e-mail package decodes `=?…?=` within a value and can thereby let a new header in (CVE-2024-6923).
    """
    seen = "".join(
        character for character in words if unicodedata.category(character) not in _UNSEEN or character.isspace()
    )
    return text.one_line(seen).replace("=?", "= ?")
