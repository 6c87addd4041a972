"""The issues and the files that they came in, as the desk lists them."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select

from digest import urls
from digest.model import Issue, Masthead
from digest.store import codec
from digest.store.drops import PENDING
from digest.store.schema import article, drop, issue, issue_revision, publication, source

_NEWEST = drop.c.at.desc(), drop.c.claim_id


class IssueRow(NamedTuple):
    """An issue as lists have it: `path` is relative to its paper's home, `is_out` says that readers have it.

    `lead` is what its first article is called, None where none is left.
    `waits` says that a correction of it waits for approval, `error` why it could not be published.
    """

    id: int
    slug: str
    path: str
    day: date
    masthead: Masthead
    lead: str | None
    state: str
    is_out: bool
    published: datetime
    updated: datetime
    articles: int
    withdrawn: int
    waits: bool
    error: str | None


class Receipt(NamedTuple):
    """What became of a dropped file, in the words in which its editor was told; `issue` is the one that it has become."""

    name: str
    slug: str
    outcome: str
    words: str
    at: datetime
    issue: int | None = None


class Version(NamedTuple):
    """An issue as a file has it: its name, the SHA-256 of its bytes, what was found in it, and when."""

    name: str
    sha256: str
    issue: Issue
    at: datetime


def issues(connection: Connection, slug: str | None, state: str | None, *, offset: int, limit: int) -> list[IssueRow]:
    """Return issues, the newest first: of one paper or of all, in one state or in any.

    Held are those that wait for approval themselves, and those of which a correction does.
    """
    newest = issue.c.published_at.desc(), issue.c.id.desc()
    asked = select(issue.c.id).order_by(*newest).offset(offset).limit(limit)
    if slug is not None:
        asked = asked.join(publication).where(publication.c.slug == slug)
    if state == "held":
        asked = asked.where((issue.c.state == "held") | _waits())
    elif state is not None:
        asked = asked.where(issue.c.state == state)
    # Only of these is anything counted: SQLite would do it for all before it puts them into their order.
    query = _rows().where(issue.c.id.in_(asked)).order_by(*newest)
    return [_row(row) for row in connection.execute(query)]


def get(connection: Connection, issue_id: int) -> IssueRow | None:
    """Return an issue as lists have it."""
    row = connection.execute(_rows().where(issue.c.id == issue_id)).one_or_none()
    return None if row is None else _row(row)


def version(connection: Connection, issue_id: int, state: str) -> Version | None:
    """Return what the newest file of an issue holds whose revision is applied, or held."""
    query = (
        select(source.c.name, source.c.sha256, issue_revision.c.parsed, issue_revision.c.created_at)
        .join_from(issue_revision, source)
        .where(issue_revision.c.issue_id == issue_id, issue_revision.c.state == state)
        .order_by(issue_revision.c.rev.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Version(row.name, row.sha256, codec.to_issue(row.parsed), row.created_at)


def receipts(connection: Connection, issue_id: int) -> list[Receipt]:
    """Return what was told of the files of an issue, the newest first."""
    its = select(issue_revision.c.source_id).where(issue_revision.c.issue_id == issue_id)
    query = _told().where(drop.c.source_id.in_(its), drop.c.outcome != PENDING)
    return [Receipt(*row) for row in connection.execute(query)]


def files(connection: Connection, slug: str | None, outcome: str | None, *, offset: int, limit: int) -> list[Receipt]:
    """Return what became of dropped files, the newest first: of one paper or of all, with one outcome or any."""
    settled = drop.c.outcome != PENDING
    asked = select(drop.c.claim_id).where(settled).order_by(*_NEWEST).offset(offset).limit(limit)
    if slug is not None:
        asked = asked.join(publication).where(publication.c.slug == slug)
    if outcome is not None:
        asked = asked.where(drop.c.outcome == outcome)
    return [Receipt(*row) for row in connection.execute(_told().where(drop.c.claim_id.in_(asked)))]


def _told() -> Select[Any]:
    last = select(func.max(issue_revision.c.issue_id)).where(issue_revision.c.source_id == drop.c.source_id)
    columns = drop.c.name, publication.c.slug, drop.c.outcome, drop.c.words, drop.c.at, last.scalar_subquery()
    return select(*columns).join_from(drop, publication).order_by(*_NEWEST)


def _waits() -> Any:
    held = issue_revision.c.issue_id == issue.c.id, issue_revision.c.state == "held"
    return select(issue_revision.c.id).where(*held).exists()


def _rows() -> Select[Any]:
    own = article.c.issue_id == issue.c.id
    live = select(func.count()).where(own, article.c.withdrawn_at.is_(None)).correlate(issue)
    gone = select(func.count()).where(own, article.c.withdrawn_at.is_not(None)).correlate(issue)
    first = select(article.c.title).where(own, article.c.withdrawn_at.is_(None)).order_by(article.c.position).limit(1)
    counts = (
        *(live.scalar_subquery().label("live"), gone.scalar_subquery().label("gone"), _waits().label("waits")),
        first.correlate(issue).scalar_subquery().label("lead"),
    )
    return select(issue, publication.c.slug, *counts).join_from(issue, publication)


def _row(row: Any) -> IssueRow:
    return IssueRow(
        id=row.id,
        slug=row.slug,
        path=urls.issue_path(row.day, row.place),
        day=row.day,
        masthead=codec.to_masthead(row.masthead),
        lead=row.lead,
        state=row.state,
        is_out=row.published_rev is not None,
        published=row.published_at,
        updated=row.updated_at,
        articles=row.live,
        withdrawn=row.gone,
        waits=bool(row.waits),
        error=row.error,
    )
