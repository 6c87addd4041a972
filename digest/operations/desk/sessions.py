"""Who may sit at the desk: log in, stay, log out, and wait after too many tries in vain.

What is counted stands in the database, so that a restart forgives nothing. A session lasts `SESSION`, through restarts,
and ends with its password.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from digest.operations.desk import password
from digest.store import database
from digest.store.database import Connection
from digest.store.desk import sessions
from digest.works import Works

SESSION = timedelta(hours=12)
"""How long somebody stays logged in."""

FREE = 5
"""How many tries in vain a network has before it must wait: a minute at first, then twice as long after each."""

FREE_IN_ALL = 100
"""How many tries in vain there are in an hour from anywhere, until networks that are not known wait, too."""

_LONGEST = timedelta(hours=1)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_ONE_BY_ONE = timedelta(seconds=30)


def log_in(
    works: Works, typed: str, network: str, now: datetime, *, former: str | None = None
) -> str | timedelta | None:
    """Return the token of a new session: None for a wrong password, how long to wait after too many.

    The session of the token `former` ends: none is ever taken over.
    """
    with database.writing(
        works.engine
    ) as store:  # counted before it is known, so that none slips through beside others
        if (delay := _wait(store, network, now)) is not None:
            return delay
        login = sessions.try_(store, network, now)
    mark = password.mark(works.settings)
    if not password.is_right(works.settings, typed) or mark is None:
        return None
    token = secrets.token_urlsafe(32)
    with database.writing(works.engine) as store:
        sessions.succeed(store, login)
        sessions.end(store, _hash(former or ""), now)
        sessions.begin(store, _hash(token), mark, now + SESSION)
    return token


def is_in(works: Works, token: str, now: datetime) -> bool:
    """Say whether a token is that of a session that goes on."""
    mark = password.mark(works.settings)
    if not token or mark is None:
        return False
    with database.reading(works.engine) as store:
        return sessions.is_open(store, _hash(token), mark, now)


def log_out(works: Works, token: str, now: datetime) -> None:
    """End the session of a token."""
    with database.writing(works.engine) as store:
        sessions.end(store, _hash(token), now)


def _wait(store: Connection, network: str, now: datetime) -> timedelta | None:
    own = sessions.failures(store, now - _DAY, now, network)
    until = now
    if own.at is not None and own.times >= FREE:
        until = own.at + min(timedelta(minutes=2 ** min(own.times - FREE, 10)), _LONGEST)
    if not sessions.is_known(store, network):
        every = sessions.failures(store, now - _HOUR, now)
        if every.at is not None and every.times >= FREE_IN_ALL:
            until = max(until, every.at + _ONE_BY_ONE)
    return until - now if until > now else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
