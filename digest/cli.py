"""The commands: what people type, and what they are told. The only place that prints.

Helps are codes of the catalogue, put into the caller's language when a command is run. What takes long to load is
imported where it is needed, so that `digest parse` is quick.
"""

import json
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digest import config, receipts
from digest.errors import DigestError, RejectedError
from digest.messages import Messages
from digest.model import Source
from digest.settings import Cadence, Language, Settings

if TYPE_CHECKING:
    from digest.works import Works

app = typer.Typer(help="cli.help", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
subscribers = typer.Typer(help="cli.subscribers", no_args_is_help=True)
app.add_typer(subscribers, name="subscribers")

Files = Annotated[list[Path], typer.Argument(help="cli.arg.files", show_default=False)]
ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="cli.opt.config")]
AsJson = Annotated[bool, typer.Option("--json", help="cli.opt.json")]
Address = Annotated[str, typer.Argument(help="cli.arg.address", show_default=False)]
IssueName = Annotated[str, typer.Argument(help="cli.arg.issue", show_default=False)]
Slug = Annotated[str | None, typer.Option("--paper", help="cli.opt.paper", show_default=False)]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: how to speak to them, and their environment."""

    say: Messages
    environment: Mapping[str, str]

    def print(self, code: str, /, **facts: object) -> None:
        """Print a message of the catalogue."""
        print(self.say(code, **facts))


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command and return its exit code; an expected failure is told in words on standard error."""
    say = Messages(_language(arguments, environment))
    command = typer.main.get_command(app)
    _translate(command, say)
    try:
        command(list(arguments), prog_name="digest", obj=Caller(say, environment))
    except DigestError as error:
        print(say.of(error.code, error.facts), file=sys.stderr)
        return 1
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    return 0


@app.callback()
def _options(
    _lang: Annotated[str | None, typer.Option("--lang", help="cli.opt.lang", show_default=False)] = None,
) -> None:
    """Take the options of all commands; the language has been seen to before."""


@app.command(name="demo", help="cli.demo")
def demo_(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("--folder", help="cli.opt.demo_folder")] = Path(".demo"),
    once: Annotated[bool, typer.Option("--once", help="cli.opt.once")] = False,
) -> None:
    """Take the sample issues through the whole path, then serve the result."""
    from digest import app as wiring
    from digest import demo

    caller: Caller = context.obj
    settings = demo.prepare(folder, caller.say.language)
    with wiring.open_service(settings, caller.environment, _now()) as works:
        shown = demo.perform(works, _now())
        caller.print("cli.demo.taken", n=shown.articles, issues=shown.issues)
        caller.print("cli.demo.site", url=settings.site_url, folder=settings.public)
        caller.print("cli.demo.feeds", url=settings.site_url)
        caller.print("cli.demo.letter", eml=shown.eml, html=shown.html)
        if once:
            return
        caller.print("cli.demo.watching", inbox=settings.inbox.folder)
        _serve(works)


@app.command(name="run", help="cli.run")
def run_(context: typer.Context, path: ConfigFile = Path(config.NAME)) -> None:
    """Start the service."""
    from digest import app as wiring

    caller: Caller = context.obj
    settings = config.load(path)
    with wiring.open_service(settings, caller.environment, _now()) as works:
        caller.print("cli.run.started", inbox=settings.inbox.folder, url=settings.site_url)
        _serve(works)


@app.command(help="cli.once")
def once(context: typer.Context, path: ConfigFile = Path(config.NAME)) -> None:
    """Do one pass."""
    from digest import app as wiring
    from digest import pipeline

    caller: Caller = context.obj
    settings = config.load(path)
    settle = settings.inbox.settle
    hasty = replace(settings, inbox=replace(settings.inbox, empty_settle=settle))  # no later pass will look again
    with wiring.open_service(hasty, caller.environment, _now()) as works:
        outcomes = pipeline.ingest(works, _now())
        if works.inbox.settling:
            time.sleep(settle)
            outcomes += pipeline.ingest(works, _now())
        for outcome in outcomes:
            print(outcome.words)
        for name in works.inbox.settling:
            caller.print("receipt.settling", name=name)
        published = pipeline.publish(works, _now())
        letters = pipeline.compose(works, _now())
        sent = 0
        while batch := pipeline.deliver(works, _now()):
            sent += batch
        caller.print("cli.once.done", files=len(outcomes), issues=len(published), letters=letters, deliveries=sent)


@app.command(help="cli.parse")
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
            issue = understand(_source(path), lexicon, settings)
        except RejectedError as refusal:
            print(f"{path}: {caller.say.of(refusal.code, refusal.facts)}", file=sys.stderr)
            refused = True
            continue
        if as_json:
            print(json.dumps(record.record(path.name, issue, caller.say), ensure_ascii=False))
        else:
            print(receipts.described(issue, caller.say))
    raise typer.Exit(int(refused))


