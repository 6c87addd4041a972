"""A person's own data: given out as JSON, or erased, over a link that only the mailbox gets (mail.md 8.2, 8.3)."""

from datetime import datetime
from typing import Any

from digest import tokens
from digest.settings import Publication
from digest.store import database, personal, subscribers, suppressions
from digest.store.subscribers import Subscriber
from digest.subscriptions import addresses, notes, passes
from digest.works import Works


def offer(works: Works, publication: Publication, person: Subscriber, now: datetime) -> None:
    """Mail a subscriber the link to all that is known of them."""
    paper = works.paper(publication)
    notes.tell(works, paper, "export", person.email, now, url=passes.url(works, paper, "data", person, now))


def owner(works: Works, publication: Publication, token: str, now: datetime) -> Subscriber | None:
    """Return the subscriber whose own data a token opens."""
    return passes.bearer(works, publication.slug, "data", token, now)


def data(works: Works, person: Subscriber) -> dict[str, Any]:
    """Return all that is known of a subscriber, over all papers, as JSON."""
    with database.reading(works.engine) as store:
        known = personal.data(store, person.id)
        return known | {"suppressed": suppressions.reason(store, tokens.address_hash(works.key, person.email.lower()))}


def erase(works: Works, person: Subscriber, now: datetime) -> None:
    """Forget a subscriber, again is as good as once; a keyed hash remains, so that no import brings the address back."""
    with database.writing(works.engine) as store:
        if subscribers.by_public_id(store, person.public_id) is not None:
            personal.erase(store, person.id, works.new_id())
        suppressions.suppress(store, tokens.address_hash(works.key, person.email.lower()), "erased", now)


def erase_address(works: Works, email: str, now: datetime) -> bool:
    """Forget an address at the office's word; say whether it was known."""
    _, norm = addresses.parse(email)
    with database.writing(works.engine) as store:
        row = subscribers.by_email(store, norm)
        person = subscribers.get(store, row) if row is not None else None
    if person is not None:
        erase(works, person, now)
    return person is not None
