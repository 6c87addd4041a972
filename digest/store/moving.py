"""An office's rows, carried from one database to another, of whatever kinds they are, and compared there.

What can be found by searching is left behind: the index is made anew by the next publication.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Integer, Table, func, insert, select

from digest import atomic
from digest.errors import DigestError
from digest.store import database, search
from digest.store.database import Engine
from digest.store.schema import metadata, search_entry

ROWS = 500
"""How many rows are carried at a time."""

Progress = Callable[[int, int], None]
"""Is told how many rows of how many are carried."""

_LEFT_BEHIND = {search_entry.name}


def silent(_done: int, _total: int) -> None:
    """Show nobody how far it is."""


def move(source: Engine, target: Engine, *, progress: Progress = silent) -> int:
    """Carry all rows of one database to another, which is empty, in one transaction; return how many there are.

    Both are up to date. Raises DigestError: "error.move_filled" where the target is not empty, "error.move_differs"
    where what has arrived is not what was sent. Then the target is as it was before.
    """
    with database.reading(source) as origin, database.writing(target) as store:
        for table in _tables():
            if store.execute(select(func.count()).select_from(table)).scalar_one():
                raise DigestError("error.move_filled", name=database.named(target), table=table.name)
        total = sum(origin.execute(select(func.count()).select_from(table)).scalar_one() for table in _tables())
        done = 0
        for table in _tables():
            for rows in origin.execute(select(table)).mappings().partitions(ROWS):
                store.execute(insert(table), [dict(row) for row in rows])
                done += len(rows)
                progress(done, total)
            if _mark(origin, table) != _mark(store, table):
                raise DigestError("error.move_differs", table=table.name)
        _count_on(store)
        search.clear(store)
    return total


def copy(engine: Engine, file: Path) -> None:
    """Write a copy of a database, as it is at this moment, to a file of SQLite, while others may read and write it.

    Raises DigestError("error.backup") where that fails, as on a disk that is full.
    """
    if engine.dialect.name == "sqlite":
        database.copy(engine, file)
        return
    try:
        with atomic.replacing(file, mode=0o600) as temporary:
            copied = database.connect(temporary)
            try:
                database.upgrade(copied)
                move(engine, copied)
            finally:
                copied.dispose()
    except OSError as error:
        raise DigestError("error.backup", file=str(file), detail=str(error)) from error
    atomic.sync(file.parent)


def _tables() -> list[Table]:
    """Return the tables whose rows are carried, each behind those that it refers to."""
    return [table for table in metadata.sorted_tables if table.name not in _LEFT_BEHIND]


def _mark(connection: Connection, table: Table) -> str:
    """Return a hash of all that stands in a table."""
    mark = hashlib.sha256()
    for rows in connection.execute(select(table).order_by(*table.primary_key)).partitions(ROWS):
        for row in rows:
            mark.update(repr(tuple(row)).encode())
    return mark.hexdigest()


def _count_on(store: Connection) -> None:
    """Have new rows be numbered from the highest number on: PostgreSQL counts beside its tables."""
    if store.dialect.name != "postgresql":
        return
    for table in _tables():
        number = table.autoincrement_column
        if number is not None and isinstance(number.type, Integer):
            highest = store.scalar(select(func.max(number)))
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', number.name)
            if highest is not None:
                store.execute(select(func.setval(sequence, highest)))
