"""Open the database, bring its schema up to date, and run transactions on it, wherever it lies.

It is a file of SQLite, or a database on a PostgreSQL server; what the two do in their own ways stands in `sqlite` and
`postgres`. With both, writers come one after the other, and a reader sees one moment and hinders nobody.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, Engine, Table, func, make_url, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_
from sqlalchemy.exc import DatabaseError, OperationalError

from digest.errors import DigestError
from digest.store.database import postgres, sqlite
from digest.store.database.sqlite import copy, probe

__all__ = [
    "Changes",
    "Connection",
    "Engine",
    "Trouble",
    "alone",
    "broken_references",
    "connect",
    "copy",
    "count_by_state",
    "damages",
    "inserting",
    "is_free",
    "make_last",
    "marking",
    "named",
    "probe",
    "reading",
    "schema",
    "schemas",
    "upgrade",
    "writing",
]

Trouble = OperationalError
"""The database is locked, full or out of reach: what may be better the next time."""

MIGRATIONS = Path(__file__).parent.with_name("migrations")
"""The folder of Alembic's environment; the names of its migrations begin with their revisions, which count up."""


Duty = Literal["common", "paper", "mailer"]
"""What is one's at a time: what stands above all papers, one paper's publication, the claims of one mailer."""


class _Kind(Protocol):
    """What a kind of database does in its own way."""

    READING: dict[str, Any]

    def open_engine(self, url: str, /) -> Engine: ...
    def before_upgrade(self, engine: Engine, current: str | None, /) -> None: ...
    def begin_writing(self, connection: Connection, /) -> None: ...
    def marking(
        self, engine: Engine, /
    ) -> AbstractContextManager[Callable[[], AbstractContextManager[Connection]]]: ...
    def sole(self, engine: Engine, /) -> AbstractContextManager[Callable[[], bool]]: ...
    def is_taken(self, engine: Engine, /) -> bool: ...
    def alone(self, engine: Engine, what: str, number: int, /, *, wait: bool) -> AbstractContextManager[bool]: ...
    def is_free(self, connection: Connection, what: str, number: int, /) -> bool: ...
    def started(self, engine: Engine, /) -> str: ...
    def make_last(self, connection: Connection, /) -> None: ...
    def watched(self, engine: Engine, /) -> AbstractContextManager[Callable[[], object]]: ...
    def refusal_of_disk(self, error: BaseException, /) -> int | None: ...
    def damages(self, connection: Connection, /, *, quick: bool) -> list[str]: ...
    def broken_references(self, connection: Connection, /) -> list[tuple[str, int]]: ...


_KINDS: dict[str, _Kind] = {"sqlite": sqlite, "postgresql": postgres}


def connect(place: Path | str) -> Engine:
    """Open the database at `place`, a file of SQLite or a URL, as it is, whatever its schema; a file is made if missing.

    Raises DigestError("error.no_psycopg") where the driver of PostgreSQL is not installed.
    """
    url = make_url(f"sqlite:///{place}" if isinstance(place, Path) else place)
    return _KINDS[url.get_backend_name()].open_engine(url.render_as_string(hide_password=False))


def sole(engine: Engine) -> AbstractContextManager[Callable[[], bool]]:
    """Be the one service of the database as long as the context lasts; give what says whether this one still is it.

    Whatever kills a process ends that. Raises DigestError("error.running") naming the service that is there already.
    """
    return _kind(engine).sole(engine)


def is_taken(engine: Engine) -> bool:
    """Say whether a service is at work on the database."""
    return _kind(engine).is_taken(engine)


def alone(engine: Engine, what: Duty, number: int, *, wait: bool = False) -> AbstractContextManager[bool]:
    """Be the only one at a duty as long as the context lasts; give whether this one is, which a `wait` makes sure of.

    Whatever kills a process ends that. With SQLite there is one process for all duties, and this is no lock.
    """
    return _kind(engine).alone(engine, what, number, wait=wait)


def is_free(connection: Connection, what: Duty, number: int) -> bool:
    """Say whether nobody is at a duty, nor will be before the end of the transaction."""
    return _KINDS[connection.dialect.name].is_free(connection, what, number)


def started(engine: Engine) -> str:
    """Return what tells apart the times between which marks may be lost; nothing where that is not known.

    With SQLite it is the start of the machine: between two of them, no mark has to wait for the disk. A PostgreSQL server
    may be restarted while mailers work, so that a mark which matters waits for its disk instead (`make_last`).
    """
    return _kind(engine).started(engine)


