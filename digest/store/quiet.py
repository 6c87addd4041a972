"""Which issues stand in no feed but the archive's: who follows one would take them for news."""

from functools import cache

from sqlalchemy import ColumnElement, Connection, and_, false, func, select

from digest.store.schema import issue


@cache
def is_quiet(publication_id: int) -> ColumnElement[bool]:
    """Return the condition that an issue was backfilled into a paper that had others, and is older than all of these."""
    other = issue.alias()
    own = other.c.publication_id == publication_id, ~other.c.backfilled
    first = select(func.min(other.c.id)).where(*own).scalar_subquery()
    oldest = select(func.min(other.c.published_at)).where(*own).scalar_subquery()
    behind = and_(issue.c.id > first, issue.c.published_at < oldest)
    return and_(issue.c.backfilled, func.coalesce(behind, false()))


def ids(connection: Connection, publication_id: int) -> frozenset[str]:
    """Return the ids of the issues of a paper that are quiet."""
    own = issue.c.publication_id == publication_id, is_quiet(publication_id)
    return frozenset(connection.scalars(select(issue.c.tag).where(*own)))
