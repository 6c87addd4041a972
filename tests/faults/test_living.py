"""A service that is killed again and again, at work: nothing is lost, torn, or told twice."""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults import aftermath, plants
from tests.faults.living import MOMENTS, Moment, living
from tests.faults.scenes import Plant
from tests.faults.soak import Holding, growth, held

SEED = 9


def go_through(kills: int, plant: Plant | None = None, moments: Sequence[Moment] = MOMENTS) -> list[str]:
    """Kill a service so often, at one moment or another; return what is wrong in the end."""
    with living(SEED, plant) as office:
        with office.busy(drop=0.6, read=0.1, post=2):
            for _ in range(kills):
                office.start()
                office.kill_while(office.chance.choice(moments))
        found = aftermath.settled(office)
        sys.stderr.write(f"\n{office.figures()}, {len(found)} faults in all\n")
        return found


def test_a_service_goes_on_as_if_nothing_had_been() -> None:
    assert go_through(4) == []


@pytest.mark.full
def test_a_service_goes_on_however_often_it_is_killed() -> None:
    assert go_through(20) == []


def test_a_mistake_is_caught() -> None:
    assert any(" times" in fault for fault in go_through(4, plants.mark_after_dot, ["sending"]))


def test_growth_is_told() -> None:
    still = [Holding(20, 100 << 20)] * 30
    assert growth(still) == []
    assert len(growth([Holding(20 + n, (100 + 3 * n) << 20) for n in range(30)])) == 2


def test_what_a_process_holds_is_seen() -> None:
    before = held(os.getpid())
    with ExitStack() as stack:
        for _ in range(10):
            stack.enter_context(Path(os.devnull).open("rb"))
        assert held(os.getpid()).files == before.files + 10
    assert before.memory > 1 << 20
