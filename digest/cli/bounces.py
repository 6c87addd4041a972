"""The commands for what comes back: bounce, bounces, suppressions."""

import sys
from typing import Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, now
from digest.cli.options import ConfigFile, app
from digest.errors import DigestError

TRY_AGAIN = 75
"""The exit code by which a mail server keeps a mail and tries again (EX_TEMPFAIL of sysexits.h)."""


@app.command("bounce", help="cli.bounce")
def bounce(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Take one mail from standard input, as a mail server hands it over, and print what it is."""
    from digest import app as wiring
    from digest import bouncing
    from digest.store import database

    caller: Caller = context.obj
    content = sys.stdin.buffer.read()
    try:
        with wiring.open_aside(config.load(path), caller.environment) as works:
            caller.print(f"verdict.{bouncing.settle(works, content, now())}")
    except (DigestError, OSError, database.Trouble) as error:
        words = caller.say.of(error.code, error.facts) if isinstance(error, DigestError) else str(error)
        print(caller.say("cli.bounce.later", detail=words), file=sys.stderr)
        raise typer.Exit(TRY_AGAIN) from error


@app.command("bounces", help="cli.bounces")
def bounces(
    context: typer.Context,
    resume: Annotated[list[str] | None, typer.Option(help="cli.opt.resume", show_default=False)] = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Let digests that are held back go on, or print what came back lately and which digests are held back."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    engine = wiring.open_existing(config.load(path))
    for digest in resume or ():
        operations.resume(engine, digest)
        caller.print("cli.bounces.resumed", digest=digest)
    if resume:
        return
    found, halted = operations.returned(engine, now())
    for verdict, n in found.items():
        print(caller.say(f"verdict.{verdict}"), n, sep="\t")
    for one in halted:
        caller.print("cli.bounces.halted", paper=one.slug, waiting=one.waiting, digest=one.digest, subject=one.subject)


@app.command("suppressions", help="cli.suppressions")
def suppressions(
    context: typer.Context,
    add: Annotated[list[str] | None, typer.Option(help="cli.opt.suppress", show_default=False)] = None,
    remove: Annotated[list[str] | None, typer.Option(help="cli.opt.lift", show_default=False)] = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Change the suppression list, or print it, one a line, with tabs between: address or hash, reason, since."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    with wiring.open_aside(config.load(path), caller.environment) as works:
        for address in add or ():
            operations.suppress(works.engine, works.key, address, now())
            caller.print("cli.suppressions.added", email=address)
        for address in remove or ():
            operations.lift(works.engine, works.key, address)
            caller.print("cli.suppressions.removed", email=address)
        if not add and not remove:
            for one in operations.suppressed(works.engine, works.key):
                print(one.address, caller.say(f"suppressed.{one.reason}"), f"{one.since:%Y-%m-%d}", sep="\t")
