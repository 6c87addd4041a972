"""The commands for letters: send-test, and deliveries for what did not arrive."""

from typing import Annotated, Literal

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, now, publication_of
from digest.cli.options import ConfigFile, Slug, app

State = Literal["pending", "claimed", "data", "sent", "failed", "uncertain", "cancelled"]


@app.command("deliveries", help="cli.deliveries")
def deliveries(
    context: typer.Context,
    state: Annotated[State | None, typer.Option(help="cli.opt.state", show_default=False)] = None,
    resend: Annotated[list[int] | None, typer.Option(help="cli.opt.resend", show_default=False)] = None,
    drop: Annotated[list[int] | None, typer.Option(help="cli.opt.drop", show_default=False)] = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Settle deliveries, or print them, one a line, with tabs between: id, paper, address, state, since, error."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    engine = wiring.open_existing(config.load(path))
    for one in resend or ():
        operations.resend(engine, one, now())
        caller.print("cli.deliveries.resent", id=one)
    for one in drop or ():
        operations.drop(engine, one, now())
        caller.print("cli.deliveries.dropped", id=one)
    if resend or drop:
        return
    for each in operations.deliveries(engine, [state]) if state else operations.deliveries(engine):
        words, since = caller.say(f"state.{each.state}"), f"{each.since:%Y-%m-%d %H:%M}Z"
        print(each.id, each.slug, each.email, words, since, " ".join((each.error or "").split()), sep="\t")


@app.command("send-test", help="cli.send_test")
def send_test(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="cli.arg.address", show_default=False)],
    paper: Slug = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Send the letter about the newest issue to one address."""
    from digest import app as wiring
    from digest import operations, subscriptions

    caller: Caller = context.obj
    settings = config.load(path)
    email, _ = subscriptions.parse_address(address)
    with wiring.open_aside(settings, caller.environment) as works:
        subject = operations.send_test(works, publication_of(settings, paper), email, now())
    caller.print("cli.send_test.done", email=email, subject=subject)
