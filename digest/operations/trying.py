"""A letter to look at in a real mailbox: sent as any other, and recorded nowhere."""

from datetime import datetime
from functools import partial

from digest import mail, sending
from digest.errors import DigestError
from digest.messages import Messages, language_of
from digest.sending import Post
from digest.settings import Publication
from digest.store import database, issues, publications
from digest.store.outbox import Claimed
from digest.works import Works

NOBODY = "test"
"""Stands for a subscriber's public id: the links of a test end nobody's subscription."""


def send_test(
    works: Works, publication: Publication, recipient: str, now: datetime, *, issue: int | None = None
) -> str:
    """Send the letter about an issue, or a paper's newest, marked as a test, to one address; return its subject.

    Readers need not have the `issue`. Raises DigestError("error.nothing_published"), or what the channel raises.
    """
    with database.reading(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        newest = issues.seen(store, row, 1) if issue is None else [issues.get(store, issue)]
    if not any(issue.articles for issue in newest):
        raise DigestError("error.nothing_published", paper=publication.slug)
    paper = works.paper(publication)
    words, identity = Messages(language_of(paper.language)), works.settings.mail.postal_identity
    letter = mail.as_test(mail.render(mail.compose(paper, newest), works.templates, words, identity), words)
    one = Claimed(
        id=0,
        digest_id=0,
        version=0,
        slug=publication.slug,
        email=recipient,
        public_id=NOBODY,
        token_version=0,
        message_id=f"<{NOBODY}.{works.new_id()}@{works.settings.authority}>",
        created_at=now,
        attempts=0,
    )
    message = sending.addressed(Post(works, partial(database.writing, works.engine)), one, letter, now)
    with works.channel() as channel:
        channel.send(message, lambda: None)
    return letter.subject
