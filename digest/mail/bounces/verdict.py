"""What a mail server's refusal means for the address, the domain and us (mail.md 4.5)."""

import re
from typing import Literal, NamedTuple

Verdict = Literal["hard", "soft", "delayed", "throttle", "policy", "complaint", "none"]
"""hard: there is no such mailbox. soft: it could not take the letter this time. delayed: the server still tries.
throttle: too many at a time for the domain. policy: the letter or its sender was refused, whoever it was for.
complaint: the reader called it spam. none: nothing to do."""

MILDEST: tuple[Verdict, ...] = ("none", "delayed", "soft", "throttle", "policy", "hard", "complaint")
"""The verdicts, the one with the least consequences for a subscriber first."""

_HARD = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
_OURS = frozenset({"5.1.7", "5.1.8"})
_CODES = re.compile(
    r"(?<![\d.])(?P<code>[245]\d\d)(?:[ -]{1,2}#?(?P<status>[245]\.\d{1,3}\.\d{1,3})(?![\d.]*\d))?(?!\d)"
)
_STATUS = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)")

_THROTTLE = re.compile(
    # Tencent answers 550 to what is only too fast; NetEase has codes of its own.
    r"frequency (?:is )?limited|HL:(?:REP|ICC|IFC)|MI:(?:CEL|DMC|CCL|SFQ|STC)|RP:(?:DRC|CCL|CEL|QRC)"
    r"|45[01][^\n]{0,20}DT:SPM|[45]\.7\.28\b|4\.7\.(?:500|6\d\d)\b|\bTSS0\d|rate[ -]limit|unusual rate|throttl"
    r"|too many (?:connections|messages|mails|e-?mails|requests|sessions|concurrent)|unexpected volume|server busy"
    r"|频率|频繁|连接数|发送数量",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\bspam|unsolicited|dmarc|\bspf\b|\bdkim\b|(?:black|block|deny)[ -]?list|\brbl\b|dnsbl|reputation|policy|virus"
    r"|DT:(?:SPM|SUM|RBL|BCC)|HL:(?:IHU|IPB)|WM:BL|MI:SPB|content (?:is )?(?:denied|reject)|blocked (?:using|by|because)"
    r"|been blocked|ip is rejected|垃圾邮件|黑名单|病毒|违规|敏感",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"(?:mailbox|quota|inbox|account|storage)[^.\n]{0,30}(?:full|exceed|over)|(?:over|out of|insufficient) ?"
    r"(?:quota|disk|storage|system storage|space)|exceed[^.\n]{0,30}quota|空间不足|已满|容量不足",
    re.IGNORECASE,
)
_UNKNOWN = re.compile(
    r"(?:user|recipient|mailbox|address|account|alias)\b[^.\n]{0,60}?"
    r"(?:unknown|not (?:be )?found|not exist|n[o'’]t exist|no longer|disabled|suspended|frozen|inactive|invalid)"
    r"|(?:unknown|no such|invalid|non-?existent|not a valid) (?:local )?(?:user|recipient|mailbox|address|account)"
    r"|mailbox unavailable(?! or access)|n[o'’]t have an? [^\n]{1,40} account|no mailbox here|unrouteable address"
    r"|(?:host|domain)(?: or domain name| name)? (?:was )?not found|domain[^.\n]{0,60}not exist|recipient address rejected"
    r"|recipientnotfound|not listed in|不存在|无此用户|无此收件人|未开通|停用|冻结|注销",
    re.IGNORECASE,
)


class Reply(NamedTuple):
    """A server's answer: its SMTP code and its enhanced status (RFC 3463), None where it gives none."""

    code: int | None
    status: str | None


def reply_of(words: str, status: str | None = None) -> Reply:
    """Find code and status in the words of an answer. A status that says no more than "failed" yields to those."""
    found = _CODES.search(words)
    code = int(found["code"]) if found else None
    inside = found["status"] if found else None
    inside = inside or next(iter(_STATUS.findall(words)), None) if status is None or _is_vague(status) else None
    return Reply(code, inside or status)


def judge(words: str, status: str | None = None) -> Verdict:
    """Return what the refusal of a message means, from the words of the server and the status of the report.

    It is hard only where the status or the words leave no doubt; whoever is in doubt is soft, and counted.
    """
    code, status = reply_of(words, status)
    said = status or f"{code or 5}"
    rules: tuple[tuple[Verdict, bool], ...] = (
        ("none", said.startswith("2")),
        ("throttle", _THROTTLE.search(words) is not None),
        ("soft", not said.startswith("5")),
        ("hard", said in _HARD),
        ("policy", said in _OURS or said.startswith("5.7.") or _POLICY.search(words) is not None),
        ("soft", said == "5.2.2" or _FULL.search(words) is not None),
        ("hard", _UNKNOWN.search(words) is not None),
    )
    return next((verdict for verdict, holds in rules if holds), "soft")


def _is_vague(status: str) -> bool:
    return status.endswith(".0.0") or status in {"5.1.0", "5.5.0"}
