"""The commands for the digest's subscribers: add, list, remove."""

from typing import Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, ConfigFile, Slug, app, now, publication_of
from digest.errors import DigestError
from digest.settings import Cadence

subscribers = typer.Typer(help="cli.subscribers", no_args_is_help=True)
app.add_typer(subscribers, name="subscribers")

Address = Annotated[str, typer.Argument(help="cli.arg.address", show_default=False)]


@subscribers.command(help="cli.subscribers.add")
def add(
    context: typer.Context,
    address: Address,
    paper: Slug = None,
    cadence: Annotated[Cadence, typer.Option(help="cli.opt.cadence")] = "daily",
    path: ConfigFile = CONFIG,
) -> None:
    """Subscribe an address."""
    from digest import app as wiring
    from digest import subscriptions

    caller: Caller = context.obj
    settings = config.load(path)
    slug = publication_of(settings, paper).slug
    email = subscriptions.subscribe(wiring.open_store(settings, now()), address, slug, cadence, now())
    caller.print("cli.subscribers.added", email=email, paper=slug)


@subscribers.command(name="list", help="cli.subscribers.list")
def list_(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Print all subscriptions, one a line, with tabs between: address, paper, cadence, state, since."""
    from digest import app as wiring
    from digest import subscriptions

    caller: Caller = context.obj
    for one in subscriptions.listed(wiring.open_existing(config.load(path), now())):
        print(one.email, one.slug, one.cadence, caller.say(f"state.{one.state}"), f"{one.since:%Y-%m-%d}", sep="\t")


@subscribers.command(help="cli.subscribers.remove")
def remove(context: typer.Context, address: Address, paper: Slug = None, path: ConfigFile = CONFIG) -> None:
    """Unsubscribe an address."""
    from digest import app as wiring
    from digest import subscriptions

    caller: Caller = context.obj
    settings = config.load(path)
    slug = publication_of(settings, paper).slug
    if not subscriptions.unsubscribe(wiring.open_store(settings, now()), address, slug, now()):
        raise DigestError("error.not_subscribed", email=address, paper=slug)
    caller.print("cli.subscribers.removed", email=address, paper=slug)
