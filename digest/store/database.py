"""Open the database, bring its schema up to date, copy it, and run transactions on it.

SQLite runs with WAL, `synchronous=FULL` and foreign keys; every write begins IMMEDIATE, so that two writers wait for
each other instead of failing half way (reliability.md, State).
"""

import errno
import os
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select, text
from sqlalchemy.exc import DatabaseError, OperationalError

from digest import atomic
from digest.errors import DigestError

__all__ = [
    "Changes",
    "Connection",
    "Engine",
    "Trouble",
    "connect",
    "copy",
    "count_by_state",
    "marking",
    "probe",
    "reading",
    "schema",
    "schemas",
    "upgrade",
    "writing",
]

Trouble = OperationalError
"""The database is locked, full or out of reach: what may be better the next time."""

BUSY_MS = 10_000
"""How long a writer waits for another, in milliseconds."""

MIGRATIONS = Path(__file__).with_name("migrations")
"""The folder of Alembic's environment; the names of its migrations begin with their revisions, which count up."""

_DISK = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EIO,  # of a file beside the database; SQLite does not tell why
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
"""What a disk has refused, by SQLite's word for it."""


def connect(path: Path) -> Engine:
    """Open the SQLite database at `path` as it is, whatever its schema; the file is made when it is missing."""
    # What is logged of an error names nobody. Each connection keeps pages in memory: the one used last goes first.
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True, pool_use_lifo=True)

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, _record: Any) -> None:
        raw.isolation_level = None  # SQLAlchemy's "begin" event below says when a transaction begins
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if begin := connection.get_execution_options().get("begin", "BEGIN IMMEDIATE"):
            connection.connection.cursor().execute(begin)

    return engine


def probe(folder: Path) -> None:
    """Try in `folder` what the database needs of a file system: a write-ahead log that two connections share.

    Raises DigestError("error.data_folder") where that fails, as on a network share or a disk that is full or read-only.
    """
    try:
        with (
            tempfile.TemporaryDirectory(prefix=atomic.TEMPORARY, dir=folder) as place,
            closing(sqlite3.connect(Path(place) / "probe.db")) as one,
        ):
            (mode,) = one.execute("PRAGMA journal_mode=WAL").fetchone()
            one.executescript("CREATE TABLE probe (n); INSERT INTO probe VALUES (1)")
            with closing(sqlite3.connect(Path(place) / "probe.db")) as other:
                found = other.execute("SELECT n FROM probe").fetchall()
    except (OSError, sqlite3.Error) as error:
        raise DigestError("error.data_folder", folder=str(folder), detail=str(error)) from error
    if mode != "wal" or found != [(1,)]:
        raise DigestError("error.data_folder", folder=str(folder), detail=f"journal_mode={mode}")


def copy(engine: Engine, target: Path) -> None:
    """Write a consistent copy of the database, as it is at this moment, while others may read and write it.

    Raises DigestError("error.backup") where that fails, as on a disk that is full.
    """
    try:
        with atomic.replacing(target, mode=0o600) as temporary, closing(engine.raw_connection()) as raw:
            raw.cursor().execute("VACUUM INTO ?", (str(temporary),))
    except (OSError, sqlite3.Error) as error:
        raise DigestError("error.backup", file=str(target), detail=str(error)) from error
    atomic.sync(target.parent)


def upgrade(engine: Engine) -> None:
    """Bring the schema up to date; an older one is copied first, to `NAME.before-REVISION` beside it.

    Raises DigestError: "error.newer_schema" where it is newer than this program, "error.database" where it is no
    database or cannot be read.
    """
    try:
        _upgrade(engine)
    except DatabaseError as error:
        raise DigestError("error.database", path=str(engine.url.database), detail=str(error.orig)) from error


def schema(connection: Connection) -> str | None:
    """Return the revision of the schema; None where there is none."""
    if connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")).first() is None:
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def schemas() -> tuple[str, ...]:
    """Return the revisions of all schemas that there have been; `upgrade` brings a database to the last."""
    return tuple(sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")))


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One short transaction that changes something: all of it, or nothing. A disk that refuses raises OSError."""
    with _telling_disk(engine), engine.begin() as connection:
        yield connection


@contextmanager
def marking(engine: Engine) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Give what opens many small transactions in turn, from any thread, on one connection.

    None of them waits for the disk: what a killed process has written is there, but not always after a power cut
    (reliability.md 2.1).
    """
    lock = threading.Lock()
    with engine.connect().execution_options(begin=None) as connection, connection.begin():
        raw: Any = connection.connection.driver_connection

        # SQLAlchemy sees one long transaction: to begin and end one takes it longer than a mark takes SQLite.
        @contextmanager
        def mark() -> Iterator[Connection]:
            with lock, _telling_disk(engine):
                raw.execute("BEGIN IMMEDIATE")
                with raw:
                    yield connection

        raw.execute("PRAGMA synchronous=NORMAL")
        try:
            yield mark
        finally:
            raw.execute("PRAGMA synchronous=FULL")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database that hinders no writer. A disk that refuses raises OSError."""
    with _telling_disk(engine), engine.connect().execution_options(begin="BEGIN") as connection, connection.begin():
        yield connection


class Changes:
    """Tells whether anybody has written to the database, for less than any query costs. For one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        """Know nothing yet."""
        self._engine = engine
        self._connection: sqlite3.Connection | None = None
        self._seen: object = None

    def any(self) -> bool:
        """Say whether there may be changes since this was asked last; where that cannot be told, there may be."""
        try:
            # The number says what others have written, to each connection that asks twice (SQLite: PRAGMA data_version).
            if self._connection is None:
                self._connection = sqlite3.connect(str(self._engine.url.database), check_same_thread=False)
            seen: object = self._connection.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:
            self.close()
            return True
        before, self._seen = self._seen, seen
        return before != seen

    def close(self) -> None:
        """Close what this has opened."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._seen = None


def count_by_state(connection: Connection, table: Table) -> dict[str, int]:
    """Return how many rows of a table are in each state."""
    query = select(table.c.state, func.count().label("rows")).group_by(table.c.state).order_by(table.c.state)
    return {row.state: row.rows for row in connection.execute(query)}


@contextmanager
def _telling_disk(engine: Engine) -> Iterator[None]:
    """Raise OSError where a disk refuses, and Trouble for other trouble, also where the driver itself tells of it."""
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        cause = error.orig if isinstance(error, OperationalError) else error
        primary = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # SQLite: "Primary Result Codes versus Extended"
        if primary in _DISK:
            # What SQLite could not open for writing, once, it has opened for reading: that connection would stay so.
            engine.dispose()
            raise OSError(_DISK[primary], os.strerror(_DISK[primary]), engine.url.database) from error
        if error is cause:
            raise Trouble(None, None, error) from error
        raise


def _upgrade(engine: Engine) -> None:
    with reading(engine) as connection:
        current = schema(connection)
    if current == schemas()[-1]:
        return
    if current is not None:
        if current not in schemas():
            raise DigestError("error.newer_schema", path=str(engine.url.database))
        database = Path(str(engine.url.database))
        copy(engine, database.with_name(f"{database.name}.before-{current}"))
    from alembic import command  # 11 MB that a service whose database is up to date need not hold
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
