"""The search index: what a publication adds to it, and how it is made anew."""

from collections.abc import Iterable
from itertools import islice

from digest import search
from digest.model import StoredIssue
from digest.search import Terms
from digest.store import database, issues
from digest.store import search as index
from digest.store.database import Connection, Engine

BATCH = 10
"""How many issues are indexed in one transaction: others write in between."""


def terms(found: Iterable[StoredIssue]) -> dict[str, Terms]:
    """Return the articles of issues as the index takes them, by their ids."""
    return {stored.id: search.of(stored.article) for issue in found for stored in issue.articles}


def is_behind(store: Connection) -> bool:
    """Say whether the index lacks what readers have."""
    return index.version(store) != index.VERSION


def catch_up(engine: Engine, *, anew: bool = False) -> int:
    """Index what readers have and the index lacks, as after an upgrade; return how many issues that were.

    With `anew`, and where it was made in another version, all of it is made again, the newest issues first.
    """
    with database.reading(engine) as store:
        made = index.version(store)
    if made == index.VERSION and not anew:
        return 0
    if made is not None:
        with database.writing(engine) as store:
            index.clear(store)
    with database.reading(engine) as store:
        lacking = index.unindexed(store)
    waiting = iter(lacking)
    while batch := list(islice(waiting, BATCH)):
        with database.reading(engine) as store:
            found = [issues.get(store, issue_id) for issue_id in batch]
        cut = terms(found)
        with database.writing(engine) as store:
            index.record(store, cut)
    with database.writing(engine) as store:
        index.complete(store)
    return len(lacking)
