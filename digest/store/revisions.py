"""How issues come to be and change: minted once, corrected under the same ids, held and approved."""

import itertools
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, insert, literal, select, union, update

from digest import urls
from digest.errors import StaleError
from digest.model import Article, Issue
from digest.store import codec, digests, pictures, publications, search, seconds, topics
from digest.store.schema import article, correction, issue, issue_revision, source


class Minted(NamedTuple):
    """What an issue is to be known by for good, as its paper decides before it is saved."""

    publication_id: int
    slug: str
    key: str
    day: date
    published: datetime
    backfilled: bool = False


class Held(NamedTuple):
    """A revision that waits for approval."""

    id: int
    source_id: int
    issue: Issue


_MAKE = insert(article).returning(article.c.id, article.c.ordinal)


class _Placed(NamedTuple):
    """A new article, its place in print order, from 1, and when it is published."""

    article: Article
    position: int
    at: datetime


def save(connection: Connection, parsed: Issue, minted: Minted, source_id: int, now: datetime) -> int:
    """Save a new issue in the caller's transaction, minting its ids and addresses; return its row.

    The articles are published one second apart, the first in print order last, so that readers who sort by time
    show them as printed; an issue of the same time goes on counting where another stopped. A key that the paper has
    given to another issue is extended by the place of the day.
    """
    place = _next_place(connection, issue, minted.publication_id, minted.day)
    taken = select(issue.c.id).where(issue.c.publication_id == minted.publication_id, issue.c.key == minted.key)
    key = minted.key if connection.execute(taken).first() is None else f"{minted.key}-{minted.day:%Y%m%d}-{place}"
    tag = urls.tag(*publications.minting(connection), minted.slug, key)
    last = len(parsed.articles)
    published = seconds.free_from(connection, minted.publication_id, minted.published, last)
    row = {
        "publication_id": minted.publication_id,
        "key": key,
        "tag": tag,
        "day": minted.day,
        "place": place,
        "rev": 1,
        "published_at": published,
        "updated_at": published,
        "state": "pending",
        "not_before": seconds.complete(published, last),
        "backfilled": minted.backfilled,
    }
    row |= _printed(parsed)
    issue_id: int = connection.execute(insert(issue).values(row).returning(issue.c.id)).scalar_one()
    _record(connection, issue_id, 1, source_id, parsed, state="applied", now=now)
    placed = enumerate(parsed.articles, start=1)
    _add(connection, issue_id, [_Placed(one, n, published + timedelta(seconds=last - n)) for n, one in placed])
    return issue_id


def candidates(connection: Connection, publication_id: int, parsed: Issue) -> list[int]:
    """Return the issues whose stated number or date is the one that `parsed` states, the newest first."""
    printed = _printed(parsed)
    same = [issue.c[name] == printed[name] for name in ("number", "dated") if printed[name] is not None]
    if not same:
        return []
    own = select(issue.c.id).where(issue.c.publication_id == publication_id)
    # Each has an index of its own, which SQLite leaves aside where one condition asks for both.
    query = select(issue.c.id).where(issue.c.id.in_(union(*(own.where(one) for one in same))))
    return list(connection.scalars(query.order_by(issue.c.published_at.desc(), issue.c.id.desc())))


def undated(connection: Connection, publication_id: int, day: date | None, newest: int) -> list[int]:
    """Return the issues that state neither number nor date: those with `day` in their address, and the `newest` ones."""
    silent = issue.c.publication_id == publication_id, issue.c.number.is_(None), issue.c.dated.is_(None)
    query = select(issue.c.id).where(*silent).order_by(issue.c.id.desc())
    of_day = connection.scalars(query.where(issue.c.day == day)).all()
    return list(dict.fromkeys([*of_day, *connection.scalars(query.limit(newest))]))


def known(connection: Connection, issue_id: int) -> list[tuple[int, Article, bool]]:
    """Return ordinal, content and whether it is withdrawn of each of an issue's articles, in stored order."""
    query = select(article.c.ordinal, article.c.content, article.c.withdrawn_at).where(article.c.issue_id == issue_id)
    rows = connection.execute(query.order_by(article.c.position, article.c.ordinal))
    return [(row.ordinal, codec.to_article(row.content), row.withdrawn_at is not None) for row in rows]


