"""Pictures: which bytes are theirs, and which of their files readers may find."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, exists, insert, or_, select, update

from digest.model import Article, Issue
from digest.store.schema import article, blob, issue, picture


def keep(connection: Connection, parsed: Issue) -> None:
    """Record the bytes that belong to an issue: of its pictures as they came, and of their sizes."""
    shown = [one for each in parsed.articles for one in each.shown]
    names = {sha256: one.name for one in shown for sha256 in (one.original, *(size.sha256 for size in one.sizes))}
    if not names:
        return
    known = set(connection.scalars(select(blob.c.sha256).where(blob.c.sha256.in_(names))))
    rows = [{"sha256": sha256, "name": name} for sha256, name in names.items() if sha256 not in known]
    if rows:
        connection.execute(insert(blob), rows)


def record(connection: Connection, article_id: int, one: Article) -> None:
    """Record what an article shows; what it has shown until now is kept until readers have what is new."""
    here = picture.c.article_id == article_id
    connection.execute(update(picture).where(here).values(current=False))
    known = set(connection.scalars(select(picture.c.path).where(here)))
    paths = {size.path for each in one.shown for size in each.sizes}
    connection.execute(update(picture).where(here, picture.c.path.in_(paths & known)).values(current=True))
    rows = [{"article_id": article_id, "path": path, "current": True} for path in sorted(paths - known)]
    if rows:
        connection.execute(insert(picture), rows)


def retired(connection: Connection, issue_ids: Collection[int]) -> list[str]:
    """Return the files that the articles of issues have shown and that no article of their paper shows to readers."""
    other, others = picture.alias(), article.alias()
    shown = (
        exists()
        .where(other.c.article_id == others.c.id, other.c.path == picture.c.path, other.c.current)
        .where(others.c.publication_id == article.c.publication_id, others.c.withdrawn_at.is_(None))
        .where(or_(others.c.public, others.c.issue_id.in_(issue_ids)))
    )
    query = select(picture.c.path).join_from(picture, article).where(article.c.issue_id.in_(issue_ids), ~shown)
    return sorted(set(connection.scalars(query)))


def settle(connection: Connection, issue_ids: Collection[int]) -> None:
    """Forget what the articles of issues have shown before their last revision, where readers have that."""
    own = select(article.c.id).join(issue).where(issue.c.id.in_(issue_ids), issue.c.state == "published")
    connection.execute(delete(picture).where(picture.c.article_id.in_(own), ~picture.c.current))
