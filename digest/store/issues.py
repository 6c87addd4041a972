"""Issues and their articles as the stages want them: what is due, what is public, what belongs into a letter."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)

from digest import timing, urls
from digest.model import Article, StoredArticle, StoredIssue, Withdrawal
from digest.store import codec
from digest.store.due import is_due
from digest.store.quiet import is_quiet
from digest.store.schema import article, correction, issue, issue_revision, publication


class Due(NamedTuple):
    """An issue that waits to be published, in the revision that was looked at."""

    id: int
    rev: int


def of_source(connection: Connection, source_id: int) -> int:
    """Return the issue that a source has become, or corrects."""
    made = select(issue_revision.c.issue_id).where(issue_revision.c.source_id == source_id)
    issue_id: int = connection.execute(made.order_by(issue_revision.c.id.desc()).limit(1)).scalar_one()
    return issue_id


def due(connection: Connection, publication_id: int, now: datetime) -> list[Due]:
    """Return the issues that wait to be published and may be, the oldest first."""
    waiting = issue.c.publication_id == publication_id, is_due(issue, now)
    # Asked for their order, SQLite would go through all issues of the paper rather than the few that wait.
    rows = connection.execute(select(issue.c.published_at, issue.c.id, issue.c.rev).where(*waiting))
    return [Due(row.id, row.rev) for row in sorted(rows)]


def waiting_of(connection: Connection, now: datetime) -> frozenset[int]:
    """Return the papers that have issues which wait to be published and may be."""
    return frozenset(connection.scalars(select(issue.c.publication_id).where(is_due(issue, now)).distinct()))


def is_waiting(connection: Connection, issue_id: int, now: datetime) -> bool:
    """Say whether an issue waits for nothing but its turn to be published."""
    return connection.execute(select(issue.c.id).where(issue.c.id == issue_id, is_due(issue, now))).first() is not None


def published(connection: Connection, publication_id: int) -> list[Due]:
    """Return all issues that readers can see, the oldest first."""
    shown = issue.c.publication_id == publication_id, issue.c.published_rev.is_not(None)
    query = select(issue.c.id, issue.c.rev).where(*shown).order_by(issue.c.published_at, issue.c.id)
    return [Due(*row) for row in connection.execute(query)]


def get(connection: Connection, issue_id: int) -> StoredIssue:
    """Return one issue with its articles."""
    return _stored(connection, select(issue).where(issue.c.id == issue_id))[0]


def path(connection: Connection, issue_id: int) -> str:
    """Return the address of an issue."""
    return urls.issue_path(*connection.execute(select(issue.c.day, issue.c.place).where(issue.c.id == issue_id)).one())


def articles(connection: Connection, ids: Collection[int]) -> dict[int, StoredArticle]:
    """Return articles by their rows."""
    return {row.id: stored(row) for row in connection.execute(select(article).where(article.c.id.in_(ids)))}


def article_at(connection: Connection, publication_id: int, day: date, place: int) -> Article | None:
    """Return the article at an address."""
    here = article.c.publication_id == publication_id, article.c.day == day, article.c.place == place
    content = connection.scalar(select(article.c.content).where(*here))
    return content and codec.to_article(content)


def newest(connection: Connection, publication_id: int, also: Iterable[int], limit: int) -> list[int]:
    """Return the published issues and those of `also` that may stand in feeds, newest first, at most `limit`."""
    listed = _listed(publication_id, also).where(~is_quiet(publication_id)).with_only_columns(issue.c.id)
    return list(connection.scalars(listed.limit(limit)))


def latest(connection: Connection, publication_id: int, also: Iterable[int]) -> StoredIssue | None:
    """Return the newest of the published issues and those of `also` that has an article which is not withdrawn."""
    live = exists().where(article.c.issue_id == issue.c.id, article.c.withdrawn_at.is_(None))
    return next(iter(_stored(connection, _listed(publication_id, also).where(live).limit(1))), None)


def seen(connection: Connection, publication_id: int, limit: int) -> list[StoredIssue]:
    """Return the newest issues that may stand in feeds, with those articles only that readers have seen, at most `limit`."""
    listed = _listed(publication_id, ()).where(~is_quiet(publication_id))
    return _stored(connection, listed.limit(limit), article.c.public)


def within(
    connection: Connection, publication_id: int, also: Iterable[int], start: datetime, end: datetime
) -> list[int]:
    """Return the published issues and those of `also` that were published from `start` to before `end`, newest first."""
    times = issue.c.published_at >= start, issue.c.published_at < end
    return list(connection.scalars(_listed(publication_id, also).where(*times).with_only_columns(issue.c.id)))


def neighbours(
    connection: Connection, publication_id: int, also: Iterable[int], start: datetime, end: datetime
) -> tuple[datetime | None, datetime | None]:
    """Return when the last issue before `start` and the first from `end` on were published, as `within` counts them."""
    at = issue.c.published_at
    shown = select(at).where(*_shown(publication_id, also)).limit(1)
    before = connection.scalar(shown.where(at < start).order_by(at.desc()))
    return before, connection.scalar(shown.where(at >= end).order_by(at))


def times(connection: Connection, publication_id: int, which: Iterable[int], *, everything: bool) -> list[datetime]:
    """Return when the issues `which` were published or are to be, or, with `everything`, all that readers can see too."""
    listed = _listed(publication_id, which) if everything else select(issue).where(issue.c.id.in_(list(which)))
    return list(connection.scalars(listed.with_only_columns(issue.c.published_at)))


def printed_title(connection: Connection, publication_id: int) -> str | None:
    """Return the paper's name as the newest issue that prints one has it: of those that readers have, if there is one."""
    name = issue.c.masthead["title"].as_string()
    query = select(name).where(issue.c.publication_id == publication_id, name.is_not(None))
    query = query.order_by(issue.c.published_at.desc(), issue.c.id.desc()).limit(1)
    title: str | None = connection.scalar(query.where(issue.c.published_rev.is_not(None))) or connection.scalar(query)
    return title


