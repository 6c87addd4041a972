"""What holds with PostgreSQL alone: its sessions, its locks, and how it keeps text."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import insert, select

from digest.errors import DigestError
from digest.store import database, schema
from digest.store.database import patience
from tests.postgres import Server, running


@pytest.fixture
def place(postgres: Server) -> str:
    return postgres.url()


def test_a_database_that_keeps_text_in_another_way_is_refused(postgres: Server) -> None:
    engine = database.connect(postgres.url(encoding="SQL_ASCII"))
    with pytest.raises(DigestError) as refusal:
        database.upgrade(engine)
    assert refusal.value.code == "error.postgres_locale"
    engine.dispose()


def test_who_waits_too_long_for_another_writer_is_told_of_trouble(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "BUSY_MS", 1)
    engine = database.connect(place)
    with database.writing(engine), pytest.raises(database.Trouble), database.writing(engine):
        pass
    engine.dispose()


def test_a_mark_waits_for_no_writer(engine: database.Engine) -> None:
    with database.marking(engine) as mark, database.writing(engine), mark() as store:
        store.execute(insert(schema.fact).values(name="mark", value="1"))


def test_two_who_start_at_once_make_one_schema(postgres: Server) -> None:
    place = postgres.url()
    engines = [database.connect(place) for _ in range(4)]
    with ThreadPoolExecutor() as threads:
        list(threads.map(database.upgrade, engines))
    with database.reading(engines[0]) as store:
        assert database.schema(store) == database.schemas()[-1]
    for engine in engines:
        engine.dispose()


def test_a_server_that_goes_away_is_trouble_and_its_return_the_end_of_it() -> None:
    with running() as server:
        engine = database.connect(server.url())
        database.upgrade(engine)
        changes = database.Changes(engine)
        assert changes.any()
        with database.sole(engine) as is_held:
            assert is_held()
            server.stop("immediate")
            assert changes.any()
            assert not is_held()
            with pytest.raises(database.Trouble), database.writing(engine):
                pass
            server.start()
            assert not is_held()
            assert not database.is_taken(engine)
        with database.writing(engine) as store:
            store.execute(insert(schema.fact).values(name="count", value="1"))
        assert changes.any()
        assert not changes.any()
        changes.close()
        engine.dispose()


def test_a_write_that_the_server_did_not_finish_was_never_made() -> None:
    with running() as server:
        engine = database.connect(server.url())
        database.upgrade(engine)

        def begin() -> None:
            with database.writing(engine) as store:
                store.execute(insert(schema.fact).values(name="count", value="1"))
                server.stop("immediate")

        with pytest.raises(database.Trouble):
            begin()
        server.start()
        with database.reading(engine) as store:
            assert store.execute(select(schema.fact)).all() == []
        engine.dispose()
