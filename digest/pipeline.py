"""The straight path, from a dropped file to feed, site and letter.

    inbox ── claim ─ read ─ parse ─ annotate ─ match ─▶ issues      ingest
    issues ── site.render, feeds.render ─▶ public/                  publish
    issues ── mail.compose, mail.render ─▶ digest, deliveries       compose
    deliveries ── channel.send ─▶ the world                         deliver

Each step finds its work in the database, computes outside of transactions, and ends in one short transaction that
also moves the state: begun again after a crash, it finishes what it began. `now` is always an argument.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from digest import composing, indexing, intake, mailing, publishing
from digest.model import StoredIssue
from digest.receipts import Outcome
from digest.settings import Publication
from digest.store import database, drops, issues, publications, search, sources
from digest.works import Works

MOST = 100
"""How many issues of a paper are published at a time: an archive that comes at once is larger than the memory."""


def ingest(works: Works, now: datetime) -> list[Outcome]:
    """Take in every file that has settled: a new issue, a correction, nothing new, or rejected with a reason."""
    outcomes = []
    for claim in works.inbox.claim():
        outcomes.append(intake.take(works, claim, now))
        works.pulse.beat()
    with database.reading(works.engine) as store:
        left = sources.due(store, [paper.slug for paper in works.settings.publications], now, MOST)
    for source_id in left:  # of which no claim is there to tell
        with suppress(*intake.PASSING):
            intake.settle(works, source_id, now)
    return outcomes


def receive(works: Works, now: datetime) -> list[Outcome]:
    """Admit every file that has settled, and finish those whose sources others have settled; return what was finished."""
    with database.reading(works.engine) as store:
        pending = drops.pending(store)
    outcomes = []
    for claim in works.inbox.claim():
        if claim.id not in pending:
            outcomes.append(intake.receive(works, claim, now))
            works.pulse.beat()
    return [outcome for outcome in outcomes if outcome.kind != "admitted"]


def publish(
    works: Works, now: datetime, *, everything: bool = False, progress: publishing.Progress = publishing.silent
) -> list[StoredIssue]:
    """Write what changed of every paper that has something to publish; return the issues that were waiting, `MOST` at most.

    With `everything`, and where the site is not there or was written for another address, by another program or with
    other templates, all that is public is. A paper that fails is tried again later and keeps no other from its readers;
    the first failure is raised when all have had their turn. `progress` is told after each issue how many of how many
    are written.
    """
    published: list[StoredIssue] = []

    def write(publication: Publication) -> None:
        published.extend(publish_paper(works, publication, now, everything=everything, progress=progress))

    failures = _in_turn(works, write)
    indexing.catch_up(works.engine, anew=everything)
    if failures:
        raise failures[0]
    return published


def publish_paper(
    works: Works,
    publication: Publication,
    now: datetime,
    *,
    everything: bool = False,
    progress: publishing.Progress = publishing.silent,
) -> list[StoredIssue]:
    """Do the same for one paper; nothing where another process is at it."""
    with database.reading(works.engine) as store:
        row = publications.id_of(store, publication.slug)
    if not any(_wanted(works, publication, now, everything=everything)):
        return []
    with database.alone(works.engine, "paper", row) as ours:
        due, whole = _wanted(works, publication, now, everything=everything) if ours else ([], False)
        if not due and not whole:
            return []
        if whole:
            with database.writing(works.engine) as store:
                publications.want_all_of(store, row)  # should this be cut off, the next one finishes it
        try:
            return publishing.write(works, publication, due, now, whole=whole, progress=progress)
        except Exception as error:
            with database.writing(works.engine) as store:
                issues.put_off(store, due, now, f"{type(error).__name__}: {error}")
            error.add_note(f"issues {', '.join(map(str, due))}")
            raise


def _wanted(
    works: Works, publication: Publication, now: datetime, *, everything: bool
) -> tuple[list[issues.Due], bool]:
    """Return which issues of a paper wait to be published, and whether all that is public of it is to be written."""
    with database.reading(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        due = issues.due(store, row, now)[:MOST]
        written = publications.edition(store, row)
    is_there = (works.folder(publication) / "index.html").exists()
    return due, everything or not is_there or written != works.edition(publication)


def republish(works: Works) -> None:
    """Have the next publication, whoever's it is, write and index all that is public."""
    with database.writing(works.engine) as store:
        publications.want_everything(store)
        search.clear(store)


def compose(works: Works, now: datetime) -> int:
    """Make the letters that subscribers wait for, and a delivery for each of them; return how many letters.

    A paper that fails keeps no other from its subscribers; the first failure is raised when all have had their turn.
    """
    made: list[int] = []
    failures = _in_turn(works, lambda publication: made.append(composing.make(works, publication, now)))
    if failures:
        raise failures[0]
    return sum(made)


def deliver(works: Works, now: datetime) -> int:
    """Send what subscribers have asked for, then letters, then notices to the office, until the service is to stop.

    Return how many deliveries were seen to.

    One recipient's trouble is that recipient's. Trouble of the channel itself (ChannelError) ends the run, and all that
    was not sent waits for the next; a paper whose sender is refused (SenderError) waits, and keeps no other waiting.
    """
    with mailing.begun(works, now) as run:
        run.answer()
        run.deliver()
        run.notify()
    return run.done


def _in_turn(works: Works, work: Callable[[Publication], None]) -> list[Exception]:
    """Let every paper have its turn, whatever became of those before it; return the failures."""
    failures: list[Exception] = []
    for publication in works.settings.publications:
        try:
            work(publication)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the other papers do not wait for it
            error.add_note(f"paper {publication.slug}")
            failures.append(error)
    return failures
