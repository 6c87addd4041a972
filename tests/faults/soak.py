"""An office at work for a long time: `make soak`, for SOAK_MINUTES. Prints what was done, and what was wrong.

For two thirds of the time it is killed every `LIFE` seconds; then it is left alone, and what it holds on to is measured.
"""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from tests.faults import aftermath
from tests.faults.living import Living, living

LIFE = 20.0
"""For how many seconds the service is left alone before it is killed."""

SEED = 9
MORE_FILES = 4
"""How many more open files at the end are no growth: an answer under way holds some."""

MORE_MEMORY = 1.15
"""How many times the memory may be what it was: an archive that grows needs a little more to look through."""


class Holding(NamedTuple):
    """What a process holds on to: open files, and bytes of memory."""

    files: int
    memory: int


def held(pid: int) -> Holding:
    """Look at a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    return Holding(len(list(Path(f"/proc/{pid}/fd").iterdir())), pages * os.sysconf("SC_PAGE_SIZE"))


def growth(samples: Sequence[Holding]) -> list[str]:
    """Tell what a process holds more of in the last third of the time than in the second; it may warm up in the first."""
    third = len(samples) // 3
    middle, last = samples[third : 2 * third], samples[-third:]
    files, memory = ([mean(one[n] for one in part) for part in (middle, last)] for n in range(2))
    found = [f"open files: {files[0]:.0f}, then {files[1]:.0f}"] if files[1] > files[0] + MORE_FILES else []
    return found + ([f"memory: {memory[0]:.0f}, then {memory[1]:.0f}"] if memory[1] > memory[0] * MORE_MEMORY else [])


def soak(office: Living, seconds: float) -> list[Holding]:
    """Have the office at work for so long; return what it held in its last life, a sample each second."""
    end = time.monotonic() + seconds
    started(office)
    while time.monotonic() < end - seconds / 3:
        time.sleep(LIFE)
        office.kill()
        started(office)
    assert office.process
    samples = []
    while time.monotonic() < end:
        samples.append(held(office.process.pid))
        time.sleep(1)
    office.stop()
    return samples


def started(office: Living) -> None:
    """Start the service, and tell how it goes."""
    begun = time.monotonic()
    office.start()
    office.until_up()
    sys.stdout.write(f"up after {time.monotonic() - begun:.1f} s: {office.figures()}\n")
    sys.stdout.flush()


def main() -> int:
    """Soak for SOAK_MINUTES, 30 where none are set; return 1 where something is wrong."""
    minutes = float(os.environ.get("SOAK_MINUTES", "30"))
    with living(SEED) as office:
        with office.busy(drop=2, read=0.2, post=1):
            samples = soak(office, minutes * 60)
        found = [*aftermath.settled(office), *growth(samples)]
        sys.stdout.write(f"{office.figures()}\n")
        first, last = samples[len(samples) // 3], samples[-1]
        sys.stdout.write(
            f"in {len(samples)} s without a kill: {first.files}, then {last.files} open files; "
            f"{first.memory >> 20}, then {last.memory >> 20} MiB\n"
        )
        sys.stdout.writelines(f"WRONG: {fault}\n" for fault in found)
        return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
