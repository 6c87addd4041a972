"""What a subscriber is told by mail because somebody filled in a form: never often, whoever fills in what."""

from datetime import datetime, timedelta

from digest import mail
from digest.messages import Messages, language_of
from digest.model import Paper
from digest.store import database, notices, publications
from digest.store.notices import Kind
from digest.works import Works

ASKED: tuple[Kind, ...] = ("confirm", "known", "address", "export")
"""The kinds that strangers can cause; what is told on the way, such as a move that was confirmed, is counted nowhere."""


def is_busy(works: Works, now: datetime) -> bool:
    """Say whether so many mails were asked for in the last hour that no form is taken: somebody bombs mailboxes."""
    with database.reading(works.engine) as store:
        return _is_busy(works, store, now)


def tell(works: Works, paper: Paper, kind: Kind, recipient: str, now: datetime, *, url: str | None = None) -> bool:
    """Queue a note to one mailbox; say whether it may have one more today (mail.md 2.5)."""
    say = Messages(language_of(paper.language))
    identity = works.settings.mail.postal_identity
    hours = f"{works.settings.subscribers.confirm_hours:g}"
    letter = mail.render_note(
        paper, works.templates, say, f"letter.{kind}", url=url, postal_identity=identity, hours=hours
    )
    with database.writing(works.engine) as store:
        if kind in ASKED and (_is_busy(works, store, now) or _has_enough(works, store, recipient, now)):
            return False
        notices.write(
            store,
            kind,
            recipient,
            letter,
            publication_id=publications.id_of(store, paper.slug),
            message_id=f"<{works.new_id()}@{publications.minting(store)[0]}>",
            now=now,
        )
    return True


def _is_busy(works: Works, store: database.Connection, now: datetime) -> bool:
    return notices.count(store, ASKED, now - timedelta(hours=1)) >= works.settings.subscribers.mails


def _has_enough(works: Works, store: database.Connection, recipient: str, now: datetime) -> bool:
    today = notices.count(store, ASKED, now - timedelta(days=1), recipient)
    return today >= works.settings.subscribers.mails_a_day
