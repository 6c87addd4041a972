"""Bytes of a mail that came back → what it says of which letter, and what that means: 退信.

No library gives these classes; the standard library's e-mail package reads the mail, whatever is wrong with it.
"""

from digest.mail.bounces.report import Bounce, Report, read, refusal
from digest.mail.bounces.verdict import Verdict, judge

__all__ = ["Bounce", "Report", "Verdict", "judge", "read", "refusal"]
