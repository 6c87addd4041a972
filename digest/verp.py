"""Envelope senders that tell which letter has come back: variable envelope return paths, signed.

A mail server sends a bounce to the envelope sender, whatever else it says; so each letter has its own, such as
`bounce+TOKEN@bounces.example.org`. Nobody can make one up and thereby have another's letters stopped.
"""

import re

from digest import tokens
from digest.tokens import Key

MARK = "{token}"
"""Where the token goes in the setting `mail.bounces.address`."""

LOCAL_CHARS = 64
"""The longest local part (RFC 5321, 4.5.3.1.1)."""

TOKEN_CHARS = 45
"""The longest token: a number, a dot, and the 32 characters of the signature."""

_FORM = r"(\d{1,12}\.[a-z2-7]{32})"
_TEMPLATE = re.compile(r"(?P<local>[!-?A-~]*\{token\}[!-?A-~]*)@[^\s@<>,;{}]+\.[^\s@<>,;.{}]+")


def is_template(address: str) -> bool:
    """Say whether this is an address with the mark in its local part, with room for a token."""
    found = _TEMPLATE.fullmatch(address)
    if found is None or address.count(MARK) != 1:
        return False
    return len(found["local"]) - len(MARK) + TOKEN_CHARS <= LOCAL_CHARS


def sender(template: str, key: Key, number: int, message_id: str) -> str:
    """Return the envelope sender of the delivery, or of the notice, that has this number."""
    return template.replace(MARK, tokens.sign(key, _purpose(message_id), str(number), 1))


def pattern(template: str) -> re.Pattern[str]:
    """Return what finds, in its first group, the tokens of envelope senders in a text."""
    before, after = template.split(MARK)
    return re.compile(re.escape(before) + _FORM + re.escape(after), re.IGNORECASE)


def number(token: str) -> int:
    """Return the number of what this claims to be about. Look the Message-ID up, then `verify`."""
    return int(tokens.public_id(token))


def verify(key: Key, token: str, message_id: str) -> bool:
    """Say whether the token is that of the mail with this Message-ID: numbers may be given anew, those are not."""
    return tokens.verify(key, _purpose(message_id), token, 1, former=True)


def _purpose(message_id: str) -> str:
    return f"bounce:{message_id}"
