"""Databases of earlier schemas: how `tests/data/schemas/NNNN.sql` is made, and made a database again.

    .venv/bin/python -m tests.store.dumping

writes the dump of the schema that there is, with rows in it from a few days of an office. Run it at each release, before
the next migration is written, and never touch the file again. Until the first release, when migrations may still be
made anew, it writes those of all earlier schemas too: `UNDONE` says how they differ.
"""

import base64
import hashlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from digest import atomic, editing, operations, pipeline, subscriptions
from digest.settings import Feeds, Mail, Publication, Settings
from digest.store import database
from digest.works import Works
from tests.drawn import chart, encoded
from tests.test_pictures import packed
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

SCHEMAS = Path(__file__).parent.parent / "data" / "schemas"

UNDONE = {
    "0002": (
        "DROP TABLE search_index",
        "DELETE FROM search_entry",
        "DELETE FROM fact WHERE name = 'search'",
    ),
}
"""What the database of the schema before lacks."""

_BLOB = "-- blob "


def configured(folder: Path) -> Settings:
    """Return the settings of the office that is dumped."""
    return settings_in(
        folder,
        publications=(Publication(editor="editor@paper.example"),),
        feeds=Feeds(hub="https://hub.example/"),
        mail=Mail(operator="operator@paper.example"),
    )


def live(works: Works) -> None:
    """Let an office work: issues, a picture, a correction, a withdrawal, a refusal; subscribers who get letters, or not."""
    paper = works.settings.publications[0]
    drop(works, "a.zip", packed(FIRST + "\n![渡船](boat.png)\n", boat=encoded(chart(), "PNG")))
    pipeline.publish(works, NOW)
    for name in ("reader", "leaver"):
        subscriptions.add(works, paper, f"{name}@example.org", "issue", NOW)
    operations.suppress(works.engine, works.key, "nobody@example.org", NOW)
    drop(works, "b.md", SECOND)
    drop(works, "empty.txt", "")
    for later in (0, 1):
        now = NOW + timedelta(hours=later)
        pipeline.publish(works, now)
        pipeline.compose(works, now)
        pipeline.deliver(works, now)
        drop(works, "c.md", SECOND.replace("四千株", "五千株"), now)
    editing.retract(works, paper.slug, "2026/11/19/2/", "数字有误", NOW + timedelta(hours=2))
    pipeline.publish(works, NOW + timedelta(hours=2))
    subscriptions.unsubscribe(works.engine, "leaver@example.org", paper.slug, NOW + timedelta(hours=3))


def dumped(raw: sqlite3.Connection, blobs: Path) -> Iterator[str]:
    """Yield a database and the bytes that belong to it as lines of SQL; full-text indexes with what SQLite keeps for them."""
    schema = raw.execute("SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid").fetchall()
    virtual = [name for _, name, sql in schema if sql.startswith("CREATE VIRTUAL")]
    kept = {name for _, name, _ in schema if name.startswith(tuple(f"{one}_" for one in virtual))}
    yield "BEGIN;"
    yield from (f"{sql};" for kind, name, sql in schema if kind == "table" and name not in kept)
    for kind, name, _ in schema:
        if kind == "table" and name not in virtual:
            columns = ", ".join(f'quote("{column[1]}")' for column in raw.execute(f"PRAGMA table_info('{name}')"))
            if name in kept:
                yield f'DELETE FROM "{name}";'  # what a new index begins with
            rows = raw.execute(f'SELECT {columns} FROM "{name}"')
            yield from (f'INSERT INTO "{name}" VALUES ({", ".join(row)});' for row in rows)
    yield from (f"{sql};" for kind, _, sql in schema if kind != "table")
    yield "COMMIT;"
    for path in sorted(blobs.rglob("*")):
        if path.is_file():
            yield _BLOB + base64.b64encode(path.read_bytes()).decode()


def loaded(dump: Path, settings: Settings) -> None:
    """Fill a data folder with what was dumped."""
    text = dump.read_text("utf-8")
    settings.data.mkdir()
    with closing(sqlite3.connect(settings.database_file)) as raw:
        raw.executescript(text)
    for line in text.splitlines():
        if line.startswith(_BLOB):
            content = base64.b64decode(line.removeprefix(_BLOB))
            name = hashlib.sha256(content).hexdigest()
            (settings.blobs / name[:2]).mkdir(parents=True, exist_ok=True)
            (settings.blobs / name[:2] / name).write_bytes(content)


def main() -> None:
    """Write the dumps."""
    with tempfile.TemporaryDirectory() as folder:
        settings = configured(Path(folder))
        with opened(settings) as works:
            live(works)
        with closing(sqlite3.connect(settings.database_file, isolation_level=None)) as raw:
            earlier = [*database.schemas()]
            while earlier:
                revision = earlier.pop()
                lines = "\n".join(dumped(raw, settings.blobs)) + "\n"
                atomic.replace(SCHEMAS / f"{revision}.sql", lines.encode())
                for statement in UNDONE.get(revision, ()):
                    raw.execute(statement)
                raw.execute("UPDATE alembic_version SET version_num = ?", earlier[-1:] or [revision])


if __name__ == "__main__":
    main()
