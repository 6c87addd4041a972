"""A folder of issues: all of it is read, then the issues are taken in one by one, the oldest first."""

import errno
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from digest import filing, inbox, wordfiles
from digest.analysis.lexicon import Learned
from digest.errors import DigestError, RejectedError
from digest.model import Remark, Source
from digest.operations.backfill import files, stage, worker
from digest.operations.backfill.files import File
from digest.operations.backfill.report import LOST, Report, Row
from digest.operations.backfill.stage import Staged
from digest.operations.backfill.worker import Duty, Read
from digest.settings import Publication
from digest.store import database, drops, issues, publications, sources, terms
from digest.works import Works

LOW = 0.7
"""Below this confidence, 0 to 1, a person should see how an issue was divided."""

PART = 100
"""After how many issues others may begin to publish them."""

PATIENCE = 6
"""How often an issue is begun again to which the database is locked; each time waits by itself (`database.patience`)."""

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_ENDINGS = {"moving": "backfill.moving", "undated": "backfill.undated"}

Progress = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]
"""Gives, for the code of a step's name, what is told how many of how many are done."""


class _Filed(NamedTuple):
    """What became of a source: an issue at `url`, which is not `unlike`, though that has its number or date.

    `outcome` is taken, held (it waits for approval), known (these bytes have come meanwhile), or second (the issue is
    there, made of another file).
    """

    outcome: str
    url: str
    unlike: str | None = None


def nothing() -> None:
    """Do nothing when a part is in."""


def take_in(
    works: Works,
    publication: Publication,
    folder: Path,
    now: datetime,
    *,
    processes: int,
    progress: Progress,
    then: Callable[[], None] = nothing,
) -> Report:
    """Take in all issues below `folder` that are not in yet, and return what became of each file.

    A run that was cut short, however that came, is gone on with by the next. Nothing is published here: `then` is
    called whenever `PART` more issues are in.

    Raises:
        DigestError: "error.backfilling" where another process is at it, "error.backfill_own" where the site and all
            else of the service's own would be read too.
        OSError: the folder cannot be read, or the disk refuses; what is in is in.
    """
    data, place = works.settings.data.resolve(), folder.resolve(strict=True)
    if data.is_relative_to(place) or place.is_relative_to(data):
        raise DigestError("error.backfill_own", folder=str(folder), data=str(data))
    duty = _duty(works, publication)
    found = list(files.find(folder))
    with stage.opened(works.settings.data / "cache" / "backfill", _signature(works, duty)) as shelf:
        duty = replace(duty, stage=shelf)
        with progress("cli.backfill.reading") as tell:
            read = []
            for one in _read(duty, found, processes):
                read.append(one)
                tell(len(read), len(found))
        taken, rows = 0, [*map(Row._make, stage.told(shelf)), *filter(None, map(_unread, read))]
        waiting = {one.key: one for one in sorted(_waiting(read), key=_turn, reverse=True)}
        with progress("cli.backfill.saving") as tell:
            for n, one in enumerate(sorted(waiting.values(), key=_turn), start=1):
                told = list(_taken(works, publication, shelf, one, now))
                rows += told
                if not any(row.kind in LOST for row in told):
                    taken += 1
                    stage.tell(shelf, told)  # the next run, if this one is cut short, finds the issue there
                    if taken % PART == 0:
                        then()
                tell(n, len(waiting))
    known = sum(one.fate == "known" for one in read) + len(_waiting(read)) - len(waiting)
    return Report(len(found), taken, known, tuple(sorted(rows, key=lambda row: row[:4])))


def _waiting(read: Sequence[Read]) -> list[Read]:
    return [one for one in read if one.fate == "waiting"]


def _turn(one: Read) -> Any:
    """Return what tells when an issue's turn is; of those of one day and number, the one that was read best is first."""
    modified = one.modified.timestamp() if one.modified else 0.0
    number = one.number is None, one.number or 0
    return one.day, number, -round(one.confidence, 2), -modified, one.file.name, one.key


