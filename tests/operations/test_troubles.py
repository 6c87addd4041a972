"""How things stand → what is not well: judged by values alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from digest.messages import Messages
from digest.model import Remark
from digest.operations.health import alarming, troubles
from digest.operations.health.standing import Disk, InboxStanding, PaperStanding, Standing, Trouble, Versions
from digest.pulse import Vitals
from digest.rhythm import Expected
from digest.store.bounces import Halted, Tally
from digest.store.crew import Crew
from digest.store.watching import Held, Rejected, Vain

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
ZONES = {"paper": ZoneInfo("Asia/Shanghai")}
VITALS = Vitals(up=9000.0, scanned=1.0, alive=1.0, failing={}, jumped=None)

WELL = Standing(
    at=NOW,
    inbox=InboxStanding(),
    papers=(PaperStanding("paper", "南浔渡口报", None, Expected(date(2026, 11, 21), NOW + HOUR), None),),
    work={"delivery": {}},
    waiting_since=None,
    working_since=None,
    failures=(),
    rejected=(),
    held=(),
    halted=(),
    failed_letters=0,
    failed_notices=0,
    last_time=NOW - HOUR,
    disk=Disk(10**10, 5 * 10**8),
    versions=Versions("1", "0002", "3.11"),
    service=VITALS,
)

ILL = {
    "stopped": {"service": replace(VITALS, alive=601.0)},
    "disk": {"disk": Disk(4 * 10**8, 5 * 10**8)},
    "workers": {
        "crew": Crew(0, 0, 3),
        "waiting_since": NOW - HOUR / 2,
        "working_since": NOW - HOUR / 2,
    },
    "clock_behind": {"last_time": NOW + HOUR},
    "clock_set": {"service": replace(VITALS, jumped=-7200.0)},
    "inbox": {"inbox": InboxStanding(trouble="Permission denied")},
    "failing:ingest": {"service": replace(VITALS, failing={"ingest": "no room"})},
    "unpublished:88": {"failures": (Vain("issue", "pending", "88", "OSError: no room", 1, 3),)},
    "stuck": {"waiting_since": NOW - 2 * HOUR, "working_since": NOW - 2 * HOUR},
    "missing:paper": {"papers": (replace(WELL.papers[0], expected=Expected(date(2026, 11, 20), NOW - HOUR)),)},
    "template:/site/a.html": {
        "templates": (Remark("error.template", {"file": "/site/a.html", "line": 2, "reason": "'papr' is undefined"}),)
    },
    "held:7": {"held": (Held(7, "paper", "88", "a.md"),)},
    "halted:d1": {"halted": (Halted("d1", "paper", "老渡口", 30, Tally(30, 3, 0, 0)),)},
    "rejected:paper/a.pdf": {"rejected": (Rejected("paper", "a.pdf", NOW, "a.pdf\n\n这是扫描件，没有文字。\n"),)},
    "uncertain": {"work": {"delivery": {"uncertain": 2}}},
    "untold": {"failed_notices": 1},
    "refused": {"failed_letters": 3},
    "retrying": {"waiting_since": NOW - 2 * HOUR},
}


def found(standing: Standing, *before: str) -> list[str]:
    return [one.key for one in troubles.judged(standing, ZONES, open_=frozenset(before)).troubles]


def test_where_nothing_is_wrong_all_is_well() -> None:
    assert found(WELL) == []
    assert WELL.well


@pytest.mark.parametrize("key", ILL)
def test_each_trouble_is_seen_alone(key: str) -> None:
    assert found(replace(WELL, **ILL[key])) == [key]


def test_the_gravest_comes_first() -> None:
    parts = {name: value for change in ILL.values() for name, value in change.items()}
    kinds = [key.partition(":")[0] for key in found(replace(WELL, **parts))]
    assert kinds == [kind for kind in troubles.KINDS if kind in kinds]
    assert len(kinds) > 10


def test_what_only_just_passes_is_no_trouble() -> None:
    soon = {"waiting_since": NOW - HOUR, "working_since": NOW - HOUR, "last_time": NOW + timedelta(minutes=9)}
    vain = (Vain("issue", "pending", "88", "OSError", 1, 2), Vain("delivery", "pending", "", "451", 900, 9))
    assert found(replace(WELL, **soon, failures=vain, disk=Disk(5 * 10**8, 5 * 10**8))) == []


def test_a_disk_that_hovers_at_the_limit_is_one_trouble() -> None:
    hovering = replace(WELL, disk=Disk(5 * 10**8, 5 * 10**8))
    assert found(hovering, "disk") == ["disk"]
    assert found(replace(hovering, disk=Disk(6 * 10**8, 5 * 10**8)), "disk") == []


def test_what_has_waited_for_the_service_to_begin_is_no_standstill() -> None:
    waits = replace(WELL, **ILL["stuck"])
    assert found(replace(waits, service=replace(VITALS, up=60.0))) == []
    assert found(replace(waits, service=None)) == ["stuck"]


def test_who_looks_from_outside_learns_what_only_the_service_knows() -> None:
    outside = replace(WELL, service=None, troubles=(Trouble("uncertain", {"n": 1}),))
    raised = [Trouble("failing:ingest", {"step": "ingest", "detail": "no room"}), Trouble("held:7", {})]
    known = troubles.with_alarms(outside, raised)
    assert [one.key for one in known.troubles] == ["failing:ingest", "uncertain"]


def test_every_trouble_has_its_words_and_what_to_do() -> None:
    for key, change in ILL.items():
        (one,) = troubles.judged(replace(WELL, **change), ZONES).troubles
        assert (one.key, one.kind in troubles.KINDS) == (key, True)
        told = one.kind not in troubles.UNTOLD and alarming.LAPSING.get(one.kind) != timedelta(0)
        for say in map(Messages, ("zh", "en")):
            assert say.of(one.code, one.facts)
            assert say.of(one.todo, one.facts)
            assert not told or say.of(one.over, one.facts)
    assert {key.partition(":")[0] for key in ILL} == set(troubles.KINDS)
