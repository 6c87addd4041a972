"""The command that does the work of a cluster."""

import multiprocessing
import signal
import time
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, now
from digest.cli.options import ConfigFile, app
from digest.errors import DigestError
from digest.messages import Messages
from digest.settings import Language

AGAIN_SECONDS = 2.0
"""How long after a process has ended another takes its place."""

_PARENT_DEATH = 1  # prctl.h: PR_SET_PDEATHSIG


@app.command("worker", help="cli.worker")
def worker(
    context: typer.Context,
    path: ConfigFile = CONFIG,
    queues: Annotated[str, typer.Option("--queues", help="cli.opt.queues")] = "parse,publish,mail,bulk",
    concurrency: Annotated[int, typer.Option("--concurrency", min=1, max=256, help="cli.opt.concurrency")] = 1,
) -> None:
    """Do the work that is due, until a signal ends that."""
    from digest import tasks

    caller: Caller = context.obj
    wanted = [each.strip() for each in queues.split(",")]
    if not set(wanted) <= {*tasks.QUEUES}:
        raise DigestError("error.queues", queues=queues, known=",".join(tasks.QUEUES))
    if concurrency == 1:
        _work(caller, path, wanted)
    else:
        _supervise(caller, path, wanted, concurrency)


def _work(caller: Caller, path: Path, queues: list[str]) -> None:
    """Be one worker."""
    from digest import app as wiring
    from digest.cli import logs, service

    settings = config.load(path)
    logs.configure(settings.log)
    wiring.prepare(settings, path)
    service.give_back()
    with wiring.open_member(settings, caller.environment, now()) as works:
        from digest import cluster

        caller.complain((*works.vocabulary.faults, *works.templates.faults))
        cluster.work(works, queues, now)


def _supervise(caller: Caller, path: Path, queues: list[str], count: int) -> None:
    """Have so many processes work: one that ends is replaced, and all end with this one."""
    from digest import app as wiring

    settings = config.load(path)
    with wiring.open_member(settings, caller.environment, now()):
        pass  # what hinders it is told here once, not by each process again and again
    stopping = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True
        for each in processes:
            each.terminate()

    processes: list[BaseProcess] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    begin = multiprocessing.get_context("spawn").Process
    while not stopping:
        processes[:] = [each for each in processes if each.is_alive()]
        for _ in range(count - len(processes)):
            processes.append(begin(target=_child, args=(caller.say.language, dict(caller.environment), path, queues)))
            processes[-1].start()
        connection.wait([each.sentinel for each in processes], timeout=AGAIN_SECONDS)
        if not stopping and not all(each.is_alive() for each in processes):
            time.sleep(AGAIN_SECONDS)
    for each in processes:
        each.terminate()
        each.join()


def _child(language: Language, environment: dict[str, str], path: Path, queues: list[str]) -> None:
    import ctypes

    if prctl := getattr(ctypes.CDLL(None), "prctl", None):  # Linux's alone: else one whose parent was killed works on
        prctl(_PARENT_DEATH, signal.SIGTERM)
    _work(Caller(Messages(language), environment), path, queues)
