"""The command for the desk: password."""

import sys
from typing import Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller
from digest.cli.options import ConfigFile, app
from digest.errors import DigestError


@app.command("password", help="cli.password")
def password(
    context: typer.Context,
    remove: Annotated[bool, typer.Option("--remove", help="cli.opt.password_remove")] = False,
    path: ConfigFile = CONFIG,
) -> None:
    """Set the password of the desk, typed twice by a person or piped in by a program, or remove it."""
    from digest.operations.desk import password as passwords

    caller: Caller = context.obj
    settings = config.load(path)
    if remove:
        if not passwords.remove(settings):
            raise DigestError("error.no_password")
        caller.print("cli.password.removed")
        return
    passwords.save(settings, _typed(caller))
    caller.print("cli.password.done", url=f"{settings.service_url}desk/")


def _typed(caller: Caller) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    once, again = (
        typer.prompt(caller.say(f"cli.password.{code}"), hide_input=True, err=True) for code in ("ask", "again")
    )
    if once != again:
        raise DigestError("error.password_differs")
    return str(once)
