"""The commands that keep what is there: backup, restore, migrate-database."""

from pathlib import Path
from typing import Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, now
from digest.cli.options import ConfigFile, app


@app.command("backup", help="cli.backup")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="cli.arg.backup", show_default=False)],
    path: ConfigFile = CONFIG,
) -> None:
    """Write a backup."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    settings = config.load(path)
    operations.back_up(settings, wiring.open_existing(settings), file, path)
    caller.print("cli.backup.done", file=file)


@app.command("restore", help="cli.restore")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="cli.arg.backup", show_default=False)],
    resume_mail: Annotated[bool, typer.Option("--resume-mail", help="cli.opt.resume_mail")] = False,
    path: ConfigFile = CONFIG,
) -> None:
    """Fill an empty data folder from a backup, and write the site again."""
    from digest import app as wiring
    from digest import operations, pipeline
    from digest.operations import init

    caller: Caller = context.obj
    if not path.exists() and (kept := operations.config_in(file)):
        init.write_config(path, kept)
    settings = config.load(path)
    uncertain = operations.restore(settings, file, now(), resume_mail=resume_mail)
    init.make_inbox(settings.inbox.folder)
    with wiring.open_service(settings, caller.environment, now()) as works:
        pipeline.publish(works, now(), everything=True)
    caller.print("cli.restore.done", folder=settings.data)
    if uncertain:
        caller.print("cli.restore.uncertain", n=uncertain)


@app.command("migrate-database", help="cli.migrate_database")
def migrate_database(
    context: typer.Context,
    origin: Annotated[str, typer.Argument(metavar="FROM", help="cli.arg.origin", show_default=False)],
    target: Annotated[str, typer.Argument(metavar="TO", help="cli.arg.target", show_default=False)],
    path: ConfigFile = CONFIG,
) -> None:
    """Carry all rows from one database to another, which is empty."""
    from digest.operations import moving

    caller: Caller = context.obj
    resend = config.load(path).mail.after_crash == "resend"
    with caller.progress("cli.migrate_database.progress") as progress:
        rows = moving.migrate(_place(origin), _place(target), resend=resend, progress=progress)
    caller.print("cli.migrate_database.done", rows=rows)


def _place(written: str) -> Path | str:
    """Return where a database lies that a person names: by its address, or the path of its file."""
    return written if "://" in written else Path(written)
