"""The clock: against that of the disk, and against what was written down before."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest import atomic
from digest.operations.doctor.findings import Finding, ill, well
from digest.operations.health.troubles import WRONG, utc

_APART = timedelta(minutes=1)
"""How far apart the clocks of a machine and of its disk may be: more than a slow machine takes for a look at both."""


def examine(data: Path, last_time: datetime | None, now: datetime) -> Iterator[Finding]:
    """Yield what is found; `last_time` is the latest that the database knows, if it does."""
    wrong = list(_disk(data, now))
    if last_time is not None and last_time > now + WRONG:
        wrong.append(ill("doctor.clock_behind", now=utc(now), last=utc(last_time)))
    yield from wrong or [well("doctor.clock", now=utc(now))]


def _disk(data: Path, now: datetime) -> Iterator[Finding]:
    """Compare the clock with the time that the disk gives a new file, which on a share is another machine's."""
    try:
        with tempfile.NamedTemporaryFile(prefix=atomic.TEMPORARY, dir=data) as file:
            seen = datetime.fromtimestamp(Path(file.name).stat().st_mtime, UTC)
    except OSError:
        return  # it is not there yet, or what is wrong with it is told of the folder
    if abs(seen - now) > _APART:
        yield ill("doctor.clock_disk", now=utc(now), disk=utc(seen))
