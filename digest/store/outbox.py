"""The outbox: deliveries and their states (DESIGN.md, Letters; reliability.md 2.1).

pending → claimed → data → sent | pending again | failed | uncertain, and cancelled. `data` is marked just before the
last dot of a message: what is found in it after a crash may or may not have arrived.

Who has claimed a delivery stands in it, as the number of a mailer, which holds a lock of that number as long as it lives
(`database.alone`); 0 is the only one, where there is but one. Who finds the lock free lets go of what was claimed, and
what a mailer says of a claim that is not its own any more, other than that it is out, changes nothing.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, or_, select, update

from digest.model import Letter
from digest.store.database import is_free, make_last
from digest.store.due import LONGEST_RETRY, is_due_between
from digest.store.prepared import Prepared
from digest.store.schema import article, delivery, digest, fact, issue, publication, subscriber, subscription

_IS_FREE = digest.c.state == "ready", digest.c.halt.is_distinct_from("halted")
"""The conditions that a digest's letters may go."""

_THIS = delivery.c.id == bindparam("this")
_CLAIMED_STATES = ("claimed", "data")
_OURS = and_(or_(delivery.c.state == "claimed", delivery.c.state == "data"), delivery.c.mailer == bindparam("mailer"))
_WANTED = (
    select(digest.c.version)
    .join_from(digest, subscription, subscription.c.publication_id == digest.c.publication_id)
    .join(subscriber)
    .where(digest.c.id == delivery.c.digest_id, subscriber.c.id == delivery.c.subscriber_id)
    .where(subscriber.c.state == "active", subscription.c.state == "active")
)
_BRING = _WANTED.where(*_IS_FREE, digest.c.version == bindparam("version")).correlate(delivery)
_MARK_DATA = Prepared(update(delivery).where(_THIS, _OURS, _BRING.exists()).values(state="data"))
_MARK_SENT = Prepared(update(delivery).where(_THIS).values(state="sent", done_at=bindparam("now"), error=None))
_ITS = (
    select(digest.c.id)
    .join_from(digest, publication)
    .where(digest.c.id == delivery.c.digest_id, *_IS_FREE)
    .where(publication.c.slug.in_(bindparam("slugs", expanding=True)))
    .correlate(delivery)
)
_DUE = (
    select(delivery.c.id)
    .where(is_due_between(delivery, bindparam("now"), bindparam("latest")), _ITS.exists())
    .order_by(delivery.c.not_before.nulls_first(), delivery.c.id)
    .limit(bindparam("most"))
)
"""In the order of the index, so that a claim sees no more of those that wait than it takes."""
_FREE = _DUE.with_for_update(skip_locked=True, of=delivery)
_CLAIM = update(delivery).where(delivery.c.id.in_(bindparam("these", expanding=True))).values(state="claimed")
_FACTS = [
    *(delivery.c.id, delivery.c.digest_id, digest.c.version, publication.c.slug),
    *(subscriber.c.email, subscriber.c.public_id, subscriber.c.token_version),
    *(delivery.c.message_id, delivery.c.created_at, delivery.c.attempts),
]
_CLAIMED = (
    select(*_FACTS)
    .join_from(delivery, digest)
    .join(publication)
    .join(subscriber)
    .where(delivery.c.id.in_(bindparam("these", expanding=True)))
    .order_by(delivery.c.id)
)


_PAUSE = "mail paused"


class Claimed(NamedTuple):
    """A delivery that this process has taken upon itself, and whose it is."""

    id: int
    digest_id: int
    version: int
    slug: str
    email: str
    public_id: str
    token_version: int
    message_id: str
    created_at: datetime
    attempts: int


class Delivery(NamedTuple):
    """A delivery as lists show it; `since` is when its state was final, else when the letter was made."""

    id: int
    slug: str
    email: str
    state: str
    since: datetime
    error: str | None


def claim(connection: Connection, now: datetime, most: int, slugs: Collection[str], mailer: int = 0) -> list[Claimed]:
    """Take up to `most` deliveries that are due, of these papers: what a paper that is no more left behind waits."""
    facts = {"now": now, "latest": now + LONGEST_RETRY, "slugs": list(slugs), "most": most}
    these = connection.scalars(_FREE, facts).all()
    connection.execute(_CLAIM.values(mailer=mailer), {"these": these})
    return [Claimed(*row) for row in connection.execute(_CLAIMED, {"these": these})]


def count_open(connection: Connection, now: datetime, slugs: Collection[str], most: int) -> int:
    """Return how many deliveries of these papers are due, or claimed and not done with; `most` where there are more."""
    facts = {"now": now, "latest": now + LONGEST_RETRY, "slugs": list(slugs), "most": most}
    due = len(connection.scalars(_DUE, facts).all())
    claimed = select(func.count()).select_from(delivery).where(delivery.c.state.in_(_CLAIMED_STATES))
    return min(due + connection.execute(claimed).scalar_one(), most)


