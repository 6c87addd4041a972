"""The suppression list and the digests that are held back: what only a person may undo."""

from datetime import datetime
from typing import NamedTuple

from digest import tokens
from digest.errors import DigestError
from digest.store import bounces, database, subscribers, suppressions
from digest.store.bounces import Halted
from digest.store.database import Engine
from digest.store.suppressions import Reason
from digest.tokens import Key

LATELY_DAYS = 30
"""For how many days what came back is counted."""


class Barred(NamedTuple):
    """An address that nothing is sent to: itself where it is a subscriber's, else the beginning of its hash."""

    address: str
    reason: Reason
    since: datetime


def suppressed(engine: Engine, key: Key) -> list[Barred]:
    """Return the suppression list, the oldest first."""
    with database.reading(engine) as store:
        known = {tokens.address_hash(key, norm): norm for norm in subscribers.addresses(store)}
        return [
            Barred(known.get(one.address_hash, f"{one.address_hash[:12]}…"), one.reason, one.at)
            for one in suppressions.listed(store)
        ]


def suppress(engine: Engine, key: Key, address: str, now: datetime) -> None:
    """Have nothing sent to an address, whoever asks for it."""
    with database.writing(engine) as store:
        suppressions.suppress(store, tokens.address_hash(key, address.lower()), "manual", now)
        person = subscribers.by_email(store, address.lower())
        if person is not None:
            bounces.stop(store, person)


def lift(engine: Engine, key: Key, address: str) -> None:
    """Let an address have letters again; who is subscribed gets the next one, and who was not there may be asked again.

    Raises DigestError("error.not_suppressed").
    """
    with database.writing(engine) as store:
        listed = suppressions.lift(store, tokens.address_hash(key, address.lower()))
        person = subscribers.by_email(store, address.lower())
        if not listed and (person is None or subscribers.get(store, person).state != "bounced"):
            raise DigestError("error.not_suppressed", email=address)
        if person is not None:
            subscribers.revive(store, person)


def returned(engine: Engine, now: datetime) -> tuple[dict[str, int], list[Halted]]:
    """Return how many letters came back lately, by what it meant, and the digests that are held back."""
    with database.reading(engine) as store:
        return bounces.counts(store, now, LATELY_DAYS), bounces.halted(store)


def resume(engine: Engine, digest: str) -> None:
    """Let a digest that was held back go on, whatever else comes back of it. Raises DigestError("error.not_halted")."""
    with database.writing(engine) as store:
        if not bounces.release(store, digest):
            raise DigestError("error.not_halted", digest=digest)
