"""Tasks: the work that anybody may do, found in the rows, and done by the same functions whoever does it.

    parse    sources that wait to be settled
    publish  papers that have something to publish, or whose site is not as it should be
    compose  papers of which somebody is due a letter
    mail     as many runs of the outbox as there are letters for
    notify   what subscribers and the office are told beside letters
    index    the search index, where it lags behind

A key is a number: of a source, of a paper, or of a run. A task may be done twice, and by two at once: the row's state,
or a lock, sees to it that only one of them changes anything.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from digest import composing, indexing, intake, mailing, pipeline
from digest.errors import ChannelError, DigestError
from digest.settings import Publication
from digest.store import database, digests, issues, notices, outbox, publications, sources
from digest.store.database import Connection
from digest.works import Works

QUEUES = ("parse", "publish", "mail", "bulk")
"""What a worker may choose from: tasks of one queue ask the same of a machine (docs/scaling.md)."""

LETTERS = 200
"""How many letters one run of the outbox sees to."""

RUNS = 20
"""How many runs of the outbox there are at a time."""

PAUSE = timedelta(seconds=30)
"""How long a channel that is out of order is left alone."""

MOST = 10_000
"""How many sources are looked up at a time."""

_ONE = (0,)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work: `due` finds the keys, `run` does what one of them stands for.

    `size` is how many keys make one piece of work. Of a task with a `lock`, which may be another's too, one key is
    done by one at a time. Those of a higher `priority` come first: somebody waits for them. `lose` makes a note of a
    key alone with which a process has ended.
    """

    name: str
    queue: str
    size: int
    due: Callable[[Works, Connection, datetime], Collection[int]]
    run: Callable[[Works, int, datetime], object]
    lock: str | None = None
    priority: int = 0
    lose: Callable[[Works, Connection, int, datetime], None] | None = None


def perform(works: Works, name: str, keys: Sequence[int], clock: Callable[[], datetime]) -> None:
    """Do a piece of work, key by key: what fails is logged, stays due, and keeps no other from its turn."""
    task = TASKS[name]
    for key in keys:
        if works.stopping.is_set():
            return
        try:
            task.run(works, key, clock())
        except intake.PASSING as error:
            log.warning(name, key=key, problem=f"{type(error).__name__}: {error}")
        except DigestError as error:
            log.warning(name, key=key, problem=works.messages.of(error.code, error.facts))
        except Exception:
            log.exception(name, key=key)


def _unsettled(works: Works, store: Connection, now: datetime) -> list[int]:
    return sources.due(store, [paper.slug for paper in works.settings.publications], now, MOST)


def _lose(works: Works, store: Connection, source_id: int, now: datetime) -> None:
    """Put off a source that may have ended the process which was to settle it: it must not end all, one by one."""
    sources.put_off(store, source_id, now, works.messages("error.worker_lost"))


def _unpublished(works: Works, store: Connection, now: datetime) -> list[int]:
    waiting, editions = issues.waiting_of(store, now), publications.editions(store)
    papers = ((*editions[paper.slug], paper) for paper in works.settings.publications)
    return [row for row, edition, paper in papers if row in waiting or edition != works.edition(paper)]


def _uncomposed(works: Works, store: Connection, now: datetime) -> frozenset[int]:
    editions = publications.editions(store)
    return digests.awaited(store, now) & {editions[paper.slug][0] for paper in works.settings.publications}


def _unsent(works: Works, store: Connection, now: datetime) -> range:
    if outbox.is_paused(store, now):
        return range(0)
    slugs = [paper.slug for paper in works.settings.publications]
    return range(-(-outbox.count_open(store, now, slugs, LETTERS * RUNS) // LETTERS))


def _untold(_works: Works, store: Connection, now: datetime) -> Sequence[int]:
    return _ONE if notices.due(store, now) and not outbox.is_paused(store, now) else ()


def _unindexed(_works: Works, store: Connection, _now: datetime) -> Sequence[int]:
    return _ONE if indexing.is_behind(store) else ()


def _publish(works: Works, row: int, now: datetime) -> None:
    pipeline.publish_paper(works, _paper(works, row), now)


def _compose(works: Works, row: int, now: datetime) -> None:
    composing.make(works, _paper(works, row), now)


def _mail(works: Works, _run: int, now: datetime) -> None:
    with _pausing(works, now), mailing.begun(works, now, LETTERS) as run:
        run.deliver()


def _notify(works: Works, _one: int, now: datetime) -> None:
    with _pausing(works, now), mailing.begun(works, now) as run:
        run.answer()
        run.notify()


@contextmanager
def _pausing(works: Works, now: datetime) -> Iterator[None]:
    """Have nobody try for a while a channel that is out of order."""
    try:
        yield
    except ChannelError:
        with database.writing(works.engine) as store:
            outbox.pause(store, now + PAUSE)
        raise


def _index(works: Works, _one: int, _now: datetime) -> None:
    indexing.catch_up(works.engine)


def _paper(works: Works, row: int) -> Publication:
    with database.reading(works.engine) as store:
        editions = publications.editions(store)
    return next(paper for paper in works.settings.publications if editions[paper.slug][0] == row)


TASKS: Mapping[str, Task] = {
    task.name: task
    for task in (
        Task("parse", "parse", 20, _unsettled, intake.settle, lose=_lose),
        Task("publish", "publish", 1, _unpublished, _publish, lock="paper"),
        Task("compose", "publish", 1, _uncomposed, _compose, lock="paper", priority=1),
        Task("mail", "mail", 1, _unsent, _mail, priority=1),
        Task("notify", "mail", 1, _untold, _notify, lock="notices", priority=2),
        Task("index", "bulk", 1, _unindexed, _index, lock="search", priority=-1),
    )
}
"""Every task by its name."""
