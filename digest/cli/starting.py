"""The commands of the first hour: init, doctor."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, now
from digest.cli.options import ConfigFile, app
from digest.errors import DigestError
from digest.settings import Settings

if TYPE_CHECKING:
    from digest.delivery.dkim import Signer
    from digest.operations.doctor import Finding

KEYS = "authority, site_url, mail"
"""What of the settings nobody else can know."""


@app.command("init", help="cli.init")
def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="cli.arg.folder", show_default=False)],
    title: Annotated[str | None, typer.Option(help="cli.opt.title", show_default=False)] = None,
    authority: Annotated[str | None, typer.Option(help="cli.opt.authority", show_default=False)] = None,
    site_url: Annotated[str | None, typer.Option(help="cli.opt.site_url", show_default=False)] = None,
) -> None:
    """Make a new office, and say what comes next."""
    from digest.operations import init

    caller: Caller = context.obj
    given = {"title": title, "authority": authority, "site_url": site_url, "service_url": site_url}
    filled = {key: value for key, value in given.items() if value is not None}
    settings = init.make_office(folder, caller.say.language, filled)
    caller.print("cli.init.done", folder=folder, config=folder / config.NAME, keys=KEYS, inbox=settings.inbox.folder)


@app.command("doctor", help="cli.doctor")
def doctor(
    context: typer.Context,
    mail: Annotated[bool, typer.Option("--mail", help="cli.opt.mail")] = False,
    path: ConfigFile = CONFIG,
) -> None:
    """Print what is well and what is not, part by part, and the DNS records to set; the exit code tells whether all is well."""
    from digest import app as wiring
    from digest.operations import doctor as doctors

    caller: Caller = context.obj
    settings = config.load(path)
    running = False
    with suppress(PermissionError):  # told with the data folder
        running = wiring.is_running(settings)
    parts = iter(()) if mail else doctors.examine(settings, now(), running=running)
    well = True
    for part, findings in chain(parts, [("letters", _letters(caller, settings))]):
        caller.print(f"doctor.part_{part}")
        for ok, remark in findings:
            well = well and ok
            print("✓" if ok else "✗", caller.say.of(remark.code, remark.facts))
    records = list(doctors.records.listed(settings, _signer(caller, settings)))
    if records:
        caller.print("cli.doctor.records", host=settings.mail.smtp.host)
    for record in records:
        print(*record, sep="\t")
    if not well:
        raise typer.Exit(1)


def _letters(caller: Caller, settings: Settings) -> Iterator["Finding"]:
    """Yield what is found of the letters; what they are sent with may be out of reach."""
    from digest import app as wiring
    from digest.operations import doctor as doctors

    try:
        means = wiring.open_means(settings, caller.environment)
        mailbox = wiring.open_bounces(settings, caller.environment)
        signer = wiring.open_signer(settings, caller.environment)
    except DigestError as error:
        yield doctors.told(error)
        return
    yield from doctors.letters.examine(settings, means, signer, mailbox, now())


def _signer(caller: Caller, settings: Settings) -> "Signer | None":
    """Return what signs letters, if it can be had."""
    from digest import app as wiring

    with suppress(DigestError):
        return wiring.open_signer(settings, caller.environment)
    return None
