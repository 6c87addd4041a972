"""One message on its way: to a subscriber, or a notice to the office or a subscriber."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from digest import consequences, links, mail, timing, verp
from digest.delivery import Channel
from digest.errors import ChannelError, DeliveryError, DigestError, SenderError
from digest.mail import bounces
from digest.model import Letter, Message
from digest.store import notices, outbox
from digest.store.database import Connection
from digest.store.notices import Waiting
from digest.store.outbox import Claimed
from digest.works import Works

Result = Literal["sent", "refused", "throttled", "settled"]
"""What the domain of a recipient has answered: taken, not now, too much at a time, or anything else."""


FEW = 8
"""How many letters are kept at hand."""


class _UnwantedError(Exception):
    """A message that must not get its last dot."""


@dataclass(frozen=True, slots=True)
class Post:
    """What the messages of a run share: `mark` opens a transaction for a mark, `mailer` is its number. Safe in threads.

    `letters` and `senders` hold what has been looked up: letters by digest and version, senders by paper.
    """

    works: Works
    mark: Callable[[], AbstractContextManager[Connection]]
    mailer: int = 0
    letters: dict[tuple[int, int], Letter] = field(default_factory=dict)
    senders: dict[str, tuple[str, str]] = field(default_factory=dict)

    def letter(self, digest_id: int, version: int) -> Letter | None:
        """Return a letter; None where it is not to go as it is. Few are kept: a run has few of them."""
        key = digest_id, version
        if key not in self.letters:
            with self.mark() as store:
                found = outbox.letter(store, digest_id, version)
            if found is None:
                return None
            if len(self.letters) > FEW:
                self.letters.clear()
            self.letters[key] = found
        return self.letters[key]

    def sender(self, slug: str) -> tuple[str, str]:
        """Return the address and the name that a paper's letters come from."""
        if slug not in self.senders:
            settings, publication = self.works.settings.mail, self.works.publication(slug)
            name = publication.sender_name or settings.sender_name or self.works.paper(publication).title
            self.senders[slug] = publication.sender or settings.sender, name
        return self.senders[slug]


def send(post: Post, channel: Channel, one: Claimed, now: datetime) -> Result:
    """Send one claimed delivery, if its recipient still wants it, and mark what became of it.

    Recipient and letter are looked at right before the last dot: without it, nothing is sent. A letter that is to be
    made again meanwhile waits.

    Whatever goes wrong with it is its own trouble, unless its sender is refused or the channel out of order
    (`SenderError`, `ChannelError`), or the mark cannot be made: after the last dot it is uncertain, before it there is
    another try.
    """
    letter = post.letter(one.digest_id, one.version)
    if letter is None:
        return _leave(post, one, now)
    marked = False

    def on_data() -> None:
        nonlocal marked
        with post.mark() as store:
            marked = outbox.mark_data(store, one.id, one.version, post.mailer)
        if not marked:
            raise _UnwantedError

    try:
        channel.send(addressed(post, one, letter, now), on_data)
    except (ChannelError, SenderError):
        raise
    except _UnwantedError:
        return _leave(post, one, now)
    except Exception as error:  # noqa: BLE001 -- whatever it is, the other recipients do not wait for it
        return _settle(post, one, error, now, marked=marked)
    with post.mark() as store:
        outbox.mark_sent(store, one.id, now)
    return "sent"


def addressed(post: Post, one: Claimed, letter: Letter, now: datetime) -> Message:
    """Return the letter to one person, with links that are that person's own."""
    settings = post.works.settings
    own = one.public_id, one.token_version
    sender, name = post.sender(one.slug)
    return mail.address(
        letter,
        sender=sender,
        sender_name=name,
        recipient=one.email,
        unsubscribe_url=links.unsubscribe_url(post.works, one.slug, *own),
        preferences_url=links.preferences_url(post.works, post.works.publication(one.slug), *own),
        list_id=f"{one.slug}.{settings.authority}",
        message_id=one.message_id,
        date=now,
        unsubscribe_mail=links.unsubscribe_mail(post.works, one.slug, *own),
        reply_to=settings.mail.reply_to,
        envelope_sender=_returning_to(post.works, one.id, one.message_id),
    )


