"""The condition of a database that need be neither sound nor up to date. Nothing of it is changed."""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.exc import DatabaseError

from digest.errors import DigestError
from digest.store import database, publications, watching


class Condition(NamedTuple):
    """What was found: the revision of the schema, and what SQLite's quick check says.

    `authority` of all ids and `last_time`, the latest that was written down, are None where they cannot be told.
    """

    schema: str
    damages: tuple[str, ...]
    authority: str | None = None
    last_time: datetime | None = None


def of(path: Path) -> Condition:
    """Return the condition of the database at `path`.

    Raises DigestError("error.database") where it is none, or cannot be read.
    """
    engine = database.connect(path)
    try:
        with database.reading(engine) as store:
            lines = [str(row[0]) for row in store.exec_driver_sql("PRAGMA quick_check")]
            found = Condition(database.schema(store) or "", tuple(line for line in lines if line != "ok"))
            if found.schema != database.schemas()[-1] or found.damages:
                return found
            return found._replace(authority=publications.authority(store), last_time=watching.last_time(store))
    except (DatabaseError, sqlite3.Error, OSError) as error:
        raise DigestError("error.database", path=str(path), detail=str(getattr(error, "orig", error))) from error
    finally:
        engine.dispose()
