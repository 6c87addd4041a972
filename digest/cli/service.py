"""The commands that take issues all the way: demo, run, once."""

import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, ConfigFile, app, now

if TYPE_CHECKING:
    from digest.works import Works


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
    with wiring.open_service(settings, caller.environment, now()) as works:
        shown = demo.perform(works, now())
        caller.print("cli.demo.taken", n=shown.articles, issues=shown.issues)
        caller.print("cli.demo.site", url=settings.site_url, folder=settings.public)
        caller.print("cli.demo.feeds", url=settings.site_url)
        caller.print("cli.demo.letter", eml=shown.eml, html=shown.html)
        if once:
            return
        caller.print("cli.demo.watching", inbox=settings.inbox.folder)
        serve(works)


@app.command("run", help="cli.run")
def start(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Start the service."""
    from digest import app as wiring

    caller: Caller = context.obj
    settings = config.load(path)
    with wiring.open_service(settings, caller.environment, now()) as works:
        caller.print("cli.run.started", inbox=settings.inbox.folder, url=settings.site_url)
        serve(works)


@app.command("once", help="cli.once")
def once(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Do one pass."""
    from digest import app as wiring
    from digest import pipeline

    caller: Caller = context.obj
    settings = config.load(path)
    settle = settings.inbox.settle
    hasty = replace(settings, inbox=replace(settings.inbox, empty_settle=settle))  # no later pass will look again
    with wiring.open_service(hasty, caller.environment, now()) as works:
        outcomes = pipeline.ingest(works, now())
        if works.inbox.settling:
            time.sleep(settle)
            outcomes += pipeline.ingest(works, now())
        for outcome in outcomes:
            print(outcome.words)
        for name in works.inbox.settling:
            caller.print("receipt.settling", name=name)
        published = pipeline.publish(works, now())
        letters = pipeline.compose(works, now())
        sent = 0
        while batch := pipeline.deliver(works, now()):
            sent += batch
        caller.print("cli.once.done", files=len(outcomes), issues=len(published), letters=letters, deliveries=sent)


def serve(works: "Works") -> None:
    """Run clock and web server until a signal ends them."""
    import uvicorn

    from digest import web
    from digest.scheduler import Scheduler

    # uvicorn ends on SIGTERM and then raises it again; this lets what is open be closed first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    scheduler = Scheduler(works)
    scheduler.start()
    try:
        where = works.settings.web
        uvicorn.run(web.build(works, now), host=where.host, port=where.port, log_level="warning")
    finally:
        scheduler.stop()
