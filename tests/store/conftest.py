"""An empty database with one paper in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from digest.store import database, publications

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[database.Engine]:
    engine = database.connect(tmp_path / "digest.db")
    database.upgrade(engine)
    with database.writing(engine) as store:
        publications.ensure(store, "yunting")
        publications.fix_authority(store, "paper.example", date(2026, 11, 1))
    yield engine
    engine.dispose()
