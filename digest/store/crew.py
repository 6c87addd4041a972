"""The workers of a cluster, as their jobs tell of them (`cluster`)."""

from typing import NamedTuple

from sqlalchemy import Connection, text

SCHEMA = "procrastinate"
"""Where jobs lie in the database."""

GONE_SECONDS = 20.0
"""After so long without a word a worker is taken for dead, and its jobs for lost."""

_CREW = text(
    "SELECT (SELECT count(*) FROM procrastinate.procrastinate_workers"
    "  WHERE last_heartbeat > now() - make_interval(secs => :gone)) AS workers,"
    " count(*) FILTER (WHERE status = 'doing') AS doing, count(*) FILTER (WHERE status = 'todo') AS waiting"
    " FROM procrastinate.procrastinate_jobs"
)


class Crew(NamedTuple):
    """How many workers have been heard of lately, and how many jobs they have in hand and how many wait."""

    workers: int
    doing: int
    waiting: int


def of(connection: Connection) -> Crew | None:
    """Return who works on what lies in this database; None where no workers ever have."""
    if connection.dialect.name != "postgresql":
        return None
    if connection.scalar(text("SELECT to_regclass('procrastinate.procrastinate_jobs')")) is None:
        return None
    return Crew(*connection.execute(_CREW, {"gone": GONE_SECONDS}).one())
