"""A mail to the bounce address → which letter it is about, and each recipient's fate.

A report says it in fields (RFC 3464, RFC 5965); many a server only in words, in any encoding. What a person or an
answering machine writes is no bounce. `Auto-Submitted` does not tell them apart: Postfix marks its reports as
auto-replied (mail.md 4.4).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from digest import text
from digest.mail.bounces import parts
from digest.mail.bounces.verdict import MILDEST, Verdict, judge, reply_of

MAX_BYTES = 131_072
"""How much of a mail is read: what it says stands in front of the letter that it returns. It bounds the time, too: the
e-mail package takes the square of a header's length."""

_DIAGNOSTIC_CHARS = 500
_MAX_LETTERS = 50

_MESSAGE_ID = re.compile(r"<[^<>\s@]{1,200}@[^<>\s@]{1,200}>")
_SERVER = re.compile(r"(?:mailer-?daemon|postmaster|mail-?daemon|mail delivery (?:sub)?system)\b", re.IGNORECASE)
_FAILED = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed|problem)|failure notice|returned mail|return(?:ed)? to sender"
    r"|delivery failed|mail system error|did not reach the following|could not be delivered|退信|退回|无法投递|无法送达|投递失败|发送失败",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"\(delay\)|delivery (?:is |has been )?delayed|delayed mail|warning: |warning message only|not (?:need|have) to resend"
    r"|will (?:be retried|retry|continue to try|keep trying)|延迟|仍在尝试|继续尝试|稍后重试",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"^[ \t]*(?:-{2,}.{0,20}(?:below this line|this is a copy|original message|header of the original|returned message"
    r"|原邮件|原始邮件)|(?:original )?message (?:headers )?follows?\.|original message headers:)",
    re.IGNORECASE | re.MULTILINE,
)
_QMAIL_RECIPIENT = re.compile(r"^<([^<>\s@]{1,64}@[^<>\s@]{1,255})>:\s*$", re.MULTILINE)
_NOT_FAILED: dict[str, Verdict] = {"delivered": "none", "relayed": "none", "expanded": "none", "delayed": "delayed"}
_NO_COMPLAINT = frozenset({"not-spam", "auth-failure", "auth-failure-report"})


@dataclass(frozen=True, slots=True)
class Bounce:
    """What became of one recipient. `recipients` are the address that was written to, then the one it led to."""

    verdict: Verdict
    recipients: tuple[str, ...] = ()
    status: str | None = None
    diagnostic: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail says. `tokens` and `message_ids` may be those of letters of ours: whoever knows the key can tell.

    `addressed` are the addresses it was sent to, `subject` its subject, in which a token to unsubscribe may stand.
    """

    bounces: tuple[Bounce, ...] = ()
    tokens: tuple[str, ...] = ()
    message_ids: tuple[str, ...] = ()
    subject: str = ""
    addressed: str = ""

    def of(self, recipient: str) -> Bounce | None:
        """Return what became of a letter to `recipient`.

        An address that leads to several others has failed only as far as the one that fared best.
        """
        ours = [one for one in self.bounces if recipient.lower() in one.recipients[:1]]
        ours = ours or [one for one in self.bounces if recipient.lower() in one.recipients]
        return min(ours or self.bounces, key=lambda one: MILDEST.index(one.verdict), default=None)


def read(content: bytes, token: re.Pattern[str] | None = None) -> Report:
    """Read a mail; `token` finds the tokens of our envelope senders in a text, in its first group.

    Any bytes make a Report; one of which nothing can be made has no bounces.
    """
    try:
        return understood(message_from_bytes(content[:MAX_BYTES]), token)
    except Exception:  # noqa: BLE001 -- the e-mail package trips over some mails, in many ways; they are no reports
        return Report()


def refusal(words: str) -> Bounce:
    """Return what a server's answer says that refuses a letter at once, such as `550 5.1.1 no such user`."""
    return _bounce(judge(words), words, [], None)


def understood(mail: Message, token: re.Pattern[str] | None) -> Report:
    """Return what a mail says that the e-mail package has taken apart."""
    everything = "\n".join(parts.texts(mail))
    own = parts.header(mail, "Message-ID")
    found = dict.fromkeys(one for one in _MESSAGE_ID.findall(everything) if one != own)
    return Report(
        bounces=tuple(_complaints(mail) or _reported(mail) or _told(mail)),
        tokens=tuple(dict.fromkeys(token.findall(everything))) if token else (),
        message_ids=tuple(found)[:_MAX_LETTERS],
        subject=parts.header(mail, "Subject"),
        addressed=" ".join(parts.header(mail, name) for name in ("To", "Delivered-To", "X-Original-To")),
    )


def _complaints(mail: Message) -> list[Bounce]:
    """Return what a feedback report (ARF) says; who complained may have been taken out of it."""
    found = []
    for fields in parts.blocks(mail, "message/feedback-report"):
        kind = fields.get("feedback-type", "abuse").strip().lower()
        who = tuple(filter(None, [_address(fields.get("original-rcpt-to", ""))]))
        found.append(Bounce("none" if kind in _NO_COMPLAINT else "complaint", who, diagnostic=kind))
    return found


def _reported(mail: Message) -> list[Bounce]:
    """Return what a delivery status report says of each recipient."""
    found = []
    for fields in parts.blocks(mail, "message/delivery-status", "message/global-delivery-status"):
        if not fields.keys() & {"final-recipient", "original-recipient", "action"}:
            continue
        who = [_address(fields.get(name, "")) for name in ("original-recipient", "final-recipient")]
        status = next(iter(re.findall(r"[245]\.\d{1,3}\.\d{1,3}", fields.get("status", ""))), None)
        words = fields.get("diagnostic-code", "").partition(";")[2] or fields.get("diagnostic-code", "")
        words = text.one_line(words) or _notice(mail)
        action = fields.get("action", "failed").split("(")[0].strip().lower()
        verdict = _NOT_FAILED.get(action) or judge(words, status)
        found.append(_bounce(verdict, words, who, status))
    return found


def _told(mail: Message) -> Iterator[Bounce]:
    """Yield what a server says in words only."""
    subject, notice = parts.header(mail, "Subject"), _notice(mail)
    failed = parts.header(mail, "X-Failed-Recipients")
    if _SERVER.search(parts.header(mail, "From")):
        says = f"{subject}\n{notice}"
    else:  # an answering machine has no return path either, and may well speak of mail that was not delivered
        says = subject if parts.header(mail, "Return-Path").strip() == "<>" else ""
    delayed = bool(_DELAYED.search(says)) and reply_of(notice).code not in range(500, 600)
    if not failed and not delayed and not _FAILED.search(says):
        return
    who = [_address(one) for one in failed.split(",")] if failed else _QMAIL_RECIPIENT.findall(notice)
    yield _bounce("delayed" if delayed else judge(notice), notice, who, None)


def _bounce(verdict: Verdict, words: str, who: list[str], status: str | None) -> Bounce:
    status = reply_of(words, status).status
    return Bounce(
        verdict, tuple(dict.fromkeys(filter(None, who))), status, text.clipped(text.one_line(words), _DIAGNOSTIC_CHARS)
    )


def _notice(mail: Message) -> str:
    """Return the words of the server, without the letter that it returns."""
    said = "\n".join(parts.notices(mail))
    returned = _RETURNED.search(said)
    return said[: returned.start()] if returned else said


def _address(value: str) -> str:
    """Return the address of a field such as `rfc822; <reader@example.org>`."""
    return value.rpartition(";")[2].strip().strip("<>").lower()
