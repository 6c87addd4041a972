"""What SQLite does in its own way: a file, one writer at a time, and errors that tell of the disk.

It runs with WAL, `synchronous=FULL` and foreign keys; every write begins IMMEDIATE, so that two writers wait for each
other instead of failing half way (reliability.md, State).
"""

import errno
import fcntl
import os
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from digest import atomic
from digest.errors import DigestError
from digest.store.database import patience

BOOT = Path("/proc/sys/kernel/random/boot_id")

LOCK = "service.lock"
"""The file beside the database whose lock the one service holds, with its process id."""

GLANCE_SECONDS = 0.01
"""For longer than this nobody holds the lock who only asks whether a service does."""

READING: dict[str, Any] = {"begin": "BEGIN"}
"""How a transaction is begun that changes nothing."""

_DISK = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_CANTOPEN: errno.EIO,  # of a file beside the database; SQLite does not tell why
    sqlite3.SQLITE_READONLY: errno.EROFS,
}
"""What a disk has refused, by SQLite's word for it."""


def open_engine(url: str) -> Engine:
    """Open the file that a URL names, which is made when it is missing."""
    # What is logged of an error names nobody. Each connection keeps pages in memory: the one used last goes first.
    engine = create_engine(url, hide_parameters=True, pool_use_lifo=True)

    @event.listens_for(engine, "connect")
    def _prepare(raw: sqlite3.Connection, _record: Any) -> None:
        raw.isolation_level = None  # SQLAlchemy's "begin" event below says when a transaction begins
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={patience.BUSY_MS}"):
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


def before_upgrade(engine: Engine, current: str | None) -> None:
    """Copy a database that has the schema `current`, if it has one, to `NAME.before-CURRENT` beside it."""
    if current is not None:
        database = Path(str(engine.url.database))
        copy(engine, database.with_name(f"{database.name}.before-{current}"))


def begin_writing(_connection: Connection) -> None:
    """Do nothing: IMMEDIATE is what lets one writer after the other have their turn."""


@contextmanager
def marking(engine: Engine) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Give what opens small transactions on one connection (`database.marking`)."""
    lock = threading.Lock()
    with engine.connect().execution_options(begin=None) as connection, connection.begin():
        raw: Any = connection.connection.driver_connection

        # SQLAlchemy sees one long transaction: to begin and end one takes it longer than a mark takes SQLite.
        @contextmanager
        def mark() -> Iterator[Connection]:
            with lock:
                raw.execute("BEGIN IMMEDIATE")
                with raw:
                    yield connection

        raw.execute("PRAGMA synchronous=NORMAL")
        try:
            yield mark
        finally:
            raw.execute("PRAGMA synchronous=FULL")


@contextmanager
def sole(engine: Engine) -> Iterator[Callable[[], bool]]:
    """Hold the lock beside the file: it dies with the process, whatever kills it."""
    lock = _lock(engine)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        try:
            _take(handle)
        except OSError as error:
            pid = os.read(handle, 20).decode().strip()
            raise DigestError("error.running", pid=pid, folder=str(lock.parent)) from error
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield lambda: True
    finally:
        os.close(handle)


def alone(_engine: Engine, _what: str, _number: int, *, wait: bool) -> AbstractContextManager[bool]:  # noqa: ARG001
    """Give that it is so: one process does everything (`sole`)."""
    return nullcontext(True)


def is_free(_connection: Connection, _what: str, _number: int) -> bool:
    """Say that it is so: who asks is the one process."""
    return True


def is_taken(engine: Engine) -> bool:
    """Say whether another process holds the lock beside the file."""
    try:
        handle = os.open(_lock(engine), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def started(_engine: Engine) -> str:
    """Return the id of this machine's start."""
    return BOOT.read_text().strip() if BOOT.exists() else ""


def make_last(_connection: Connection) -> None:
    """Do nothing: a mark outlasts all but the end of the machine, of which `started` tells."""


def refusal_of_disk(error: BaseException) -> int | None:
    """Return the errno of what a disk has refused, if that is what an error of the driver tells of."""
    return _DISK.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # SQLite: "Primary Result Codes versus Extended"


def damages(connection: Connection, *, quick: bool) -> list[str]:
    """Return what SQLite itself finds wrong with the file, its indexes and, unless `quick`, all their entries."""
    check = "quick_check" if quick else "integrity_check"
    found = [str(row[0]) for row in connection.exec_driver_sql(f"PRAGMA {check}")]
    return [line for line in found if line != "ok"]


def broken_references(connection: Connection) -> list[tuple[str, int]]:
    """Return table and row of what points to a row that is not there."""
    return [(str(row[0]), int(row[1])) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]


@contextmanager
def watched(engine: Engine) -> Iterator[Callable[[], object]]:
    """Give what tells the number of the last change, for less than any query costs (SQLite: PRAGMA data_version)."""
    # The number says what others have written, to each connection that asks twice.
    with closing(sqlite3.connect(str(engine.url.database), check_same_thread=False)) as connection:
        yield lambda: connection.execute("PRAGMA data_version").fetchone()


def _lock(engine: Engine) -> Path:
    return Path(str(engine.url.database)).with_name(LOCK)


def _take(handle: int) -> None:
    """Take a lock for one alone; who only asks whether it is taken (`is_taken`) has it for an instant."""
    with suppress(BlockingIOError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    time.sleep(GLANCE_SECONDS)
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
