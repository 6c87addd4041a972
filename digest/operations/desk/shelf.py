"""What the desk leafs through: issues, the files that they came in, and one issue beside its source."""

from dataclasses import dataclass
from datetime import datetime

from digest import datafolder, understanding
from digest.errors import DigestError, RejectedError
from digest.model import Document, Source, StoredIssue
from digest.store import database, issues
from digest.store.desk import shelf
from digest.store.desk.shelf import IssueRow, Receipt, Version
from digest.works import Works

PAGE = 30
"""How many lines a page of a list has."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One issue: as lists have it, as it is stored, as its newest file has it, a correction that waits, all receipts."""

    row: IssueRow
    stored: StoredIssue
    applied: Version
    waiting: Version | None
    receipts: tuple[Receipt, ...]

    @property
    def newest(self) -> Version:
        """What a person has to judge: the correction that waits, else what the issue was made of."""
        return self.waiting or self.applied


def shelved(works: Works, slug: str | None, state: str | None, page: int) -> tuple[list[IssueRow], bool]:
    """Return a page of issues, from 1, the newest first, and whether there are older ones."""
    with database.reading(works.engine) as store:
        found = shelf.issues(store, slug, state, offset=(page - 1) * PAGE, limit=PAGE + 1)
    return found[:PAGE], len(found) > PAGE


def files(works: Works, slug: str | None, outcome: str | None, page: int) -> tuple[list[Receipt], bool]:
    """Return a page of what became of dropped files, from 1, the newest first, and whether there are older ones."""
    with database.reading(works.engine) as store:
        found = shelf.files(store, slug, outcome, offset=(page - 1) * PAGE, limit=PAGE + 1)
    return found[:PAGE], len(found) > PAGE


def sheet(works: Works, issue_id: int) -> Sheet:
    """Return one issue. There is none: DigestError("error.no_issue")."""
    with database.reading(works.engine) as store:
        row = shelf.get(store, issue_id)
        applied = row and shelf.version(store, issue_id, "applied")
        if row is None or applied is None:
            raise DigestError("error.no_issue", issue=issue_id)
        waiting = shelf.version(store, issue_id, "held")
        told = tuple(shelf.receipts(store, issue_id))
        return Sheet(row, issues.get(store, issue_id), applied, waiting, told)


def original(works: Works, version: Version, at: datetime | None = None) -> Document | None:
    """Return what a file says, read anew from its bytes; None where it cannot be read now."""
    path = datafolder.blob(works.settings.blobs, version.sha256)
    try:
        return understanding.read(Source(version.name, path.read_bytes(), at))
    except (OSError, RejectedError):
        return None
