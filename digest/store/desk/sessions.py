"""Who is at the desk, and who has tried to come there. Of a session's token its SHA-256 is kept, and nothing else."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from digest.store.schema import desk_login, desk_session

_KEEP_FAILURES = timedelta(days=1)
_KEEP_SUCCESSES = timedelta(days=30)


class Failures(NamedTuple):
    """How often it was tried in vain, and when last; `at` is None where it was not."""

    times: int
    at: datetime | None


def begin(connection: Connection, token_hash: str, password_mark: str, ends_at: datetime) -> None:
    """Record a session that has begun."""
    row = {"token_hash": token_hash, "password_mark": password_mark, "ends_at": ends_at}
    connection.execute(insert(desk_session).values(row))


def is_open(connection: Connection, token_hash: str, password_mark: str, now: datetime) -> bool:
    """Say whether this is a session that goes on, and was opened with the password of this mark."""
    this = desk_session.c.token_hash == token_hash, desk_session.c.password_mark == password_mark
    query = select(desk_session.c.ends_at).where(*this, desk_session.c.ends_at > now)
    return connection.execute(query).first() is not None


def end(connection: Connection, token_hash: str, now: datetime) -> None:
    """End a session, and forget those that are over."""
    over = (desk_session.c.token_hash == token_hash) | (desk_session.c.ends_at <= now)
    connection.execute(delete(desk_session).where(over))


def failures(connection: Connection, since: datetime, now: datetime, network: str | None = None) -> Failures:
    """Return what was tried in vain since a time: from one network since it last succeeded, or from all.

    What lies in the future was recorded by a clock that was wrong, and keeps nobody waiting.
    """
    failed = [~desk_login.c.succeeded, desk_login.c.at > since, desk_login.c.at <= now]
    if network is not None:
        success = select(func.max(desk_login.c.id)).where(desk_login.c.network == network, desk_login.c.succeeded)
        failed += [desk_login.c.network == network, desk_login.c.id > func.coalesce(success.scalar_subquery(), 0)]
    row = connection.execute(select(func.count(), func.max(desk_login.c.at)).where(*failed)).one()
    return Failures(row[0], row[1])


def is_known(connection: Connection, network: str) -> bool:
    """Say whether somebody has come to the desk from a network lately."""
    came = desk_login.c.network == network, desk_login.c.succeeded
    return connection.execute(select(desk_login.c.id).where(*came)).first() is not None


def try_(connection: Connection, network: str, now: datetime) -> int:
    """Record a try as a failure, until it `succeed`s; return its row. What was long ago is forgotten."""
    for succeeded, kept in ((False, _KEEP_FAILURES), (True, _KEEP_SUCCESSES)):
        old = desk_login.c.succeeded.is_(succeeded), desk_login.c.at < now - kept
        connection.execute(delete(desk_login).where(*old))
    row = {"network": network, "at": now, "succeeded": False}
    found: int = connection.execute(insert(desk_login).values(row).returning(desk_login.c.id)).scalar_one()
    return found


def succeed(connection: Connection, login_id: int) -> None:
    """Record that a try was none in vain."""
    connection.execute(update(desk_login).where(desk_login.c.id == login_id).values(succeeded=True))
