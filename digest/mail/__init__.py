"""Issues → the letter: what it says, how it looks, and who it goes to."""

from digest.mail.content import compose
from digest.mail.envelope import address, header_text
from digest.mail.letter import render

__all__ = ["address", "compose", "header_text", "render"]
