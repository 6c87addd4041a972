"""The clock: looks into the inbox every few seconds, and runs what is due. Each step runs the next at once.

Nothing is remembered here: the database says what is due, so that a missed run, a crash or a second run loses and
doubles nothing. The wall clock may jump: apscheduler reckons with it alone, so a watchdog on the monotonic clock, which
cannot jump, has every job run at once when the two have drifted apart.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.executors.pool import BasePoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from digest import pipeline
from digest.errors import DigestError
from digest.works import Works

MAIL_SECONDS = 30
"""How often the outbox is looked at when nothing new has come."""

HOUSEKEEPING_SECONDS = 86_400
"""How often what was kept for long enough is removed."""

WATCH_SECONDS = 5.0
"""How often the two clocks are compared."""

JUMP_SECONDS = 30.0
"""How far the wall clock must have moved against the monotonic one to have been set."""

log = structlog.get_logger()


class Scheduler:
    """Runs the path until it is stopped: one thread for issues, one for letters, one that watches the clock."""

    def __init__(self, works: Works, wall: Callable[[], float] = time.time) -> None:
        """Prepare to run; nothing starts yet. `wall` gives the seconds of the clock that people and jobs go by."""
        self._works = works
        self._wall = wall
        self._stopping = threading.Event()
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._threads = ThreadPoolExecutor(thread_name_prefix="job")
        self._clock = BackgroundScheduler(timezone=UTC, job_defaults=defaults)
        self._clock.add_executor(_Executor(self._threads))
        self._clock.add_job(self._issues, _Every(works.settings.inbox.scan_every), id="issues")
        self._clock.add_job(self._letters, _Every(MAIL_SECONDS), id="letters")
        self._clock.add_job(self._housekeeping, _Every(HOUSEKEEPING_SECONDS), id="housekeeping")
        self._watchdog = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Start all threads; every job runs at once."""
        self._clock.start()
        self._run_all_now()
        self._watchdog.start()

    def stop(self) -> None:
        """Finish what is in the air and stop."""
        self._stopping.set()
        self._watchdog.join()
        self._clock.shutdown(wait=False)  # it would wait with a lock held that `_wake` needs
        self._threads.shutdown(wait=True)

    def _issues(self) -> None:
        """Take in, publish and compose; wake the mailer when there are letters."""
        try:
            for outcome in pipeline.ingest(self._works, self._now()):
                log.info("file", outcome=outcome.kind, name=outcome.name)
            for issue in pipeline.publish(self._works, self._now()):
                log.info("published", issue=issue.id, articles=len(issue.articles))
            if letters := pipeline.compose(self._works, self._now()):
                log.info("composed", letters=letters)
                self._wake("letters")
        except Exception:  # the next run tries again; the service must not end
            log.exception("issues")

    def _letters(self) -> None:
        """Send until nothing is due or the service stops."""
        try:
            while not self._stopping.is_set() and (
                sent := pipeline.deliver(self._works, self._now(), lambda: not self._stopping.is_set())
            ):
                log.info("delivered", deliveries=sent)
        except DigestError as error:
            log.warning("channel", problem=self._works.messages.of(error.code, error.facts))
        except Exception:  # the next run tries again; the service must not end
            log.exception("letters")

    def _housekeeping(self) -> None:
        """Remove from `done/` what has lain there for long enough."""
        try:
            self._works.inbox.clean(self._now())
        except Exception:  # the next run tries again; the service must not end
            log.exception("housekeeping")

    def _wake(self, job: str) -> None:
        with suppress(JobLookupError):  # the service is stopping
            self._clock.modify_job(job, next_run_time=self._now())

    def _watch(self) -> None:
        """Compare the clocks until the service stops; `Event.wait` goes by the monotonic one."""
        apart = self._wall() - time.monotonic()
        while not self._stopping.wait(WATCH_SECONDS):
            was, apart = apart, self._wall() - time.monotonic()
            if abs(apart - was) > JUMP_SECONDS:
                log.warning("clock", moved_seconds=round(apart - was))
                self._run_all_now()

    def _run_all_now(self) -> None:
        for job in self._clock.get_jobs():
            self._wake(job.id)

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._wall(), UTC)


class _Executor(BasePoolExecutor):  # type: ignore[misc]  # apscheduler ships no types
    """Runs jobs in threads that are ours, so that we can wait for them."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        super().__init__(threads)


class _Every(BaseTrigger):  # type: ignore[misc]  # apscheduler ships no types
    """Runs in intervals that are counted from now, not from the run before.

    apscheduler's own lists every run that was missed before it makes one of them: on a machine whose clock begins in
    1970, it would run out of memory over that list when the time is set.
    """

    def __init__(self, seconds: float) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """Return when the next run is due."""
        return now + self._interval
