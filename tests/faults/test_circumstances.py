"""A disk without room, and a clock that is hours off, cost time and nothing else."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.faults import invariants, judging, scenes, tracing
from tests.faults.scenes import FIRST_START, NEWS, Scene
from tests.inbox.test_inbox_full_disk import fill
from tests.works import FIRST, SECOND

LATER = judging.LATER


@contextmanager
def disk(where: Path) -> Iterator[None]:
    """Mount a file system that is little more than an office needs."""
    where.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", where], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", where], check=True)


def run(scene: Scene, folder: Path, hours: float = 0) -> str:
    """Do a pass with a clock so far ahead; return what was said."""
    log = folder.parent / "log"
    tracing.completed(scene.work(folder, "once", hours=hours), log)
    return log.with_suffix(".out").read_text("utf-8")


def settled(scene: Scene, folder: Path) -> dict[str, Any]:
    """Do a pass when all that was put off is due; return what there is then."""
    run(scene, folder, LATER)
    assert tracing.completed(scene.work(folder, "verify"), folder.parent / "log") == 0
    return invariants.facts(folder)


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="needs root and mount")
def test_a_full_disk_delays_and_loses_nothing() -> None:
    with scenes.room() as place, scenes.room() as elsewhere, disk(place / "office/data"):
        NEWS.lay(elsewhere / "office")
        folder = place / "office"
        NEWS.lay(folder)
        before = invariants.dropped(folder)
        filling = fill(folder / "data")
        assert "Traceback" not in run(NEWS, folder)
        assert invariants.unsound(folder, before) == []
        filling.unlink()
        assert invariants.differences(settled(NEWS, elsewhere / "office"), settled(NEWS, folder)) == []


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_that_is_set_changes_nothing(hours: float) -> None:
    """The clock is off by hours while the first issue comes, and by as many the other way while the second does."""
    with scenes.room() as place:
        found = []
        for name, off in (("right", 0.0), ("wrong", hours)):
            folder = place / name
            scenes.nothing(folder)
            scenes.run(folder, "publish")  # the first start, whose day stands in every id
            scenes.issues(folder, a=FIRST)
            run(FIRST_START, folder, off)
            scenes.issues(folder, b=SECOND)
            run(FIRST_START, folder, -off)
            found.append(settled(FIRST_START, folder))
        assert invariants.differences(*found) == []
