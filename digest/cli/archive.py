"""The commands for the archive: backfill, export."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest import config
from digest.cli.caller import CONFIG, Caller, now, publication_of
from digest.cli.options import ConfigFile, Slug, app
from digest.errors import DigestError

if TYPE_CHECKING:
    from digest.operations.backfill import Report
    from digest.works import Works

TOLD = 10
"""How many files of a kind are told of on the terminal; a report names all."""


@app.command("backfill", help="cli.backfill")
def backfill(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="cli.arg.archive", show_default=False)],
    processes: Annotated[int | None, typer.Option(help="cli.opt.processes", min=1, show_default=False)] = None,
    report: Annotated[Path | None, typer.Option("--report", help="cli.opt.report", show_default=False)] = None,
    paper: Slug = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Take in years of issues at once."""
    from digest import app as wiring
    from digest import atomic
    from digest.cli.beside import Publisher
    from digest.operations import backfill as archive

    caller: Caller = context.obj
    if report and report.suffix.lower() not in archive.FORMS:
        raise DigestError("error.report_form", file=str(report), known=", ".join(archive.FORMS))
    cores = len(os.sched_getaffinity(0))
    with wiring.open_beside(config.load(path), caller.environment, now()) as (works, alone):
        publication, many = publication_of(works.settings, paper), processes or cores
        with Publisher(path, caller.environment) as beside:
            then = beside.want if alone and many > 1 else archive.nothing
            done = archive.take_in(
                works, publication, folder, now(), processes=many, progress=caller.progress, then=then
            )
            with caller.progress("cli.publish.progress") as tell:
                published = beside.done(tell)
        _tell(caller, done)
        if report:
            atomic.replace(report, archive.rendered(done.rows, report.suffix.lower(), caller.say).encode())
            caller.print("cli.backfill.report", file=report)
        if alone:
            _publish(caller, works, published)
        else:
            caller.print("cli.backfill.by_service")


@app.command("export", help="cli.export")
def export(
    context: typer.Context,
    jsonl: Annotated[Path | None, typer.Option("--jsonl", help="cli.opt.jsonl", show_default=False)] = None,
    site: Annotated[Path | None, typer.Option("--site", help="cli.opt.site", show_default=False)] = None,
    path: ConfigFile = CONFIG,
) -> None:
    """Take the archive along: all articles, the site, or both."""
    from digest import app as wiring
    from digest.operations import export as archive

    caller: Caller = context.obj
    settings = config.load(path)
    if jsonl is None and site is None:
        raise DigestError("error.export_what")
    if jsonl is not None:
        lines = archive.articles(settings, wiring.open_existing(settings))
        _write_lines(caller, lines, jsonl)
    if site is not None:
        with wiring.open_aside(settings, caller.environment) as works:
            print(caller.say("cli.export.site", n=archive.site(works, site, now()), target=site), file=sys.stderr)


def _write_lines(caller: Caller, records: Iterable[dict[str, Any]], target: Path) -> None:
    """Write a line for each record to a file, which is there whole or not at all, or, for `-`, to standard output."""
    import json

    from digest import atomic

    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    if target == Path("-"):
        for line in lines:
            print(line)
        return
    with atomic.replacing(target) as temporary, temporary.open("w", encoding="utf-8") as file:
        n = len([file.write(f"{line}\n") for line in lines])
    print(caller.say("cli.export.articles", n=n, file=target), file=sys.stderr)


def _tell(caller: Caller, done: "Report") -> None:
    from digest.operations.backfill import KINDS

    caller.print("cli.backfill.done", n=done.taken, files=done.files, known=done.known)
    for kind in KINDS:
        rows = done.of(kind)
        if rows:
            print()
            caller.print(f"backfill.kind_{kind}", n=len(rows))
        for row in rows[:TOLD]:
            print(f"  {row.file}: {caller.say.of(row.code, row.facts)}")
        if len(rows) > TOLD:
            print("  …")


def _publish(caller: Caller, works: "Works", done: int) -> None:
    """Publish what has come and is not among those that are `done`, a part after the other."""
    from digest import pipeline

    with caller.progress("cli.publish.progress") as progress:
        while batch := pipeline.publish(works, now(), progress=progress):
            done += len(batch)
    caller.print("cli.published", n=done)
