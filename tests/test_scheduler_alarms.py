"""What goes wrong in the service is noted by it, and told by its own job."""

import inspect
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain, repeat
from pathlib import Path

import pytest
import structlog
from sqlalchemy import select

from digest import pipeline, scheduler, settings
from digest.messages import Messages
from digest.pulse import Pulse
from digest.receipts import Outcome
from digest.scheduler import Scheduler
from digest.store import database
from digest.store.schema import notice
from digest.text import has_han
from digest.works import Works
from tests import drops
from tests.works import opened, settings_in

PATIENCE = 30.0


@pytest.fixture
def monotonic() -> drops.Clock:
    return drops.Clock()


@pytest.fixture
def works(tmp_path: Path, monotonic: drops.Clock) -> Iterator[Works]:
    mail = settings.Mail(operator="operator@paper.example")
    with opened(settings_in(tmp_path, mail=mail)) as works:
        yield replace(works, pulse=Pulse(monotonic))


def subjects(works: Works) -> list[str]:
    with database.reading(works.engine) as store:
        return list(store.scalars(select(notice.c.subject).order_by(notice.c.id)))


def test_a_step_that_fails_for_ten_minutes_is_told(
    works: Works, monotonic: drops.Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Scheduler(works)
    clock._issues()
    clock._alarms()
    assert subjects(works) == []

    def refuse(_works: Works, _now: datetime) -> list[Outcome]:
        raise OSError("Stale file handle")

    monkeypatch.setattr(pipeline, "ingest", refuse)
    for _ in range(4):
        with clock._guarded("ingest"):
            pipeline.ingest(works, clock._now())
        monotonic.seconds += 200
    works.pulse.beat()
    clock._alarms()
    (subject,) = subjects(works)
    assert subject == "digest：这一步一直失败（收报）：OSError: Stale file handle"


def test_every_step_has_a_name_in_words(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = re.findall(r'_guarded\("(\w+)"\)', inspect.getsource(scheduler))
    assert len(steps) > 5
    for language, say in (("zh", Messages("zh")), ("en", Messages("en"))):
        names = [say(f"step.{step}") for step in steps]
        assert all(has_han(name) == (language == "zh") for name in names)


def test_a_step_that_keeps_failing_fills_no_log(works: Works) -> None:
    clock = Scheduler(works)
    with structlog.testing.capture_logs() as lines:
        for error in [*(OSError("gone") for _ in range(100)), ValueError("odd")]:
            with clock._guarded("ingest"):
                raise error
        with clock._guarded("ingest"):
            pass
        with clock._guarded("ingest"):
            raise OSError("gone again")
    told = ["traceback" if line.get("exc_info") else line["times"] for line in lines]
    assert told == ["traceback", 2, 4, 8, 16, 32, 64, "traceback", "traceback"]


def test_that_mail_is_asked_for_is_no_success_of_the_mailer(works: Works, monotonic: drops.Clock) -> None:
    clock = Scheduler(works)
    for _ in range(4):
        with clock._guarded("deliver"):
            raise OSError("no route")
        clock._issues()
        monotonic.seconds += 200
    assert works.pulse.vitals().failing == {"deliver": "OSError: no route"}


def test_a_clock_that_is_set_is_told(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "WATCH_SECONDS", 0.01)
    looks = chain([1.8e9], repeat(1.8e9 + 7200))
    noted = threading.Event()
    clock = Scheduler(works, lambda: next(looks))
    jump = works.pulse.jump

    def note(self: Pulse, seconds: float) -> None:
        jump(seconds)
        noted.set()

    monkeypatch.setattr(Pulse, "jump", note)
    watchdog = threading.Thread(target=clock._watch, daemon=True)
    watchdog.start()
    assert noted.wait(PATIENCE)
    works.stopping.set()
    watchdog.join()
    works.stopping.clear()
    works.pulse.scan()
    clock._alarms()
    (subject,) = subjects(works)
    assert subject.startswith("digest：时钟被拨动了 120 分钟")
