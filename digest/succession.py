"""The clock in a cluster: of all services that could have it, the one that holds the database's lock does.

The others serve the web and stand by. Whoever loses the lock, with its session, stops its clock until it has it again.
Two clocks for a moment do no harm: what they do stands in rows.
"""

import threading
from collections.abc import Callable
from dataclasses import replace

import structlog

from digest.errors import DigestError
from digest.scheduler import Scheduler
from digest.store import database
from digest.works import Works

LOOK_SECONDS = 1.0
"""How often is asked whether the lock is to be had, or still held."""

log = structlog.get_logger()


class Succession:
    """Runs a clock whenever this service is the one that has it; `scheduler` makes one."""

    def __init__(self, works: Works, scheduler: Callable[[Works], Scheduler]) -> None:
        """Prepare; nothing starts yet."""
        self._works, self._scheduler = works, scheduler
        self._thread = threading.Thread(target=self._wait_and_run, name="succession")

    def start(self) -> None:
        """Begin to stand by."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is in the air and stop."""
        self._works.stopping.set()
        self._thread.join()

    def _wait_and_run(self) -> None:
        while not self._works.stopping.is_set():
            try:
                self._run()
            except (OSError, database.Trouble) as error:
                log.warning("succession", problem=f"{type(error).__name__}: {error}")
            except DigestError as error:
                if error.code != "error.running":
                    raise
                self._works.pulse.rest()
            except Exception:
                log.exception("succession")
            self._works.stopping.wait(LOOK_SECONDS)

    def _run(self) -> None:
        """Run a clock as long as the lock is held, if it is to be had; it is stopped without stopping anything else."""
        with database.sole(self._works.engine) as is_held:
            scheduler = self._scheduler(replace(self._works, stopping=threading.Event()))
            log.info("has the clock")
            scheduler.start()
            try:
                while is_held() and not self._works.stopping.wait(LOOK_SECONDS):
                    pass
            finally:
                scheduler.stop()
                log.info("has the clock no more")
