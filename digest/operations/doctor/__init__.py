"""What stands in the way of the service, and what to do about it: the office looked over, part by part.

Nothing is changed and nothing is sent. Of others, only the mail server and the office's own public addresses are asked.
"""

from collections.abc import Iterator
from datetime import datetime

from digest.errors import DigestError
from digest.operations.doctor import addresses, clock, folders, letters, records, rows, templates
from digest.operations.doctor.findings import Finding, ill, told
from digest.settings import Settings
from digest.store import condition
from digest.store.condition import Condition

__all__ = ["Finding", "examine", "letters", "records", "told"]


def examine(settings: Settings, now: datetime, *, running: bool) -> Iterator[tuple[str, Iterator[Finding]]]:
    """Yield the parts of the office but for its letters (`letters.examine`), each with what is found there.

    A part is named as the catalogue does (`doctor.part_NAME`). `running` says whether a service is at work.
    """
    yield "folders", _as_far_as_may_be(folders.examine(settings))
    found, seen = _rows(settings)
    yield "rows", seen
    yield "templates", _as_far_as_may_be(templates.examine(settings))
    yield "addresses", addresses.examine(settings, running=running)
    yield "clock", clock.examine(settings.data, found.last_time if found else None, now)


def _rows(settings: Settings) -> tuple[Condition | None, Iterator[Finding]]:
    """Return the condition of the database, where it can be told, and what is found of it."""
    try:
        found = condition.of(settings.place) if settings.is_begun else None
    except DigestError as error:
        return None, iter([told(error)])
    except OSError as error:
        return None, iter([_refused(error)])
    return found, rows.examine(settings, found)


def _as_far_as_may_be(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Yield `findings`, the last of them what the system refuses to one who is not the owner."""
    try:
        yield from findings
    except OSError as error:
        yield _refused(error)


def _refused(error: OSError) -> Finding:
    return ill("error.os", file=str(error.filename), cause=error.errno or 0)
