"""What follows from a letter that came back: for its subscriber, its digest and the operator (mail.md 4.5 to 4.7)."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from digest import tokens
from digest.mail.bounces import Bounce, refusal
from digest.store import bounces, notices, outbox, subscribers, suppressions
from digest.store.bounces import Posted, Tally
from digest.store.database import Connection
from digest.store.notices import Waiting
from digest.works import Works

SOFT_DAYS = 5
"""On so many days a letter may fail to be delivered before no more are sent (Mailman's score, mail.md 4.5)."""

QUIET_DAYS = 7
"""After so many days without a failure, those before do not count."""

THROTTLED = timedelta(hours=1)
"""How long a domain is left alone that has sent letters back since they were too many at a time. A report of a letter
that went out longer ago says nothing of what is going on; who keeps old letters cannot stop a domain with them."""

FEW = 20
"""Of fewer letters than these, no share is taken."""

HARD_SHARE, HARD_LEAST = 0.05, 3
COMPLAINT_SHARE, COMPLAINT_LEAST = 0.003, 2
"""A digest of which more than this share comes back, or is complained of, and at least so many letters, is held back
(mail.md 4.7): one angry reader of three hundred is not the list's fault."""

_MAILBOX = re.compile(r"[^\s<>\"'(){}\[\]:;,@=]{1,64}@")


def draw(works: Works, store: Connection, letter: Posted, bounce: Bounce, *, mail: str | None, now: datetime) -> None:
    """Record what became of a letter, and do what follows from it; the same mail twice is as good as once.

    `mail` is the SHA-256 of the mail that tells of it, None where the server refused the letter at once.
    """
    verdict, words = bounce.verdict, _MAILBOX.sub("…@", bounce.diagnostic)
    told = bounces.Told(letter.delivery_id, mail, verdict, bounce.status, words, now)
    if not bounces.add(store, told):
        return
    if verdict == "soft" and letter.subscriber_id is not None:
        since = now - timedelta(days=SOFT_DAYS * (QUIET_DAYS + 1))
        if score(bounces.soft_days(store, letter.subscriber_id, since), now.date()) >= SOFT_DAYS:
            _stop(works, store, letter, "hard", now)
    if verdict == "throttle" and letter.email is not None and now - (letter.done_at or now) <= THROTTLED:
        outbox.pause_domain(store, letter.email.rpartition("@")[2], now + THROTTLED, words)
    if verdict in {"hard", "complaint"}:
        _stop(works, store, letter, "hard" if verdict == "hard" else "complaint", now)
    if verdict in {"hard", "complaint", "policy"}:
        _warn(works, store, letter, words, now)


def refused(works: Works, store: Connection, delivery_id: int, words: str, now: datetime) -> None:
    """Do what follows from a letter that the server has refused for good, with its code and words."""
    letter = bounces.by_delivery(store, delivery_id)
    if letter is not None:
        draw(works, store, letter, refusal(words), mail=None, now=now)


def unheard(works: Works, store: Connection, note: Waiting, bounce: Bounce, now: datetime) -> None:
    """Record that a notice has not arrived; who cannot be reached, or called it spam, is left alone.

    An address that has never confirmed anything may have been mistyped, and may yet come to be: it is not asked again
    for as long as it is kept (`is_unreachable`), and is not put on the list of those that get nothing for good.
    """
    if bounce.verdict in {"none", "delayed"}:
        return
    notices.mark_returned(store, note.id, _MAILBOX.sub("…@", bounce.diagnostic))
    if note.slug is None or bounce.verdict not in {"hard", "complaint"}:
        return
    address, complained = note.recipient.lower(), bounce.verdict == "complaint"
    person = subscribers.by_email(store, address)
    if complained or (person is not None and subscribers.has_active(store, person)):
        reason: suppressions.Reason = "complaint" if complained else "hard"
        suppressions.suppress(store, tokens.address_hash(works.key, address), reason, now)
    if person is not None:
        bounces.stop(store, person)


def is_unreachable(works: Works, store: Connection, email: str, now: datetime) -> bool:
    """Say whether an address was asked lately to confirm a subscription, and was not there."""
    person = subscribers.by_email(store, email.lower())
    kept = now - timedelta(days=works.settings.subscribers.keep_unconfirmed)
    bounced = person is not None and subscribers.get(store, person).state == "bounced"
    return bounced and notices.has_failed(store, "confirm", email, kept)


def score(days: Iterable[date], today: date) -> int:
    """Return on how many of these days, back from today, letters have failed without a week of quiet in between."""
    count, last = 0, today
    for day in sorted(set(days), reverse=True):
        if (last - day).days > QUIET_DAYS:
            break
        count, last = count + 1, day
    return count


def is_too_much(tally: Tally) -> bool:
    """Say whether so much of a digest came back, or was complained of, that nothing more of it should go."""
    if tally.letters < FEW:
        return False
    hard = tally.hard >= HARD_LEAST and tally.hard > HARD_SHARE * tally.letters
    complaints = tally.complaints >= COMPLAINT_LEAST and tally.complaints > COMPLAINT_SHARE * tally.letters
    return hard or complaints


def _stop(works: Works, store: Connection, letter: Posted, reason: suppressions.Reason, now: datetime) -> None:
    """Have nothing more sent to who got the letter."""
    if letter.subscriber_id is not None and letter.email is not None:
        suppressions.suppress(store, tokens.address_hash(works.key, letter.email), reason, now)
        bounces.stop(store, letter.subscriber_id)


def _warn(works: Works, store: Connection, letter: Posted, words: str, now: datetime) -> None:
    """Hold back a digest that fares too badly, which is an alarm, and tell the operator of the first refusal of our mail."""
    tally = bounces.tally(store, letter.digest_id)
    facts = {"paper": letter.slug, "digest": letter.digest, **tally._asdict()}
    if is_too_much(tally):
        bounces.halt(store, letter.digest_id)
    if tally.policy == 1:
        _tell(works, store, works.messages("bounce.policy", **facts, words=words), now)


def _tell(works: Works, store: Connection, words: str, now: datetime) -> None:
    operator = works.settings.mail.operator
    if operator is not None:
        message_id = f"<{works.new_id()}.notice@{works.settings.authority}>"
        notices.add(store, operator, words, message_id=message_id, now=now)
