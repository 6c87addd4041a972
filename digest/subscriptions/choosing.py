"""What a subscriber may change about a subscription: the preferences, the address, and its end."""

from dataclasses import dataclass
from datetime import datetime

from digest import links, schedule, tokens
from digest.model import Preferences
from digest.settings import Publication
from digest.store import consents, database, personal, preferences, publications, subscribers, suppressions, topics
from digest.store.subscribers import Subscriber
from digest.subscriptions import addresses, asking, notes, passes
from digest.works import Works


@dataclass(frozen=True, slots=True)
class Choice:
    """What a subscriber has chosen, and may choose from: the paper's sections."""

    person: Subscriber
    preferences: Preferences
    sections: tuple[str, ...]


def chooser(works: Works, publication: Publication, token: str) -> Subscriber | None:
    """Return the subscriber whose genuine token of a link to the preferences this is."""
    return passes.chooser(works, publication.slug, token)


def choice(works: Works, publication: Publication, person: Subscriber) -> Choice | None:
    """Return what a subscriber has chosen; None for who is not subscribed any more."""
    with database.reading(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        wanted = preferences.get(store, person.id, row)
        sections = tuple(name.label for name in topics.sections(store, row, ()))
    return None if wanted is None else Choice(person, wanted, sections)


def choose(
    works: Works, publication: Publication, person: Subscriber, wanted: Preferences, *, origin: str, now: datetime
) -> None:
    """Save what a subscriber wants; the next letter is due accordingly."""
    due_at = schedule.next_due(wanted, publication.zone, works.settings.send_at(publication), now)
    with database.writing(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        if preferences.save(store, person.id, row, wanted, due_at):
            wording = ", ".join((wanted.cadence, wanted.form, *wanted.topics))
            consents.record(store, person.id, row, "changed", origin=origin, wording=wording, now=now)


def propose(works: Works, publication: Publication, person: Subscriber, email: str, now: datetime) -> None:
    """Ask a new mailbox to confirm that a subscriber's letters shall go there.

    One that is subscribed itself is told so, one that mail must not go to is told nothing; whoever asks sees no
    difference. Raises DigestError("error.address").
    """
    typed, norm = addresses.parse(email)
    paper = works.paper(publication)
    with database.writing(works.engine) as store:
        if norm == person.email.lower() or asking.is_barred(works, store, norm):
            return
        other = subscribers.by_email(store, norm)
        held = other and subscribers.state(store, other, publications.id_of(store, publication.slug))
        known = subscribers.get(store, other) if other and held == "active" else None
        if known is None:
            subscribers.propose(store, person.id, typed)
            person = subscribers.get(store, person.id)
    if known is not None:
        url = links.preferences_url(works, publication, known.public_id, known.token_version)
        notes.tell(works, paper, "known", known.email, now, url=url)
    else:
        notes.tell(works, paper, "address", typed, now, url=passes.url(works, paper, "move", person, now))


def mover(works: Works, publication: Publication, token: str, now: datetime) -> Subscriber | None:
    """Return the subscriber whose new mailbox has got this token."""
    return passes.bearer(works, publication.slug, "move", token, now)


def move(works: Works, publication: Publication, token: str, *, origin: str, now: datetime) -> Subscriber | None:
    """Send a subscriber's letters to the address that its mailbox confirms, and tell the old one.

    Return the subscriber as known by the new address; None where the token is not genuine or the address not to be had.

    Links that lie in the old mailbox are good for unsubscribing from then on, and for nothing else.
    """
    person = mover(works, publication, token, now)
    if person is None or person.new_email is None:
        return None
    norm = person.new_email.lower()
    with database.writing(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        other = subscribers.by_email(store, norm)
        is_taken = other is not None and subscribers.has_active(store, other)
        is_late = subscribers.by_public_id(store, person.public_id) != person
        if is_taken or is_late or asking.is_barred(works, store, norm):
            return None
        if other is not None:
            personal.erase(store, other, works.new_id())
        subscribers.move(store, person.id, person.new_email, norm)
        moved = subscribers.get(store, person.id)
        suppressions.lift(store, tokens.address_hash(works.key, norm))
        consents.record(store, person.id, row, "moved", origin=origin, wording=person.new_email, now=now)
    notes.tell(works, works.paper(publication), "moved", person.email, now)
    return moved


def holder(works: Works, slug: str, token: str) -> int | None:
    """Return the subscriber whose genuine unsubscribe token this is."""
    person = passes.leaver(works, slug, token)
    return None if person is None else person.id


def end(works: Works, subscriber_id: int, slug: str, *, origin: str, now: datetime) -> None:
    """End a subscription; again is as good as once."""
    with database.writing(works.engine) as store:
        row = publications.id_of(store, slug)
        if subscribers.unsubscribe(store, subscriber_id, row, now):
            consents.record(store, subscriber_id, row, "unsubscribed", origin=origin, wording="", now=now)


def by_mail(works: Works, token: str, now: datetime) -> bool:
    """End the subscription whose unsubscribe token stood in a mail, whoever sent it; say whether it was one."""
    for publication in works.settings.publications:
        found = holder(works, publication.slug, token)
        if found is not None:
            end(works, found, publication.slug, origin="mailto", now=now)
            return True
    return False
