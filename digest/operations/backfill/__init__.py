"""Years of issues at once: read by several processes, then taken in by one, the oldest first.

    folder ── worker × N: read, parse, annotate ─▶ stage (on disk, by the bytes' SHA-256)
    stage ── sorted by date ─▶ issues, in one process

What is taken in depends on what the files say, not on their order or on when a run was killed: nothing is taken in
before all are read. It only adds: an issue that is there stays as it is. No letter tells of these issues, and no hub.
"""

from digest.operations.backfill.report import FORMS, KINDS, Report, Row, rendered
from digest.operations.backfill.taking import PART, nothing, take_in

__all__ = ["FORMS", "KINDS", "PART", "Report", "Row", "nothing", "rendered", "take_in"]
