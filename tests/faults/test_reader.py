"""A reader that is killed, too greedy or too slow costs its own file; the office goes on."""

import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from digest import sandbox
from digest.messages import Messages
from digest.sandbox import Limits
from tests.faults import invariants, scenes, tracing
from tests.faults.scenes import Plant, Scene
from tests.works import FIRST

DOCUMENT = Path(__file__).parents[1] / "data/formats/issue.docx"
DELAYS = (0.0, 0.05, 0.2, 0.8)


def killed_after(seconds: float) -> Plant:
    """Have something kill readers, as a system without memory does."""

    def plant() -> None:
        class Killed(subprocess.Popen[bytes]):
            def __init__(self, *arguments: Any, **named: Any) -> None:
                super().__init__(*arguments, **named)
                time.sleep(seconds)
                self.kill()

        sandbox.subprocess.Popen = Killed

    return plant


def limited(**limits: Any) -> Plant:
    """Have readers get less than a document needs."""
    return lambda: setattr(sandbox.run, "__defaults__", (Limits(**limits),))


def after(plant: Plant) -> tuple[str, dict[str, Any]]:
    """Drop an issue and a document; return the reason why the document was refused, if it was, and what there is then."""
    with scenes.room() as place:
        folder, log = place / "office", place / "log"
        scenes.nothing(folder)
        scenes.issues(folder, b=FIRST)
        shutil.copy(DOCUMENT, folder / "inbox/a.docx")
        before = invariants.dropped(folder)
        code = tracing.completed(Scene("", scenes.nothing, plant=plant).work(folder, "once"), log)
        assert code == 0, log.with_suffix(".out").read_text("utf-8")
        assert tracing.completed(Scene("", scenes.nothing).work(folder, "verify"), log) == 0
        assert invariants.unsound(folder, before) == []
        reason = folder / "inbox/rejected/a.docx.reason.txt"
        return reason.read_text("utf-8") if reason.exists() else "", invariants.facts(folder)


@pytest.mark.parametrize(
    ("plant", "words"),
    [
        (killed_after(0), "SIGKILL"),
        (limited(memory=20 << 20), "没有收录"),
        (limited(seconds=0.01), Messages("zh")("rejected.reader_slow", seconds=0)),
    ],
    ids=("killed", "memory", "time"),
)
def test_the_file_is_refused_with_the_reason_and_the_next_is_published(plant: Plant, words: str) -> None:
    reason, there = after(plant)
    assert words in reason
    assert len(there["issues"]) == 1
    assert there["entries"]


@pytest.mark.parametrize("seconds", DELAYS)
def test_it_is_taken_or_refused_whenever_the_reader_is_killed(seconds: float) -> None:
    reason, there = after(killed_after(seconds))
    assert len(there["issues"]) == (1 if reason else 2)


def test_a_reader_that_lives_is_not_refused() -> None:
    assert after(lambda: None)[0] == ""
