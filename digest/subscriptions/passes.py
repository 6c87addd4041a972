"""The links that a subscriber has asked for: what each is good for, how long, and whose it is."""

from datetime import datetime, timedelta
from typing import Literal

from digest import links, tokens
from digest.model import Paper
from digest.store import database, subscribers
from digest.store.subscribers import Subscriber
from digest.works import Works

Place = Literal["confirm", "move", "data"]
"""Where such a link leads: to confirm a subscription, or a new address, or to one's own data."""


def url(works: Works, paper: Paper, place: Place, person: Subscriber, now: datetime) -> str:
    """Return a link that is good for `subscribers.confirm_hours`."""
    expires = now + timedelta(hours=works.settings.subscribers.confirm_hours)
    purpose = _purpose(place, paper.slug, person)
    token = tokens.sign(works.key, purpose, person.public_id, person.token_version, expires)
    return f"{paper.service_url}{place}/{token}"


def bearer(works: Works, slug: str, place: Place, token: str, now: datetime) -> Subscriber | None:
    """Return the subscriber whose genuine token of a link to `place` this is."""
    person = claimed(works, token)
    if person is None:
        return None
    purpose = _purpose(place, slug, person)
    return person if tokens.verify(works.key, purpose, token, person.token_version, now=now) else None


def chooser(works: Works, slug: str, token: str) -> Subscriber | None:
    """Return the subscriber whose token of a link to the preferences this is."""
    person = claimed(works, token)
    if person is None or not tokens.verify(works.key, links.preferring(slug), token, person.token_version):
        return None
    return person


def leaver(works: Works, slug: str, token: str) -> Subscriber | None:
    """Return the subscriber whose genuine unsubscribe token this is, also one of a former key or address."""
    person = claimed(works, token)
    versions = range(1, person.token_version + 1) if person else ()
    purpose = tokens.unsubscribing(slug)
    genuine = [tokens.verify(works.key, purpose, token, version, former=True) for version in versions]
    return person if any(genuine) else None


def claimed(works: Works, token: str) -> Subscriber | None:
    """Return the subscriber that a token names, whether it is genuine or not."""
    with database.reading(works.engine) as store:
        return subscribers.by_public_id(store, tokens.public_id(token))


def _purpose(place: Place, slug: str, person: Subscriber) -> str:
    """Return what a token is for; one that confirms an address is for that address."""
    return f"{place}:{slug}:{person.new_email or ''}" if place == "move" else f"{place}:{slug}"
