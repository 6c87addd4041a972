"""What holds with SQLite alone: its file, its disk, and the copy of it."""

import shutil
import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import insert, inspect, select

from digest.errors import DigestError
from digest.store import database, schema
from digest.store.database import patience
from tests.works import opened, settings_in


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "digest.db"


@pytest.fixture
def outdated(engine: database.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the program know one migration more than a database has that holds something, and return where its copy belongs."""
    scripts = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, scripts)
    head = database.schemas()[-1]
    lines = "from alembic import op", 'revision = "9000"', f'down_revision = "{head}"', "", "def upgrade() -> None:"
    script = "\n".join((*lines, '    op.execute("CREATE TABLE more (n INTEGER)")'))
    (scripts / "versions" / "9000_more.py").write_text(script, "utf-8")
    monkeypatch.setattr(database, "MIGRATIONS", scripts)
    with database.writing(engine) as store:
        store.execute(insert(schema.fact).values(name="count", value="7"))
    return tmp_path / f"digest.db.before-{head}"


def test_an_older_schema_is_copied_before_it_is_changed(engine: database.Engine, outdated: Path) -> None:
    database.upgrade(engine)
    assert stat.S_IMODE(outdated.stat().st_mode) == 0o600
    before = database.connect(outdated)
    with database.reading(before) as store:
        count = select(schema.fact.c.value).where(schema.fact.c.name == "count")
        assert store.execute(count).scalar_one() == "7"
        assert outdated.name.endswith(str(database.schema(store)))
        assert not inspect(store).has_table("more")
    before.dispose()


def test_what_is_up_to_date_is_not_copied(engine: database.Engine, outdated: Path) -> None:
    database.upgrade(engine)
    outdated.unlink()
    database.upgrade(engine)
    assert not outdated.exists()


def test_without_a_copy_there_is_no_upgrade(engine: database.Engine, outdated: Path) -> None:
    outdated.mkdir()
    with pytest.raises(DigestError) as refusal:
        database.upgrade(engine)
    assert refusal.value.code == "error.backup"
    with database.reading(engine) as store:
        assert not inspect(store).has_table("more")


def test_a_crash_loses_no_commit(engine: database.Engine) -> None:
    with database.reading(engine) as store:
        found = {name: store.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")}
    assert found == {"journal_mode": "wal", "synchronous": 2}


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
            assert database.damages(store) == []
        opened.dispose()


def test_a_good_disk_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    database.probe(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_shared_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's own way to files without shared memory stands for a file system that has none."""
    connect = sqlite3.connect

    def without(path: Path) -> sqlite3.Connection:
        return connect(f"file:{path}?vfs=unix-dotfile", uri=True)

    monkeypatch.setattr(sqlite3, "connect", without)
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


def test_who_waits_too_long_for_another_writer_is_told_of_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "BUSY_MS", 1)
    engine = database.connect(tmp_path / "digest.db")
    with database.marking(engine) as mark, database.writing(engine):
        with pytest.raises(database.Trouble), database.writing(engine):
            pass
        with pytest.raises(database.Trouble), mark():
            pass
    engine.dispose()
