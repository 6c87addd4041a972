"""Tasks done by the workers of several machines: procrastinate, on the PostgreSQL that the rows lie in.

A job says which keys of a task (`tasks`) are to be done, and nothing else; the rows say what that means, and whether it
is still to be done. So a job that is lost costs nothing but time, until `sweep` finds the row, and one too many does
nothing. Jobs lie in a schema of their own, which may be removed at any time.
"""

import asyncio
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from typing import Any

import structlog
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.schema import SchemaManager

from digest import tasks
from digest.store import crew, database
from digest.store.database import Connection, Engine
from digest.works import Works

MOST = 5_000
"""How many jobs may wait: what is due beyond them waits as rows."""

BEAT_SECONDS = 5.0
"""How often a worker says that it is there."""

AGAIN_SECONDS = 1.0
"""How long a worker waits for a server that does not answer, before it asks again."""

_MADE = f"SELECT obj_description(to_regnamespace('{crew.SCHEMA}'), 'pg_namespace')"
_LIVING = "SELECT task_name, args -> 'keys' FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
_COUNT = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"
_FORGET = (  # and tell the jobs that were in hand of workers that are gone
    "DELETE FROM procrastinate_jobs AS job WHERE status <> 'todo' AND NOT (status = 'doing' AND EXISTS ("
    " SELECT FROM procrastinate_workers WHERE id = job.worker_id AND last_heartbeat > now() - make_interval(secs => %s)))"
    " RETURNING task_name, args -> 'keys', status = 'doing'"
)

log = structlog.get_logger()

_deferring = App(connector=SyncPsycopgConnector())


def prepare(engine: Engine) -> None:
    """Make what jobs lie in, where there is nothing of it yet, or it is another version's."""
    made = version("procrastinate")
    with database.writing(engine) as store:
        if store.exec_driver_sql(_MADE).scalar() == made:
            return
        store.exec_driver_sql(f"DROP SCHEMA IF EXISTS {crew.SCHEMA} CASCADE")
        store.exec_driver_sql(f"CREATE SCHEMA {crew.SCHEMA}")
        store.exec_driver_sql(f"COMMENT ON SCHEMA {crew.SCHEMA} IS '{made}'")
        with _among_jobs(store):
            _raw(store).execute(SchemaManager.get_schema())


def submit(store: Connection, name: str, keys: Sequence[int]) -> None:
    """Have the keys of a task done, if the caller's transaction is committed; where too many wait, `sweep` does so later."""
    task = tasks.TASKS[name]
    if not keys:
        return
    with _among_jobs(store):
        room = MOST - int(store.exec_driver_sql(_COUNT).scalar_one())
        for first in range(0, len(keys), task.size)[: max(room, 0)]:
            _defer(store, task, keys[first : first + task.size])


def sweep(works: Works, now: datetime) -> None:
    """Forget the jobs that are done or lost, and submit what is due and no living job holds.

    The keys of a lost job are submitted one by one, since one of them may be what has ended the worker; one that was
    alone in it is put off.
    """
    with database.reading(works.engine) as store:
        due = {task.name: task.due(works, store, now) for task in tasks.TASKS.values()}
    with database.writing(works.engine) as store:
        with _among_jobs(store):
            gone = store.exec_driver_sql(_FORGET, (crew.GONE_SECONDS,)).all()
            held = {(name, key) for name, keys in store.exec_driver_sql(_LIVING) for key in keys}
        lost = {(name, key): len(keys) for name, keys, in_hand in gone if in_hand for key in keys}
        for name, keys in due.items():
            left = [key for key in keys if (name, key) not in held]
            submit(store, name, [key for key in left if (name, key) not in lost])
            lose = tasks.TASKS[name].lose
            for key in (key for key in left if (name, key) in lost):
                if lose is not None and lost[name, key] == 1:
                    lose(works, store, key, now)
                else:
                    submit(store, name, [key])


def work(works: Works, queues: Sequence[str], clock: Callable[[], datetime]) -> None:
    """Do the jobs of these queues, one at a time, until a signal ends that; what is in hand then is finished.

    A server that goes away is waited for.
    """
    asyncio.run(_work(works, queues, clock))


async def _work(works: Works, queues: Sequence[str], clock: Callable[[], datetime]) -> None:
    address = works.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    app = App(
        connector=PsycopgConnector(
            conninfo=address, kwargs={"options": f"-c search_path={crew.SCHEMA}"}, min_size=1, max_size=4
        )
    )
    for name in tasks.TASKS:
        app.task(name=name)(_performed(works, name, clock))
    stopped = asyncio.Event()

    def stop() -> None:
        works.stopping.set()
        stopped.set()

    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, stop)
    while not stopped.is_set():
        running = asyncio.create_task(_run(app, queues))
        await asyncio.wait((running, asyncio.create_task(stopped.wait())), return_when=asyncio.FIRST_COMPLETED)
        running.cancel()
        (result,) = await asyncio.gather(running, return_exceptions=True)
        if not stopped.is_set():
            log.warning("worker", problem=f"{type(result).__name__}: {result}")
            await asyncio.sleep(AGAIN_SECONDS)


async def _run(app: App, queues: Sequence[str]) -> None:
    async with app.open_async():
        await app.run_worker_async(
            queues=list(queues),
            install_signal_handlers=False,
            delete_jobs="always",
            update_heartbeat_interval=BEAT_SECONDS,
            stalled_worker_timeout=crew.GONE_SECONDS,
        )


def _performed(works: Works, name: str, clock: Callable[[], datetime]) -> Callable[[list[int]], None]:
    def perform(keys: list[int]) -> None:
        works.vocabulary.refresh()
        tasks.perform(works, name, keys, clock)

    return perform


def _defer(store: Connection, task: tasks.Task, keys: Sequence[int]) -> None:
    """Make one job; of a task whose keys are done by one at a time, none where one waits already."""
    options: dict[str, Any] = {"queue": task.queue, "priority": task.priority, "connection": _raw(store)}
    if task.lock is not None:
        options |= {"lock": f"{task.lock}:{keys[0]}", "queueing_lock": f"{task.name}:{keys[0]}"}
    try:
        with store.begin_nested():
            _deferring.configure_task(task.name, **options).defer(keys=[*keys])
    except AlreadyEnqueued:
        pass
    except ConnectorException as error:
        raise database.Trouble(None, None, error) from error


@contextmanager
def _among_jobs(store: Connection) -> Iterator[None]:
    """Have names mean what they do for procrastinate."""
    store.exec_driver_sql(f"SET LOCAL search_path TO {crew.SCHEMA}")
    yield
    store.exec_driver_sql("SET LOCAL search_path TO DEFAULT")


def _raw(store: Connection) -> Any:
    return store.connection.driver_connection
