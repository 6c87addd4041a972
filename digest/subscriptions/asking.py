"""Double opt-in: a form asks, the mailbox confirms (mail.md 2).

What becomes of a form nobody can tell from its answer: that is the same for a new, a known and a suppressed address.
"""

from datetime import datetime
from typing import Literal

from digest import consequences, links, schedule, tokens
from digest.model import Cadence, Preferences
from digest.settings import Publication
from digest.store import consents, database, publications, subscribers, suppressions, welcomes
from digest.subscriptions import addresses, notes, passes
from digest.works import Works


def ask(
    works: Works, publication: Publication, email: str, cadence: Cadence, *, origin: str, wording: str, now: datetime
) -> None:
    """Write to a mailbox for which somebody has filled in the form: how to confirm, or that it is subscribed already.

    An address that mail must not go to, or that was not there a few days ago, gets none; one that was erased at its owner's wish may come back. `origin` is
    a truncated IP address. Raises DigestError("error.address").
    """
    typed, norm = addresses.parse(email)
    with database.writing(works.engine) as store:
        if is_barred(works, store, norm) or consequences.is_unreachable(works, store, norm, now):
            return
        row = publications.id_of(store, publication.slug)
        person_id = subscribers.add(store, typed, norm, works.new_id(), now)
        before = subscribers.ask(store, person_id, row, cadence, now)
        if before != "active":
            consents.record(store, person_id, row, "asked", origin=origin, wording=wording, now=now)
        person = subscribers.get(store, person_id)
    paper = works.paper(publication)
    if before == "active":
        url = links.preferences_url(works, publication, person.public_id, person.token_version)
        notes.tell(works, paper, "known", person.email, now, url=url)
    else:
        notes.tell(works, paper, "confirm", person.email, now, url=passes.url(works, paper, "confirm", person, now))


def confirm(
    works: Works, publication: Publication, token: str, *, origin: str, wording: str, now: datetime
) -> Literal["confirmed", "already"] | None:
    """Begin the subscription that a mailbox confirms, with a letter about the latest issue.

    Once confirmed, again is "already"; None where the token is not genuine or the subscription has ended since.
    """
    person = passes.bearer(works, publication.slug, "confirm", token, now)
    if person is None:
        return None
    with database.writing(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        state = subscribers.state(store, person.id, row)
        if state != "pending" or is_barred(works, store, person.email):
            return "already" if state == "active" else None
        cadence: Cadence = subscribers.cadence(store, person.id, row)
        had = subscribers.sent_through(store, person.id, row)
        due_at = first_due(works, publication, cadence, now)
        subscribers.subscribe(store, person.id, row, cadence, now, due_at=due_at)
        subscribers.revive(store, person.id)
        suppressions.lift(store, tokens.address_hash(works.key, person.email.lower()))
        consents.record(store, person.id, row, "confirmed", origin=origin, wording=wording, now=now)
        welcomes.queue(store, person, row, had, digest_id=works.new_id(), now=now)
    return "confirmed"


def pending(works: Works, publication: Publication, token: str, now: datetime) -> bool:
    """Say whether a token is genuine and there is something that it confirms, or has confirmed."""
    person = passes.bearer(works, publication.slug, "confirm", token, now)
    if person is None:
        return False
    with database.reading(works.engine) as store:
        state = subscribers.state(store, person.id, publications.id_of(store, publication.slug))
    return state in {"pending", "active"}


def is_barred(works: Works, store: database.Connection, email: str) -> bool:
    """Say whether mail must not go to an address, whatever its owner asks for; one that was erased may come back."""
    return suppressions.reason(store, tokens.address_hash(works.key, email.lower())) not in {None, "erased"}


def first_due(works: Works, publication: Publication, cadence: Cadence, now: datetime) -> datetime | None:
    """Return when the first letter of a new subscription is due; None: as soon as there is news."""
    wanted = Preferences(cadence=cadence)
    return schedule.next_due(wanted, publication.zone, works.settings.send_at(publication), now)
