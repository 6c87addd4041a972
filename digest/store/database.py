"""Open the database, bring its schema up to date, and run transactions on it.

SQLite runs with WAL, `synchronous=FULL` and foreign keys; every write begins IMMEDIATE, so that two writers wait for
each other instead of failing half way (reliability.md, State).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLite
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select

from digest.errors import DigestError

__all__ = ["Engine", "connect", "count_by_state", "reading", "upgrade", "writing"]

BUSY_MS = 10_000
"""How long a writer waits for another, in milliseconds."""


def connect(path: Path) -> Engine:
    """Open the SQLite database at `path` as it is, whatever its schema; the file is made when it is missing."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _prepare(raw: SQLite, _record: Any) -> None:
        raw.isolation_level = None  # SQLAlchemy's "begin" event below says when a transaction begins
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
            raw.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get("reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def upgrade(engine: Engine) -> None:
    """Bring the schema up to date. A schema newer than this program raises DigestError("error.newer_schema")."""
    config = Config()
    config.set_main_option("script_location", "digest:store/migrations")
    script = ScriptDirectory.from_config(config)
    with reading(engine) as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    if current == script.get_current_head():
        return
    if current is not None and current not in {revision.revision for revision in script.walk_revisions()}:
        raise DigestError("error.newer_schema", path=str(engine.url.database))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One short transaction that changes something: all of it, or nothing."""
    with engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the database that hinders no writer."""
    with engine.connect().execution_options(reads=True) as connection, connection.begin():
        yield connection


def count_by_state(connection: Connection, table: Table) -> dict[str, int]:
    """Return how many rows of a table are in each state."""
    query = select(table.c.state, func.count().label("rows")).group_by(table.c.state).order_by(table.c.state)
    return {row.state: row.rows for row in connection.execute(query)}
