"""Whatever editors drop, and wherever the passes in between are cut off, the office has what was dropped last.

A crash and the pass that settles it are one step: what only the next crash could show is looked at before it.
"""

import os
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from sqlalchemy import Engine, event

from digest import app, operations, pipeline, templating
from tests.faults import plants, tracing
from tests.faults.scenes import Plant
from tests.works import NOW, settings_in, subscribe

ISSUE = """# 南浔渡口报

2026年11月{day}日　第{day}期

## 第{day}号渡口恢复摆渡

停航五年的第{day}号渡口昨天恢复摆渡，首日运送行人{count}人次，票价一元。

## 第{day}图书馆添书三千册

第{day}图书馆本月新添图书，其中儿童读物占一半，周末开放时间延长到晚上九点。
"""

FIRST = 9
"""The day of the issue that an office begins with."""

days, counts = st.integers(1, 4), st.integers(100, 103)


class AnyDay(RuleBasedStateMachine):
    """An office; by the issue's day, `model` is what readers have, `waiting` what was dropped since.

    What was `taken` once is known: it changes nothing when it is dropped again.
    """

    plant: Plant | None = None

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
        self.folder = Path(self.place.name)
        self.configured = settings_in(self.folder)
        self.model = {FIRST: 100}
        self.waiting: dict[int, int] = {}
        self.taken = {(FIRST, 100)}
        self.drops = 1
        self.passes = 0
        assert tracing.completed(self.begin, self.folder / "log") == 0

    def teardown(self) -> None:
        self.place.cleanup()

    def begin(self) -> int:
        with app.open_service(self.configured, {}, NOW) as works:
            subscribe(works.engine, "reader@example.org", "paper", "issue", NOW)
        self.drop_file(FIRST, 100)
        return self.go_through()

    def go_through(self) -> int:
        """Do a pass, an hour after the one before it."""
        now = NOW + timedelta(hours=self.passes)
        if self.plant:
            type(self).plant()
        with app.open_service(self.configured, {}, now) as works:
            pipeline.ingest(works, now)
            pipeline.ingest(works, now)
            pipeline.publish(works, now)
            pipeline.compose(works, now)
            pipeline.deliver(works, now)
        return 0

    @rule(day=days, count=counts)
    def drop(self, day: int, count: int) -> None:
        """An issue, a correction, or the same again; one file of an issue lies there at a time."""
        self.waiting[day] = count
        self.drop_file(day, count)

    def drop_file(self, day: int, count: int) -> None:
        (self.folder / "inbox" / f"{day}.md").write_text(ISSUE.format(day=day, count=count), "utf-8")

    @rule(call=st.integers(1, 350))
    def crash_and_settle(self, call: int) -> None:
        """Kill a pass at one of its calls, a commit or one of the file system, and do the next."""
        for work in (lambda: self.dying(call), self.go_through):
            self.passes += 1
            code = tracing.completed(work, self.folder / "log")
            assert code in {0, -9}, (self.folder / "log.out").read_text("utf-8")
        new = self.waiting.items() - self.taken
        self.drops += len(self.waiting)
        self.model |= dict(new)
        self.taken |= new
        self.waiting = {}
        self.look()

    def dying(self, call: int) -> int:
        left = call

        def count() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        def commit(_connection: Any) -> None:
            count()

        event.listen(Engine, "commit", commit)  # in this process alone, as the hook
        sys.addaudithook(lambda what, _: count() if what.startswith(("os.", "fcntl.")) or what == "open" else None)
        return self.go_through()

    def look(self) -> None:
        """Compare the office with the model."""
        with closing(sqlite3.connect(self.folder / "data/digest.db")) as raw:
            assert raw.execute('SELECT count(*) FROM "drop"').fetchone() == (self.drops,)
            issues = raw.execute("SELECT number FROM issue ORDER BY number").fetchall()
        assert issues == [(day,) for day in sorted(self.model)]
        for day, count in self.model.items():
            page = self.folder / f"data/public/2026/11/{day:02}/1/index.html"
            assert f"行人{count}人次" in page.read_text("utf-8")
        assert tracing.completed(self.verify, self.folder / "log") == 0, (self.folder / "log.out").read_text("utf-8")

    def verify(self) -> int:
        engine = app.open_existing(self.configured)
        found = operations.verify(self.configured, engine, now=datetime.now(UTC), idle=True)
        sys.stdout.writelines(f"{each}\n" for each in found)
        return len(found)


@pytest.fixture(autouse=True)
def _templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load them once, for all processes that are forked from this one."""
    monkeypatch.setattr(templating, "load", cache(templating.load))
    templating.load(None)


def try_days(examples: int, plant: Plant | None = None) -> None:
    machine = type("AnyDay", (AnyDay,), {"plant": staticmethod(plant) if plant else None})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=6,
            derandomize=True,
            phases=[Phase.generate],  # to find the shortest such days would take hours
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_some_days_end_well() -> None:
    try_days(2)


@pytest.mark.full
def test_many_days_end_well() -> None:
    try_days(200)


@pytest.mark.full
def test_a_mistake_is_caught() -> None:
    with pytest.raises(AssertionError):
        try_days(10, plants.published_before_written)