def apply(
    connection: Connection,
    issue_id: int,
    parsed: Issue,
    ordinals: Sequence[int | None],
    *,
    changed: Collection[int],
    vanished: Collection[int],
    source_id: int,
    rev: int,
    published: datetime,
    now: datetime,
) -> None:
    """Correct an issue that is in revision `rev`: `ordinals` says which stored article each of `parsed` is.

    One without an ordinal is new. Ids, addresses and publication dates stay; `updated` moves for what changed; what
    vanished is withdrawn, and comes back with a later file that has it again. What an editor has withdrawn stays so.
    `published` is the publication time of an issue that readers have not seen; other corrections that wait for
    approval are dropped.

    Raises `StaleError` when the issue is no longer in revision `rev`.
    """
    if revision(connection, issue_id) != rev:
        raise StaleError("error.stale")
    here = article.c.issue_id == issue_id
    returned = here & (article.c.withdrawn_by == "revision")
    returning = set(connection.scalars(select(article.c.ordinal).where(returned))) & set(ordinals)
    by_hand = func.coalesce(article.c.withdrawn_by, "") == "editor"
    tell(connection, here & article.c.public & ~by_hand & article.c.ordinal.in_([*changed, *returning, *vanished]), now)
    new = []
    for position, (ordinal, one) in enumerate(zip(ordinals, parsed.articles, strict=True), start=1):
        at = now - timedelta(seconds=position - 1)  # two entries of a feed should not share a time
        if ordinal is None:
            new.append(_Placed(one, position, at))
            continue
        values: dict[str, Any] = {"position": position, **codec.columns(one)}
        if ordinal in changed:
            values["note"] = parsed.correction
        if ordinal in changed or ordinal in returning:
            values |= {"rev": article.c.rev + 1, "updated_at": at}
        if ordinal in returning:
            values |= {"withdrawn_at": None, "withdrawn_by": None}
        _change(connection, here & (article.c.ordinal == ordinal), one, values)
    _add(connection, issue_id, new)
    gone = here & article.c.ordinal.in_(list(vanished)) & article.c.withdrawn_at.is_(None)
    search.remove(connection, gone)
    connection.execute(update(article).where(gone).values(withdrawn_at=now, withdrawn_by="revision"))
    rev = touch(connection, issue_id, now, **_printed(parsed))
    _settle(connection, issue_id, parsed, source_id, rev=rev, now=now)
    _move(connection, issue_id, published, len(parsed.articles))


def _add(connection: Connection, issue_id: int, new: Sequence[_Placed]) -> None:
    """Save more articles, under the next ordinals of their issue and the next places of its day."""
    if not new:
        return
    columns = issue.c.publication_id, issue.c.tag, issue.c.day
    home = connection.execute(select(*columns).where(issue.c.id == issue_id)).one()
    last = select(func.max(article.c.ordinal)).where(article.c.issue_id == issue_id)
    ordinals = itertools.count((connection.scalar(last) or 0) + 1)
    places = itertools.count(_next_place(connection, article, home.publication_id, home.day))
    rows = [
        {
            "publication_id": home.publication_id,
            "issue_id": issue_id,
            "ordinal": ordinal,
            "tag": f"{home.tag}/{ordinal}",
            "day": home.day,
            "place": place,
            "position": one.position,
            "rev": 1,
            "published_at": one.at,
            "updated_at": one.at,
            **codec.columns(one.article),
        }
        for one, ordinal, place in zip(new, ordinals, places, strict=False)
    ]
    made = {row.ordinal: row.id for row in connection.execute(_MAKE, rows)}
    known = [(made[row["ordinal"]], one) for row, one in zip(rows, new, strict=True)]
    topics.add(connection, home.publication_id, [(article_id, one.article, one.at) for article_id, one in known])
    for article_id, one in known:
        if one.article.shown:
            pictures.record(connection, article_id, one.article)


