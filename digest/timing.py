"""When things are due, from the settings, the paper's own date and `now`. All results are in UTC."""

from datetime import UTC, datetime, timedelta

from digest.model import Masthead
from digest.settings import Publication

FAIR_TRIES = 3
"""How often something is tried before its age counts, since it may have grown old while no service ran. The third try
comes six minutes after the first: a mail server that greylists wants five."""


def publication_time(
    publication: Publication, masthead: Masthead, now: datetime, embargo: datetime | None = None
) -> datetime:
    """Return when an issue is published: on its date at the paper's publication time, and not before its embargo.

    A date that was only guessed makes no issue wait. `embargo` is naive, in the paper's zone.
    """
    day = masthead.date or now.astimezone(publication.zone).date()
    at = datetime.combine(day, publication.publish_at, publication.zone).astimezone(UTC)
    if masthead.stated_date is None:
        at = min(at, now.replace(microsecond=0))
    return at if embargo is None else max(at, embargo.replace(tzinfo=publication.zone).astimezone(UTC))


def retry_after(attempts: int) -> timedelta:
    """Return how long to wait after the n-th failed try, n from 1: two minutes doubled each time, an hour at most."""
    return timedelta(minutes=min(2 ** min(attempts, 6), 60))


def retry_soon(attempts: int) -> timedelta:
    """Return how long to wait after the n-th failure of our own machines: a second doubled each time, an hour at most."""
    return timedelta(seconds=min(2 ** min(attempts, 12), 3600))


def spread(wait: timedelta, seed: int) -> timedelta:
    """Return a wait up to 15 % shorter, by `seed`, so that what failed together does not come back together."""
    return wait * (1 - 0.15 * (seed * 0x9E3779B1 % 2**32) / 2**32)


def is_given_up(made: datetime, tries: int, now: datetime, patience: timedelta) -> bool:
    """Say whether what was made at a time and has failed so many times is not tried again: it is old, and was tried."""
    return now - made > patience and tries >= FAIR_TRIES