@app.command(help="cli.preview")
def preview(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="cli.arg.file", show_default=False)],
    folder: Annotated[Path, typer.Option("--out", help="cli.opt.out")] = Path("preview"),
    path: ConfigFile = Path(config.NAME),
) -> None:
    """Write an issue's record, pages, feeds and letter as they would be, changing nothing else."""
    from digest import previewing, templating
    from digest.analysis.lexicon import Lexicon, shipped

    caller: Caller = context.obj
    settings = config.load(path) if path.exists() else Settings()
    lexicon = Lexicon.build(shipped(), segmenter=settings.analysis.segmenter)
    templates = templating.load(settings.templates if settings.templates.is_dir() else None)
    written = previewing.write(_source(file), settings, lexicon, templates, folder, now=_now())
    caller.print("cli.preview.done", n=len(written), page=folder / "index.html")


@app.command(help="cli.status")
def status(context: typer.Context, path: ConfigFile = Path(config.NAME)) -> None:
    """Show how things stand."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    settings = config.load(path)
    found = operations.status(wiring.open_store(settings, _now()), _now())
    for part in ("sources", "issues", "subscriptions", "deliveries"):
        counts: Mapping[str, int] = getattr(found, part)
        words = ", ".join(f"{caller.say(f'state.{state}')} {n}" for state, n in counts.items())
        print(f"{caller.say(f'cli.status.{part}')}: {words or 0}")
    if found.waiting is not None:
        caller.print("cli.status.waiting", minutes=int(found.waiting.total_seconds() // 60))
    inbox = wiring.open_inbox(settings)
    for code, names in (("cli.status.claimed", inbox.pending()), ("cli.status.unfinished", inbox.stale(_now()))):
        for name in names:
            caller.print(code, name=name)
    raise typer.Exit(0 if found.well else 1)


@app.command(help="cli.verify")
def verify(context: typer.Context, path: ConfigFile = Path(config.NAME)) -> None:
    """Check that every promise is kept."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    settings = config.load(path)
    idle = not wiring.is_running(settings)
    found = operations.verify(settings, wiring.open_existing(settings, _now()), now=_now(), idle=idle)
    for finding in found:
        print(caller.say.of(finding.code, finding.facts))
    if found:
        raise typer.Exit(1)
    caller.print("cli.verify.well")


