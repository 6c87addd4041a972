"""The commands as typer knows them. Helps are codes of the catalogue, put into the caller's language when one is run."""

from collections.abc import Sequence
from typing import Annotated

import typer

from digest.cli import (
    archive,
    bounces,
    desk,
    editing,
    explaining,
    frame,
    keeping,
    letters,
    looking,
    service,
    standing,
    starting,
    subscribers,
    worker,
)
from digest.cli.caller import Caller
from digest.cli.options import app

__all__ = [
    "archive",
    "bounces",
    "desk",
    "editing",
    "explaining",
    "keeping",
    "letters",
    "looking",
    "run",
    "service",
    "standing",
    "starting",
    "subscribers",
    "worker",
]

_ORDER = (
    *("demo", "init", "run", "worker", "once", "parse", "preview", "explain", "status", "verify", "doctor"),
    *(
        "approve",
        "hold",
        "retract",
        "reissue",
        "publish",
        "backfill",
        "export",
        "send-test",
        "deliveries",
        "bounces",
        "suppressions",
        "bounce",
        "password",
        "backup",
        "restore",
        "migrate-database",
    ),
)
"""The commands as the help lists them: what a newcomer needs first."""

app.registered_commands.sort(key=lambda command: _ORDER.index(command.name or ""))


def run(arguments: Sequence[str], caller: Caller) -> int:
    """Run a command and return its exit code."""
    command = typer.main.get_command(app)
    frame.translate(command, caller.say)
    try:
        code = command(list(arguments), prog_name="digest", obj=caller, standalone_mode=False)
    except (typer.TyperException, typer.Abort) as error:
        return frame.complain(error, caller.say)
    except SystemExit as done:
        code = done.code
    return code if isinstance(code, int) else 0


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print("digest", version("digest"))
        raise typer.Exit


@app.callback()
def _options(
    _lang: Annotated[str | None, typer.Option("--lang", help="cli.opt.lang", show_default=False)] = None,
    _version: Annotated[
        bool, typer.Option("--version", help="cli.opt.version", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Take the options of all commands; the language has been seen to before."""