def _change(connection: Connection, which: ColumnElement[bool], one: Article, values: Mapping[str, Any]) -> None:
    """Give a stored article other values, and what is kept of it beside its row."""
    connection.execute(update(article).where(which).values(values))
    row = connection.execute(select(article).where(which)).one()
    topics.record(connection, row.id, row.publication_id, one, row.published_at)
    pictures.record(connection, row.id, one)


def _settle(connection: Connection, issue_id: int, parsed: Issue, source_id: int, *, rev: int, now: datetime) -> None:
    """Record what a source holds as the revision that is applied; what waited for approval beside it is dropped."""
    _drop_held(connection, issue_id, but=source_id)
    own = issue_revision.c.issue_id == issue_id, issue_revision.c.source_id == source_id
    applied = update(issue_revision).where(*own).values(state="applied", rev=rev)
    if not connection.execute(applied).rowcount:
        _record(connection, issue_id, rev, source_id, parsed, state="applied", now=now)


def _drop_held(connection: Connection, issue_id: int, but: int) -> None:
    """Drop the corrections of an issue that waited for approval, except the one from the source `but`."""
    dropped = (
        issue_revision.c.issue_id == issue_id,
        issue_revision.c.state == "held",
        issue_revision.c.source_id != but,
    )
    waiting = select(issue_revision.c.source_id).where(*dropped)
    connection.execute(update(source).where(source.c.id.in_(waiting)).values(state="done"))
    connection.execute(update(issue_revision).where(*dropped).values(state="refused"))


def _move(connection: Connection, issue_id: int, published: datetime, count: int) -> None:
    """Give an issue that readers have not seen, and its articles, another publication time."""
    unseen = (issue.c.id == issue_id) & issue.c.published_rev.is_(None)
    paper = connection.scalar(select(issue.c.publication_id).where(unseen))
    if paper is not None:
        published = seconds.free_from(connection, paper, published, count, but=issue_id)
        times = {"published_at": published, "updated_at": published, "not_before": seconds.complete(published, count)}
        connection.execute(update(issue).where(unseen).values(times))
        rows = select(article.c.id, article.c.position).where(article.c.issue_id == issue_id)
        for row in connection.execute(rows).all():
            at = published + timedelta(seconds=max(count - row.position, 0))
            connection.execute(update(article).where(article.c.id == row.id).values(published_at=at, updated_at=at))
            topics.move(connection, row.id, at)


def revision(connection: Connection, issue_id: int) -> int:
    """Return the revision that an issue is in."""
    rev: int = connection.execute(select(issue.c.rev).where(issue.c.id == issue_id)).scalar_one()
    return rev


def hold(connection: Connection, issue_id: int, parsed: Issue, source_id: int, now: datetime) -> None:
    """Keep a revision for approval; readers see nothing of it."""
    rev = _next_revision(connection, issue_id)
    _record(connection, issue_id, rev, source_id, parsed, state="held", now=now)


def refuse(connection: Connection, issue_id: int, parsed: Issue, source_id: int, now: datetime) -> None:
    """Keep a revision that is not to be applied."""
    rev = _next_revision(connection, issue_id)
    _record(connection, issue_id, rev, source_id, parsed, state="refused", now=now)


def newest(connection: Connection, issue_id: int) -> int:
    """Return the source that came last of those that an issue was made of."""
    applied = issue_revision.c.issue_id == issue_id, issue_revision.c.state == "applied"
    return connection.scalar(select(func.max(issue_revision.c.source_id)).where(*applied)) or 0


