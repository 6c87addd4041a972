"""Letter → Message: the few facts that differ between recipients, and what a header may hold."""

import html
import unicodedata
from datetime import datetime
from email.headerregistry import Address
from urllib.parse import quote

from digest import text
from digest.model import Letter, Message

UNSUBSCRIBE_MARK = "https://unsubscribe.invalid/\u2060"
"""Where a recipient's own link goes. `text.clean` takes U+2060 out of all that is read, so no article holds it."""

_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_URI = "%:/?#[]@!$&'()*+,;=-._~"


def address(
    letter: Letter,
    *,
    sender: str,
    sender_name: str,
    recipient: str,
    unsubscribe_url: str,
    list_id: str,
    message_id: str,
    date: datetime,
) -> Message:
    """Return the letter to one person. `list_id` is a name in the form of a host, such as `paper.example.org`.

    The headers are those of bulk mail (RFC 2369, 2919, 3834, 8058), with exactly one URI to unsubscribe. They are
    ASCII.
    """
    own = quote(unsubscribe_url, safe=_URI)
    return Message(
        sender=str(Address(display_name=header_text(sender_name), addr_spec=sender)),
        recipient=recipient,
        subject=letter.subject,
        html=letter.html.replace(UNSUBSCRIBE_MARK, html.escape(own)),
        text=letter.text.replace(UNSUBSCRIBE_MARK, own),
        message_id=message_id,
        date=date,
        headers={
            "List-Id": f"<{quote(list_id, safe='')}>",
            "List-Unsubscribe": f"<{own}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Precedence": "bulk",
        },
    )


def header_text(words: str) -> str:
    """Return words that may stand in a header: one line, nothing unseen, and no beginning of an encoded word.

    Python's e-mail package decodes `=?…?=` within a value and can thereby let a new header in (CVE-2024-6923).
    """
    seen = "".join(
        character for character in words if unicodedata.category(character) not in _UNSEEN or character.isspace()
    )
    return text.one_line(seen).replace("=?", "= ?")
