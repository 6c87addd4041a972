"""What the desk shows of subscribers and of their letters."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from digest import tokens
from digest.errors import DigestError
from digest.model import Preferences
from digest.store import database, suppressions
from digest.store.desk import people, weeks
from digest.store.desk.people import Agreed, Person, Returned, Sent
from digest.store.desk.weeks import Day
from digest.store.suppressions import Reason
from digest.works import Works

PAGE = 50
"""How many lines a page of a list has."""

WEEKS = 12
"""How far back the charts reach."""

STATES = {
    "open": ("pending", "claimed", "data", "uncertain", "failed"),
    "pending": ("pending", "claimed", "data"),
    "uncertain": ("uncertain",),
    "failed": ("failed",),
    "sent": ("sent",),
    "cancelled": ("cancelled",),
}
"""What the list of deliveries can be narrowed to."""


@dataclass(frozen=True, slots=True)
class File:
    """All that the desk shows of one subscriber; `barred` is why nothing may be sent to the address, if so."""

    person: Person
    wanted: dict[str, Preferences]
    agreed: tuple[Agreed, ...]
    sent: tuple[Sent, ...]
    returned: tuple[Returned, ...]
    barred: Reason | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there was on each day of the last weeks (UTC)."""

    articles: tuple[Day, ...]
    letters: tuple[Day, ...]
    bounces: tuple[Day, ...]


def subscribers(works: Works, state: str | None, page: int) -> tuple[list[Person], bool]:
    """Return a page of subscribers, from 1, by address, and whether there are more."""
    with database.reading(works.engine) as store:
        found = people.listed(store, state, offset=(page - 1) * PAGE, limit=PAGE + 1)
    return found[:PAGE], len(found) > PAGE


def search(works: Works, part: str) -> tuple[list[Person], bool, Reason | None]:
    """Return the subscribers whose address holds a part, whether there are more, and why the address itself is barred."""
    with database.reading(works.engine) as store:
        found = people.found(store, part, PAGE + 1)
        barred = suppressions.reason(store, tokens.address_hash(works.key, part.lower()))
    return found[:PAGE], len(found) > PAGE, barred


def file(works: Works, person: int) -> File:
    """Return all that is shown of a subscriber. There is none: DigestError("error.no_subscriber")."""
    with database.reading(works.engine) as store:
        known = people.get(store, person)
        if known is None:
            raise DigestError("error.no_subscriber")
        return File(
            person=known,
            wanted=people.wanted(store, person),
            agreed=tuple(people.agreed(store, person)),
            sent=tuple(people.sent_to(store, person, PAGE)),
            returned=tuple(people.returned_by(store, person, PAGE)),
            barred=suppressions.reason(store, tokens.address_hash(works.key, known.email.lower())),
        )


def deliveries(works: Works, name: str, page: int) -> tuple[list[Sent], bool]:
    """Return a page of the deliveries that `STATES` names, from 1, the newest first, and whether there are older ones."""
    with database.reading(works.engine) as store:
        found = people.sent(store, STATES[name], offset=(page - 1) * PAGE, limit=PAGE + 1)
    return found[:PAGE], len(found) > PAGE


def counts(works: Works, now: datetime) -> Counts:
    """Return how much there was lately."""
    since = now - timedelta(weeks=WEEKS + 1)
    with database.reading(works.engine) as store:
        return Counts(
            tuple(weeks.articles(store, since)), tuple(weeks.letters(store, since)), tuple(weeks.bounces(store, since))
        )
