"""Whatever a command is killed at or refused, the next start finishes it: nothing lost, nothing torn, nothing twice.

Some points are tried with each run of the tests, all of them by `make full`.
"""

import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from digest.store import database
from tests.conftest import need
from tests.faults import judging, plants, posting, tracing
from tests.faults.errands import BACKUP, ERRANDS, RESTORATION
from tests.faults.judging import KILL, Chosen, Trial, Verdict, some
from tests.faults.scenes import FIRST_START, MIGRATION, SCENES, Plant, Scene

ALL = (*SCENES, *ERRANDS)
SOME = some(kills=3, refusals=3)


@pytest.fixture(autouse=True)
def _strace() -> None:
    need(tracing.STRACE)


def first(most: int, pattern: str, *names: str, after: str = "") -> Chosen:
    """Choose the first kills at calls of these names whose arguments match, behind a call that matches `after`."""

    def choose(trials: Sequence[Trial]) -> Sequence[Trial]:
        begin = next(n for n, one in enumerate(trials) if re.search(after, one.call.text))
        fit = [one for one in trials[begin:] if one.call.name in names and re.search(pattern, one.call.text)]
        return [one for one in fit if one.harm == KILL][:most]

    return choose


def test_a_kill_comes_before_the_call(tmp_path: Path) -> None:
    """What strace does, all others build upon: the call is not made, and the one before it was."""

    def work() -> int:
        for name in ("a", "b", "c"):
            (tmp_path / name).mkdir()
        return 0

    made = tracing.calls(work, tmp_path, tmp_path / "log")
    assert [(call.name, call.places) for call in made] == [("mkdir", [str(tmp_path / name)]) for name in "abc"]
    for name in "abc":
        (tmp_path / name).rmdir()
    assert tracing.killed(work, made[1], tmp_path / "log")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["a"]


def test_a_refusal_is_the_answer_to_one_call(tmp_path: Path) -> None:
    def work() -> int:
        for name in ("a", "b"):
            try:
                (tmp_path / name).mkdir()
            except OSError as error:
                return error.errno or 0
        return 0

    made = tracing.calls(work, tmp_path, tmp_path / "log")
    (tmp_path / "a").rmdir()
    (tmp_path / "b").rmdir()
    assert tracing.refused(work, made[1], "ENOSPC", tmp_path / "log") == 28
    assert (tmp_path / "a").exists()
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("place", ["digest.db", "digest.db-wal"])
@pytest.mark.parametrize("error", ["EMFILE", "EACCES"])
def test_a_database_that_could_not_be_opened_once_can_be_written_to_again(
    tmp_path: Path, place: str, error: str
) -> None:
    """Of a file that it may not write to SQLite makes one that it only reads, and says so at the first write."""
    path = tmp_path / "digest.db"

    def work() -> int:
        engine = database.connect(path)
        for last in (False, True):
            with suppress(*() if last else (OSError,)), database.writing(engine) as store:
                store.exec_driver_sql("CREATE TABLE IF NOT EXISTS written (n)")
                store.exec_driver_sql("INSERT INTO written VALUES (1)")
        engine.dispose()
        return 0

    assert tracing.completed(work, tmp_path / "log") == 0
    opening = next(
        call
        for call in tracing.calls(work, tmp_path, tmp_path / "log")
        if call.places[-1].endswith(place) and call.name == "openat"
    )
    assert tracing.refused(work, opening, error, tmp_path / "log") == 0, (tmp_path / "log.out").read_text("utf-8")


@pytest.mark.parametrize("scene", ALL, ids=lambda scene: scene.name)
def test_an_office_goes_on_as_if_nothing_had_been(scene: Scene) -> None:
    verdict = judging.judge(scene, SOME)
    assert verdict == Verdict(3, 3, [])


def test_a_letter_comes_once_or_is_listed() -> None:
    assert posting.judge(SOME) == Verdict(3, 3, [])


@pytest.mark.full
@pytest.mark.parametrize("scene", ALL, ids=lambda scene: scene.name)
def test_an_office_goes_on_wherever_it_was_cut_off(scene: Scene) -> None:
    _told(judging.judge(scene), scene.name)


@pytest.mark.full
def test_a_letter_comes_once_or_is_listed_wherever_it_was_cut_off() -> None:
    _told(posting.judge(), "letters")


PLANTED: list[tuple[Plant, Scene, Chosen]] = [
    (plants.word_after_file, FIRST_START, first(1, r'receipt\.txt"', "rename")),
    (plants.done_before_saved, FIRST_START, first(3, "digest.db-wal", "pwrite64", after="blobs/../")),
    (plants.torn_files, FIRST_START, first(1, r"public/.*\.html>", "write")),
    (plants.feed_before_pages, FIRST_START, first(1, r'/1/index\.html"', "rename")),
    (plants.published_before_written, FIRST_START, first(1, r'/1/index\.html"', "rename")),
    (plants.torn_files, BACKUP, first(3, r"kept\.tar\.gz>", "write")),
    (plants.database_first, RESTORATION, first(1, r'filling-.*/blobs"', "rename")),
    (plants.schema_before_its_number, MIGRATION, first(4, "digest.db-wal", "pwrite64", after="before-0001")),
]


@pytest.mark.parametrize(("plant", "scene", "choose"), PLANTED, ids=lambda value: getattr(value, "__name__", ""))
def test_a_mistake_is_caught(plant: Plant, scene: Scene, choose: Chosen) -> None:
    verdict = judging.judge(replace(scene, plant=plant), choose)
    assert verdict.kills
    assert verdict.faults


def test_a_mark_after_the_last_dot_is_caught() -> None:
    verdict = posting.judge(first(2, "digest.db-wal", "pwrite64", after=r'"\.\\r\\n"'), plants.mark_after_dot)
    assert any("has it 2 times" in fault for fault in verdict.faults)


def _told(verdict: Verdict, name: str) -> None:
    sys.stderr.write(f"\n{name}: {verdict.kills} kills, {verdict.refusals} refusals, {len(verdict.faults)} faults\n")
    assert verdict.kills
    assert verdict.faults == []
