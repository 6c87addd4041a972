"""Seconds: the articles of an issue are published one second apart, so that readers who sort by time keep their order."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from digest.store.schema import article


def free_from(connection: Connection, publication_id: int, at: datetime, count: int, but: int = 0) -> datetime:
    """Return when `count` articles may be published: from `at` on, with none of the paper's others among them.

    Those of the issue `but` do not count.
    """
    others = article.c.publication_id == publication_id, article.c.issue_id != but, article.c.published_at >= at
    for taken in connection.scalars(select(article.c.published_at).where(*others).order_by(article.c.published_at)):
        if taken > complete(at, count):
            break
        at = taken + timedelta(seconds=1)
    return at


def complete(published: datetime, count: int) -> datetime:
    """Return when the last of `count` articles is published: before that, some would be dated in the future."""
    return published + timedelta(seconds=max(count - 1, 0))