def printed_titles(connection: Connection, publication_id: int, newest: int) -> list[str]:
    """Return the paper's name as the newest issues that print one have it, each once."""
    title = issue.c.masthead["title"].as_string()
    query = select(title).where(issue.c.publication_id == publication_id, title.is_not(None))
    return list(dict.fromkeys(connection.scalars(query.order_by(issue.c.published_at.desc()).limit(newest))))


def has_news(connection: Connection, issue_ids: Collection[int]) -> bool:
    """Say whether one of these issues was not backfilled."""
    news = issue.c.id.in_(issue_ids), ~issue.c.backfilled
    return connection.execute(select(issue.c.id).where(*news).limit(1)).first() is not None


def is_withdrawn(connection: Connection, slug: str, day: date, place: int) -> bool:
    """Say whether the article at an address has been withdrawn."""
    here = publication.c.slug == slug, article.c.day == day, article.c.place == place
    query = select(article.c.id).join_from(article, publication).where(*here, article.c.withdrawn_at.is_not(None))
    return connection.execute(query).first() is not None


def mark_published(connection: Connection, publication_id: int, done: Sequence[Due], shown: Collection[str]) -> None:
    """Record that these issues are out in the revision that was looked at, with the articles whose ids are `shown`.

    What has changed meanwhile waits on; a hold that came meanwhile came too late. With a new issue its articles get the
    next places in the order of publication, after those that corrections have added to older issues since: a correction
    alone makes no letter.
    """
    ids = [one.id for one in done]
    new = list(connection.scalars(select(issue.c.id).where(issue.c.id.in_(ids), issue.c.published_rev.is_(None))))
    if done:
        rows = [{"of": one.id, "seen": one.rev} for one in done]
        here, same = issue.c.id == bindparam("of"), issue.c.rev == bindparam("seen")
        out = {"published_rev": bindparam("seen"), "attempts": 0, "error": None, "not_before": issue.c.published_at}
        connection.execute(update(issue).where(here).values(out), rows)
        late = issue.c.id.in_(ids), issue.c.state == "held"
        connection.execute(update(issue).where(*late).values(state="pending"))
        connection.execute(update(issue).where(here, same, issue.c.state == "pending").values(state="published"), rows)
    if shown:
        unseen = update(article).where(article.c.tag == bindparam("shown"), ~article.c.public).values(public=True)
        connection.execute(unseen, [{"shown": tag} for tag in shown])
    if new:
        _count(connection, publication_id, new)


def count_due(connection: Connection, now: datetime) -> None:
    """Count the new issues that are due as if readers had them, so that their publication is no news for letters."""
    for paper in connection.scalars(select(publication.c.id)).all():
        ids = [one.id for one in due(connection, paper, now)]
        unseen = issue.c.id.in_(ids), issue.c.published_rev.is_(None)
        new = list(connection.scalars(select(issue.c.id).where(*unseen)))
        if new:
            live = article.c.issue_id.in_(new), article.c.withdrawn_at.is_(None)
            connection.execute(update(article).where(*live).values(public=True))
            _count(connection, paper, new)


def put_off(connection: Connection, failed: Sequence[Due], now: datetime, error: str) -> None:
    """Have issues that could not be published wait for another try, the longer the more tries there were."""
    for one in failed:
        here = issue.c.id == one.id
        attempts: int = connection.execute(select(issue.c.attempts + 1).where(here)).scalar_one()
        values = {"attempts": attempts, "not_before": now + timing.retry_after(attempts), "error": error}
        connection.execute(update(issue).where(here, issue.c.state == "pending").values(values))


