"""Statements that run for every message, compiled once: SQLAlchemy takes longer to look one up than SQLite to run it."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Update


class _Place(NamedTuple):
    """A place of a statement: where, what name its values are given under, and how the driver takes them."""

    at: int
    name: str
    process: Callable[[Any], Any]


class Prepared:
    """An UPDATE whose named places (`bindparam`) are filled anew each time it runs."""

    def __init__(self, statement: Update) -> None:
        """Keep the statement; it is compiled when it runs first, since only then it is known for which database."""
        self._statement = statement
        self._compiled = cache(self._compile)

    def run(self, connection: Connection, **values: Any) -> int:
        """Run it in the connection's transaction; return how many rows it has changed.

        Raises the errors of the database's driver itself, which `database.writing` and `marking` translate.
        """
        sql, always, places = self._compiled(connection.dialect)
        filled = always.copy()
        for place in places:
            filled[place.at] = place.process(values[place.name])
        cursor = connection.connection.cursor()
        cursor.execute(sql, filled)
        return int(cursor.rowcount)

    def _compile(self, dialect: Dialect) -> tuple[str, list[Any], list[_Place]]:
        """Return the SQL, what fills its places in turn, and the places which that does not fill."""
        compiled = dialect.statement_compiler(dialect, self._statement)
        binds = [compiled.binds[name] for name in compiled.positiontup or ()]
        processes = [bind.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is for bind in binds]
        always = [process(bind.effective_value) for bind, process in zip(binds, processes, strict=True)]
        named = zip(binds, processes, strict=True)
        return str(compiled), always, [_Place(n, b.key, process) for n, (b, process) in enumerate(named) if b.required]


def _as_it_is(value: Any) -> Any:
    return value
