"""The service's log, written for the length of a block as it is when the service runs."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from digest.cli import logs
from digest.settings import LogForm


@contextmanager
def logged(form: LogForm) -> Iterator[None]:
    """Have all that is logged written to standard output, in `form`."""
    root = logging.getLogger()
    before = root.handlers[:]
    logs.configure(form)
    try:
        yield
    finally:
        structlog.reset_defaults()
        structlog.contextvars.clear_contextvars()
        root.handlers[:] = before
