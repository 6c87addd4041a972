"""What feeds tell of the newest issues, kept as it was rendered: a new issue has only its own rendered.

An issue that changes is published again, and what is kept of it replaced with that.
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from digest.model import RenderedEntry, RenderedIssue
from digest.store.schema import entry, issue

_NUL = b"\0"


def kept(connection: Connection, issue_ids: Collection[int], files: Sequence[str]) -> dict[int, RenderedIssue]:
    """Return what is kept of these issues, by their rows, in the formats of `files`; what was in others is left out."""
    if not issue_ids:
        return {}
    columns = select(issue.c.id, issue.c.published_at).where(issue.c.id.in_(issue_ids))
    published = {row.id: row.published_at for row in connection.execute(columns)}
    rows = connection.execute(select(entry).where(entry.c.issue_id.in_(issue_ids)).order_by(*entry.primary_key)).all()
    found: dict[int, RenderedIssue] = {}
    for issue_id, of_issue in groupby(rows, key=lambda row: row.issue_id):
        own, *told = (_entry(row, files) for row in of_issue)
        if all(one.forms for one in (own, *told)):
            found[issue_id] = RenderedIssue(own.id, published[issue_id], own, tuple(told))
    return found


def kept_whole(connection: Connection, issue_ids: Collection[int], files: Sequence[str]) -> dict[int, RenderedEntry]:
    """Return what is kept of these issues as a whole, as `kept` has it."""
    query = select(entry).where(entry.c.issue_id.in_(issue_ids), entry.c.place == 0)
    found = {row.issue_id: _entry(row, files) for row in connection.execute(query)}
    return {issue_id: one for issue_id, one in found.items() if one.forms}


def keep(
    connection: Connection, publication_id: int, rendered: Mapping[int, RenderedIssue], lasting: Collection[int]
) -> None:
    """Keep what was rendered of issues, given by their rows; of what is kept of others of the paper, only the `lasting`."""
    others = select(issue.c.id).where(issue.c.publication_id == publication_id, issue.c.id.not_in(lasting))
    gone = delete(entry).where(entry.c.issue_id.in_(others) | entry.c.issue_id.in_(rendered))
    connection.execute(gone)
    rows = [
        {
            "issue_id": issue_id,
            "place": place,
            "tag": one.id,
            "updated_at": one.updated,
            "size": one.size,
            "forms": _NUL.join(one.forms.values()),
        }
        for issue_id, found in rendered.items()
        for place, one in enumerate((found.own, *found.entries))
    ]
    if rows:
        connection.execute(insert(entry), rows)


def _entry(row: Row[Any], files: Sequence[str]) -> RenderedEntry:
    """Return an entry, without any bytes where it was not rendered in these formats."""
    forms = row.forms.split(_NUL)
    same = dict(zip(files, forms, strict=True)) if len(forms) == len(files) else {}
    return RenderedEntry(row.tag, row.updated_at, row.size, same)
