"""The page on which a subscriber chooses: how often, when, about what; another address; one's own data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache
from types import MappingProxyType
from typing import get_args
from zoneinfo import ZoneInfo, available_timezones

from starlette.responses import Response

from digest import links, schedule, subscriptions
from digest.errors import DigestError
from digest.model import Cadence, Preferences
from digest.model import Form as Shape
from digest.subscriptions import Choice
from digest.text import clean, one_line
from digest.web.counter import Counter, Form

MOST_WORDS = 20
"""How many keywords one can choose."""

_WEEK = [date(2024, 1, 1) + timedelta(days=n) for n in range(7)]
"""A week that begins on a Monday."""

LONGEST_PAUSE = timedelta(days=731)

_WORD_CHARS = 40
_SECTION, _KEYWORD = "section:", "keyword:"
_SEPARATORS = str.maketrans("，、；;\n\t", ",,,,,,")
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reading:
    """A form as far as it could be read, and by field the codes of what is wrong, and what was typed there."""

    wanted: Preferences
    faults: Mapping[str, str]
    typed: Mapping[str, str]


def preferences(counter: Counter, form: Form) -> Response:
    """Show, or save, what the bearer of a token has chosen."""
    person = subscriptions.chooser(counter.works, counter.publication, form.token)
    if person is None:
        return counter.invalid_link()
    choice = subscriptions.choice(counter.works, counter.publication, person)
    if choice is None:
        own = person.public_id, person.token_version
        return counter.page("form_left", action=links.preferences_url(counter.works, counter.publication, *own))
    if not form.is_sent:
        return _page(counter, choice)
    read = reading(form, choice, counter.publication.zone)
    choice = replace(choice, preferences=read.wanted)
    if not read.faults:
        subscriptions.choose(counter.works, counter.publication, person, read.wanted, origin=form.origin, now=form.now)
    return _page(counter, choice, faults=read.faults, typed=read.typed, saved=not read.faults)


def address(counter: Counter, form: Form) -> Response:
    """Take another address for a subscriber's letters; its mailbox has to confirm it.

    What becomes of it is done once the answer has left, so that its time tells nothing.
    """
    person = subscriptions.chooser(counter.works, counter.publication, form.token)
    choice = person and subscriptions.choice(counter.works, counter.publication, person)
    if person is None or choice is None:
        return counter.invalid_link()
    if refused := counter.refused(form):
        return refused
    try:
        subscriptions.parse_address(form["email"])
    except DigestError:
        return _page(counter, choice, faults={"email": "web.fault_address"}, typed={"email": form["email"]})
    answer = counter.notice("web.address")
    answer.background = counter.later(
        subscriptions.propose, counter.works, counter.publication, person, form["email"], form.now
    )
    return answer


def data(counter: Counter, form: Form) -> Response:
    """Mail a person the link to all that is known of them, whether still subscribed or not."""
    person = subscriptions.chooser(counter.works, counter.publication, form.token)
    if person is None:
        return counter.invalid_link()
    if refused := counter.refused(form):
        return refused
    subscriptions.offer(counter.works, counter.publication, person, form.now)
    return counter.notice("web.data_sent")


def reading(form: Form, choice: Choice, paper_zone: ZoneInfo) -> Reading:
    """Read what a subscriber has chosen; what cannot be read stays as it was, and has a fault."""
    faults: dict[str, str] = {}
    before = choice.preferences
    zone_name = form["timezone"] or None
    if zone_name is not None and zone_name not in _zones():
        faults["timezone"] = "web.fault_timezone"
        zone_name = before.timezone
    zone = ZoneInfo(zone_name) if zone_name else paper_zone
    send_at, quiet_from, quiet_to = (_time(form[name], name, faults) for name in ("send_at", "quiet_from", "quiet_to"))
    if (quiet_from is None) != (quiet_to is None):
        faults.setdefault("quiet_from", "web.fault_quiet")
    words = _words(form["keywords"])
    if len(words) > MOST_WORDS or any(len(word) > _WORD_CHARS for word in words):
        faults["keywords"] = "web.fault_keywords"
    day = _day(form["paused_until"], form.now.astimezone(zone).date(), faults)
    known = {*choice.sections, *_topics(before.topics, _SECTION)}
    topics = [f"{_SECTION}{label}" for label in form.all("section") if label in known]
    wanted = Preferences(
        cadence=next((one for one in get_args(Cadence) if one == form["cadence"]), before.cadence),
        send_at=send_at,
        weekday=int(form["weekday"]) if form["weekday"] in set("0123456") else before.weekday,
        timezone=zone_name,
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        topics=tuple(sorted({*topics, *(f"{_KEYWORD}{word}" for word in words)})),
        form=next((one for one in get_args(Shape) if one == form["form"]), before.form),
        paused_until=None if day is None else schedule.instant(day, time(), zone),
    )
    return Reading(wanted, faults, {name: form[name] for name in faults})


def _page(
    counter: Counter,
    choice: Choice,
    *,
    faults: Mapping[str, str] = _NONE,
    typed: Mapping[str, str] = _NONE,
    saved: bool = False,
) -> Response:
    wanted, publication = choice.preferences, counter.publication
    zone = ZoneInfo(wanted.timezone) if wanted.timezone else publication.zone
    now = counter.clock()
    own = choice.person.public_id, choice.person.token_version
    paused = wanted.paused_until if wanted.paused_until and wanted.paused_until > now else None
    chosen = _topics(wanted.topics, _SECTION)
    return counter.page(
        "form_preferences",
        status=422 if faults else 200,
        action=links.preferences_url(counter.works, publication, *own),
        unsubscribe=links.unsubscribe_url(counter.works, publication.slug, *own),
        email=choice.person.email,
        wanted=wanted,
        sections=[*choice.sections, *(label for label in chosen if label not in choice.sections)],
        chosen=chosen,
        keywords=_joined(_topics(wanted.topics, _KEYWORD)),
        paused_until=paused and paused.astimezone(zone).date().isoformat(),
        earliest=now.astimezone(zone).date().isoformat(),
        usual=counter.works.settings.send_at(publication),
        usual_zone=publication.timezone,
        weekdays=_WEEK,
        zones=_zones(),
        faults=faults,
        typed=typed,
        saved=saved,
    )


def _topics(topics: Sequence[str], kind: str) -> list[str]:
    return [topic.removeprefix(kind) for topic in topics if topic.startswith(kind)]


def _joined(words: Sequence[str]) -> str:
    return ", ".join(words)


def _words(typed: str) -> list[str]:
    words = map(one_line, clean(typed)[0].translate(_SEPARATORS).split(","))
    return list(dict.fromkeys(filter(None, words)))


def _time(typed: str, name: str, faults: dict[str, str]) -> time | None:
    try:
        return time.fromisoformat(typed).replace(second=0, microsecond=0, tzinfo=None) if typed else None
    except ValueError:
        faults[name] = "web.fault_time"
        return None


def _day(typed: str, today: date, faults: dict[str, str]) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = today
    if today < day <= today + LONGEST_PAUSE:
        return day
    faults["paused_until"] = "web.fault_day"
    return None


@cache
def _zones() -> tuple[str, ...]:
    """Return the names of the zones that people live in."""
    return tuple(sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/")))
