"""Statements that run for every message, compiled once: SQLAlchemy takes longer to look one up than SQLite to run it."""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Update


class _Place(NamedTuple):
    """A place of a statement: its number or its name, what its values are given under, and how the driver takes them."""

    at: Any
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

    def _compile(self, dialect: Dialect) -> tuple[str, Any, list[_Place]]:
        """Return the SQL, what fills its places, in turn or by their names, and the places which that does not fill."""
        compiled = dialect.statement_compiler(dialect, self._statement)
        in_turn = compiled.positiontup
        places: dict[Any, str] = dict(enumerate(in_turn)) if in_turn else {name: name for name in compiled.binds}
        binds = {at: compiled.binds[name] for at, name in places.items()}
        processes = {
            at: one.type.dialect_impl(dialect).bind_processor(dialect) or _as_it_is for at, one in binds.items()
        }
        always = {at: processes[at](one.effective_value) for at, one in binds.items()}
        required = [_Place(at, one.key, processes[at]) for at, one in binds.items() if one.required]
        return str(compiled), list(always.values()) if in_turn else always, required


def _as_it_is(value: Any) -> Any:
    return value
