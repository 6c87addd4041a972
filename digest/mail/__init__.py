"""Issues → the letter: what it says, how it looks, and who it goes to."""

from digest.mail.content import compose
from digest.mail.envelope import address, header_text, mailbox
from digest.mail.letter import as_test, render
from digest.mail.note import render_note

__all__ = ["address", "as_test", "compose", "header_text", "mailbox", "render", "render_note"]
