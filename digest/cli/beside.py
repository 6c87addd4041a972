"""A process beside a long command, which publishes on another core what the command has saved so far."""

import multiprocessing
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from digest import app, config, pipeline
from digest.cli.caller import now
from digest.operations.backfill import PART, worker
from digest.works import Works

_works: list[Works] = []
"""Of that process, opened once; it ends with the process."""


class Publisher:
    """The process, as long as the context lasts; it is begun when it is wanted first."""

    def __init__(self, path: Path, environment: Mapping[str, str]) -> None:
        """Take where the settings lie, and the environment."""
        context = multiprocessing.get_context("forkserver")
        given = path.resolve(), dict(environment)
        self._pool = ProcessPoolExecutor(1, mp_context=context, initializer=_open, initargs=given)
        self._parts: list[Future[int]] = []

    def want(self) -> None:
        """Have a part of what is due published, and do not wait for it."""
        with suppress(BrokenProcessPool):  # it was killed: what it has left is for who publishes next
            self._parts.append(self._pool.submit(_publish))

    def done(self, tell: Callable[[int, int], None]) -> int:
        """Wait until all that was wanted is published; return how many issues that were. Raises what publishing raises.

        After each part `tell` is told how many, of about how many.
        """
        count = 0
        for part in self._parts:
            with suppress(BrokenProcessPool):
                count += part.result()
            tell(count, len(self._parts) * PART)
        return count

    def __enter__(self) -> Self:
        """Give the process."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """End the process when it is through with what it is at."""
        self._pool.shutdown(cancel_futures=True)


def _open(path: Path, environment: Mapping[str, str]) -> None:
    worker.attend()
    _works[:] = [ExitStack().enter_context(app.open_aside(config.load(path), environment))]


def _publish() -> int:
    return len(pipeline.publish(_works[0], now()))
