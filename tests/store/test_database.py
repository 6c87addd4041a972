"""The database opens with the schema that the code describes, and two writers never fail half way."""

import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from digest.errors import DigestError
from digest.store import audit, database, schema
from tests.works import opened, settings_in

COUNT = schema.fact.c.name == "count"
HEAD = "0002"
"""The revision of the schema."""


def is_ours(name: str | None, kind: str, parents: object) -> bool:
    """Say whether a table is one of the schema, not of the full-text index, which SQLite keeps by itself."""
    return not (kind == "table" and str(name).startswith("search_index"))


def test_migrations_lead_to_the_schema(engine: database.Engine) -> None:
    with database.reading(engine) as store:
        context = MigrationContext.configure(store, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, schema.metadata) == []


def test_upgrading_again_changes_nothing(engine: database.Engine) -> None:
    database.upgrade(engine)


def test_a_newer_schema_is_refused(engine: database.Engine) -> None:
    with database.writing(engine) as store:
        store.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DigestError) as refusal:
        database.upgrade(engine)
    assert refusal.value.code == "error.newer_schema"


def test_a_crash_loses_no_commit(engine: database.Engine) -> None:
    with database.reading(engine) as store:
        found = {name: store.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")}
    assert found == {"journal_mode": "wal", "synchronous": 2}


def test_a_reader_hinders_no_writer(engine: database.Engine) -> None:
    with database.reading(engine) as reader:
        before = reader.execute(select(schema.fact)).all()
        with database.writing(engine) as writer:
            writer.execute(insert(schema.fact).values(name="a", value="1"))
        assert reader.execute(select(schema.fact)).all() == before


def test_who_waits_too_long_for_another_writer_is_told_of_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 1)
    engine = database.connect(tmp_path / "digest.db")
    with database.marking(engine) as mark, database.writing(engine):
        with pytest.raises(database.Trouble), database.writing(engine):
            pass
        with pytest.raises(database.Trouble), mark():
            pass
    engine.dispose()


def test_writers_wait_for_each_other(engine: database.Engine) -> None:
    with database.writing(engine) as store:
        store.execute(insert(schema.fact).values(name="count", value="0"))

    def add() -> None:
        for _ in range(20):
            with database.writing(engine) as store:
                value = int(store.execute(select(schema.fact.c.value).where(COUNT)).scalar_one())
                store.execute(schema.fact.update().where(COUNT).values(value=str(value + 1)))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading(engine) as store:
        assert store.execute(select(schema.fact.c.value).where(COUNT)).scalar_one() == "80"


def test_a_broken_reference_is_refused(engine: database.Engine) -> None:
    row = {"subscriber_id": 1, "publication_id": 1, "state": "active", "cadence": "daily", "sent_through": 0}
    with pytest.raises(IntegrityError, match="FOREIGN KEY"), database.writing(engine) as store:
        store.execute(insert(schema.subscription).values(row | {"created_at": datetime(2026, 1, 1, tzinfo=UTC)}))


def test_a_naive_time_is_refused(engine: database.Engine) -> None:
    with pytest.raises(StatementError), database.writing(engine) as store:
        store.execute(insert(schema.issue).values(published_at=datetime(2026, 1, 1)))  # noqa: DTZ001