def is_wanted(connection: Connection, delivery_id: int, mailer: int = 0) -> bool:
    """Say whether a claimed delivery is still to go, and its recipient still subscribed (mail.md 3.7)."""
    query = select(delivery.c.id).where(delivery.c.id == delivery_id, _OURS, _WANTED.correlate(delivery).exists())
    return connection.execute(query, {"mailer": mailer}).first() is not None


def letter(connection: Connection, digest_id: int, version: int) -> Letter | None:
    """Return the letter that a digest's recipients share; None where it is another by now, or not to go."""
    this = digest.c.id == digest_id, digest.c.version == version, *_IS_FREE
    row = connection.execute(select(digest.c.subject, digest.c.html, digest.c.text).where(*this)).one_or_none()
    return None if row is None else Letter(subject=row.subject, html=row.html, text=row.text)


def mark_data(connection: Connection, delivery_id: int, version: int, mailer: int = 0) -> bool:
    """Mark that the last dot is about to be sent: from here on only the server knows.

    Say whether it may be: it is still claimed by this mailer, the recipient still subscribed (mail.md 3.7), and this
    version of the letter still to go.
    """
    make_last(connection)
    return _MARK_DATA.run(connection, this=delivery_id, version=version, mailer=mailer) == 1


def mark_sent(connection: Connection, delivery_id: int, now: datetime) -> None:
    """Mark that the channel has taken the message."""
    _MARK_SENT.run(connection, this=delivery_id, now=now)


def retry(connection: Connection, delivery_id: int, not_before: datetime, error: str, mailer: int = 0) -> None:
    """Put a delivery back for a later try."""
    again = {"state": "pending", "not_before": not_before, "error": error, "attempts": delivery.c.attempts + 1}
    _set(connection, delivery_id, mailer, **again)


def fail(connection: Connection, delivery_id: int, now: datetime, error: str, mailer: int = 0) -> None:
    """Give a delivery up for good."""
    _set(connection, delivery_id, mailer, state="failed", done_at=now, error=error)


def cancel(connection: Connection, delivery_id: int, now: datetime, mailer: int = 0) -> None:
    """Drop a delivery that its recipient no longer wants."""
    _set(connection, delivery_id, mailer, state="cancelled", done_at=now)


def doubt(connection: Connection, delivery_id: int, error: str, mailer: int = 0) -> None:
    """Mark that only the server knows what became of a delivery."""
    _set(connection, delivery_id, mailer, state="uncertain", error=error)


def count_try(
    connection: Connection,
    delivery_ids: list[int],
    error: str,
    *,
    now: datetime,
    made_before: datetime,
    tries: int,
    mailer: int = 0,
) -> None:
    """Count a try of claimed deliveries that nobody could be served with; whoever is due stays due.

    Those whose letter was made before `made_before`, and that have been tried `tries` times, are failed.
    """
    claimed = delivery.c.id.in_(delivery_ids), delivery.c.state == "claimed", delivery.c.mailer == mailer
    connection.execute(update(delivery).where(*claimed).values(attempts=delivery.c.attempts + 1, error=error))
    late = delivery.c.created_at < made_before, delivery.c.attempts >= tries
    connection.execute(update(delivery).where(*claimed, *late).values(state="failed", done_at=now))


def pause_domain(connection: Connection, domain: str, until: datetime, error: str) -> None:
    """Have all that waits for the recipients of a domain wait until a time, and nobody be the worse for it."""
    its = select(subscriber.c.id).where(func.lower(subscriber.c.email_norm).endswith(f"@{domain}", autoescape=True))
    _pause(connection, delivery.c.subscriber_id.in_(its), until, error)


def pause_paper(connection: Connection, slug: str, until: datetime, error: str) -> None:
    """Have all letters of a paper wait until a time."""
    its = select(digest.c.id).join(publication).where(publication.c.slug == slug)
    _pause(connection, delivery.c.digest_id.in_(its), until, error)


def release(connection: Connection, delivery_ids: list[int], *, resend: bool, mailer: int = 0) -> None:
    """Let go of deliveries: claimed ones wait again; of those whose last dot was about to be sent nobody knows.

    These are uncertain, or sent again where that is wanted.
    """
    _let_go(connection, and_(delivery.c.id.in_(delivery_ids), delivery.c.mailer == mailer), resend)


def recover(connection: Connection, *, resend: bool) -> None:
    """Let go of what mailers had claimed that are no more, or a run that could not even say so."""
    mailers = select(delivery.c.mailer).where(delivery.c.state.in_(_CLAIMED_STATES)).distinct()
    for mailer in connection.scalars(mailers).all():
        if mailer is None or is_free(connection, "mailer", mailer):
            _let_go(connection, delivery.c.mailer.is_not_distinct_from(mailer), resend)


