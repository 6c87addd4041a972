"""How much there was, day by day: what the desk draws."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from digest.store.schema import article, bounce, delivery, digest, publication


class Day(NamedTuple):
    """How many there were on a day (UTC); one may be told of more than once."""

    day: date
    number: int


def articles(connection: Connection, since: datetime) -> list[Day]:
    """Return how many articles were published on each day since a time."""
    at = article.c.published_at
    of_any = article.c.publication_id.in_(select(publication.c.id))  # by which the index of times begins
    return _by_day(connection, at, func.count(), of_any, article.c.public, at >= since)


def letters(connection: Connection, since: datetime) -> list[Day]:
    """Return how many letters went out of each digest made since a time, as of the day it was made.

    Letters are many and digests few: so they are counted by an index, and the day of each is not looked at.
    """
    its = delivery.c.digest_id == digest.c.id, delivery.c.state == "sent"
    sent = select(func.count()).where(*its).correlate(digest).scalar_subquery()
    rows = connection.execute(select(digest.c.created_at, sent).where(digest.c.created_at >= since))
    return [Day(at.date(), number) for at, number in rows]


def bounces(connection: Connection, since: datetime) -> list[Day]:
    """Return how many letters came back, or were complained of, on each day since a time; none counts twice a day."""
    at, returned = bounce.c.at, func.count(bounce.c.delivery_id.distinct())
    return _by_day(connection, at, returned, at >= since, bounce.c.verdict.not_in(["none", "delayed"]))


def _by_day(
    connection: Connection, at: ColumnElement[datetime], count: ColumnElement[int], *which: ColumnElement[bool]
) -> list[Day]:
    day = func.date(at)
    query = select(day, count).where(*which).group_by(day).order_by(day)
    return [Day(date.fromisoformat(text), n) for text, n in connection.execute(query)]