def held(connection: Connection, issue_id: int) -> Held | None:
    """Return the newest revision of an issue that waits for approval."""
    waiting = issue_revision.c.issue_id == issue_id, issue_revision.c.state == "held"
    query = select(issue_revision).where(*waiting).order_by(issue_revision.c.rev.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return None if row is None else Held(row.id, row.source_id, codec.to_issue(row.parsed))


def hold_issue(connection: Connection, issue_id: int) -> bool:
    """Hold an issue that readers have not seen; say whether it is held now."""
    where = issue.c.id == issue_id, issue.c.published_rev.is_(None)
    return connection.execute(update(issue).where(*where).values(state="held")).rowcount > 0


def is_held(connection: Connection, issue_id: int) -> bool:
    """Say whether an issue waits for approval."""
    found: bool = connection.execute(select(issue.c.state == "held").where(issue.c.id == issue_id)).scalar_one()
    return found


def let_out(connection: Connection, issue_id: int) -> bool:
    """Have a held issue published; say whether it was held."""
    where = issue.c.id == issue_id, issue.c.state == "held"
    return connection.execute(update(issue).where(*where).values(state="pending")).rowcount > 0


def hasten(connection: Connection, issue_id: int, now: datetime) -> bool:
    """Have an issue that readers have not seen published at once, whatever it waits for; say whether it was one."""
    unseen = issue.c.id == issue_id, issue.c.published_rev.is_(None)
    if not connection.execute(update(issue).where(*unseen).values(state="pending")).rowcount:
        return False
    articles = select(func.count()).where(article.c.issue_id == issue_id)
    count: int = connection.execute(articles).scalar_one()
    _move(connection, issue_id, now.replace(microsecond=0) - timedelta(seconds=count), count)
    return True


def find(connection: Connection, publication_id: int, named: str) -> list[tuple[int, str]]:
    """Return the issues of this key, number, date or address below the paper's home (`2026/11/20/`), with their address."""
    query = select(issue).where(issue.c.publication_id == publication_id).order_by(issue.c.id)
    rows = [(row, urls.issue_path(row.day, row.place)) for row in connection.execute(query)]
    exact = [(row.id, path) for row, path in rows if named == row.key or named.strip("/") == path.strip("/")]
    return exact or [(row.id, path) for row, path in rows if named in {str(row.number), str(row.dated), str(row.day)}]


def tell(connection: Connection, which: ColumnElement[bool], now: datetime) -> None:
    """Note for letters that these articles are no longer what subscribers have been, or are about to be, sent."""
    rows = select(article.c.publication_id, article.c.id, literal(now, correction.c.at.type)).where(which)
    connection.execute(insert(correction).from_select(["publication_id", "article_id", "at"], rows))
    counted = select(article.c.sequence, article.c.publication_id).where(which, article.c.sequence.is_not(None))
    for row in connection.execute(counted).all():
        digests.make_stale(connection, row.sequence, row.publication_id)


def touch(connection: Connection, issue_id: int, now: datetime, **printed: Any) -> int:
    """Give an issue its next revision, to be published; one that is held stays held."""
    here = issue.c.id == issue_id
    rev = _next_revision(connection, issue_id)
    connection.execute(update(issue).where(here).values(printed | {"rev": rev, "updated_at": now}))
    connection.execute(update(issue).where(here, issue.c.state == "published").values(state="pending"))
    return rev


def _printed(parsed: Issue) -> dict[str, Any]:
    """Return the columns that say what an issue prints of itself."""
    masthead = parsed.masthead
    return {
        "language": parsed.language,
        "masthead": codec.from_masthead(masthead),
        "number": masthead.number,
        "dated": masthead.stated_date,
    }


def _record(
    connection: Connection, issue_id: int, rev: int, source_id: int, parsed: Issue, *, state: str, now: datetime
) -> None:
    row = {"issue_id": issue_id, "rev": rev, "source_id": source_id, "state": state, "created_at": now}
    connection.execute(insert(issue_revision).values(row | {"parsed": codec.from_issue(parsed)}))
    pictures.keep(connection, parsed)


def _next_revision(connection: Connection, issue_id: int) -> int:
    """Return a revision number that the issue has not had: held ones have numbers too."""
    last = select(func.max(issue_revision.c.rev)).where(issue_revision.c.issue_id == issue_id)
    return max(revision(connection, issue_id), connection.scalar(last) or 0) + 1


def _next_place(connection: Connection, table: Any, publication_id: int, day: date) -> int:
    """Return the next free place of a day, from 1."""
    of_day = table.c.publication_id == publication_id, table.c.day == day
    return (connection.scalar(select(func.max(table.c.place)).where(*of_day)) or 0) + 1
