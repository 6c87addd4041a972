"""One message on its way: to a subscriber, or a notice to the office."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from digest import mail, timing, tokens
from digest.delivery import Channel
from digest.errors import ChannelError, DeliveryError, DigestError
from digest.model import Letter, Message
from digest.store import database, notices, outbox
from digest.store.notices import Waiting
from digest.store.outbox import Claimed
from digest.works import Works

CHANNEL_TRIES = 60
"""What `timing.FAIR_TRIES` is for a message, for runs that end with the channel out of order, every half a minute: half an hour."""


def send(works: Works, channel: Channel, one: Claimed, now: datetime) -> None:
    """Send one claimed delivery, if its recipient still wants it, and mark what became of it.

    Recipient and letter are looked at right before: a letter that is to be made again meanwhile is not sent but waits.

    Whatever goes wrong with it is its own trouble, unless the channel is out of order (`ChannelError`) or the mark
    cannot be made: after the last dot it is uncertain, before it there is another try.
    """
    with database.reading(works.engine) as store:
        wanted = outbox.is_wanted(store, one.id)
        letter = outbox.letter(store, one.digest_id)
    if not wanted:
        with database.writing(works.engine) as store:
            outbox.cancel(store, one.id, now)
        return
    if letter is None:
        with database.writing(works.engine) as store:
            outbox.release(store, [one.id])
        return

    marked = False

    def on_data() -> None:
        nonlocal marked
        with database.writing(works.engine) as store:
            outbox.mark_data(store, one.id)
        marked = True

    try:
        channel.send(_addressed(works, one, letter, now), on_data)
    except ChannelError:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever it is, the other recipients do not wait for it
        with database.writing(works.engine) as store:
            if marked and not isinstance(error, DeliveryError):
                outbox.doubt(store, one.id, _words(works, error))
            elif _is_over(works, one, error, now):
                outbox.fail(store, one.id, now, _words(works, error))
            else:
                outbox.retry(store, one.id, now + timing.retry_after(one.attempts + 1), _words(works, error))
    else:
        with database.writing(works.engine) as store:
            outbox.mark_sent(store, one.id, now)


def unserved(works: Works, batch: Sequence[Claimed], error: ChannelError, now: datetime) -> None:
    """Count a run that has ended with the channel out of order as a try of all that it had not seen to.

    They are due again at once, and are not burnt; but a letter that nobody could take for so long is not news.
    """
    with database.writing(works.engine) as store:
        made_before = now - _patience(works)
        ids = [one.id for one in batch]
        words = _words(works, error)
        outbox.count_try(store, ids, words, now=now, made_before=made_before, tries=CHANNEL_TRIES)


def notify(works: Works, channel: Channel, one: Waiting, now: datetime) -> None:
    """Send one notice to the office, from the address of its paper's letters, and mark what became of it."""
    own = (paper.sender for paper in works.settings.publications if paper.editor == one.recipient)
    message = Message(
        sender=next(filter(None, own), works.settings.mail.sender),
        recipient=one.recipient,
        subject=mail.header_text(one.subject),
        html="",
        text=one.text,
        message_id=one.message_id,
        date=now,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        channel.send(message, lambda: None)
    except ChannelError:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever it is, the letters do not wait for it
        state = "failed" if _is_over(works, one, error, now) else "pending"
        again = now + timing.retry_after(one.attempts + 1)
        with database.writing(works.engine) as store:
            notices.settle(store, one.id, state, again=again, error=_words(works, error))
    else:
        with database.writing(works.engine) as store:
            notices.settle(store, one.id, "sent")


def _addressed(works: Works, one: Claimed, letter: Letter, now: datetime) -> Message:
    settings = works.settings
    publication = works.publication(one.slug)
    token = tokens.sign(works.key, tokens.unsubscribing(one.slug), one.public_id, one.token_version)
    return mail.address(
        letter,
        sender=publication.sender or settings.mail.sender,
        sender_name=publication.sender_name or settings.mail.sender_name or works.paper(publication).title,
        recipient=one.email,
        unsubscribe_url=f"{settings.service_url}unsubscribe/{one.slug}/{token}",
        list_id=f"{one.slug}.{settings.authority}",
        message_id=one.message_id,
        date=now,
    )


def _is_over(works: Works, one: Claimed | Waiting, error: Exception, now: datetime) -> bool:
    """Say whether a message that was not delivered is given up: refused for good, or old and tried often enough."""
    given_up = timing.is_given_up(one.created_at, one.attempts + 1, now, _patience(works))
    return given_up or (isinstance(error, DeliveryError) and error.permanent)


def _patience(works: Works) -> timedelta:
    return timedelta(hours=works.settings.mail.give_up_hours)


def _words(works: Works, error: Exception) -> str:
    if isinstance(error, DigestError):
        return works.messages.of(error.code, error.facts)
    return f"{type(error).__name__}: {error}"
