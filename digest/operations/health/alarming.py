"""Troubles → what the operator is told: each once when it begins, once when it is over, by mail and by webhook.

What is known stands in the table `alarm`, and what is to be told goes into the outbox of notices in the same
transaction, so that a restart repeats nothing and a message that fails is tried again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from digest import timing, webhook
from digest.errors import DigestError
from digest.messages import Messages
from digest.operations.health import looking, troubles
from digest.operations.health.standing import Trouble
from digest.store import alarms, database, notices
from digest.store.alarms import Alarm
from digest.store.database import Connection
from digest.text import clipped, one_line
from digest.works import Works

CALM = timedelta(minutes=5)
"""How long a trouble must be over before that is told: what comes and goes is one trouble."""

BUNDLE = timedelta(minutes=10)
"""How long after one message the next is sent: what happens meanwhile is told together."""

LAPSING: Mapping[str, timedelta] = {"rejected": timedelta(hours=23), "clock_set": timedelta(0)}
"""Troubles that are events: after so long they are past, and nobody has mended anything."""

PATIENCE = timedelta(days=1)
"""After how long a message to a webhook is given up."""

SUBJECT_CHARS = 60


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to become of the alarms: `new` and `back` begin or go on, `calm` seem over, `gone` are past.

    Of `raised` and `over` people are to be told.
    """

    new: list[Trouble] = field(default_factory=list)
    back: list[str] = field(default_factory=list)
    calm: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    raised: list[Trouble] = field(default_factory=list)
    over: list[Trouble] = field(default_factory=list)


def watch(works: Works, now: datetime) -> list[str]:
    """Look at everything, and queue what the operator is to be told; return the keys of what is new or over.

    A service that has just begun tells nothing before it has looked through its inbox once: what seems to be missing
    may lie there.
    """
    vitals = works.pulse.vitals()
    if vitals.scanned is None and vitals.alive <= troubles.STOPPED_SECONDS:
        return []
    faults = works.templates.faults
    standing = looking.status(works.settings, works.engine, works.inbox, now, vitals=vitals, faults=faults)
    with database.reading(works.engine) as store:
        known = alarms.listed(store)
        last = notices.last(store, ["alarm", "webhook"])
    plan = planned([one for one in standing.troubles if one.kind not in troubles.UNTOLD], known, now)
    spoken = last is not None and timedelta(0) <= now - last < BUNDLE
    if spoken or not (works.webhook or works.settings.mail.operator):
        plan.raised.clear()
        plan.over.clear()
    if any((plan.new, plan.back, plan.calm, plan.gone, plan.raised, plan.over)):
        with database.writing(works.engine) as store:
            _carry_out(works, store, plan, now)
    return [one.key for one in (*plan.new, *plan.over)]


def planned(found: Sequence[Trouble], known: Sequence[Alarm], now: datetime) -> Plan:
    """Return what follows from the troubles that there are, and those that were known."""
    plan = Plan()
    there, before = {one.key: one for one in found}, {one.key: one for one in known}
    plan.new.extend(one for key, one in there.items() if key not in before)
    plan.back.extend(key for key in there if key in before and before[key].cleared_at is not None)
    plan.raised.extend(one for key, one in there.items() if key not in before or before[key].told_at is None)
    for key, alarm in before.items():
        if key in there:
            continue
        trouble = Trouble(key, alarm.facts)
        lasts = LAPSING.get(trouble.kind)
        if alarm.told_at is None or (lasts is not None and now - alarm.raised_at >= lasts):
            plan.gone.append(key)
        elif alarm.cleared_at is None:
            plan.calm.append(key)
        elif not timedelta(0) <= now - alarm.cleared_at < CALM:
            plan.over.append(trouble)
    return plan


def said(plan: Plan, say: Messages) -> tuple[str, str]:
    """Return what people are told: a subject, and each trouble with what to do about it, then what is over."""
    heads = [_what(one, say) for one in plan.raised]
    heads += [say("alarm.recovered", what=one_line(say.of(one.over, one.facts))) for one in plan.over]
    first = clipped(heads[0], SUBJECT_CHARS)
    subject = (
        say("alarm.subject", what=first) if len(heads) == 1 else say("alarm.subject_more", what=first, n=len(heads) - 1)
    )
    return subject, "\n".join([*_body(plan, heads, say), say("alarm.footer")])


def post(works: Works, now: datetime) -> str | None:
    """Post what the webhook is to be told, until one message is not taken; return why, if one was not."""
    with database.reading(works.engine) as store:
        due = notices.due(store, now, posted=True)
    for one in due:
        try:
            webhook.post(works.webhook or "", one.text)
        except DigestError as error:
            words = works.messages.of(error.code, error.facts)
            tries = one.attempts + 1
            over = works.webhook is None or timing.is_given_up(one.created_at, tries, now, PATIENCE)
            again = now + timing.retry_after(tries)
            with database.writing(works.engine) as store:
                notices.settle(store, one.id, "failed" if over else "pending", again=again, error=words)
            return words
        with database.writing(works.engine) as store:
            notices.settle(store, one.id, "sent")
    return None


def _carry_out(works: Works, store: Connection, plan: Plan, now: datetime) -> None:
    for one in plan.new:
        alarms.raise_(store, one.key, one.facts, now)
    for key in plan.back:
        alarms.set_cleared(store, key, None)
    for key in plan.calm:
        alarms.set_cleared(store, key, now)
    alarms.mark_told(store, [one.key for one in plan.raised], now)
    alarms.remove(store, [*plan.gone, *(one.key for one in plan.over)])
    if plan.raised or plan.over:
        _tell(works, store, *said(plan, works.messages), now)


def _tell(works: Works, store: Connection, subject: str, text: str, now: datetime) -> None:
    ways: list[tuple[notices.Kind, str | None]] = [
        ("alarm", works.settings.mail.operator),
        ("webhook", works.webhook and "webhook"),
    ]
    for kind, recipient in ways:
        if recipient is not None:
            message_id = f"<{works.new_id()}.{kind}@{works.settings.authority}>"
            notices.add(store, recipient, text, message_id=message_id, now=now, kind=kind, subject=subject)


def _body(plan: Plan, heads: Sequence[str], say: Messages) -> Iterator[str]:
    for one, head in zip(plan.raised, heads, strict=False):
        yield from (head, say("alarm.todo", what=say.of(one.todo, one.facts)), "")
    if over := heads[len(plan.raised) :]:
        yield from (*over, "")


def _what(one: Trouble, say: Messages) -> str:
    return one_line(say.of(one.code, one.facts))
