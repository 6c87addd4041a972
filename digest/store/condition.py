"""The condition of a database that need be neither sound nor up to date. Nothing of it is changed."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.exc import DatabaseError

from digest.errors import DigestError
from digest.store import database, publications, watching


class Condition(NamedTuple):
    """What was found: the revision of the schema, and what the database's own quick check says.

    `authority` of all ids and `last_time`, the latest that was written down, are None where they cannot be told.
    """

    schema: str
    damages: tuple[str, ...]
    authority: str | None = None
    last_time: datetime | None = None


def of(place: Path | str) -> Condition:
    """Return the condition of the database at `place`.

    Raises DigestError("error.database") where it is none, or cannot be read.
    """
    engine = database.connect(place)
    try:
        with database.reading(engine) as store:
            found = Condition(database.schema(store) or "", tuple(database.damages(store, quick=True)))
            if found.schema != database.schemas()[-1] or found.damages:
                return found
            return found._replace(authority=publications.authority(store), last_time=watching.last_time(store))
    except (DatabaseError, OSError) as error:
        raise DigestError("error.database", path=str(engine.url), detail=str(getattr(error, "orig", error))) from error
    finally:
        engine.dispose()
