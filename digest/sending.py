"""One message on its way: to a subscriber, or a notice to the office."""

from datetime import datetime, timedelta

from digest import mail, timing, tokens
from digest.delivery import Channel
from digest.errors import DeliveryError
from digest.model import Letter, Message
from digest.store import database, notices, outbox
from digest.store.notices import Waiting
from digest.store.outbox import Claimed
from digest.works import Works


def send(works: Works, channel: Channel, one: Claimed, letter: Letter, now: datetime) -> None:
    """Send one claimed delivery, if its recipient still wants it, and mark what became of it."""
    with database.reading(works.engine) as store:
        wanted = outbox.is_wanted(store, one.id)
    if not wanted:
        with database.writing(works.engine) as store:
            outbox.cancel(store, one.id, now)
        return

    def on_data() -> None:
        with database.writing(works.engine) as store:
            outbox.mark_data(store, one.id)

    try:
        channel.send(_addressed(works, one, letter, now), on_data)
    except DeliveryError as error:
        words = works.messages.of(error.code, error.facts)
        with database.writing(works.engine) as store:
            if error.permanent or _is_late(works, one.created_at, now):
                outbox.fail(store, one.id, now, words)
            else:
                outbox.retry(store, one.id, now + timing.retry_after(one.attempts + 1), words)
    else:
        with database.writing(works.engine) as store:
            outbox.mark_sent(store, one.id, now)


def notify(works: Works, channel: Channel, one: Waiting, now: datetime) -> None:
    """Send one notice to the office, and mark what became of it."""
    message = Message(
        sender=works.settings.mail.sender,
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
    except DeliveryError as error:
        words = works.messages.of(error.code, error.facts)
        state = "failed" if error.permanent or _is_late(works, one.created_at, now) else "pending"
        with database.writing(works.engine) as store:
            notices.settle(store, one.id, state, again=now + timing.retry_after(one.attempts + 1), error=words)
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


def _is_late(works: Works, created: datetime, now: datetime) -> bool:
    return now - created > timedelta(hours=works.settings.mail.give_up_hours)
