"""An empty database with one paper in it: a file of SQLite, then a database on a PostgreSQL server."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.store import database, publications
from tests.postgres import Server

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Return where a database is to be made, of each kind in turn."""
    if request.param == "sqlite":
        return tmp_path / "digest.db"
    server: Server = request.getfixturevalue("postgres")
    return server.url()


@pytest.fixture
def engine(place: Path | str) -> Iterator[database.Engine]:
    engine = database.connect(place)
    database.upgrade(engine)
    with database.writing(engine) as store:
        publications.ensure(store, "yunting")
        publications.fix_authority(store, "paper.example", date(2026, 11, 1))
    yield engine
    engine.dispose()