def between(
    connection: Connection, publication_id: int, after: int, through: int, since: datetime, *, backfilled: bool = False
) -> list[StoredIssue]:
    """Return the issues that hold articles with a sequence above `after` and up to `through`, with only those.

    None is older than `since`, by its date where one is stated, else by when it came; or was backfilled, unless these
    are wanted too.
    """
    wanted = article.c.sequence > after, article.c.sequence <= through
    having = select(article.c.issue_id).where(
        article.c.publication_id == publication_id, article.c.withdrawn_at.is_(None), *wanted
    )
    came = select(func.min(issue_revision.c.created_at)).where(issue_revision.c.issue_id == issue.c.id)
    at = case((issue.c.dated.is_not(None), issue.c.published_at), else_=came.scalar_subquery())
    query = select(issue).where(issue.c.id.in_(having), at >= literal(since, issue.c.published_at.type))
    if not backfilled:
        query = query.where(~issue.c.backfilled)
    return _stored(connection, query.order_by(issue.c.published_at.desc(), issue.c.id.desc()), *wanted)


def changed(
    connection: Connection, publication_id: int, after: int, through: int, begun_after: int
) -> list[StoredArticle]:
    """Return the articles up to `after` whose correction, withdrawal or return was counted in the range behind it.

    No letter has told of those that were backfilled, nor anybody who began later of those up to `begun_after`.
    """
    told = correction.c.sequence > after, correction.c.sequence <= through
    query = (
        select(article)
        .join(issue)
        .where(article.c.publication_id == publication_id, article.c.sequence <= after, ~issue.c.backfilled)
        .where(article.c.sequence > begun_after)
        .where(article.c.id.in_(select(correction.c.article_id).where(*told)))
        .order_by(article.c.sequence)
    )
    return [stored(row) for row in connection.execute(query)]


def _count(connection: Connection, publication_id: int, new: Sequence[int]) -> None:
    """Give what has none a place in the order of publication: corrections, late articles, then the new issues."""
    paper = publication.c.id == publication_id
    sequence: int = connection.execute(select(publication.c.sequence).where(paper)).scalar_one()
    untold = correction.c.publication_id == publication_id, correction.c.sequence.is_(None)
    corrections = select(correction.c.id).where(*untold).order_by(correction.c.id)
    uncounted = (
        select(article.c.id)
        .join(issue)
        .where(article.c.publication_id == publication_id, article.c.public, article.c.sequence.is_(None))
        .where(article.c.withdrawn_at.is_(None))
        .order_by(case((issue.c.id.in_(new), 1), else_=0), issue.c.published_at, issue.c.id, article.c.position)
    )
    for table, rows in ((correction, corrections), (article, uncounted)):
        places = [{"of": row, "next": n} for n, row in enumerate(connection.scalars(rows), start=sequence + 1)]
        if places:
            here = table.c.id == bindparam("of")
            connection.execute(update(table).where(here).values(sequence=bindparam("next")), places)
        sequence += len(places)
    connection.execute(update(publication).where(paper).values(sequence=sequence))


def _listed(publication_id: int, also: Iterable[int]) -> Select[Any]:
    newest = issue.c.published_at.desc(), issue.c.id.desc()
    return select(issue).where(*_shown(publication_id, also)).order_by(*newest)


def _shown(publication_id: int, also: Iterable[int]) -> tuple[ColumnElement[bool], ...]:
    seen = or_(issue.c.published_rev.is_not(None), issue.c.id.in_(list(also)))
    return issue.c.publication_id == publication_id, seen


def _stored(connection: Connection, issues: Select[Any], *which: Any) -> list[StoredIssue]:
    rows = connection.execute(issues).all()
    live: dict[int, list[StoredArticle]] = {row.id: [] for row in rows}
    gone: dict[int, list[StoredArticle]] = {row.id: [] for row in rows}
    seen = or_(article.c.withdrawn_at.is_(None), article.c.public)
    query = select(article).where(article.c.issue_id.in_(live), seen, *which).order_by(article.c.position)
    for row in connection.execute(query):
        (live if row.withdrawn_at is None else gone)[row.issue_id].append(stored(row))
    return [
        StoredIssue(
            id=row.tag,
            key=row.key,
            path=urls.issue_path(row.day, row.place),
            masthead=codec.to_masthead(row.masthead),
            language=row.language,
            articles=tuple(live[row.id]),
            published=row.published_at,
            updated=row.updated_at,
            withdrawn=tuple(gone[row.id]),
        )
        for row in rows
    ]


def stored(row: Row[Any]) -> StoredArticle:
    """Return the article of a row of its table."""
    return StoredArticle(
        id=row.tag,
        path=urls.article_path(row.day, row.place),
        article=codec.to_article(row.content),
        published=row.published_at,
        updated=row.updated_at,
        sequence=row.sequence or 0,
        note=row.note,
        withdrawn=None if row.withdrawn_at is None else Withdrawal(row.withdrawn_at, row.withdrawn_reason),
    )
