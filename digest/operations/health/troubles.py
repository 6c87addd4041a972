"""How things stand → what is not well. Nothing is looked up here: what is judged stands in the `Standing`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from digest.operations.health.standing import Standing, Trouble

KINDS = (
    "stopped",
    "workers",
    "disk",
    "clock_behind",
    "clock_set",
    "inbox",
    "failing",
    "unpublished",
    "stuck",
    "missing",
    "template",
    "held",
    "halted",
    "rejected",
    "uncertain",
    "untold",
    "refused",
    "retrying",
)
"""What can be wrong, the gravest first."""

UNTOLD = frozenset({"refused", "retrying"})
"""What is no alarm: single letters. `digest status` shows it."""

OURS = frozenset({"stopped", "clock_set", "failing", "template"})
"""What only the running service knows: others find it among its alarms."""

LONGEST_WAIT = timedelta(hours=1)
"""How long work may be due before a person should look: a large mailing takes its time, and so does a retry."""

LATELY = timedelta(days=1)
"""For how long what was refused or has failed is a reason to look; older ones have been looked at by now."""

WITHOUT_WORKERS = timedelta(minutes=2)
"""How long work may wait where there is nobody to do it: workers may be started anew."""

STOPPED_SECONDS = 600.0
"""How long the service's work may not get on: longer than any file takes."""

WRONG = timedelta(minutes=10)
"""How far a clock may be behind what was written down, or set, before that is a trouble."""

TRIES = 3
"""How often an issue may fail to be published before a person should look."""

KEY_CHARS = 80
"""How much of a file's name stands in a key."""

ROOMIER = 1.1
"""A disk that was short of room is well again with so much more than the least."""


def judged(standing: Standing, zones: Mapping[str, ZoneInfo], *, open_: frozenset[str] = frozenset()) -> Standing:
    """Return how things stand with its troubles, the gravest first.

    `zones` are those of the papers. Troubles whose keys are in `open_` were there before: they end a little later than
    they begin, so that none comes and goes.
    """
    found = _gravest_first(
        [*_machine(standing, open_), *_service(standing), *_papers(standing, zones), *_letters(standing)]
    )
    return replace(standing, troubles=found)


def with_alarms(standing: Standing, raised: Iterable[Trouble]) -> Standing:
    """Return how things stand with what only the service knows, which has `raised` it."""
    known = {one.key for one in standing.troubles}
    found = [*standing.troubles, *(one for one in raised if one.kind in OURS and one.key not in known)]
    return replace(standing, troubles=_gravest_first(found))


def _gravest_first(found: Iterable[Trouble]) -> tuple[Trouble, ...]:
    return tuple(sorted(found, key=lambda one: KINDS.index(one.kind)))


def _machine(standing: Standing, open_: frozenset[str]) -> Iterator[Trouble]:
    """Yield what is wrong with the machine, and with what lies on it."""
    disk = standing.disk
    if disk.free < disk.least * (ROOMIER if "disk" in open_ else 1):
        yield Trouble("disk", {"free": disk.free // 10**6, "least": disk.least // 10**6})
    if standing.last_time is not None and standing.at < standing.last_time - WRONG:
        yield Trouble("clock_behind", {"now": utc(standing.at), "last": utc(standing.last_time)})
    if standing.inbox.trouble is not None:
        yield Trouble("inbox", {"detail": standing.inbox.trouble})
    for fault in standing.templates:
        yield Trouble(f"template:{str(fault.facts['file'])[-KEY_CHARS:]}", fault.facts)


def _service(standing: Standing) -> Iterator[Trouble]:
    """Yield what is wrong with the service, and with those who do its work."""
    vitals = standing.service
    just_begun = vitals is not None and vitals.up < LONGEST_WAIT.total_seconds()  # and is at what has waited for it
    if not just_begun and standing.working_since is not None and standing.at - standing.working_since > LONGEST_WAIT:
        yield Trouble("stuck", {"since": utc(standing.working_since)})
    if standing.crew is not None and not standing.crew.workers:
        since = standing.working_since
        if since is not None and standing.at - since > WITHOUT_WORKERS:
            yield Trouble("workers", {"since": utc(since)})
    if vitals is None:
        return
    if vitals.alive > STOPPED_SECONDS:
        yield Trouble("stopped", {})
    if vitals.jumped is not None and abs(vitals.jumped) > WRONG.total_seconds():
        yield Trouble("clock_set", {"minutes": round(vitals.jumped / 60), "now": utc(standing.at)})
    for step, words in vitals.failing.items():
        yield Trouble(f"failing:{step}", {"step": step, "detail": words})


def _papers(standing: Standing, zones: Mapping[str, ZoneInfo]) -> Iterator[Trouble]:
    """Yield what is wrong with issues, and with the files that should have become some."""
    facts: dict[str, str | int]
    for paper in standing.papers:
        if paper.expected is not None and paper.expected.by < standing.at:
            by = paper.expected.by.astimezone(zones[paper.slug])
            facts = {"paper": paper.title, "day": f"{paper.expected.day}", "by": f"{by:%Y-%m-%d %H:%M}"}
            yield Trouble(f"missing:{paper.slug}", facts)
    titles = {paper.slug: paper.title for paper in standing.papers}
    for one in (each for each in standing.held if not each.by_hand):
        which = one.key if len(titles) == 1 else f"{one.key} --paper {one.slug}"
        facts = {"paper": titles.get(one.slug, one.slug), "issue": one.key, "which": which, "name": one.name}
        yield Trouble(f"held:{one.id}", facts)
    for file in standing.rejected:
        reason = file.words.partition("\n\n")[2].strip() or file.words.strip()
        facts = {"paper": titles.get(file.slug, file.slug), "name": file.name, "reason": reason}
        yield Trouble(f"rejected:{file.slug}/{file.name[:KEY_CHARS]}", facts)
    for failure in standing.failures:
        if failure.table == "issue" and failure.tries >= TRIES:
            yield Trouble(f"unpublished:{failure.name}", {"issue": failure.name, "detail": failure.reason})


def _letters(standing: Standing) -> Iterator[Trouble]:
    """Yield what is wrong with letters and notices."""
    titles = {paper.slug: paper.title for paper in standing.papers}
    for one in standing.halted:
        facts: dict[str, str | int] = {
            "paper": titles.get(one.slug, one.slug),
            "digest": one.digest,
            "subject": one.subject,
            "waiting": one.waiting,
        }
        yield Trouble(f"halted:{one.digest}", facts | one.tally._asdict())
    if standing.uncertain:
        yield Trouble("uncertain", {"n": standing.uncertain})
    if standing.failed_letters:
        yield Trouble("refused", {"n": standing.failed_letters})
    if standing.failed_notices:
        yield Trouble("untold", {"n": standing.failed_notices})
    waits = standing.waiting_since is not None and standing.at - standing.waiting_since > LONGEST_WAIT
    if waits and standing.waiting_since != standing.working_since:
        yield Trouble("retrying", {"since": utc(standing.waiting_since)})


def utc(at: datetime | None) -> str:
    """Return a time in words for the office, to the minute; no words for none."""
    return "" if at is None else f"{at:%Y-%m-%d %H:%M} UTC"