def make_last(connection: Connection) -> None:
    """Have a mark outlast whatever happens, as far as `started` does not tell that it may be lost."""
    _KINDS[connection.dialect.name].make_last(connection)


def upgrade(engine: Engine) -> None:
    """Bring the schema up to date; of SQLite an older one is copied first, to `NAME.before-REVISION` beside it.

    Raises DigestError: "error.newer_schema" where it is newer than this program, "error.database" where it is no
    database or cannot be read, "error.postgres_locale" where it is one that keeps text otherwise.
    """
    try:
        _upgrade(engine)
    except DatabaseError as error:
        raise DigestError("error.database", path=named(engine), detail=str(error.orig).strip()) from error


def schema(connection: Connection) -> str | None:
    """Return the revision of the schema; None where there is none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
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
        _kind(engine).begin_writing(connection)
        yield connection


@contextmanager
def marking(engine: Engine) -> Iterator[Callable[[], AbstractContextManager[Connection]]]:
    """Give what opens many small transactions in turn, from any thread, on one connection.

    None of them waits for the disk: what a killed process has written is there, but not always after a power cut
    (reliability.md 2.1). Nor, on PostgreSQL, for other writers: each changes what is this process's own.
    """
    with _kind(engine).marking(engine) as begin:

        @contextmanager
        def mark() -> Iterator[Connection]:
            with _telling_disk(engine), begin() as connection:
                yield connection

        yield mark


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database that hinders no writer. A disk that refuses raises OSError."""
    options = _kind(engine).READING
    with _telling_disk(engine), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


class Changes:
    """Tells whether anybody has written to the database, for less than any query costs. For one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        """Know nothing yet."""
        self._engine, self._open = engine, ExitStack()
        self._number: Callable[[], object] | None = None
        self._seen: object = None

    def any(self) -> bool:
        """Say whether there may be changes since this was asked last; where that cannot be told, there may be."""
        try:
            if self._number is None:
                self._number = self._open.enter_context(_kind(self._engine).watched(self._engine))
            seen = self._number()
        except (OperationalError, _errors(self._engine)):
            self.close()
            return True
        before, self._seen = self._seen, seen
        return before != seen

    def close(self) -> None:
        """Close what this has opened."""
        self._open.close()
        self._number = self._seen = None


def count_by_state(connection: Connection, table: Table) -> dict[str, int]:
    """Return how many rows of a table are in each state."""
    query = select(table.c.state, func.count().label("rows")).group_by(table.c.state).order_by(table.c.state)
    return {row.state: row.rows for row in connection.execute(query)}


def inserting(connection: Connection, table: Table) -> sqlite_.Insert | postgresql.Insert:
    """Return an INSERT that can say what happens where the row is there already, which both say in the same words."""
    return sqlite_.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


def damages(connection: Connection, *, quick: bool = False) -> list[str]:
    """Return what the database itself finds wrong with what it keeps; with `quick`, where that takes little time."""
    return _KINDS[connection.dialect.name].damages(connection, quick=quick)


def broken_references(connection: Connection) -> list[tuple[str, int]]:
    """Return table and row of what points to a row that is not there."""
    return _KINDS[connection.dialect.name].broken_references(connection)


def named(engine: Engine) -> str:
    """Return how people know the database."""
    return str(engine.url.database) if engine.dialect.name == "sqlite" else engine.url.render_as_string()


def _kind(engine: Engine) -> _Kind:
    return _KINDS[engine.dialect.name]


def _errors(engine: Engine) -> type[Exception]:
    """Return the class of all errors of the driver."""
    return engine.dialect.loaded_dbapi.Error


@contextmanager
def _telling_disk(engine: Engine) -> Iterator[None]:
    """Raise OSError where a disk refuses, and Trouble for other trouble, also where the driver itself tells of it."""
    try:
        yield
    except (OperationalError, engine.dialect.loaded_dbapi.OperationalError) as error:
        cause = error.orig if isinstance(error, OperationalError) else error
        if cause is not None and (refused := _kind(engine).refusal_of_disk(cause)):
            # What SQLite could not open for writing, once, it has opened for reading: that connection would stay so.
            engine.dispose()
            raise OSError(refused, os.strerror(refused), named(engine)) from error
        if error is cause:
            raise Trouble(None, None, error) from error
        raise


def _upgrade(engine: Engine) -> None:
    with reading(engine) as connection:
        current = schema(connection)
    if current == schemas()[-1]:
        return
    if current is not None and current not in schemas():
        raise DigestError("error.newer_schema", path=named(engine))
    _kind(engine).before_upgrade(engine, current)
    from alembic import command  # 11 MB that a service whose database is up to date need not hold
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