def _duty(works: Works, publication: Publication) -> Duty:
    settings = works.settings
    with database.reading(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        known, learned = sources.settled(store, row), terms.learned(store, row, Learned().version)
    return Duty(
        stage=settings.data,
        cache=settings.data / "cache",
        root=settings.root,
        settings=settings.analysis,
        learned=Learned(*learned) if learned else Learned(),
        max_bytes=settings.inbox.max_bytes,
        known=known,
    )


def _signature(works: Works, duty: Duty) -> str:
    """Return what a stage is good for: what issues are understood by, on this start of the machine.

    What the archive tells of its words is left out: it changes while issues are taken in.
    """
    boot = _BOOT.read_text() if _BOOT.exists() else ""
    what = works.version, duty.settings, duty.max_bytes, wordfiles.signature(duty.root), boot
    return hashlib.sha256(repr(what).encode()).hexdigest()[:16]


def _read(duty: Duty, found: Sequence[File], processes: int) -> Iterator[Read]:
    """Read files in their order. One that ends the process that reads it is refused.

    Which one it was, only a file that is read alone tells: after an end, the first that is left is.
    """
    left, alone = list(found), processes == 1
    while left:
        done, part = 0, left[:1] if alone and processes > 1 else left
        try:
            with _pool(duty, 1 if alone else min(processes, len(part))) as pool:
                for one in pool.map(worker.read, part):
                    done += 1
                    yield one
        except BrokenProcessPool:
            if alone:
                yield Read(left[done], "refused", why=Remark("rejected.reader_failed", {"detail": "SIGKILL"}))
                done += 1
            alone = not alone or processes == 1
        else:
            alone = processes == 1
        left = left[done:]


@contextmanager
def _pool(duty: Duty, processes: int) -> Iterator[ProcessPoolExecutor]:
    """Give processes that share what their modules load: one has loaded them, and the others are its forks.

    Raises ChildProcessError where none can be begun.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([worker.__name__, "rjieba"])
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=worker.prepare, initargs=(duty,))
    try:
        try:
            pool.submit(os.getpid).result()
        except BrokenProcessPool as error:
            raise ChildProcessError(errno.ECHILD, os.strerror(errno.ECHILD)) from error
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _taken(works: Works, publication: Publication, place: Path, one: Read, now: datetime) -> Iterator[Row]:
    """Take in an issue that waits, and yield what a person should know of it."""
    name = one.file.name
    try:
        source = files.source(one.file, works.settings.inbox.max_bytes)
    except (BlockingIOError, RejectedError):
        source = None
    staged = stage.get(place, one.key)
    if source is None or staged is None or source.key != one.key:
        yield Row(name, "moving", "", "backfill.moving", {})
        return
    outcome, url, other = _filed_patiently(works, publication, replace(source, name=name), staged, now)
    if outcome == "second":
        yield Row(name, "second", url, "backfill.second", {"url": url})
        return
    if other:
        yield Row(name, "unlike", url, "receipt.unlike", {"url": other})
    if outcome == "held":
        yield Row(name, "held", url, "backfill.held", {"url": url})
    elif one.confidence < LOW:
        yield Row(name, "doubtful", url, "backfill.doubtful", {"confidence": round(one.confidence * 100)})
    if one.origin == "text":
        yield Row(name, "guessed", url, "remark.date_text", {"date": one.day.isoformat()})
    if one.day > now.astimezone(publication.zone).date():
        yield Row(name, "future", url, "backfill.future", {"date": one.day.isoformat()})


def _filed_patiently(works: Works, publication: Publication, source: Source, staged: Staged, now: datetime) -> _Filed:
    """Make an issue of a source; a service beside may keep the database for longer than one write waits."""
    for _ in range(PATIENCE):
        with suppress(database.Trouble):
            return _filed(works, publication, source, staged, now)
    return _filed(works, publication, source, staged, now)


def _filed(works: Works, publication: Publication, source: Source, staged: Staged, now: datetime) -> _Filed:
    """Make an issue of a source, unless there is one of it: what is there stays as it is."""
    facts = filing.facts_of(works, publication, source.name)
    with database.reading(works.engine) as store:
        paper = publications.id_of(store, publication.slug)
        plan, other = filing.matched(store, paper, staged.issue)
        if plan is not None:
            return _Filed("second", facts.home + issues.path(store, plan.issue_id))
    for content in (source.content, *(blob.read_bytes() for blob in staged.blobs)):
        inbox.keep_bytes(works.settings.blobs, content)
    with database.writing(works.engine) as store:
        known, outcome = sources.record(store, paper, source, now), "known"
        if known.state not in {"done", "held"}:
            work = filing.Work(publication, staged.issue, staged.words, facts, now, known.id, backfilled=True)
            told = filing.save(works, store, source, work, other)
            outcome = told.outcome
            drops.record(
                store, works.new_id(), told, name=source.name, publication_id=paper, source_id=known.id, now=now
            )
        url = facts.home + issues.path(store, issues.of_source(store, known.id))
    return _Filed(outcome, url, facts.home + other.path if other else None)


def _unread(one: Read) -> Row | None:
    """Return what a person should know of a file that became no issue."""
    if one.why is not None:
        return Row(one.file.name, "refused", "", one.why.code, one.why.facts)
    return Row(one.file.name, one.fate, "", _ENDINGS[one.fate], {}) if one.fate in _ENDINGS else None
