"""What the operator asks of the store."""

from collections.abc import Mapping
from dataclasses import dataclass

from digest.store import database, issues, outbox, sources, subscribers
from digest.store.database import Engine


@dataclass(frozen=True, slots=True)
class Status:
    """How things stand: how many rows of each kind are in which state."""

    sources: Mapping[str, int]
    issues: Mapping[str, int]
    subscriptions: Mapping[str, int]
    deliveries: Mapping[str, int]

    @property
    def well(self) -> bool:
        """Whether nothing needs a person."""
        return not self.deliveries.get("uncertain") and not self.deliveries.get("failed")


def status(engine: Engine) -> Status:
    """Return how things stand."""
    with database.reading(engine) as store:
        return Status(sources.counts(store), issues.counts(store), subscribers.counts(store), outbox.counts(store))
