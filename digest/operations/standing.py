"""How things stand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.store import audit, database, issues, outbox, sources, subscribers
from digest.store.database import Engine

LONGEST_WAIT = timedelta(hours=1)
"""How long work may be due before a person should look: a large mailing takes its time, and so does a retry."""


@dataclass(frozen=True, slots=True)
class Status:
    """How many rows of each kind are in which state, and how long the oldest work that is due has waited."""

    sources: Mapping[str, int]
    issues: Mapping[str, int]
    subscriptions: Mapping[str, int]
    deliveries: Mapping[str, int]
    waiting: timedelta | None

    @property
    def well(self) -> bool:
        """Whether nothing needs a person."""
        stuck = self.waiting is not None and self.waiting > LONGEST_WAIT
        return not (stuck or self.deliveries.get("uncertain") or self.deliveries.get("failed"))


def status(engine: Engine, now: datetime) -> Status:
    """Return how things stand."""
    with database.reading(engine) as store:
        since = audit.waiting_since(store, now)
        return Status(
            sources=sources.counts(store),
            issues=issues.counts(store),
            subscriptions=subscribers.counts(store),
            deliveries=outbox.counts(store),
            waiting=None if since is None else now - since,
        )