def pause(connection: Connection, until: datetime) -> None:
    """Have no run begin before a time: the channel is out of order, whoever tries it."""
    connection.execute(delete(fact).where(fact.c.name == _PAUSE))
    connection.execute(insert(fact).values(name=_PAUSE, value=until.isoformat()))


def is_paused(connection: Connection, now: datetime) -> bool:
    """Say whether no run is to begin yet; a pause that a clock has set that stood ahead is none."""
    until = connection.scalar(select(fact.c.value).where(fact.c.name == _PAUSE))
    return until is not None and now < datetime.fromisoformat(until) <= now + LONGEST_RETRY


def note_boot(connection: Connection, boot: str) -> None:
    """Note which start of the machine this is. After a power cut, marks may be lost: whatever is claimed may be sent."""
    here = fact.c.name == "boot"
    known = connection.scalar(select(fact.c.value).where(here))
    if known is None:
        connection.execute(insert(fact).values(name="boot", value=boot))
    elif known != boot:
        connection.execute(update(delivery).where(delivery.c.state == "claimed").values(state="data"))
        connection.execute(update(fact).where(here).values(value=boot))


def listed(connection: Connection, states: Collection[str]) -> list[Delivery]:
    """Return the deliveries in some of the states, the oldest first."""
    since = func.coalesce(delivery.c.done_at, delivery.c.created_at)
    columns = delivery.c.id, publication.c.slug, subscriber.c.email, delivery.c.state, since, delivery.c.error
    query = select(*columns).join_from(delivery, digest).join(publication).join(subscriber)
    rows = connection.execute(query.where(delivery.c.state.in_(states)).order_by(delivery.c.id))
    return [Delivery(*row) for row in rows]


def resend(connection: Connection, delivery_id: int, now: datetime) -> bool:
    """Have a delivery that failed or is uncertain wait as if it were new, under its old Message-ID; say whether so."""
    anew = {"state": "pending", "created_at": now, "attempts": 0, "not_before": None, "error": None, "done_at": None}
    return _settle(connection, delivery_id, ("failed", "uncertain"), anew)


def drop(connection: Connection, delivery_id: int, now: datetime) -> bool:
    """Cancel a delivery that waits, failed or is uncertain; say whether it was one."""
    return _settle(connection, delivery_id, ("pending", "failed", "uncertain"), {"state": "cancelled", "done_at": now})


class Told(NamedTuple):
    """How many letters that hold an article of an issue are sent, and how many are still to go."""

    sent: int
    waiting: int


def told(connection: Connection, issue_id: int) -> Told:
    """Return how far the letters about an issue are; what may have arrived counts as sent."""
    first, last = func.min(article.c.sequence), func.max(article.c.sequence)
    begin, end = connection.execute(select(first, last).where(article.c.issue_id == issue_id)).one()
    if begin is None:
        return Told(0, 0)
    paper = select(issue.c.publication_id).where(issue.c.id == issue_id).scalar_subquery()
    holding = digest.c.publication_id == paper, digest.c.after < end, digest.c.through >= begin
    query = select(delivery.c.state, func.count().label("letters")).join_from(delivery, digest).where(*holding)
    found = {row.state: row.letters for row in connection.execute(query.group_by(delivery.c.state))}
    sent, waiting = ("sent", "data", "uncertain"), ("pending", "claimed")
    return Told(sum(found.get(state, 0) for state in sent), sum(found.get(state, 0) for state in waiting))


def _let_go(connection: Connection, which: ColumnElement[bool], resend: bool) -> None:
    for held, then in (("data", "pending" if resend else "uncertain"), ("claimed", "pending")):
        connection.execute(update(delivery).where(which, delivery.c.state == held).values(state=then))


def _pause(connection: Connection, which: ColumnElement[bool], until: datetime, error: str) -> None:
    sooner = or_(delivery.c.not_before.is_(None), delivery.c.not_before < until)
    waiting = update(delivery).where(delivery.c.state == "pending", which, sooner)
    connection.execute(waiting.values(not_before=until, error=func.coalesce(delivery.c.error, error)))


def _settle(connection: Connection, delivery_id: int, states: Sequence[str], values: dict[str, object]) -> bool:
    this = delivery.c.id == delivery_id, delivery.c.state.in_(states)
    return connection.execute(update(delivery).where(*this).values(values)).rowcount == 1


def _set(connection: Connection, delivery_id: int, mailer: int, **values: object) -> None:
    this = delivery.c.id == delivery_id, delivery.c.mailer == mailer
    connection.execute(update(delivery).where(*this).values(values))
