"""The database opens with the schema that the code describes, and two writers never fail half way."""

import os
import shutil
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, inspect, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from digest.errors import DigestError
from digest.store import database, schema

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


def test_a_reader_hinders_no_writer(engine: database.Engine) -> None:
    with database.reading(engine) as reader:
        before = reader.execute(select(schema.fact)).all()
        with database.writing(engine) as writer:
            writer.execute(insert(schema.fact).values(name="a", value="1"))
        assert reader.execute(select(schema.fact)).all() == before


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
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), database.writing(engine) as store:
        store.execute(insert(schema.subscription).values(row | {"created_at": datetime(2026, 1, 1, tzinfo=UTC)}))


def test_a_naive_time_is_refused(engine: database.Engine) -> None:
    with pytest.raises(StatementError), database.writing(engine) as store:
        store.execute(insert(schema.issue).values(published_at=datetime(2026, 1, 1)))  # noqa: DTZ001


@pytest.fixture
def with_another_migration(engine: database.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program know one migration more than the database has."""
    scripts = tmp_path / "migrations"
    shutil.copytree(database.MIGRATIONS, scripts)
    (scripts / "versions" / "9000_more.py").write_text(
        f'from alembic import op\nrevision = "9000"\ndown_revision = "{HEAD}"\n\n'
        'def upgrade() -> None:\n    op.execute("CREATE TABLE more (n INTEGER)")\n'
        "    op.execute(\"INSERT INTO more SELECT CAST(value AS INTEGER) FROM fact WHERE name = 'count'\")\n",
        "utf-8",
    )
    monkeypatch.setattr(database, "MIGRATIONS", scripts)


def keep_something(engine: database.Engine) -> None:
    """Keep something in the old schema."""
    with database.writing(engine) as store:
        store.execute(insert(schema.fact).values(name="count", value="7"))


@pytest.mark.usefixtures("with_another_migration")
def test_an_older_schema_is_upgraded(engine: database.Engine) -> None:
    keep_something(engine)
    database.upgrade(engine)
    with database.reading(engine) as store:
        assert store.execute(text("SELECT n FROM more")).scalar_one() == 7


@pytest.mark.usefixtures("with_another_migration")
def test_an_upgrade_that_fails_changes_nothing_and_may_be_tried_again(engine: database.Engine, tmp_path: Path) -> None:
    keep_something(engine)
    script = tmp_path / "migrations/versions/9000_more.py"
    working = script.read_text("utf-8")
    script.write_text(working + "    raise ZeroDivisionError\n", "utf-8")
    with pytest.raises(ZeroDivisionError):
        database.upgrade(engine)
    with database.reading(engine) as store:
        assert database.schema(store) == HEAD
        assert not inspect(store).has_table("more")
    script.write_text(working, "utf-8")
    database.upgrade(engine)
    with database.reading(engine) as store:
        assert database.schema(store) == "9000"


def test_a_change_is_noticed_whoever_has_made_it_and_once(engine: database.Engine, place: Path | str) -> None:
    changes = database.Changes(engine)
    assert changes.any()
    assert not changes.any()
    with database.reading(engine) as store:
        store.execute(select(schema.fact)).all()
    assert not changes.any()
    other = database.connect(place)
    for one in (engine, other):
        with database.writing(one) as store:
            store.execute(insert(schema.fact).values(name=str(id(one)), value="1"))
        assert changes.any()
        assert not changes.any()
    changes.close()
    other.dispose()


def test_what_is_up_to_date_is_opened_without_alembic(engine: database.Engine, place: Path | str) -> None:
    program = (
        "import sys; from pathlib import Path; from digest.store import database; place = sys.argv[1];"
        "database.upgrade(database.connect(place if '://' in place else Path(place)));"
        "print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", program, str(place)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stdout == "False\n"


def test_one_service_at_a_time(place: Path | str) -> None:
    one, other = database.connect(place), database.connect(place)
    assert not database.is_taken(other)
    with database.sole(one) as is_held:
        assert is_held()
        assert database.is_taken(other)
        with pytest.raises(DigestError) as refusal, database.sole(other):
            pass
        assert refusal.value.code == "error.running"
        assert str(os.getpid()) in str(refusal.value.facts["pid"])
    assert not database.is_taken(other)
    with database.sole(other) as is_held:
        assert is_held()
    one.dispose()
    other.dispose()


def test_marks_are_seen_at_once_by_everybody(engine: database.Engine) -> None:
    with database.marking(engine) as mark:
        for n in range(3):
            with mark() as store:
                store.execute(insert(schema.fact).values(name=f"mark{n}", value="1"))
        with pytest.raises(IntegrityError), mark() as store:
            store.execute(insert(schema.fact), [{"name": name, "value": "1"} for name in ("never", "mark0")])
        with database.reading(engine) as store:
            marks = store.scalars(select(schema.fact.c.name).where(schema.fact.c.value == "1")).all()
    assert marks == ["mark0", "mark1", "mark2"]
