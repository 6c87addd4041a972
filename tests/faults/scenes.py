"""Offices at the moment before something happens to them."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from digest import app, cli, config, templating
from digest.analysis import table
from digest.cli import service
from tests.faults import tracing
from tests.faults.tracing import Work
from tests.works import FIRST, SECOND

SEARCHED = "DROP TABLE search_index; DELETE FROM search_entry; DELETE FROM fact WHERE name = 'search';"
FIRST_SCHEMA = SEARCHED + "UPDATE alembic_version SET version_num = '0001'"

CORRECTED = SECOND.replace("四千株", "五千株") + "\n## 桥头新开早市\n\n桥头早市昨天开张，首日来了八百人。\n"

CONFIG = """authority: paper.example
site_url: https://paper.example/
service_url: https://service.example/
publications:
  - {{slug: paper, publish_at: "00:00", editor: editor@paper.example}}
inbox: {{settle: 0}}
mail:
  channel: {channel}
  too_late: 1000000
  smtp: {{port: {port}, connections: 1, timeout: 5}}
"""

Plant = Callable[[], None]
"""Makes a mistake in the program, in the process in which it is called."""


@dataclass(frozen=True, slots=True)
class Scene:
    """`lay` makes a folder of an office, by commands of its own; `command` is what something happens to there.

    `act` is done instead of it where no command does just that. `keeps` says that what was dropped stays. `look` returns
    what else is wrong, at once and in the end; `always_clean`, that `digest verify` finds nothing even at once.
    """

    name: str
    lay: Callable[[Path], None]
    command: tuple[str, ...] = ("once",)
    plant: Plant | None = None
    act: Callable[[], int] | None = None
    keeps: bool = True
    always_clean: bool = True
    look: Callable[[Path], list[str]] = lambda _folder: []

    def work(self, folder: Path, *command: str, hours: float = 0) -> Work:
        """Return the running of a command, by default the scene's own, in `folder`, with the clock so far ahead."""

        def run() -> int:
            os.chdir(folder)
            if hours:
                service.now = lambda: datetime.now(UTC) + timedelta(hours=hours)
            if self.plant:
                self.plant()
            return self.act() if self.act and not command else cli.run(command or self.command, {})

        return run

    @property
    def is_pass(self) -> bool:
        """Whether it is what a service does by itself, time and again."""
        return self.act is None and self.command == ("once",)


def issues(folder: Path, **texts: str) -> None:
    """Drop files."""
    for name, text in texts.items():
        (folder / "inbox" / f"{name}.md").write_text(text, "utf-8")


def run(folder: Path, *command: str) -> None:
    """Run a command to its end."""
    log = folder.parent / "lay"
    assert tracing.completed(Scene("", nothing).work(folder, *command), log) == 0, log.with_suffix(".out").read_text()


def nothing(folder: Path, channel: str = "folder", port: int = 25) -> None:
    (folder / "inbox").mkdir(parents=True)
    (folder / "config.yaml").write_text(CONFIG.format(channel=channel, port=port), "utf-8")


def _first_start(folder: Path) -> None:
    nothing(folder)
    issues(folder, a=FIRST)


def office(folder: Path) -> None:
    """An office with a subscriber and one issue."""
    nothing(folder)
    run(folder, "subscribers", "add", "reader@example.org", "--cadence", "issue")
    issues(folder, b=SECOND)
    run(folder, "once")


def _news(folder: Path) -> None:
    """Dropped are a new issue, one that is there already, a correction of it with a sidecar, and what is no issue."""
    office(folder)
    issues(folder, a=FIRST, again=SECOND, b=CORRECTED)
    (folder / "inbox/b.md.yaml").write_text("correction: 柳树是五千株\n", "utf-8")
    (folder / "inbox/c.md").write_bytes(bytes(range(256)) * 8)


def _old_schema(folder: Path) -> None:
    office(folder)
    with closing(sqlite3.connect(folder / "data/digest.db")) as raw:
        raw.executescript(FIRST_SCHEMA)


def letters(port: int, readers: int) -> Callable[[Path], None]:
    """Return what lays an office whose letter waits for its readers, and goes by SMTP."""

    def lay(folder: Path) -> None:
        nothing(folder, "smtp", port)
        for n in range(readers):
            run(folder, "subscribers", "add", f"r{n}@example.org", "--cadence", "issue")
        issues(folder, b=SECOND)
        run(folder, "publish")  # the first start
        settings = config.load(folder / "config.yaml")
        assert tracing.completed(lambda: _queue(settings), folder.parent / "lay") == 0

    return lay


def _queue(settings: Any) -> int:
    from digest import pipeline

    now = datetime.now(UTC)
    with app.open_service(settings, {}, now) as works:
        pipeline.ingest(works, now)
        pipeline.ingest(works, now)
        pipeline.publish(works, now)
        return 0 if pipeline.compose(works, now) == 1 else 1


FIRST_START = Scene("first start", _first_start)
NEWS = Scene("news", _news)
WITHDRAWAL = Scene("withdrawal", office, ("retract", "2026/11/20/1/", "--reason", "失实"))
REBUILDING = Scene("rebuilding", office, ("publish",))
MIGRATION = Scene("migration", _old_schema, ("once",))
SCENES = (FIRST_START, NEWS, WITHDRAWAL, REBUILDING, MIGRATION)


@cache
def warm_up() -> None:
    """Have this process load what a command needs, so that those that are forked from it are there at once."""
    with room() as place, pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()):
        hasten(patch.setattr)
        folder = place / "warm"
        _first_start(folder)
        patch.chdir(folder)
        for command in ("once", "verify"):
            Scene("", nothing).work(folder, command)()


def hasten(put: Callable[[Any, str, Any], None] = setattr) -> None:
    """Have what is made of the program's own files alone made once: the templates, and the tables of words."""

    def prepared(path: Path, source: Path, make: Callable[[], bytes]) -> table.Table:
        return _prepared(path, source, lambda: _made.get(source) or _made.setdefault(source, make()))

    put(templating, "load", _load)
    put(table, "sort", _sort)
    put(table, "prepared", prepared)


_load, _sort, _prepared = cache(templating.load), cache(table.sort), table.prepared
_made: dict[Path, bytes] = {}


@contextmanager
def room() -> Iterator[Path]:
    """Give a folder, in memory where that is to be had: nothing here outlives the machine."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None, prefix="faults-") as place:
        yield Path(place)


@contextmanager
def copy_of(base: Path) -> Iterator[Path]:
    """Give a copy of a folder, in the folder's own place: what is stored names no other."""
    folder = base.parent / "office"
    shutil.copytree(base, folder, symlinks=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