@pytest.fixture
def with_another_migration(engine: database.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program know one migration more than the database has."""
    scripts = tmp_path / "migrations"
    shutil.copytree(Path(database.__file__).parent / "migrations", scripts)
    (scripts / "versions" / "9000_more.py").write_text(
        f'from alembic import op\nrevision = "9000"\ndown_revision = "{HEAD}"\n\n'
        'def upgrade() -> None:\n    op.execute("CREATE TABLE more (n INTEGER)")\n'
        "    op.execute(\"INSERT INTO more SELECT value FROM fact WHERE name = 'count'\")\n",
        "utf-8",
    )
    monkeypatch.setattr(database, "MIGRATIONS", scripts)


def older(engine: database.Engine) -> Path:
    """Keep something in the old schema, and return where its copy belongs."""
    with database.writing(engine) as store:
        store.execute(insert(schema.fact).values(name="count", value="7"))
    return Path(str(engine.url.database)).with_name(f"digest.db.before-{HEAD}")


@pytest.mark.usefixtures("with_another_migration")
def test_an_older_schema_is_copied_and_upgraded(engine: database.Engine) -> None:
    kept = older(engine)
    database.upgrade(engine)
    with database.reading(engine) as store:
        assert store.execute(text("SELECT n FROM more")).scalar_one() == 7
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    before = database.connect(kept)
    with database.reading(before) as store:
        assert store.execute(select(schema.fact.c.value).where(COUNT)).scalar_one() == "7"
        assert store.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD
        assert store.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'more'")).scalar_one() == 0
    before.dispose()


@pytest.mark.usefixtures("with_another_migration")
def test_what_is_up_to_date_is_not_copied(engine: database.Engine) -> None:
    kept = older(engine)
    database.upgrade(engine)
    kept.unlink()
    database.upgrade(engine)
    assert not kept.exists()


@pytest.mark.usefixtures("with_another_migration")
def test_an_upgrade_that_fails_changes_nothing_and_may_be_tried_again(engine: database.Engine, tmp_path: Path) -> None:
    kept = older(engine)
    script = tmp_path / "migrations/versions/9000_more.py"
    working = script.read_text("utf-8")
    script.write_text(working + "    raise ZeroDivisionError\n", "utf-8")
    with pytest.raises(ZeroDivisionError):
        database.upgrade(engine)
    with database.reading(engine) as store:
        assert store.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD
        assert store.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'more'")).scalar_one() == 0
    script.write_text(working, "utf-8")
    database.upgrade(engine)
    assert kept.exists()


@pytest.mark.usefixtures("with_another_migration")
def test_without_a_copy_there_is_no_upgrade(engine: database.Engine) -> None:
    older(engine).mkdir()
    with pytest.raises(DigestError) as refusal:
        database.upgrade(engine)
    assert refusal.value.code == "error.backup"
    with database.reading(engine) as store:
        assert store.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD


def test_a_copy_is_whole_while_others_write(engine: database.Engine, tmp_path: Path) -> None:
    """Two rows are always written together; no copy has one without the other."""
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            with database.writing(engine) as store:
                store.execute(insert(schema.fact), [{"name": f"{n}{side}", "value": "x" * 999} for side in "ab"])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [tmp_path / f"copy{n}.db" for n in range(5)]
        for copy in copies:
            database.copy(engine, copy)
    finally:
        stop.set()
        writer.join()
    for copy in copies:
        opened = database.connect(copy)
        with database.reading(opened) as store:
            names = set(store.scalars(select(schema.fact.c.name).where(schema.fact.c.value.startswith("x"))))
            assert {name[:-1] for name in names if name.endswith("a")} == {
                name[:-1] for name in names if name.endswith("b")
            }
            assert audit.damages(store) == []
        opened.dispose()


def test_a_good_disk_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    database.probe(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_shared_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own way to files without shared memory stands for a file system that has none."""
    connect = sqlite3.connect

    def without(path: Path) -> sqlite3.Connection:
        return connect(f"file:{path}?vfs=unix-dotfile", uri=True)

    monkeypatch.setattr(database.sqlite3, "connect", without)
    with pytest.raises(DigestError) as refusal:
        database.probe(tmp_path)
    assert refusal.value.code == "error.data_folder"
    assert refusal.value.facts["folder"] == str(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    with pytest.raises(DigestError) as refusal:
        database.probe(Path("/proc"))
    assert refusal.value.code == "error.data_folder"


def test_no_service_starts_on_a_disk_that_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(folder: Path) -> None:
        raise DigestError("error.data_folder", folder=str(folder), detail="")

    monkeypatch.setattr(database, "probe", refuse)
    with pytest.raises(DigestError) as refusal, opened(settings_in(tmp_path)):
        pass
    assert refusal.value.code == "error.data_folder"
    assert not (tmp_path / "data/digest.db").exists()


def test_a_full_disk_is_told_as_one(engine: database.Engine) -> None:
    def fill() -> None:
        with database.writing(engine) as store:
            pages = store.exec_driver_sql("PRAGMA page_count").scalar_one()
            store.exec_driver_sql(f"PRAGMA max_page_count={pages}")
            store.execute(insert(schema.fact).values(name="big", value="x" * 1_000_000))

    with pytest.raises(OSError, match="No space left"):
        fill()


def test_a_change_is_noticed_whoever_has_made_it_and_once(engine: database.Engine) -> None:
    changes = database.Changes(engine)
    assert changes.any()
    assert not changes.any()
    with database.reading(engine) as store:
        store.execute(select(schema.fact)).all()
    assert not changes.any()
    for one in (engine, database.connect(Path(str(engine.url.database)))):
        with database.writing(one) as store:
            store.execute(insert(schema.fact).values(name=str(id(one)), value="1"))
        assert changes.any()
        assert not changes.any()
        one.dispose()
    changes.close()


def test_what_is_up_to_date_is_opened_without_alembic(engine: database.Engine) -> None:
    program = (
        "import sys; from pathlib import Path; from digest.store import database;"
        "database.upgrade(database.connect(Path(sys.argv[1]))); print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(engine.url.database)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "False\n"
