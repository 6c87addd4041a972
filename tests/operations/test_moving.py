"""An office moves from a file of SQLite to a PostgreSQL server, and back, and nobody can tell."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from digest import operations, pipeline
from digest.errors import DigestError
from digest.operations.moving import migrate
from digest.settings import Settings
from digest.store import database, schema
from tests.postgres import Server
from tests.store.dumping import live
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of an office that has seen everything that a table can hold."""
    settings = settings_in(tmp_path)
    with opened(settings) as works:
        live(works)
    return settings


@pytest.fixture
def there(settings: Settings, postgres: Server) -> Settings:
    """Return the settings of the same office on an empty database of a server."""
    return replace(settings, database=postgres.url())


def rows(place: Path | str) -> Iterator[tuple[str, Any]]:
    """Yield all rows of each table, without what the search index is made of."""
    engine = database.connect(place)
    with database.reading(engine) as store:
        for table in schema.metadata.sorted_tables:
            if table is not schema.search_entry:
                found = store.execute(select(table).order_by(*table.primary_key)).all()
                yield table.name, [row for row in found if row[0] != "search"]
    engine.dispose()


def test_every_row_is_the_same(settings: Settings, there: Settings, tmp_path: Path) -> None:
    before = dict(rows(settings.place))
    assert migrate(settings.place, there.place, resend=False) >= sum(map(len, before.values())) > 50
    assert dict(rows(there.place)) == before
    back = tmp_path / "back.db"
    migrate(there.place, back, resend=False)
    assert dict(rows(back)) == before


def test_the_office_goes_on_there(settings: Settings, there: Settings) -> None:
    migrate(settings.place, there.place, resend=False)
    with opened(there) as works:
        later = SECOND.replace("2026年11月20日　星期五　第89期", "2026年11月18日　星期三　第990期")
        assert [outcome.kind for outcome in drop(works, "later.md", later)] == ["taken"]
        assert pipeline.publish(works, NOW)
        assert not operations.verify(there, works.engine, now=NOW, idle=False)


def test_nothing_goes_into_a_database_that_has_rows(settings: Settings, there: Settings) -> None:
    with opened(there, sound=False):
        pass
    with pytest.raises(DigestError) as refusal:
        migrate(settings.place, there.place, resend=False)
    assert refusal.value.code == "error.move_filled"


def test_nothing_moves_while_a_service_runs(settings: Settings, there: Settings) -> None:
    with opened(settings), pytest.raises(DigestError) as refusal:
        migrate(settings.place, there.place, resend=False)
    assert refusal.value.code == "error.running"


def test_there_must_be_something_to_move(tmp_path: Path) -> None:
    with pytest.raises(DigestError) as refusal:
        migrate(tmp_path / "none.db", tmp_path / "other.db", resend=False)
    assert refusal.value.code == "error.no_database"
    assert list(tmp_path.iterdir()) == []


def test_a_row_that_arrives_changed_takes_all_back(
    settings: Settings, there: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver that cuts texts short stands for all that may go wrong on the way."""
    process = schema.Instant.process_bind_param
    monkeypatch.setattr(
        schema.Instant,
        "process_bind_param",
        lambda self, value, dialect: process(self, value and value.replace(day=1), dialect),
    )
    with pytest.raises(DigestError) as refusal:
        migrate(settings.place, there.place, resend=False)
    monkeypatch.undo()
    assert refusal.value.code == "error.move_differs"
    assert not any(map(len, dict(rows(there.place)).values()))


def test_a_backup_of_a_server_is_restored_to_a_file_and_to_a_server(postgres: Server, tmp_path: Path) -> None:
    there = settings_in(tmp_path, database=postgres.url())
    with opened(there) as works:
        drop(works, "first.md", FIRST)
        pipeline.publish(works, NOW)
        operations.back_up(there, works.engine, tmp_path / "backup.tar.gz", tmp_path / "config.yaml")
    for n, place in enumerate((None, postgres.url())):
        elsewhere = replace(settings_in(tmp_path / f"other{n}"), database=place)
        operations.restore(elsewhere, tmp_path / "backup.tar.gz", NOW)
        with opened(elsewhere) as works:
            pipeline.publish(works, NOW, everything=True)
        assert (elsewhere.public / "2026/11/19/1/index.html").exists()
