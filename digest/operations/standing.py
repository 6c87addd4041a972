"""How things stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.store import audit, database, issues, outbox, sources, subscribers
from digest.store.database import Engine

LONGEST_WAIT = timedelta(hours=1)
"""How long work may be due before a person should look: a large mailing takes its time, and so does a retry."""

LATELY = timedelta(days=1)
"""For how long a delivery that has failed is a reason to look."""


@dataclass(frozen=True, slots=True)
class Status:
    """How many rows of each kind are in which state, and how long the oldest work that is due has waited.

    `failed_lately` are the deliveries that have failed within `LATELY`; older ones have been looked at by now.
    """

    sources: Mapping[str, int]
    issues: Mapping[str, int]
    subscriptions: Mapping[str, int]
    deliveries: Mapping[str, int]
    failed_lately: int
    waiting: timedelta | None

    @property
    def well(self) -> bool:
        """Whether nothing needs a person."""
        stuck = self.waiting is not None and self.waiting > LONGEST_WAIT
        return not (stuck or self.deliveries.get("uncertain") or self.failed_lately)


def status(engine: Engine, now: datetime) -> Status:
    """Return how things stand."""
    with database.reading(engine) as store:
        since = audit.waiting_since(store, now)
        return Status(
            sources=sources.counts(store),
            issues=issues.counts(store),
            subscriptions=subscribers.counts(store),
            deliveries=outbox.counts(store),
            failed_lately=outbox.failed_since(store, now - LATELY),
            waiting=None if since is None else now - since,
        )
