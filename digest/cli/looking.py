"""The commands that only look: parse, preview, status, verify."""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from digest import config, receipts
from digest.cli.caller import CONFIG, Caller, ConfigFile, OneFile, app, now, source
from digest.errors import RejectedError
from digest.settings import Settings

Files = Annotated[list[Path], typer.Argument(help="cli.arg.files", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="cli.opt.json")]


@app.command("parse", help="cli.parse")
def parse(context: typer.Context, files: Files, as_json: AsJson = False) -> None:
    """Show what is found in a file."""
    from digest.analysis.lexicon import Lexicon, shipped
    from digest.parsing import record
    from digest.understanding import understand

    caller: Caller = context.obj
    settings = Settings().analysis
    lexicon = Lexicon.build(shipped(), segmenter=settings.segmenter)
    refused = False
    for path in files:
        try:
            issue = understand(source(path), lexicon, settings)
        except RejectedError as refusal:
            print(f"{path}: {caller.say.of(refusal.code, refusal.facts)}", file=sys.stderr)
            refused = True
            continue
        if as_json:
            print(json.dumps(record.record(path.name, issue, caller.say), ensure_ascii=False))
        else:
            print(receipts.described(issue, caller.say))
    raise typer.Exit(int(refused))


@app.command("preview", help="cli.preview")
def preview(
    context: typer.Context,
    file: OneFile,
    folder: Annotated[Path, typer.Option("--out", help="cli.opt.out")] = Path("preview"),
    path: ConfigFile = CONFIG,
) -> None:
    """Write an issue's record, pages, feeds and letter as they would be, changing nothing else."""
    from digest import previewing, templating
    from digest.analysis.lexicon import Lexicon, shipped

    caller: Caller = context.obj
    settings = config.load(path) if path.exists() else Settings()
    lexicon = Lexicon.build(shipped(), segmenter=settings.analysis.segmenter)
    templates = templating.load(settings.templates if settings.templates.is_dir() else None)
    written = previewing.write(source(file), settings, lexicon, templates, folder, now=now())
    caller.print("cli.preview.done", n=len(written), page=folder / "index.html")


@app.command("status", help="cli.status")
def status(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Show how things stand."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    settings = config.load(path)
    found = operations.status(wiring.open_store(settings, now()), now())
    for part in ("sources", "issues", "subscriptions", "deliveries"):
        counts: Mapping[str, int] = getattr(found, part)
        words = ", ".join(f"{caller.say(f'state.{state}')} {n}" for state, n in counts.items())
        print(f"{caller.say(f'cli.status.{part}')}: {words or 0}")
    if found.waiting is not None:
        caller.print("cli.status.waiting", minutes=int(found.waiting.total_seconds() // 60))
    inbox = wiring.open_inbox(settings)
    for code, names in (("cli.status.claimed", inbox.pending()), ("cli.status.unfinished", inbox.stale(now()))):
        for name in names:
            caller.print(code, name=name)
    raise typer.Exit(0 if found.well else 1)


@app.command("verify", help="cli.verify")
def verify(context: typer.Context, path: ConfigFile = CONFIG) -> None:
    """Check that every promise is kept."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    settings = config.load(path)
    idle = not wiring.is_running(settings)
    found = operations.verify(settings, wiring.open_existing(settings, now()), now=now(), idle=idle)
    for finding in found:
        print(caller.say.of(finding.code, finding.facts))
    if found:
        raise typer.Exit(1)
    caller.print("cli.verify.well")
