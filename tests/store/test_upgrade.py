"""An office of any earlier schema goes on with the program of today: nothing lost, every promise kept."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from digest import pipeline
from digest.store import database, schema
from digest.store import search as index
from tests.store.dumping import SCHEMAS, configured, loaded
from tests.store.test_database import is_ours
from tests.works import NOW, drop, opened

LATER = NOW + timedelta(days=1)
AGAIN = "make the dump anew: .venv/bin/python -m tests.store.dumping"
DUMPS = sorted(SCHEMAS.glob("[0-9]*.sql"))
FILLED = {
    *("article", "blob", "consent", "correction", "delivery", "digest", "drop", "issue", "issue_revision", "notice"),
    *("picture", "ping", "publication", "source", "subscriber", "subscription", "suppression", "term", "topic"),
}
"""The tables of which a dump has rows, and of which no upgrade may take one away."""

NEXT = """# 南浔渡口报

2026年11月21日　星期六　第90期

## 新渡船下水

本报讯（记者 林晓棠）新渡船昨天下水，可载三十人。
"""


def rows(path: Path) -> dict[str, int]:
    """Return how many rows each table of ours has."""
    with closing(sqlite3.connect(path)) as raw:
        names = [name for (name,) in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_every_schema_has_a_dump() -> None:
    assert tuple(dump.stem for dump in DUMPS) == database.schemas(), AGAIN


def test_the_dump_of_the_newest_schema_is_of_that_schema(tmp_path: Path) -> None:
    settings = configured(tmp_path)
    loaded(DUMPS[-1], settings)
    engine = database.connect(settings.database_file)
    with database.reading(engine) as store:
        context = MigrationContext.configure(store, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, schema.metadata) == [], AGAIN
    engine.dispose()
    assert {name for name, count in rows(settings.database_file).items() if count} >= FILLED, AGAIN


@pytest.mark.parametrize("dump", DUMPS, ids=lambda dump: dump.stem)
def test_an_office_goes_on_with_all_that_it_had(dump: Path, tmp_path: Path) -> None:
    settings = configured(tmp_path)
    loaded(dump, settings)
    before = rows(settings.database_file)
    with opened(settings) as works:
        after = rows(settings.database_file)
        assert {name: after[name] for name in FILLED} == {name: before[name] for name in FILLED}
        pipeline.publish(works, NOW)
        drop(works, "next.md", NEXT, LATER)
        pipeline.publish(works, LATER)
        pipeline.compose(works, LATER)
        pipeline.deliver(works, LATER)
        with database.reading(works.engine) as store:
            assert index.version(store) == index.VERSION
    feed = (settings.public / "feed.xml").read_text("utf-8")
    assert feed.count("<item>") == 4
    for tag in tags(dump):
        assert tag in feed
    sent = [path.read_text("utf-8") for path in settings.outbox.glob("*.eml")]
    assert sum("To: reader@example.org" in mail for mail in sent) == 1
    assert not any("leaver@example.org" in mail for mail in sent)
    assert (settings.data / f"digest.db.before-{dump.stem}").exists() == (dump.stem != database.schemas()[-1])


def tags(dump: Path) -> list[str]:
    """Return the ids of the articles in a dump."""
    with closing(sqlite3.connect(":memory:")) as raw:
        raw.executescript(dump.read_text("utf-8"))
        return [tag for (tag,) in raw.execute("SELECT tag FROM article")]