@app.command(help="cli.backup")
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="cli.arg.backup", show_default=False)],
    path: ConfigFile = Path(config.NAME),
) -> None:
    """Write a backup."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    settings = config.load(path)
    operations.back_up(settings, wiring.open_existing(settings, _now()), file, path)
    caller.print("cli.backup.done", file=file)


@app.command(help="cli.restore")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="cli.arg.backup", show_default=False)],
    resume_mail: Annotated[bool, typer.Option("--resume-mail", help="cli.opt.resume_mail")] = False,
    path: ConfigFile = Path(config.NAME),
) -> None:
    """Fill an empty data folder from a backup, and write the site again."""
    from digest import app as wiring
    from digest import atomic, operations, pipeline

    caller: Caller = context.obj
    if not path.exists() and (kept := operations.config_in(file)):
        atomic.replace(path, kept)
    settings = config.load(path)
    operations.restore(file, settings.data)
    with wiring.open_service(settings, caller.environment, _now()) as works:
        pipeline.publish(works, _now(), everything=True)
        uncertain = 0 if resume_mail else operations.doubt_letters(works.engine, _now())
    caller.print("cli.restore.done", folder=settings.data)
    if uncertain:
        caller.print("cli.restore.uncertain", n=uncertain)


@app.command(help="cli.approve")
def approve(context: typer.Context, issue: IssueName, paper: Slug = None, path: ConfigFile = Path(config.NAME)) -> None:
    """Let out an issue, or a correction, that waits for approval."""
    from digest import editing

    with _editing(context, path) as (_, works):
        editing.approve(works, _slug(works.settings, paper), issue, _now())


@app.command(help="cli.hold")
def hold(context: typer.Context, issue: IssueName, paper: Slug = None, path: ConfigFile = Path(config.NAME)) -> None:
    """Hold an issue that readers have not seen."""
    from digest import editing

    with _editing(context, path) as (caller, works):
        editing.hold(works, _slug(works.settings, paper), issue)
        caller.print("cli.hold.done", issue=issue)


@app.command(help="cli.retract")
def retract(
    context: typer.Context,
    article: Annotated[str, typer.Argument(help="cli.arg.article", show_default=False)],
    reason: Annotated[str | None, typer.Option(help="cli.opt.reason", show_default=False)] = None,
    undo: Annotated[bool, typer.Option("--undo", help="cli.opt.undo")] = False,
    paper: Slug = None,
    path: ConfigFile = Path(config.NAME),
) -> None:
    """Withdraw an article, or take that back."""
    from digest import editing

    with _editing(context, path) as (_, works):
        if undo:
            editing.restore(works, _slug(works.settings, paper), article, _now())
        else:
            editing.retract(works, _slug(works.settings, paper), article, reason, _now())


@app.command(help="cli.reissue")
def reissue(
    context: typer.Context,
    issue: IssueName,
    file: Annotated[Path, typer.Argument(help="cli.arg.file", show_default=False)],
    paper: Slug = None,
    path: ConfigFile = Path(config.NAME),
) -> None:
    """Make a file the correction of a named issue."""
    from digest import editing

    with _editing(context, path) as (_, works):
        print(editing.reissue(works, _slug(works.settings, paper), issue, _source(file), _now()).words)


@subscribers.command(help="cli.subscribers.add")
def add(
    context: typer.Context,
    address: Address,
    paper: Slug = None,
    cadence: Annotated[Cadence, typer.Option(help="cli.opt.cadence")] = "daily",
    path: ConfigFile = Path(config.NAME),
) -> None:
    """Subscribe an address."""
    from digest import app as wiring
    from digest import subscriptions

    caller: Caller = context.obj
    settings = config.load(path)
    slug = _slug(settings, paper)
    email = subscriptions.subscribe(wiring.open_store(settings, _now()), address, slug, cadence, _now())
    caller.print("cli.subscribers.added", email=email, paper=slug)


@subscribers.command(name="list", help="cli.subscribers.list")
def list_(context: typer.Context, path: ConfigFile = Path(config.NAME)) -> None:
    """Print all subscriptions, one a line, with tabs between: address, paper, cadence, state, since."""
    from digest import app as wiring
    from digest import subscriptions

    caller: Caller = context.obj
    for one in subscriptions.listed(wiring.open_store(config.load(path), _now())):
        print(one.email, one.slug, one.cadence, caller.say(f"state.{one.state}"), f"{one.since:%Y-%m-%d}", sep="\t")


@subscribers.command(help="cli.subscribers.remove")
def remove(context: typer.Context, address: Address, paper: Slug = None, path: ConfigFile = Path(config.NAME)) -> None:
    """Unsubscribe an address."""
    from digest import app as wiring
    from digest import subscriptions

    caller: Caller = context.obj
    settings = config.load(path)
    slug = _slug(settings, paper)
    if not subscriptions.unsubscribe(wiring.open_store(settings, _now()), address, slug, _now()):
        raise DigestError("error.not_subscribed", email=address, paper=slug)
    caller.print("cli.subscribers.removed", email=address, paper=slug)


@contextmanager
def _editing(context: typer.Context, path: Path) -> Iterator[tuple[Caller, "Works"]]:
    """Open what is needed to change what is there, and publish the change; a running service does that itself."""
    from digest import app as wiring
    from digest import pipeline

    caller: Caller = context.obj
    with wiring.open_beside(config.load(path), caller.environment, _now()) as (works, alone):
        yield caller, works
        if alone:
            caller.print("cli.published", n=len(pipeline.publish(works, _now())))
        else:
            caller.print("cli.published_by_service")


def _serve(works: "Works") -> None:
    """Run clock and web server until a signal ends them."""
    import uvicorn

    from digest import web
    from digest.scheduler import Scheduler

    # uvicorn ends on SIGTERM and then raises it again; this lets what is open be closed first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    scheduler = Scheduler(works)
    scheduler.start()
    try:
        where = works.settings.web
        uvicorn.run(web.build(works, _now), host=where.host, port=where.port, log_level="warning")
    finally:
        scheduler.stop()


def _source(path: Path) -> Source:
    """Read a file that a command names."""
    try:
        return Source(path.name, path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC))
    except OSError as error:
        raise RejectedError("rejected.unreadable_file", detail=error.strerror or str(error)) from error


def _slug(settings: Settings, wanted: str | None) -> str:
    """Return the paper that a command is about: the only one, or the one that is named."""
    slugs = [one.slug for one in settings.publications]
    chosen = slugs[0] if wanted is None and len(slugs) == 1 else wanted
    if chosen is None or chosen not in slugs:
        raise DigestError("error.paper", slugs=", ".join(slugs))
    return chosen


def _language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the caller's language: `--lang`, else that of the environment, else Chinese."""
    named = [value for option, value in pairwise(arguments) if option == "--lang"]
    named += [option.removeprefix("--lang=") for option in arguments if option.startswith("--lang=")]
    wanted = named or [environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)]
    return "en" if wanted and wanted[0].lower().startswith("en") else "zh"


def _translate(command: Any, say: Messages) -> None:
    """Put the helps of a command, its parameters and its sub-commands into words."""
    if command.help:
        command.help = say(command.help)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = say(parameter.help)
    for sub in getattr(command, "commands", {}).values():
        _translate(sub, say)


def _now() -> datetime:
    return datetime.now(UTC)
