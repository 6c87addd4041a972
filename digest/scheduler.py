"""The clock: looks into the inbox every few seconds, and runs what is due. Each step runs the next at once.

Nothing is remembered here: the database says what is due, so that a missed run, a crash or a second run loses and
doubles nothing. The wall clock may jump: apscheduler reckons with it alone, so a watchdog on the monotonic clock, which
cannot jump, has every job run at once when the two have drifted apart.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.executors.pool import BasePoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger

from digest import atomic, bouncing, mailing, operations, pinging, pipeline, subscriptions
from digest.errors import DigestError
from digest.receipts import Outcome
from digest.store import database
from digest.works import Works

QUIET_SECONDS = 10.0
"""How often is looked for what the clock alone has made due; in between, it is enough to look where something is new."""

SWEEP_SECONDS = 3.0
"""How often is looked for what others are to do; most of it they were told of when it was made."""

SETTLING_SECONDS = 0.25
"""How often, at least, the inbox is looked into while a file in it settles."""

MAIL_SECONDS = 30
"""How often the outbox is looked at when nothing new has come."""

PING_SECONDS = 30
"""How often the hub is told of what it does not know yet when nothing new has been published."""

ALARM_SECONDS = 60
"""How often is looked for what a person has to know."""

HOUSEKEEPING_SECONDS = 86_400
"""How often what was kept for long enough is removed."""

WATCH_SECONDS = 5.0
"""How often the two clocks are compared."""

JUMP_SECONDS = 30.0
"""How far the wall clock must have moved against the monotonic one to have been set."""

log = structlog.get_logger()


class Scheduler:
    """Runs the path until it is stopped: one thread for issues, one for letters, one for the hub, one that watches the clock."""

    def __init__(
        self,
        works: Works,
        wall: Callable[[], float] = time.time,
        sweep: Callable[[Works, datetime], object] | None = None,
    ) -> None:
        """Prepare to run; nothing starts yet. `wall` gives the seconds of the clock that people and jobs go by.

        Where others do the work, `sweep` has them do what is due.
        """
        self._works = works
        self._wall = wall
        self._sweep = sweep
        self._waiting: set[str] = set()
        self._changes = database.Changes(works.engine)
        self._quiet_since = -math.inf
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._threads = ThreadPoolExecutor(thread_name_prefix="job")
        self._clock = BackgroundScheduler(timezone=UTC, job_defaults=defaults)
        self._clock.add_executor(_Executor(self._threads))
        self._clock.add_job(self._issues, _Every(works.settings.inbox.scan_every), id="issues")
        if sweep is None:
            self._clock.add_job(self._letters, _Every(MAIL_SECONDS), id="letters")
        if works.settings.feeds.hub:
            self._clock.add_job(self._pings, _Every(PING_SECONDS), id="pings")
        if works.mailbox:
            self._clock.add_job(self._bounces, _Every(works.settings.mail.bounces.check_minutes * 60), id="bounces")
        self._clock.add_job(self._alarms, _Every(ALARM_SECONDS), id="alarms")
        self._clock.add_job(self._housekeeping, _Every(HOUSEKEEPING_SECONDS), id="housekeeping")
        self._watchdog = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def start(self) -> None:
        """Start all threads; every job runs at once."""
        self._clock.start()
        self._run_all_now()
        self._watchdog.start()

    def stop(self) -> None:
        """Finish what is in the air and stop."""
        self._works.stopping.set()
        self._watchdog.join()
        self._clock.shutdown(wait=False)  # it would wait with a lock held that `_wake` needs
        self._threads.shutdown(wait=True)
        self._changes.close()

    def _issues(self) -> None:
        """Take in, and go on where there is something new or has been nothing for long enough."""
        with self._guarded("words"):
            self._reread_words()
        with self._guarded("ingest"):
            ingest = pipeline.ingest if self._sweep is None else pipeline.receive
            self._tell(ingest(self._works, self._now()))
            self._works.pulse.scan()
        if self._works.inbox.settling:
            self._wake("issues", min(SETTLING_SECONDS, self._works.settings.inbox.scan_every))
        now = time.monotonic()
        if self._sweep is not None:
            if now - self._quiet_since >= SWEEP_SECONDS:
                self._quiet_since = now
                with self._guarded("sweep"):
                    self._sweep(self._works, self._now())
        elif self._changes.any() or now - self._quiet_since >= QUIET_SECONDS:
            self._quiet_since = now
            self._publish()

    def _publish(self) -> None:
        """Publish and compose, each whatever became of the step before; wake the mailer if there are letters."""
        with self._guarded("publish"):
            for issue in pipeline.publish(self._works, self._now()):
                log.info("published", issue=issue.id, articles=len(issue.articles))
                self._wake("pings")
        with self._guarded("compose"):
            if letters := pipeline.compose(self._works, self._now()):
                log.info("composed", letters=letters)
                self._wake("letters")
        with self._guarded("awaited"):
            if mailing.is_awaited(self._works, self._now()):
                self._wake("letters")

    def _reread_words(self) -> None:
        """Have the newsroom's words matter as soon as they are saved, and log what of them cannot be used."""
        if self._works.vocabulary.refresh():
            log.info("words", folder=str(self._works.settings.root))
            for fault in self._works.vocabulary.faults:
                log.warning("words", problem=self._works.messages.of(fault.code, fault.facts))
        if self._sweep is None:
            self._works.vocabulary.prepare()

    def _tell(self, outcomes: list[Outcome]) -> None:
        """Log what became of each file; of one that waits, once and not at every scan."""
        waiting = {outcome.name for outcome in outcomes if outcome.kind == "waiting"}
        for outcome in outcomes:
            if outcome.name not in self._waiting & waiting:
                log.info("file", outcome=outcome.kind, name=outcome.name)
        self._waiting = waiting

    def _letters(self) -> None:
        """Send until nothing is due or the service stops."""
        with self._guarded("deliver"):
            while tried := pipeline.deliver(self._works, self._now()):
                log.info("outbox", tried=tried)

    def _pings(self) -> None:
        """Tell the hub, if there is one, of what was published."""
        with self._guarded("ping"):
            told, problems = pinging.ping(self._works, self._now(), lambda: not self._works.stopping.is_set())
            if told:
                log.info("pinged", feeds=told)
            for problem in problems:
                log.warning("ping", problem=problem)

    def _bounces(self) -> None:
        """Read what has come back."""
        with self._guarded("bounces"):
            if self._works.mailbox:
                found = bouncing.collect(
                    self._works, self._works.mailbox, self._now(), lambda: not self._works.stopping.is_set()
                )
                if found:
                    log.info("bounces", **found)

    def _alarms(self) -> None:
        """Tell the operator of what is not well, and of what is well again."""
        with self._guarded("alarms"):
            if changed := operations.watch(self._works, self._now()):
                log.info("alarms", keys=changed)
                self._wake("letters")
            if problem := operations.post(self._works, self._now()):
                log.warning("alarms", problem=problem)

    def _housekeeping(self) -> None:
        """Remove what has lain in `done/` for long enough, what is known of subscribers too long, and what crashes left."""
        with self._guarded("housekeeping"):
            self._works.inbox.clean(self._now())
            subscriptions.forget(self._works, self._now())
            for folder in (self._works.settings.data, self._works.settings.inbox.folder):
                atomic.sweep(folder, self._now())

    @contextmanager
    def _guarded(self, step: str) -> Iterator[None]:
        """Log what goes wrong in a step, as often as is of use: the next run tries again, the service must not end."""
        pulse = self._works.pulse
        try:
            yield
        except DigestError as error:
            problem = self._works.messages.of(error.code, error.facts)
            if times := pulse.fail(step, problem, error.code):
                log.warning(step, problem=problem, times=times)
        except Exception as error:
            kind = type(error).__name__
            problem = f"{kind}: {error}"
            times = pulse.fail(step, problem, kind)
            if times == 1:
                log.exception(step)
            elif times:
                log.error(step, problem=problem, times=times)  # noqa: TRY400 -- the traceback stands above
        else:
            pulse.succeed(step)

    def _wake(self, job: str, seconds: float = 0) -> None:
        with suppress(JobLookupError):  # the service is stopping
            self._clock.modify_job(job, next_run_time=self._now() + timedelta(seconds=seconds))

    def _watch(self) -> None:
        """Compare the clocks until the service stops; `Event.wait` goes by the monotonic one."""
        apart = self._wall() - time.monotonic()
        while not self._works.stopping.wait(WATCH_SECONDS):
            was, apart = apart, self._wall() - time.monotonic()
            if abs(apart - was) > JUMP_SECONDS:
                log.warning("clock", moved_seconds=round(apart - was))
                self._works.pulse.jump(apart - was)
                self._run_all_now()

    def _run_all_now(self) -> None:
        self._quiet_since = -math.inf
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
