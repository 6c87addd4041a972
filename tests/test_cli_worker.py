"""`digest worker`: what it refuses, and that its processes are replaced, and end with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from digest import cli
from digest.store import crew, database
from tests.postgres import Server

PATIENCE = 120.0


def settings(folder: Path, words: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(words, "utf-8")
    return path


def test_one_process_that_does_everything_needs_no_workers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["worker", "--config", str(settings(tmp_path, "engine: single\n"))], {"LANG": "en"}) == 1
    assert "digest run does everything itself" in capsys.readouterr().err


def test_a_queue_that_there_is_not_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = settings(tmp_path, "engine: single\n")
    assert cli.run(["worker", "--config", str(path), "--queues", "parse,post"], {"LANG": "en"}) == 1
    assert "parse,publish,mail,bulk" in capsys.readouterr().err


def test_a_process_that_is_killed_is_replaced_and_all_end_together(tmp_path: Path, postgres: Server) -> None:
    url = postgres.url()
    path = settings(tmp_path, f"database: {url}\nengine: cluster\n")
    engine = database.connect(url)

    def workers() -> int:
        with database.reading(engine) as store:
            found = crew.of(store)
        return 0 if found is None else found.workers

    command = [sys.executable, "-m", "digest", "worker", "--concurrency", "2", "--config", path]
    with (tmp_path / "log").open("wb") as log:
        parent = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=log)
    try:
        until(lambda: workers() == 2)
        first = children(parent.pid)
        os.kill(first[-1], signal.SIGKILL)
        until(lambda: len(set(children(parent.pid)) - set(first)) == 1)
        until(lambda: workers() >= 2)
        parent.terminate()
        assert parent.wait(PATIENCE) == 0, (tmp_path / "log").read_text("utf-8")
        assert workers() < 2
    finally:
        parent.kill()
        engine.dispose()


def children(pid: int) -> list[int]:
    """Return the processes that a process has begun to do its work."""
    tasks = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [int(each) for each in tasks if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)
