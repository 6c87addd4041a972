"""What the office does itself: add and remove subscribers, one by one or by a list."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal, NamedTuple, get_args

from digest import tokens
from digest.errors import DigestError
from digest.model import Cadence
from digest.settings import Publication
from digest.store import consents, database, publications, subscribers, suppressions
from digest.store.consents import Event
from digest.store.database import Connection, Engine
from digest.store.subscribers import Subscribed
from digest.subscriptions import addresses
from digest.subscriptions.asking import first_due
from digest.works import Works

Fault = Literal["invalid", "cadence", "paper", "state", "duplicate", "known", "suppressed", "unsubscribed"]
"""Why a line of a list is refused: no address, no cadence, another paper's, not subscribed where the list comes from,
twice in the list, subscribed already, or not to be had."""

PART = 100
"""How many lines are taken in one transaction: forms are answered in between."""

EMAIL = frozenset({"email", "e-mail", "邮箱", "电子邮箱", "电子邮件", "邮件地址"})
"""What the column of the addresses may be called, in any case and however spaced."""

_CADENCES: dict[str, Cadence] = {cadence: cadence for cadence in get_args(Cadence)}


@dataclass(frozen=True, slots=True)
class Refused:
    """A line of a list that was not taken: its number, from 1, what stands in it, and why not."""

    line: int
    address: str
    fault: Fault


class _Line(NamedTuple):
    """A line of a list: its number, from 1, and what stands in its columns, empty where there is none."""

    number: int
    email: str
    cadence: str
    paper: str
    state: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a list: how many were taken, and the lines that were not."""

    taken: int
    refused: tuple[Refused, ...]


def add(works: Works, publication: Publication, email: str, cadence: Cadence, now: datetime) -> str:
    """Subscribe an address at the office's word and return it as it is kept.

    Raises DigestError: "error.address" where it cannot be one, "error.suppressed" where nothing may be sent to it.
    """
    typed, norm = addresses.parse(email)
    with database.writing(works.engine) as store:
        if _is_barred(works, store, norm):
            raise DigestError("error.suppressed", address=typed)
        _begin(works, store, publication, (typed, norm), cadence=cadence, event="added", wording="", now=now)
    return typed


def import_list(
    works: Works, publication: Publication, content: bytes, cadence: Cadence, *, wording: str, dry: bool, now: datetime
) -> Imported:
    """Subscribe the addresses of a CSV list: its column of them (`EMAIL`), and `cadence` where it has one.

    Of a list that another service of ours has written, the columns `paper` and `state` are heeded, too. `wording` is
    what the addresses' owners have agreed to, as the office states it. With `dry` nothing is changed. An import that
    was cut short is gone on with by the same again: who is in by then is refused as known.

    Raises DigestError("error.list") where the list has no column of addresses.
    """
    taken = 0
    refused: list[Refused] = []
    seen: set[str] = set()
    lines = iter([*_lines(content)])  # the whole list can be read, or nothing of it is taken
    while part := [(line, _address(line.email)) for line in islice(lines, PART)]:
        with database.reading(works.engine) if dry else database.writing(works.engine) as store:
            row = publications.id_of(store, publication.slug)
            for line, address in part:
                chosen = _CADENCES.get(line.cadence or cadence)
                fault = _misfit(line, publication) or _fault(works, store, row, address, seen)
                if address is None or chosen is None or fault is not None:
                    refused.append(Refused(line.number, line.email, fault or "invalid"))
                    continue
                seen.add(address[1])
                taken += 1
                if not dry:
                    _begin(
                        works, store, publication, address, cadence=chosen, event="imported", wording=wording, now=now
                    )
    return Imported(taken, tuple(refused))


def unsubscribe(engine: Engine, email: str, slug: str, now: datetime) -> bool:
    """End an address's subscription to a paper at the office's word; say whether there was one."""
    _, norm = addresses.parse(email)
    with database.writing(engine) as store:
        person, paper = subscribers.by_email(store, norm), publications.id_of(store, slug)
        if person is None or not subscribers.unsubscribe(store, person, paper, now):
            return False
        consents.record(store, person, paper, "unsubscribed", origin="office", wording="", now=now)
        return True


def listed(engine: Engine) -> list[Subscribed]:
    """Return all subscriptions, by paper and address."""
    with database.reading(engine) as store:
        return subscribers.listed(store)


def _begin(
    works: Works,
    store: Connection,
    publication: Publication,
    address: tuple[str, str],
    *,
    cadence: Cadence,
    event: Event,
    wording: str,
    now: datetime,
) -> None:
    person = subscribers.add(store, *address, works.new_id(), now)
    row = publications.id_of(store, publication.slug)
    due_at = first_due(works, publication, cadence, now)
    subscribers.subscribe(store, person, row, cadence, now, due_at=due_at)
    consents.record(store, person, row, event, origin="office", wording=wording, now=now)


def _lines(content: bytes) -> Iterator[_Line]:
    """Yield the lines of a list, whose first one names the columns."""
    rows = csv.reader(io.StringIO(_decoded(content), newline=""))
    try:
        names = [_named(name) for name in next(rows, [])]
        if "email" not in names:
            raise DigestError("error.list")
        for row in rows:
            named = dict(zip(names, (cell.strip() for cell in row), strict=False))
            if any(named.values()):
                yield _Line(rows.line_num, *(named.get(name, "") for name in _Line._fields[1:]))
    except csv.Error as error:  # no spreadsheet writes a cell of more than 128 kB
        raise DigestError("error.list") from error


def _named(title: str) -> str:
    """Return the name of a column, whatever its title is spelled like."""
    name = "".join(title.split()).lower()
    return "email" if name in EMAIL else name


def _decoded(content: bytes) -> str:
    """Return a list as text: spreadsheets write UTF-8 with a mark in front, or, in China, GB 18030."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _address(email: str) -> tuple[str, str] | None:
    try:
        return addresses.parse(email)
    except DigestError:
        return None


def _misfit(line: _Line, publication: Publication) -> Fault | None:
    """Return what a line says itself that keeps its address from the list."""
    if line.cadence and line.cadence not in _CADENCES:
        return "cadence"
    if line.paper and line.paper != publication.slug:
        return "paper"
    return "state" if line.state in {"pending", "unsubscribed"} else None


def _fault(works: Works, store: Connection, row: int, address: tuple[str, str] | None, seen: set[str]) -> Fault | None:
    if address is None:
        return "invalid"
    _, norm = address
    if norm in seen:
        return "duplicate"
    if _is_barred(works, store, norm):
        return "suppressed"
    person = subscribers.by_email(store, norm)
    if person is None:
        return None
    if subscribers.state(store, person, row) == "active":
        return "known"
    return "unsubscribed" if subscribers.has_left(store, person, row) else None


def _is_barred(works: Works, store: Connection, norm: str) -> bool:
    """Say whether an address is suppressed, for whatever reason, or cannot be reached."""
    if suppressions.reason(store, tokens.address_hash(works.key, norm)) is not None:
        return True
    known = subscribers.by_email(store, norm)
    return known is not None and subscribers.get(store, known).state == "bounced"
