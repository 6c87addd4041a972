"""The commands that change what is there: approve, hold, retract, reissue."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, now, publication_of, source
from digest.cli.options import ConfigFile, OneFile, Slug, app

if TYPE_CHECKING:
    from digest.works import Works

IssueName = Annotated[str, typer.Argument(help="cli.arg.issue", show_default=False)]


@app.command("approve", help="cli.approve")
def approve(context: typer.Context, issue: IssueName, paper: Slug = None, path: ConfigFile = CONFIG) -> None:
    """Let out an issue, or a correction, that waits for approval."""
    from digest import editing

    with _works(context, path) as (caller, works):
        publication = publication_of(works.settings, paper, issue)
        if due := editing.approve(works, publication.slug, issue, now()):
            caller.print("cli.approve.later", issue=issue, time=f"{due.astimezone(publication.zone):%Y-%m-%d %H:%M}")


@app.command("hold", help="cli.hold")
def hold(context: typer.Context, issue: IssueName, paper: Slug = None, path: ConfigFile = CONFIG) -> None:
    """Hold an issue that readers have not seen."""
    from digest import editing

    with _works(context, path) as (caller, works):
        certain = editing.hold(works, publication_of(works.settings, paper, issue).slug, issue, now())
        caller.print("cli.hold.done" if certain else "cli.hold.due", issue=issue)


@app.command("retract", help="cli.retract")
def retract(
    context: typer.Context,
    article: Annotated[str, typer.Argument(help="cli.arg.article", show_default=False)],
    reason: Annotated[str | None, typer.Option(help="cli.opt.reason", show_default=False)] = None,
    undo: Annotated[bool, typer.Option("--undo", help="cli.opt.undo")] = False,
    paper: Slug = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Withdraw an article, or take that back."""
    from digest import editing

    with _works(context, path) as (_, works):
        slug = publication_of(works.settings, paper, article).slug
        if undo:
            editing.restore(works, slug, article, now())
        else:
            editing.retract(works, slug, article, reason, now())


@app.command("reissue", help="cli.reissue")
def reissue(
    context: typer.Context,
    issue: IssueName,
    file: OneFile,
    paper: Slug = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Make a file the correction of a named issue."""
    from digest import editing

    with _works(context, path) as (_, works):
        slug = publication_of(works.settings, paper, issue).slug
        print(editing.reissue(works, slug, issue, source(file), now()).words)


@contextmanager
def _works(context: typer.Context, path: Path) -> Iterator[tuple[Caller, "Works"]]:
    """Open what is needed to change what is there, and publish the change; a running service does that itself."""
    from digest import app as wiring
    from digest import pipeline

    caller: Caller = context.obj
    with wiring.open_beside(config.load(path), caller.environment, now()) as (works, alone):
        yield caller, works
        if alone:
            caller.print("cli.published", n=len(pipeline.publish(works, now())))
        else:
            caller.print("cli.published_by_service")
