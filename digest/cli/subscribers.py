"""The commands for the digest's subscribers: add, list, remove, import, export, erase."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, now, publication_of
from digest.cli.options import ConfigFile, Slug, app
from digest.errors import DigestError
from digest.model import Cadence
from digest.settings import Mail

if TYPE_CHECKING:
    from digest.works import Works

subscribers = typer.Typer(help="cli.subscribers", no_args_is_help=True)
app.add_typer(subscribers, name="subscribers")

Address = Annotated[str, typer.Argument(help="cli.arg.address", show_default=False)]
HowOften = Annotated[Cadence, typer.Option(help="cli.opt.cadence")]


@subscribers.command(help="cli.subscribers.add")
def add(
    context: typer.Context,
    address: Address,
    paper: Slug = None,
    cadence: HowOften = "daily",
    path: ConfigFile = CONFIG,
) -> None:
    """Subscribe an address."""
    from digest import subscriptions

    caller: Caller = context.obj
    with _opened(caller, path) as works:
        publication = publication_of(works.settings, paper)
        email = subscriptions.add(works, publication, address, cadence, now())
    caller.print("cli.subscribers.added", email=email, paper=publication.slug)


@subscribers.command(name="list", help="cli.subscribers.list")
def list_(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Print all subscriptions, one a line, with tabs between: address, paper, cadence, state, since."""
    from digest import app as wiring
    from digest import subscriptions

    caller: Caller = context.obj
    for one in subscriptions.listed(wiring.open_existing(config.load(path))):
        words = caller.say("state.unconfirmed" if one.state == "pending" else f"state.{one.state}")
        print(one.email, one.slug, one.cadence, words, f"{one.since:%Y-%m-%d}", sep="\t")


@subscribers.command(help="cli.subscribers.remove")
def remove(context: typer.Context, address: Address, paper: Slug = None, path: ConfigFile = CONFIG) -> None:
    """Unsubscribe an address."""
    from digest import app as wiring
    from digest import subscriptions

    caller: Caller = context.obj
    settings = config.load(path)
    slug = publication_of(settings, paper).slug
    if not subscriptions.unsubscribe(wiring.open_store(settings), address, slug, now()):
        raise DigestError("error.not_subscribed", email=address, paper=slug)
    caller.print("cli.subscribers.removed", email=address, paper=slug)


@subscribers.command(name="import", help="cli.subscribers.import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="cli.arg.list", show_default=False)],
    consent: Annotated[str, typer.Option("--consent", help="cli.opt.consent", show_default=False)] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="cli.opt.dry_run")] = False,
    paper: Slug = None,
    cadence: HowOften = "daily",
    path: ConfigFile = CONFIG,
) -> None:
    """Subscribe the addresses of a list, and print the lines that were not taken, of those who are in only how many."""
    from digest import subscriptions

    caller: Caller = context.obj
    if not consent.strip() and not dry_run:
        raise DigestError("error.consent")
    content = file.read_bytes()
    with _opened(caller, path) as works:
        publication = publication_of(works.settings, paper)
        done = subscriptions.import_list(works, publication, content, cadence, wording=consent, dry=dry_run, now=now())
    wrong = [one for one in done.refused if one.fault != "known"]
    for one in wrong:
        fault = caller.say(f"state.fault_{one.fault}")
        print(caller.say("cli.subscribers.refused", line=one.line, address=one.address, fault=fault), file=sys.stderr)
    if known := len(done.refused) - len(wrong):
        caller.print("cli.subscribers.known", n=known)
    code = "cli.subscribers.checked" if dry_run else "cli.subscribers.imported"
    caller.print(code, n=done.taken, refused=len(wrong))


@subscribers.command(help="cli.subscribers.export")
def export(path: ConfigFile = CONFIG) -> None:
    """Print all subscriptions as CSV, in a form that `import` takes."""
    import csv

    from digest import app as wiring
    from digest import subscriptions

    listed = subscriptions.listed(wiring.open_existing(config.load(path)))
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["email", "paper", "cadence", "state", "since"])
    rows.writerows([*one[:4], one.since.isoformat()] for one in listed)


@subscribers.command(help="cli.subscribers.erase")
def erase(context: typer.Context, address: Address, path: ConfigFile = CONFIG) -> None:
    """Forget an address."""
    from digest import subscriptions

    caller: Caller = context.obj
    with _opened(caller, path) as works:
        if not subscriptions.erase_address(works, address, now()):
            raise DigestError("error.not_known", email=address)
    caller.print("cli.subscribers.erased", email=address)


@contextmanager
def _opened(caller: Caller, path: Path) -> Iterator["Works"]:
    """Open what is there. No mail is sent, so that no secret of a mail server is needed."""
    from digest import app as wiring

    settings = config.load(path)
    silent = replace(settings, mail=Mail(send_at=settings.mail.send_at))
    with wiring.open_aside(silent, caller.environment, first=True) as works:
        yield works
