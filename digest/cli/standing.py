"""The command that tells how things stand: status."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from digest import config, wordfiles
from digest.cli.caller import CONFIG, Caller, now
from digest.cli.options import ConfigFile, app
from digest.messages import Messages
from digest.text import one_line

if TYPE_CHECKING:
    from digest.operations.health.standing import PaperStanding, Standing

_UNITS = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))


@app.command("status", help="cli.status")
def status(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="cli.opt.status_json")] = False,
    path: ConfigFile = CONFIG,
) -> None:
    """Print how things stand, what is not well first; the exit code says whether all is well."""
    from digest import app as wiring
    from digest import operations

    caller: Caller = context.obj
    settings = config.load(path)
    engine = wiring.open_existing(settings)
    running = wiring.is_running(settings)
    found = operations.status(settings, engine, wiring.open_inbox(settings), now(), running=running)
    if as_json:
        record = _named(_record(found, running=running, say=caller.say))
        print(json.dumps(record, ensure_ascii=False, default=_date))
    else:
        print(*_troubles(found, caller.say), "", sep="\n")
        print(*_aligned(list(_lines(found, caller.say, settings.publications[0].zone, running=running))), sep="\n")
        for fault in wordfiles.read(settings.root).faults:
            caller.print(fault.code, **fault.facts)
    raise typer.Exit(0 if found.well else 1)


def _record(found: "Standing", *, running: bool, say: Messages) -> dict[str, object]:
    """Return how things stand as JSON has it, the troubles with their words."""
    troubles = tuple(
        {"key": one.key, "facts": one.facts, "what": say.of(one.code, one.facts), "todo": say.of(one.todo, one.facts)}
        for one in found.troubles
    )
    every: dict[str, object] = {
        field.name: getattr(found, field.name) for field in fields(found) if field.name != "service"
    }
    return {"well": found.well} | every | {"troubles": troubles, "running": running}


def _named(value: object) -> object:
    """Return a value with its tuples of named parts as mappings: JSON would make lists of them."""
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        parts = [_named(part) for part in value]
        return dict(zip(names, parts, strict=True)) if names else parts
    if is_dataclass(value):
        return {field.name: _named(getattr(value, field.name)) for field in fields(value)}
    return {name: _named(part) for name, part in value.items()} if isinstance(value, Mapping) else value


def _date(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def _troubles(found: "Standing", say: Messages) -> Iterator[str]:
    if found.well:
        yield say("status.well")
    for one in found.troubles:
        yield f"✗ {one_line(say.of(one.code, one.facts))}"
        yield f"  {say('alarm.todo', what=say.of(one.todo, one.facts))}"


def _lines(found: "Standing", say: Messages, zone: ZoneInfo, *, running: bool) -> Iterator[tuple[str, str]]:
    """Yield the lines of the screen, each with its name; one without belongs to the line before."""
    yield say("status.inbox"), _inbox(found, say)
    yield from (("", say("status.claimed", name=name)) for name in found.inbox.claimed)
    yield from (("", say("status.unfinished", name=name)) for name in found.inbox.unfinished)
    for paper in found.papers:
        yield paper.title, _paper(paper, found.at, say, zone)
    for table, states in found.work.items():
        counts = " · ".join(f"{say(f'state.{state}')} {n}" for state, n in states.items())
        yield say(f"status.{table}"), counts or "0"
        if table == "issue":
            yield from (("", say("status.held", name=one.name, issue=one.key)) for one in found.held if one.by_hand)
        for one in found.failures:
            if one.table == table:
                facts = {"name": one.name, "reason": one_line(one.reason), "n": one.rows, "tries": one.tries}
                yield "", say("status.failed", **facts).strip()
    for each in found.halted:
        yield "", say("status.halted", paper=each.slug, subject=each.subject, waiting=each.waiting)
    if found.waiting_since is not None:
        yield say("status.oldest"), _age(found.at - found.waiting_since, say)
    disk = {"free": f"{found.disk.free / 1e9:.1f}", "least": f"{found.disk.least / 1e9:.1f}"}
    yield say("status.disk"), say("status.disk_free", **disk)
    yield say("status.service"), say("status.running" if running else "status.stopped")
    if found.crew is not None:
        yield say("status.crew"), say("status.crew_facts", **found.crew._asdict())
    yield say("status.versions"), say("status.version", **asdict(found.versions))


def _aligned(lines: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the lines with their words below each other; a Chinese character is two columns wide."""
    from rich.cells import cell_len

    width = 2 + max(cell_len(name) for name, _ in lines)
    return (f"{name}{' ' * (width - cell_len(name))}{words}" for name, words in lines)


def _inbox(found: "Standing", say: Messages) -> str:
    if found.inbox.trouble is not None:
        return found.inbox.trouble
    if not found.inbox.waiting:
        return say("status.empty")
    name, since = found.inbox.waiting[0]
    return say("status.waiting", n=len(found.inbox.waiting), name=name, age=_age(found.at - since, say))


def _paper(paper: "PaperStanding", at: datetime, say: Messages, zone: ZoneInfo) -> str:
    """Return what is known of a paper: its last issue, the next one, and the age of its feed."""
    parts = [say("status.no_issue")]
    if paper.last is not None:
        came = f"{paper.last.at.astimezone(zone):%Y-%m-%d %H:%M}"
        parts = [say("status.last", issue=paper.last.key, came=came, state=say(f"state.{paper.last.state}"))]
    if paper.expected is not None:
        parts.append(say("status.expected", by=f"{paper.expected.by.astimezone(zone):%Y-%m-%d %H:%M}"))
    if paper.feed is not None:
        parts.append(say("status.feed", age=_age(at - paper.feed, say)))
    return " · ".join(parts)


def _age(age: timedelta, say: Messages) -> str:
    """Return an age in the largest unit that it fills, minutes at least."""
    name, unit = next(((name, unit) for name, unit in _UNITS if age >= unit), _UNITS[-1])
    return say(f"status.{name}", n=max(0, age // unit))
