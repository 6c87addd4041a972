"""How the service's log is written: for people, or for programs as one JSON object a line.

A line names issues, files and papers, and the request that it belongs to; at the level of information it names no
subscriber and holds no token. What the program had at hand when an error came is never written: keys and addresses
are among it.
"""

import logging
import sys
from typing import TYPE_CHECKING

import structlog

from digest.settings import LogForm

if TYPE_CHECKING:
    from structlog.typing import Processor

QUIET = ("apscheduler", "python_multipart")
"""Libraries that tell an operator nothing below an error: that a look was left out, which forms strangers break."""


def configure(form: LogForm) -> None:
    """Have everything logged to standard output in `form`, what libraries log from warnings up among it."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.dev.set_exc_info,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    last = _json() if form == "json" else _pretty()
    structlog.configure(processors=[*shared, *last], logger_factory=lambda *_: structlog.PrintLogger(sys.stdout))
    handler = _Printed()
    bare = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[bare, *last]))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


class _Printed(logging.Handler):
    """Writes to what standard output is at the time."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write what a library logs."""
        print(self.format(record), flush=True)


def _json() -> "list[Processor]":
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]


def _pretty() -> "list[Processor]":
    colours = sys.stdout.isatty()
    return [structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=structlog.dev.plain_traceback)]
