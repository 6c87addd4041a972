"""The database opens with the schema that the code describes, and two writers never fail half way."""

import threading
from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from digest.errors import DigestError
from digest.store import database, schema

COUNT = schema.fact.c.name == "count"


def test_migrations_lead_to_the_schema(engine: database.Engine) -> None:
    with database.reading(engine) as store:
        context = MigrationContext.configure(store, opts={"compare_type": True})
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
        store.execute(insert(schema.publication).values(slug="a", digested_at=datetime(2026, 1, 1)))  # noqa: DTZ001
