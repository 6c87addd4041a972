"""Whoever computes holds up nobody: a reader who leaves is answered while an issue is read, published or mailed."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from digest import delivery, operations, pipeline, tokens, web
from digest.store import database
from digest.store.schema import subscriber
from digest.works import Works
from tests.works import FIRST, NOW, drop, opened, settings_in, standing, subscribe

PATIENCE = 30.0


class Step:
    """A step that, once it has begun, goes on only when it is told to."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()

    def pause(self) -> None:
        self.begun.set()
        assert self.go_on.wait(PATIENCE)

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def paused(*arguments: Any, **named: Any) -> Any:
            self.pause()
            return function(*arguments, **named)

        return paused


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        subscribe(works.engine, "a@example.org", "paper", "issue", NOW)
        subscribe(works.engine, "b@example.org", "paper", "issue", NOW)
        yield works


def ingest(works: Works) -> None:
    pipeline.ingest(works, NOW)
    pipeline.ingest(works, NOW)


def leave(works: Works, email: str) -> None:
    """Click the link that stands in every letter."""
    with database.reading(works.engine) as store:
        public_id = store.execute(select(subscriber.c.public_id).where(subscriber.c.email == email)).scalar_one()
    token = tokens.sign(works.key, tokens.unsubscribing("paper"), public_id, 1)
    with TestClient(web.build(works, lambda: NOW)) as client:
        assert client.post(f"/unsubscribe/paper/{token}").status_code == 200


def meanwhile(works: Works, step: Step, work: Callable[[Works], object]) -> None:
    """Let `work` come to `step`, have a reader leave, and only then let it go on."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work, works)
        try:
            assert step.begun.wait(PATIENCE)
            leave(works, "b@example.org")
        finally:
            step.go_on.set()
        running.result(PATIENCE)
    assert standing(works, NOW).work["subscription"] == {"active": 1, "unsubscribed": 1}


@pytest.mark.parametrize("compute", ["digest.intake.understand_whole", "digest.inbox.keep_bytes"])
def test_while_an_issue_is_read(works: Works, monkeypatch: pytest.MonkeyPatch, compute: str) -> None:
    (works.settings.inbox.folder / "a.md").write_text(FIRST, "utf-8")
    step = Step()
    pause(monkeypatch, compute, step)
    meanwhile(works, step, ingest)


def test_while_a_correction_is_compared(works: Works, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(works, "a.md", FIRST)
    (works.settings.inbox.folder / "b.md").write_text(FIRST.replace("一元", "两元"), "utf-8")
    step = Step()
    pause(monkeypatch, "digest.revising.match", step)
    meanwhile(works, step, ingest)


@pytest.mark.parametrize("compute", ["digest.site.render_issue", "digest.output.write", "digest.feeds.render"])
def test_while_an_issue_is_published(works: Works, monkeypatch: pytest.MonkeyPatch, compute: str) -> None:
    drop(works, "a.md", FIRST)
    step = Step()
    pause(monkeypatch, compute, step)
    meanwhile(works, step, lambda works: pipeline.publish(works, NOW))


@pytest.mark.parametrize("compute", ["digest.mail.compose", "digest.mail.render"])
def test_while_a_letter_is_written(works: Works, monkeypatch: pytest.MonkeyPatch, compute: str) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    step = Step()
    pause(monkeypatch, compute, step)
    meanwhile(works, step, lambda works: pipeline.compose(works, NOW))


class Slow:
    """A mail server that takes its time before the last dot and after it."""

    def __init__(self, before: Step, after: Step) -> None:
        self._before = before
        self._after = after

    def __enter__(self) -> "Slow":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def send(self, message: object, on_data: Callable[[], None]) -> None:
        self._before.pause()
        on_data()
        self._after.pause()


@pytest.mark.parametrize("slow", [0, 1])
def test_while_a_letter_is_sent(works: Works, slow: int) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    steps = Step(), Step()
    steps[1 - slow].go_on.set()

    def channel() -> delivery.Channel:
        return Slow(*steps)

    meanwhile(replace(works, channel=channel), steps[slow], lambda works: pipeline.deliver(works, NOW))


def test_a_backup_and_a_look_at_the_state_are_taken_then_too(
    works: Works, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    drop(works, "a.md", FIRST)
    pipeline.publish(works, NOW)
    pipeline.compose(works, NOW)
    with database.writing(works.engine):
        operations.back_up(works.settings, works.engine, tmp_path / "b.tar.gz", tmp_path / "config.yaml")
        assert operations.verify(works.settings, works.engine, now=NOW, idle=False) == ()


def pause(monkeypatch: pytest.MonkeyPatch, name: str, step: Step) -> None:
    module, _, function = name.rpartition(".")
    found = getattr(__import__(module, fromlist=[function]), function)
    monkeypatch.setattr(name, step.before(found))
