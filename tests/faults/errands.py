"""What is done beside the straight path: a backup, the way back from it, a list of subscribers, clearing up."""

import os
import shutil
import sqlite3
import sys
from contextlib import AbstractContextManager, closing, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest import app, config, subscriptions
from digest.errors import DigestError
from digest.scheduler import Scheduler
from tests.faults import invariants, tracing
from tests.faults.scenes import Scene, nothing, office, run

ARCHIVE = "kept.tar.gz"

LONG = timedelta(days=400)
"""After that, what is kept for a time has been kept for long enough."""


def whole_or_absent(folder: Path) -> list[str]:
    """Tell what the backup lacks, if there is one: a new machine begins from it, with its configuration."""
    archive, again = folder / ARCHIVE, folder.parent / "again"
    if not archive.exists():
        return []
    again.mkdir()
    log = folder.parent / "again-log"
    try:
        for command in (("restore", str(archive)), ("verify",)):
            if tracing.completed(Scene("", nothing).work(again, *command), log):
                return [f"{command[0]} from the backup: {log.with_suffix('.out').read_text('utf-8')[:300]!r}"]
        there, kept = invariants.facts(folder), invariants.facts(again)
        same = ("articles", "issues", "sources", "drops", "subscribers", "consents", "public", "entries")
        return invariants.differences({name: there[name] for name in same}, kept)
    finally:
        shutil.rmtree(again)


def whole_or_refused(folder: Path) -> list[str]:
    """Tell what a restored folder lacks, or whether a service begins an office of its own in one that is half restored."""
    data = folder / "data"
    if (data / "digest.db").exists():
        with closing(sqlite3.connect(data / "digest.db")) as raw:
            blobs = [data / "blobs" / sha256[:2] / sha256 for (sha256,) in raw.execute("SELECT sha256 FROM source")]
        return [f"restored without {blob}" for blob in blobs if not blob.exists()]
    if not any(path.is_file() for path in data.rglob("*")):
        return []
    code = tracing.completed(Scene("", nothing).work(folder, "once"), folder.parent / "again-log")
    return [] if code == 1 and not (data / "digest.db").exists() else ["a service starts in a half restored folder"]


def _list(folder: Path) -> None:
    """Lay a list of subscribers, one of whom is one already, and some of whose lines are none."""
    office(folder)
    lines = ["email", "reader@example.org", "no address", *(f"r{n}@example.org" for n in range(40)), "r1@example.org"]
    (folder / "list.csv").write_text("\n".join(lines), "utf-8")


def _lost(folder: Path) -> None:
    """Leave nothing of an office but its backup and its inbox."""
    office(folder)
    run(folder, "backup", ARCHIVE)
    shutil.rmtree(folder / "data")
    (folder / "config.yaml").unlink()


def _long_ago(folder: Path) -> None:
    """Lay an office with what a crash has left in it, and one who never confirmed."""
    office(folder)
    settings = config.load(folder / "config.yaml")

    def ask() -> int:
        now = datetime.now(UTC)
        with app.open_service(settings, {}, now) as works:
            paper = settings.publications[0]
            subscriptions.ask(works, paper, "never@example.org", "daily", origin="-", wording="-", now=now)
        return 0

    assert tracing.completed(ask, folder.parent / "lay") == 0
    for name in ("data/public/.tmp-half", "inbox/.tmp-half"):
        (folder / name).write_text("half", "utf-8")
        os.utime(folder / name, (0, 0))


class _Daily(Scheduler):
    """A clock that has only the daily work done, and hides none of its failures."""

    def _guarded(self, step: str) -> AbstractContextManager[None]:  # type: ignore[override]  # another kind of context
        return nullcontext()


def _clear_up() -> int:
    """Do what a service does once a day, when all of it is due."""
    later = datetime.now(UTC) + LONG
    try:
        with app.open_service(config.load(Path("config.yaml")), {}, later) as works:
            _Daily(works, later.timestamp)._housekeeping()
    except (DigestError, OSError) as error:
        sys.stdout.write(f"{error}\n")
        return 1
    return 0


BACKUP = Scene("backup", office, ("backup", ARCHIVE), look=whole_or_absent)
RESTORATION = Scene("restoration", _lost, ("restore", ARCHIVE), look=whole_or_refused, always_clean=False)
IMPORT = Scene("import", _list, ("subscribers", "import", "list.csv", "--consent", "纸质回执"))
CLEARING = Scene("clearing up", _long_ago, act=_clear_up, keeps=False, always_clean=False)
ERRANDS = (BACKUP, RESTORATION, IMPORT, CLEARING)
