"""Articles that an editor takes from readers, and gives back."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from digest.store import revisions, search
from digest.store.schema import article


def find(connection: Connection, publication_id: int, day: date, place: int) -> tuple[int, bool] | None:
    """Return the article at an address, and whether it is withdrawn."""
    here = article.c.publication_id == publication_id, article.c.day == day, article.c.place == place
    row = connection.execute(select(article.c.id, article.c.withdrawn_at).where(*here)).one_or_none()
    return None if row is None else (row.id, row.withdrawn_at is not None)


def of_issue(connection: Connection, issue_id: int, *, withdrawn: bool) -> list[int]:
    """Return the articles of an issue that readers may have, or those that an editor has withdrawn, in print order."""
    which = article.c.withdrawn_by == "editor" if withdrawn else article.c.withdrawn_at.is_(None)
    query = select(article.c.id).where(article.c.issue_id == issue_id, which).order_by(article.c.position)
    return list(connection.scalars(query))


def says(connection: Connection, article_id: int, reason: str) -> bool:
    """Say whether an editor has withdrawn an article for this reason."""
    same = article.c.withdrawn_by == "editor", article.c.withdrawn_reason == reason
    return connection.execute(select(article.c.id).where(article.c.id == article_id, *same)).first() is not None


def withdraw(connection: Connection, article_id: int, reason: str | None, now: datetime) -> None:
    """Withdraw an article, or give another reason for it; its issue is published anew, and no search finds it."""
    search.remove(connection, article.c.id == article_id)
    values = {"withdrawn_by": "editor", "withdrawn_reason": reason}
    _change(connection, article_id, values | {"withdrawn_at": func.coalesce(article.c.withdrawn_at, now)}, now)


def restore(connection: Connection, article_id: int, now: datetime) -> None:
    """Take a withdrawal back: readers get the article again under its old id, as changed.

    It stands at its place in print order, or at the end of its issue where that has become another's.
    """
    same_issue = select(article.c.issue_id).where(article.c.id == article_id).scalar_subquery()
    last = select(func.max(article.c.position)).where(article.c.issue_id == same_issue)
    taken = select(article.c.id).where(
        article.c.issue_id == same_issue,
        article.c.withdrawn_at.is_(None),
        article.c.position == select(article.c.position).where(article.c.id == article_id).scalar_subquery(),
    )
    values: dict[str, Any] = {"withdrawn_at": None, "withdrawn_by": None, "withdrawn_reason": None, "updated_at": now}
    if connection.execute(taken).first() is not None:
        values["position"] = (connection.scalar(last) or 0) + 1
    _change(connection, article_id, values, now)


def _change(connection: Connection, article_id: int, values: dict[str, Any], now: datetime) -> None:
    here = article.c.id == article_id
    revisions.tell(connection, here & article.c.public, now)
    connection.execute(update(article).where(here).values(values | {"rev": article.c.rev + 1}))
    revisions.touch(connection, connection.execute(select(article.c.issue_id).where(here)).scalar_one(), now)
