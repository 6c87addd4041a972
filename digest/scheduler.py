"""The clock: looks into the inbox every few seconds, and runs what is due. Each step runs the next at once.

Nothing is remembered here: the database says what is due, so that a missed run, a crash or a second run loses and
doubles nothing.
"""

import threading
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from digest import pipeline
from digest.errors import DigestError
from digest.pipeline import Works

MAIL_SECONDS = 30
"""How often the outbox is looked at when nothing new has come."""

log = structlog.get_logger()


class Scheduler:
    """Runs the path until it is stopped: one thread for issues, one for letters."""

    def __init__(self, works: Works) -> None:
        """Prepare to run; nothing starts yet."""
        self._works = works
        self._stopping = threading.Event()
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._clock = BackgroundScheduler(timezone=UTC, job_defaults=defaults)
        every = works.settings.inbox.scan_every
        self._clock.add_job(self._issues, "interval", seconds=every, id="issues", next_run_time=_now())
        self._clock.add_job(self._letters, "interval", seconds=MAIL_SECONDS, id="letters", next_run_time=_now())

    def start(self) -> None:
        """Start both threads."""
        self._clock.start()

    def stop(self) -> None:
        """Finish what is in the air and stop."""
        self._stopping.set()
        self._clock.shutdown(wait=True)

    def _issues(self) -> None:
        """Take in, publish and compose; wake the mailer when there are letters."""
        try:
            for outcome in pipeline.ingest(self._works, _now()):
                log.info("file", outcome=outcome.kind, name=outcome.name)
            for issue in pipeline.publish(self._works, _now()):
                log.info("published", issue=issue.id, articles=len(issue.articles))
            if letters := pipeline.compose(self._works, _now()):
                log.info("composed", letters=letters)
                self._clock.modify_job("letters", next_run_time=_now())
        except Exception:  # the next run tries again; the service must not end
            log.exception("issues")

    def _letters(self) -> None:
        """Send until nothing is due or the service stops."""
        try:
            while not self._stopping.is_set() and (
                sent := pipeline.deliver(self._works, _now(), lambda: not self._stopping.is_set())
            ):
                log.info("delivered", deliveries=sent)
        except DigestError as error:
            log.warning("channel", problem=self._works.messages.of(error.code, error.facts))
        except Exception:  # the next run tries again; the service must not end
            log.exception("letters")


def _now() -> datetime:
    return datetime.now(UTC)
