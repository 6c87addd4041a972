"""What PostgreSQL does in its own way: sessions over a network, locks by number, and errors by their SQLSTATE.

Writers take one lock in turn, as SQLite's do: what a transaction has read is still so when it writes. Only marks do
without it, each of which changes rows that are its own by then.
"""

import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from digest.errors import DigestError
from digest.store.database import patience

READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
"""How a transaction is begun that changes nothing."""

_OURS = 0x6469_6765  # "dige"
"""The first number of all our advisory locks; the second tells them apart."""

_SERVICE, _WRITER = 0, 1
"""The locks of the one service, and of the one writer."""

_DUTIES = {"common": 1, "paper": 2, "mailer": 3}
"""What is added to the first number for the lock of a duty; the second is then whose duty it is."""

_DISK = {"53100": errno.ENOSPC, "58030": errno.EIO, "25006": errno.EROFS}
"""What a disk has refused, by SQLSTATE (PostgreSQL, Appendix A)."""

_LOCALES = ("C", "POSIX", "C.UTF-8", "C.utf8")


def open_engine(url: str) -> Engine:
    """Open the database that a URL names (`postgresql+psycopg://USER@HOST/NAME`); what it leaves out libpq knows.

    Raises DigestError("error.no_psycopg") where the driver is not installed.
    """
    try:
        return create_engine(
            url,
            hide_parameters=True,  # what is logged of an error names nobody
            pool_pre_ping=True,  # a session that the server has ended is replaced before it is used
            pool_use_lifo=True,
            connect_args={
                "options": f"-c lock_timeout={patience.BUSY_MS} -c timezone=UTC",
                "client_encoding": "utf8",
                "application_name": f"digest {os.getpid()}@{socket.gethostname()}",
            },
        )
    except ModuleNotFoundError as error:
        raise DigestError("error.no_psycopg", detail=str(error)) from error


def before_upgrade(engine: Engine, current: str | None) -> None:
    """Refuse an empty database that orders or stores text in another way than SQLite does.

    Nothing is copied: PostgreSQL changes a schema in one transaction, and has its own ways of backup.

    Raises DigestError("error.postgres_locale").
    """
    if current is not None:
        return
    query = text("SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = current_database()")
    with engine.connect() as connection:
        encoding, collation = connection.execute(query).one()
    if encoding != "UTF8" or collation not in _LOCALES:
        raise DigestError("error.postgres_locale", name=str(engine.url.database), found=f"{encoding} {collation}")


def begin_writing(connection: Connection) -> None:
    """Wait until no other writer is at work; the lock is gone with the transaction."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_OURS}, {_WRITER})")


@contextmanager
def marking(engine: Engine) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Give what opens small transactions on one connection (`database.marking`)."""
    lock = threading.Lock()
    with engine.connect() as connection:
        with connection.begin():
            connection.exec_driver_sql("SET synchronous_commit TO off")

        @contextmanager
        def mark() -> Iterator[Connection]:
            with lock, connection.begin():
                yield connection

        try:
            yield mark
        finally:
            with suppress(DBAPIError), connection.begin():  # else the session is lost, and what it was set to
                connection.exec_driver_sql("RESET synchronous_commit")


@contextmanager
def sole(engine: Engine) -> Iterator[Callable[[], bool]]:
    """Hold the service's lock in a session of its own: it dies with the session, whatever ends that."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({_OURS}, {_SERVICE})").scalar():
            raise DigestError("error.running", pid=_holder(connection) or "?", folder=engine.url.render_as_string())

        def is_held() -> bool:
            # A session that was lost would be replaced by one that does not hold the lock.
            with suppress(DBAPIError):
                return not connection.invalidated and bool(connection.exec_driver_sql("SELECT true").scalar())
            return False

        try:
            yield is_held
        finally:
            connection.invalidate()  # the session ends, and with it the lock; it must not go back to the pool


@contextmanager
def alone(engine: Engine, what: str, number: int, *, wait: bool) -> Iterator[bool]:
    """Hold the lock of a duty in a session of its own; give whether it is held."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        lock = f"{_OURS + _DUTIES[what]}, {number}"
        if wait:
            connection.exec_driver_sql("SET lock_timeout TO 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({lock})")
            connection.exec_driver_sql("RESET lock_timeout")
        ours = wait or bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({lock})").scalar())
        try:
            yield ours
        finally:
            if ours:
                with suppress(DBAPIError):  # the session is lost, and the lock with it
                    connection.exec_driver_sql(f"SELECT pg_advisory_unlock({lock})")


def is_free(connection: Connection, what: str, number: int) -> bool:
    """Say whether nobody holds the lock of a duty, by taking it until the end of the transaction."""
    lock = f"{_OURS + _DUTIES[what]}, {number}"
    return bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_xact_lock({lock})").scalar())


def is_taken(engine: Engine) -> bool:
    """Say whether a session holds the service's lock."""
    with engine.connect() as connection:
        return _holder(connection) is not None


def started(_engine: Engine) -> str:
    """Return nothing: no mark that matters is lost."""
    return ""


def make_last(connection: Connection) -> None:
    """Have the transaction wait for the disk."""
    connection.exec_driver_sql("SET LOCAL synchronous_commit TO on")


def refusal_of_disk(error: BaseException) -> int | None:
    """Return the errno of what a disk has refused, if that is what an error of the driver tells of."""
    return _DISK.get(getattr(error, "sqlstate", None) or "")


def damages(_connection: Connection, *, quick: bool) -> list[str]:  # noqa: ARG001 -- as SQLite's
    """Return nothing: PostgreSQL checks its pages as it reads them (its checksums, pg_amcheck)."""
    return []


def broken_references(_connection: Connection) -> list[tuple[str, int]]:
    """Return nothing: PostgreSQL's foreign keys hold at any time."""
    return []


@contextmanager
def watched(engine: Engine) -> Iterator[Callable[[], object]]:
    """Give what tells how far the log of all changes has come, also of those to the server's other databases."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield lambda: connection.exec_driver_sql("SELECT pg_current_wal_insert_lsn()").scalar()


def _holder(connection: Connection) -> str | None:
    """Return who holds the service's lock, as process id and host, or at least the number of its session."""
    query = text(
        "SELECT coalesce(nullif(replace(application_name, 'digest ', ''), ''), pid::text) FROM pg_locks"
        " JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND classid = :ours AND objid = :which"
        " AND granted AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    found: str | None = connection.execute(query, {"ours": _OURS, "which": _SERVICE}).scalar()
    return found
