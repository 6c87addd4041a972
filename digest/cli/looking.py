"""The commands that only look: parse, preview, verify."""

from pathlib import Path
from typing import Annotated

import typer

from digest import config
from digest.cli import parsing
from digest.cli.caller import CONFIG, Caller, lexicon_of, now, publication_of, source
from digest.cli.options import ConfigFile, OneFile, Slug, app
from digest.settings import Settings

Files = Annotated[list[Path], typer.Argument(help="cli.arg.files", show_default=False)]
AsJson = Annotated[bool, typer.Option(parsing.JSON, help="cli.opt.json")]


@app.command("parse", help="cli.parse")
def parse(context: typer.Context, files: Files, as_json: AsJson = False) -> None:
    """Show what is found in a file."""
    raise typer.Exit(parsing.show(context.obj, files, as_json=as_json))


@app.command("preview", help="cli.preview")
def preview(
    context: typer.Context,
    file: OneFile,
    folder: Annotated[Path, typer.Option("--out", help="cli.opt.out")] = Path("preview"),
    letter: Annotated[bool, typer.Option("--letter", help="cli.opt.letter")] = False,
    paper: Slug = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Write an issue's record, pages, feeds and letter as they would be, changing nothing else."""
    from digest import previewing, templating

    caller: Caller = context.obj
    settings = config.load(path) if path.exists() else Settings()
    lexicon = lexicon_of(caller, path, settings.analysis)
    templates = templating.load(settings.templates if settings.templates.is_dir() else None)
    publication = publication_of(settings, paper)
    written = previewing.write(
        source(file),
        publication,
        folder,
        settings=settings,
        lexicon=lexicon,
        templates=templates,
        now=now(),
        letter_only=letter,
    )
    caller.complain(templates.faults)
    caller.print("cli.preview.done", n=len(written), page=folder / ("letter.html" if letter else "index.html"))


@app.command("verify", help="cli.verify")
def verify(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Check that every promise is kept."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    settings = config.load(path)
    idle = not wiring.is_running(settings)
    found = operations.verify(settings, wiring.open_existing(settings), now=now(), idle=idle)
    for finding in found:
        print(caller.say.of(finding.code, finding.facts))
    if found:
        raise typer.Exit(1)
    caller.print("cli.verify.well")
