"""The mailbox that letters come back to → what becomes of their subscribers: 退信. Mails to unsubscribe come there too."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog

from digest import consequences, subscriptions, verp
from digest.mail import bounces as reports
from digest.mail.bounces import Report
from digest.mailbox import Mailbox
from digest.store import bounces, database, notices
from digest.store.bounces import Posted
from digest.store.notices import Waiting
from digest.works import Works

UNSUBSCRIBED = "unsubscribed"
"""What a mail is that asks for no more letters."""

UNKNOWN = "unknown"
"""What a report is that is about no mail of ours, or does not prove it."""

UNRELATED = "unrelated"
"""What a mail is that is neither."""

log = structlog.get_logger()

_MAX_TOKENS = 5
_TOKEN = re.compile(r"(?<![\w.])[0-9a-z]{1,40}\.[a-z2-7]{32}(?![\w.])", re.IGNORECASE)


def collect(
    works: Works, mailbox: Mailbox, now: datetime, go_on: Callable[[], bool] = lambda: True
) -> Mapping[str, int]:
    """Read what is new in the mailbox as long as `go_on` says so; return how many mails were what.

    A mail is marked as read when what follows from it is stored: after a crash it is read again, to no effect.
    Raises DigestError where the mailbox cannot be read.
    """
    found: Counter[str] = Counter()
    with mailbox:
        for mail in mailbox.unread():
            if not go_on():
                break
            try:
                found[settle(works, mail.content, now)] += 1
            except (OSError, database.Trouble):
                raise
            except Exception:  # what one mail does to us must not keep the others waiting; it stays unread
                log.exception("bounce", mail=mail.name)
            else:
                mailbox.done(mail)
    return found


def settle(works: Works, content: bytes, now: datetime) -> str:
    """Do what follows from one mail; return what it was: a verdict, or one of the words above.

    It is believed only where it bears what nobody but the recipient of a letter or notice knows: the signed token of its
    envelope sender, or, where it had none or a server has taken it out, its Message-ID, which is random.
    """
    template = works.settings.mail.bounces.address
    report = reports.read(content, verp.pattern(template) if template else None)
    if not report.bounces:
        return UNSUBSCRIBED if _unsubscribe(works, report, now) else UNRELATED
    with database.writing(works.engine) as store:
        sent = _sent(works, store, report)
        bounce = report.of(_recipient(sent))
        if sent is None or bounce is None:
            return UNKNOWN
        if isinstance(sent, Waiting):
            consequences.unheard(works, store, sent, bounce, now)
        else:
            consequences.draw(works, store, sent, bounce, mail=hashlib.sha256(content).hexdigest(), now=now)
    return bounce.verdict


def _sent(works: Works, store: database.Connection, report: Report) -> Posted | Waiting | None:
    """Return the letter or notice that a report is about, as far as it proves that."""
    for token in report.tokens:
        number = verp.number(token)
        for sent in (bounces.by_delivery(store, number), notices.by_id(store, number)):
            if sent is not None and verp.verify(works.key, token, sent.message_id):
                return sent
    return bounces.by_message_id(store, report.message_ids) or notices.by_message_id(store, report.message_ids)


def _recipient(sent: Posted | Waiting | None) -> str:
    return (sent.recipient if isinstance(sent, Waiting) else sent and sent.email) or ""


def _unsubscribe(works: Works, report: Report, now: datetime) -> bool:
    """End the subscription whose token stands in the subject or in the address: the sender's may be another's."""
    found = dict.fromkeys(_TOKEN.findall(f"{report.subject} {report.addressed.replace('+', ' ')}"))
    return any(subscriptions.by_mail(works, token, now) for token in list(found)[:_MAX_TOKENS])