def notify(post: Post, channel: Channel, one: Waiting, now: datetime) -> None:
    """Send one notice, from the address of the paper that it is about, and mark what became of it."""
    works = post.works
    own = (paper.slug for paper in works.settings.publications if one.slug is None and paper.editor == one.recipient)
    slug = one.slug or next(own, None)
    sender, name = post.sender(slug) if slug else (works.settings.mail.sender, "")
    answers = works.settings.mail.reply_to if one.slug else None
    message = Message(
        sender=mail.mailbox(name, sender) if one.slug else sender,
        recipient=one.recipient,
        subject=mail.header_text(one.subject),
        html=one.html,
        text=one.text,
        message_id=one.message_id,
        date=now,
        headers={"Auto-Submitted": "auto-generated", **({"Reply-To": answers} if answers else {})},
        envelope_sender=_returning_to(works, one.id, one.message_id),
    )
    try:
        channel.send(message, lambda: None)
    except ChannelError:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever it is, the letters do not wait for it
        state = "failed" if _is_over(works, one, error, now) else "pending"
        with post.mark() as store:
            if state == "failed" and (refused := _refusal(error)):
                consequences.unheard(works, store, one, bounces.refusal(refused), now)
            notices.settle(store, one.id, state, again=_again(one, now), error=words(works, error))
    else:
        with post.mark() as store:
            notices.settle(store, one.id, "sent")


def patience(works: Works) -> timedelta:
    """Return how old a message grows before it is given up."""
    return timedelta(hours=works.settings.mail.give_up_hours)


def words(works: Works, error: Exception) -> str:
    """Return what went wrong, in the words of the office."""
    if isinstance(error, DigestError):
        return works.messages.of(error.code, error.facts)
    return f"{type(error).__name__}: {error}"


def _leave(post: Post, one: Claimed, now: datetime) -> Result:
    """Mark that nothing was sent: what nobody wants any more is cancelled, the rest waits."""
    with post.mark() as store:
        if outbox.is_wanted(store, one.id, post.mailer):
            outbox.release(store, [one.id], resend=False, mailer=post.mailer)
        else:
            outbox.cancel(store, one.id, now, post.mailer)
    return "settled"


def _settle(post: Post, one: Claimed, error: Exception, now: datetime, *, marked: bool) -> Result:
    """Mark what becomes of a delivery that has failed."""
    works = post.works
    known = isinstance(error, DeliveryError) and not (error.unanswered and works.settings.mail.no_reply == "hold")
    with post.mark() as store:
        if marked and not known:
            outbox.doubt(store, one.id, words(works, error), post.mailer)
        elif _is_over(works, one, error, now):
            outbox.fail(store, one.id, now, words(works, error), post.mailer)
            if refused := _refusal(error):
                consequences.refused(works, store, one.id, refused, now)
        else:
            outbox.retry(store, one.id, _again(one, now), words(works, error), post.mailer)
    if _is_throttle(error):
        return "throttled"
    passing = isinstance(error, DeliveryError) and _refusal(error) is not None and not error.permanent
    return "refused" if passing else "settled"


def _is_over(works: Works, one: Claimed | Waiting, error: Exception, now: datetime) -> bool:
    """Say whether a message that was not delivered is given up: refused for good, or old and tried often enough."""
    given_up = timing.is_given_up(one.created_at, one.attempts + 1, now, patience(works))
    return given_up or (isinstance(error, DeliveryError) and error.permanent and not _is_throttle(error))


def _is_throttle(error: Exception) -> bool:
    """Say whether a server refuses since it has had too much at a time; some call that final (mail.md 4.5)."""
    refused = _refusal(error)
    return refused is not None and bounces.judge(refused) == "throttle"


def _refusal(error: Exception) -> str | None:
    """Return the code and words of a server that has refused a message; None where it is something else."""
    if isinstance(error, DeliveryError) and error.code == "error.smtp.refused":
        return f"{error.facts['code']} {error.facts['detail']}"
    return None


def _returning_to(works: Works, number: int, message_id: str) -> str | None:
    """Return the envelope sender of a message; None where it comes back to its sender."""
    home = works.settings.mail.bounces.address
    return verp.sender(home, works.key, number, message_id) if home else None


def _again(one: Claimed | Waiting, now: datetime) -> datetime:
    return now + timing.spread(timing.retry_after(one.attempts + 1), one.id)
