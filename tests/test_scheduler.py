"""The clock of the wall may be set; what is due is done all the same."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from apscheduler.events import EVENT_JOB_EXECUTED, JobExecutionEvent

from digest import pipeline, scheduler, settings, subscriptions
from digest.model import StoredIssue
from digest.scheduler import Scheduler
from digest.tokens import Key
from digest.works import Works
from tests.logged import logged
from tests.works import FIRST, opened, settings_in, subscribe

PATIENCE = 30.0
HOUR = 3600.0


class Wall:
    """A wall clock that can be set. apscheduler looks at it too."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()

    class Set(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Set":
            return cls.fromtimestamp(wall(), tz)

    monkeypatch.setattr("apscheduler.schedulers.base.datetime", Set)
    return wall


class Service:
    """A running scheduler, the times at which its looks into the inbox were due, and a way to wait for them."""

    def __init__(self, clock: Scheduler, folder: settings.Settings) -> None:
        self.settings = folder
        self.scans: list[datetime] = []
        self.housekeepings = 0
        self._clock = clock
        self._changed = threading.Condition()
        clock._clock.add_listener(self._note, EVENT_JOB_EXECUTED)
        clock.start()

    def _note(self, event: JobExecutionEvent) -> None:
        with self._changed:
            if event.job_id == "issues":
                self.scans.append(event.scheduled_run_time)
            self.housekeepings += event.job_id == "housekeeping"
            self._changed.notify_all()

    def reach(self, scans: int) -> None:
        self.until(lambda: len(self.scans) >= scans)

    def until(self, true: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(true, PATIENCE), f"{len(self.scans)} scans"

    def stop(self) -> None:
        if self._clock._clock.running:
            self._clock.stop()


@contextmanager
def running(folder: Path, wall: Wall, scan_every: float) -> Iterator[Service]:
    inbox = settings.Inbox(folder=folder / "inbox", settle=0, scan_every=scan_every)
    with opened(settings_in(folder, inbox=inbox)) as works:
        service = Service(Scheduler(works, wall), works.settings)
        try:
            service.reach(1)
            yield service
        finally:
            service.stop()


@pytest.fixture
def watched(tmp_path: Path, wall: Wall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Looks into its inbox once an hour, so that all that comes sooner comes from the watchdog."""
    monkeypatch.setattr(scheduler, "WATCH_SECONDS", 0.02)
    with running(tmp_path, wall, HOUR) as service:
        yield service


@pytest.mark.parametrize("hours", [-1, -24 * 365, 1, 24 * 365 * 56])
def test_a_clock_that_is_set_stops_nothing_and_what_was_missed_is_done_once(
    watched: Service, wall: Wall, hours: int
) -> None:
    wall.ahead = hours * HOUR
    watched.reach(2)
    watched.stop()
    first, second = watched.scans
    assert round((second - first) / timedelta(hours=1)) == hours


def test_a_clock_set_again_and_again_is_noticed_each_time(watched: Service, wall: Wall) -> None:
    for scans, ahead in enumerate([-HOUR, HOUR, 0.0, -2 * HOUR], start=2):
        wall.ahead = ahead
        watched.reach(scans)


def test_a_run_is_counted_from_now_however_long_ago_the_last_one_was(tmp_path: Path) -> None:
    """Else every run since then would be listed first: from 1970, at one in two seconds, 900 million."""
    now = datetime(2026, 11, 20, tzinfo=UTC)
    with opened(settings_in(tmp_path)) as works:
        jobs = Scheduler(works)._clock.get_jobs()
        scan_every = works.settings.inbox.scan_every
    seconds = {job.id: job.trigger.get_next_fire_time(datetime(1970, 1, 1, tzinfo=UTC), now) - now for job in jobs}
    assert seconds["issues"] == timedelta(seconds=scan_every)
    assert seconds["letters"] == timedelta(seconds=scheduler.MAIL_SECONDS)


def test_what_was_kept_for_long_enough_is_removed(watched: Service, wall: Wall) -> None:
    kept = watched.settings.inbox.folder / "done/2026-01/a.md"
    kept.parent.mkdir(parents=True)
    kept.write_text(FIRST, "utf-8")
    wall.ahead = (watched.settings.inbox.keep_done - 1) * 24 * HOUR
    watched.until(lambda: watched.housekeepings == 2)  # a job that is still at it is not run again meanwhile
    assert kept.exists()
    wall.ahead += 2 * 24 * HOUR
    watched.until(lambda: not kept.exists())


def test_scanning_goes_on_on_a_clock_that_was_set_back(
    tmp_path: Path, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "WATCH_SECONDS", 0.02)
    with running(tmp_path, wall, 0.05) as service:
        wall.ahead = -HOUR
        service.reach(len(service.scans) + 3)
        (service.settings.inbox.folder / "a.md").write_text(FIRST, "utf-8")
        page = service.settings.public / "2026/11/19/1/index.html"
        service.until(page.exists)


def test_a_clock_that_only_drifts_is_left_alone(tmp_path: Path, wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = iter([0.0, 10.0, -10.0, 10.0])
    done = threading.Event()

    def drifting() -> float:
        wall.ahead = next(looks, wall.ahead)
        if wall.ahead != 0.0:
            done.set()
        return time.time() + wall.ahead

    monkeypatch.setattr(scheduler, "WATCH_SECONDS", 0.02)
    with opened(settings_in(tmp_path)) as works:
        clock = Scheduler(works, drifting)
        woken: list[None] = []
        monkeypatch.setattr(clock, "_run_all_now", lambda: woken.append(None))
        watchdog = threading.Thread(target=clock._watch)
        watchdog.start()
        assert done.wait(PATIENCE)
        works.stopping.set()
        watchdog.join()
        assert woken == []


def test_a_service_that_has_just_made_letters_can_be_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The job wakes the mailer while the stop is waiting for the job."""
    composing, stopping = threading.Event(), threading.Event()

    def compose(_works: Works, _now: datetime) -> int:
        composing.set()
        assert stopping.wait(PATIENCE)
        return 1

    monkeypatch.setattr(pipeline, "compose", compose)
    with opened(settings_in(tmp_path)) as works:
        clock = Scheduler(works)
        clock.start()
        assert composing.wait(PATIENCE)
        stop = threading.Thread(target=clock.stop, daemon=True)
        stop.start()
        stop.join(0.2)
        assert stop.is_alive()
        stopping.set()
        stop.join(PATIENCE)
        assert not stop.is_alive()


@pytest.mark.parametrize("failing", ["ingest", "publish", "compose"])
def test_a_step_that_fails_keeps_no_other_from_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    steps = ["ingest", "publish", "compose"]
    done: list[str] = []

    def counted(step: str) -> Callable[[Works, datetime], object]:
        real = getattr(pipeline, step)

        def run(works: Works, now: datetime) -> object:
            if step == failing:
                raise OSError("the disk is full")
            done.append(step)
            return real(works, now)

        return run

    for step in steps:
        monkeypatch.setattr(pipeline, step, counted(step))
    with opened(settings_in(tmp_path)) as works:
        Scheduler(works)._issues()
    assert done == [step for step in steps if step != failing]


def test_who_waits_at_a_mailbox_does_not_wait_for_the_next_round(
    tmp_path: Path, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "MAIL_SECONDS", HOUR)
    inbox = settings.Inbox(folder=tmp_path / "inbox", settle=0, scan_every=0.05)
    with opened(settings_in(tmp_path, inbox=inbox)) as works:
        running = Service(Scheduler(works, wall), works.settings)
        try:
            running.reach(3)
            _ask(works, datetime.fromtimestamp(wall(), UTC))
            running.until(lambda: len(list(works.settings.outbox.glob("*.eml"))) == 1)
        finally:
            running.stop()


def test_who_never_confirms_is_forgotten_in_time(tmp_path: Path, wall: Wall) -> None:
    with opened(settings_in(tmp_path)) as works:
        _ask(works, datetime.fromtimestamp(wall(), UTC))
        for days, left in ((6, 1), (8, 0)):
            wall.ahead = days * 24 * HOUR
            Scheduler(works, wall)._housekeeping()
            assert len(subscriptions.listed(works.engine)) == left


def _ask(works: Works, now: datetime) -> None:
    paper = works.settings.publications[0]
    subscriptions.ask(works, paper, "a@home.example", "daily", origin="unknown", wording="x", now=now)


def test_what_crashes_have_left_behind_is_removed(watched: Service, wall: Wall) -> None:
    folder = watched.settings.public / "2026"
    (folder / ".tmp-half").mkdir(parents=True)
    (folder / ".tmp-torn").write_text("tor", "utf-8")
    wall.ahead = 2 * HOUR
    watched.reach(2)
    watched.until(lambda: not list(folder.iterdir()))


def test_the_newsrooms_words_matter_as_soon_as_they_are_saved(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        clock = Scheduler(works)
        clock._issues()
        before = works.vocabulary.lexicon("paper").cut_han
        clock._issues()
        assert works.vocabulary.lexicon("paper").cut_han is before
        (tmp_path / "stopwords.txt").write_text("老渡口\n老渡口恢复摆渡\n", "utf-8")
        (tmp_path / "names.txt").write_text("不是一个词 的行\n", "utf-8")
        (works.settings.inbox.folder / "a.md").write_text(FIRST, "utf-8")
        clock._issues()
        clock._issues()
        page = (works.settings.public / "2026/11/19/1/index.html").read_text("utf-8")
    assert 'property="article:tag"' in page
    assert 'content="老渡口"' not in page


def test_what_is_logged_of_an_error_gives_no_key_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(works: Works, _now: datetime) -> None:
        (key,) = works.key.signing
        raise OSError(f"the disk is full, and {len(key)} bytes were at hand")

    monkeypatch.setattr(pipeline, "ingest", fail)
    key = Key((b"k3y",), addresses=b"k3y")
    with opened(settings_in(tmp_path)) as works:
        with logged("pretty"):
            Scheduler(replace(works, key=key))._issues()
        told = capsys.readouterr().out
        assert "the disk is full" in told
        assert "k3y" not in told + repr(replace(works, key=key))


def test_where_nothing_is_new_nothing_is_asked_until_the_clock_may_have_made_something_due(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[datetime] = []
    publish = pipeline.publish

    def noted(works: Works, now: datetime) -> list[StoredIssue]:
        asked.append(now)
        return publish(works, now)

    monkeypatch.setattr(pipeline, "publish", noted)
    with opened(settings_in(tmp_path)) as works:
        clock = Scheduler(works)

        def passes(n: int) -> int:
            before = len(asked)
            for _ in range(n):
                clock._issues()
            return len(asked) - before

        assert passes(2) > 0
        assert passes(3) == 0
        subscribe(works.engine, "reader@example.org", "paper", "issue", datetime.now(UTC))
        assert passes(3) == 1
        (works.settings.inbox.folder / "a.md").write_text(FIRST, "utf-8")
        assert passes(6) > 0
        assert (works.settings.public / "index.html").exists()
        assert passes(3) == 0
        monkeypatch.setattr(scheduler, "QUIET_SECONDS", 0.0)
        assert passes(3) == 3
