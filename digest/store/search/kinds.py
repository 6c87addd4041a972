"""The index of the database that there is."""

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, Connection

from digest.store.search import postgres, sqlite
from digest.store.search.asked import Asked, Entry, Order


class _Index(Protocol):
    """What a kind of database does in its own way, so that all find the same."""

    def add(self, connection: Connection, entries: Sequence[Entry]) -> None: ...
    def forget(self, connection: Connection, which: ColumnElement[bool]) -> None: ...
    def clear(self, connection: Connection) -> None: ...
    def rows(self, connection: Connection) -> int: ...
    def matches(self, connection: Connection, asked: Asked, order: Order, most: int, seconds: float) -> list[int]: ...


_KINDS: dict[str, _Index] = {"sqlite": sqlite, "postgresql": postgres}


def index_of(connection: Connection) -> _Index:
    """Return the index of a connection's database."""
    return _KINDS[connection.dialect.name]
