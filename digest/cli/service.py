"""The commands that take issues all the way: demo, run, once."""

import shlex
import signal
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, now
from digest.cli.options import ConfigFile, app
from digest.errors import DigestError
from digest.settings import Settings, Web

if TYPE_CHECKING:
    from digest.scheduler import Scheduler
    from digest.succession import Succession
    from digest.works import Works

_M_ARENA_MAX, _M_MMAP_THRESHOLD = -8, -3  # malloc.h

GRACE = 5
"""How many seconds the answers that are under way get when the service is told to end."""


@app.command("demo", help="cli.demo")
def show(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("--folder", help="cli.opt.demo_folder")] = Path(".demo"),
    once: Annotated[bool, typer.Option("--once", help="cli.opt.once")] = False,
) -> None:
    """Take the sample issues through the whole path, then serve the result."""
    from digest import app as wiring
    from digest import demo

    caller: Caller = context.obj
    settings = demo.prepare(folder, caller.say.language)
    _log(settings)
    door = None if once else listener(settings.web)
    with wiring.open_service(settings, caller.environment, now()) as works:
        shown = demo.perform(works, now())
        caller.print("cli.demo.taken", n=shown.articles, issues=shown.issues)
        if door:
            caller.print("cli.demo.site", url=settings.site_url, folder=settings.public)
            caller.print("cli.demo.feeds", url=settings.site_url)
        else:
            caller.print("cli.demo.site_unserved", folder=settings.public)
            caller.print("cli.demo.feeds", url=f"{settings.public}/")
        caller.print("cli.demo.letter", eml=shown.eml, html=shown.html)
        if door:
            caller.print("cli.demo.watching", inbox=settings.inbox.folder)
            serve(works, door)
        else:
            caller.print("cli.demo.unserved", config=shlex.quote(str(folder / config.NAME)), url=settings.site_url)


@app.command("run", help="cli.run")
def start(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Start the service."""
    from digest import app as wiring
    from digest.operations.desk import password

    caller: Caller = context.obj
    settings = config.load(path)
    password.expect_where_open(settings)
    _log(settings)
    wiring.prepare(settings, path)
    opened = wiring.open_service if settings.engine == "single" else wiring.open_member
    with opened(settings, caller.environment, now()) as works:
        _warn(caller, works)
        door = listener(settings.web)
        caller.print("cli.run.started", inbox=settings.inbox.folder, url=settings.site_url)
        serve(works, door)


@app.command("publish", help="cli.publish")
def publish(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Write all that is public again; a running service does that itself."""
    from digest import app as wiring
    from digest import pipeline

    caller: Caller = context.obj
    with wiring.open_beside(config.load(path), caller.environment, now()) as (works, alone):
        if alone:
            with caller.progress("cli.publish.progress") as progress:
                pipeline.publish(works, now(), everything=True, progress=progress)
            caller.complain(works.templates.faults)
            caller.print("cli.publish.done", folder=works.settings.public)
        else:
            pipeline.republish(works)
            caller.print("cli.publish.by_service")


@app.command("once", help="cli.once")
def once(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Do one pass."""
    from digest import app as wiring
    from digest import operations, pinging, pipeline

    caller: Caller = context.obj
    settings = config.load(path)
    _log(settings)
    settle = settings.inbox.settle
    hasty = replace(settings, inbox=replace(settings.inbox, empty_settle=settle))  # no later pass will look again
    with wiring.open_service(hasty, caller.environment, now()) as works:
        _warn(caller, works)
        outcomes = pipeline.ingest(works, now())
        if works.inbox.settling:
            time.sleep(settle)
            outcomes += pipeline.ingest(works, now())
        for outcome in outcomes:
            print(outcome.words)
        for name in works.inbox.settling:
            caller.print("receipt.settling", name=name)
        published = 0
        while issues := pipeline.publish(works, now()):
            published += len(issues)
        letters = pipeline.compose(works, now())
        works.pulse.scan()
        operations.watch(works, now())
        sent = 0
        while batch := pipeline.deliver(works, now()):
            sent += batch
        for problem in (*pinging.ping(works, now()).problems, operations.post(works, now())):
            if problem:
                print(problem, file=sys.stderr)
        caller.print("cli.once.done", files=len(outcomes), issues=published, letters=letters, deliveries=sent)


def _log(settings: Settings) -> None:
    from digest.cli import logs

    logs.configure(settings.log)


def _warn(caller: Caller, works: "Works") -> None:
    """Tell what of the newsroom's words and templates cannot be used, and who has set another authority than that of all ids."""
    from digest import app as wiring

    caller.complain((*works.vocabulary.faults, *works.templates.faults))

    if fixed := wiring.fixed_authority(works):
        wanted = works.settings.authority
        print(caller.say("cli.authority_fixed", fixed=fixed, wanted=wanted), file=sys.stderr)


def listener(where: Web) -> socket.socket:
    """Return the socket that the service answers at.

    Raises DigestError("error.port") where another program has it, or it is not ours to have.
    """
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    try:
        door = socket.create_server((where.host, where.port), family=family)
    except OSError as error:
        raise DigestError("error.port", host=where.host, port=where.port, cause=error.errno or str(error)) from error
    door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else a kept connection waits 40 ms for each answer
    return door


def serve(works: "Works", door: socket.socket) -> None:
    """Run clock and web server until a signal ends them; what is being answered then may take `GRACE` seconds.

    The log has the end, and the signal that has asked for it.
    """
    import structlog
    import uvicorn

    from digest import web
    from digest.web.server import Server

    give_back()
    asked: dict[str, str] = {}

    def end(number: int, _frame: object) -> None:
        asked["by"] = signal.Signals(number).name
        sys.exit(0)

    # uvicorn ends on a signal and then raises it again; this lets what is open be closed first.
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, end)
    scheduler = _clock(works)
    scheduler.start()
    try:
        server = uvicorn.Config(
            web.build(works, now),
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=GRACE,
            proxy_headers=False,
            ws="none",
        )
        Server(server).run(sockets=[door])
    finally:
        scheduler.stop()
        structlog.get_logger().info("stopped", **asked)


def _clock(works: "Works") -> "Scheduler | Succession":
    """Return what does, or has done, what is due: with others to do it, only one service of several has the clock."""
    from digest.scheduler import Scheduler

    if works.settings.engine == "single":
        return Scheduler(works)
    from digest import cluster
    from digest.succession import Succession

    return Succession(works, lambda works: Scheduler(works, sweep=cluster.sweep))


def give_back() -> None:
    """Have freed memory go back to the system: 10 MB less for a service that waits.

    glibc gives each thread a heap, of which no other uses what is free, and keeps the room of large blocks for more.
    """
    import ctypes

    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):  # glibc's alone
        mallopt(_M_ARENA_MAX, 1)
        mallopt(_M_MMAP_THRESHOLD, 128 << 10)
