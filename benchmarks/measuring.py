"""What the benchmarks share: work in processes of their own, what it costs, and the lines of the table.

A ratio is what counts: the machine that a time was taken on is another's, and busy. So a benchmark runs what it measures
and its floor in turn, in one call, and tells the processor's time beside the time that passes.
"""

import ctypes
import os
import platform
import resource
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from types import MappingProxyType
from typing import NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MOST_MEGABYTES = 250
"""How much memory no process of the service needs."""

_PR_SET_CHILD_SUBREAPER = 36


class Cost(NamedTuple):
    """What some work has cost: the time that passed and the processor's in seconds, and the peak of its memory in MB.

    Where several processes have done it, their times are added up; the peak is that of the largest.
    """

    seconds: float
    processor: float
    megabytes: float

    def then(self, other: "Cost") -> "Cost":
        """Return what both cost, one after the other."""
        return Cost(self.seconds + other.seconds, self.processor + other.processor, max(self[2], other[2]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the table: what is compared with what, the ratio, its bar, if any, and what that is in absolute terms.

    `at_least` says on which side of the bar the value has to be, and `unit` what it is where it is no ratio. `megabytes`
    is the peak of the memory of what is measured, for which the bar is `MOST_MEGABYTES`.
    """

    what: str
    value: float
    bar: float | None = None
    at_least: bool = False
    unit: str = ""
    told: str = ""
    megabytes: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether the value is on the right side of its bar."""
        return self.bar is None or (self.value >= self.bar if self.at_least else self.value <= self.bar)

    def cells(self) -> tuple[str, str, str, str, str]:
        """Return what is measured, bar, value, peak memory and absolute terms, in words."""
        bar = "" if self.bar is None else f"{'≥' if self.at_least else '≤'} {self.bar:g}{self.unit}"
        value = f"{self.value:.2f}{self.unit}" + ("" if self.is_met else " **missed**")
        memory = "" if self.megabytes is None else f"{self.megabytes:.0f} MB"
        if self.megabytes is not None and self.megabytes > MOST_MEGABYTES:
            memory += " **missed**"
        return self.what, bar, value, memory, self.told


def show(lines: Iterable[Line]) -> None:
    """Print lines as they come."""
    for line in lines:
        what, bar, value, memory, told = line.cells()
        print("; ".join(filter(None, [f"{what}: {value}", bar and f"bar {bar}", memory, told])), flush=True)


def alone(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do some work in a fresh process: it finds nothing ready, and its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def cost(work: Callable[[], object]) -> Cost:
    """Do some work, and return what it costs; the peak is that of the whole process until then."""
    start, before = perf_counter(), processor()
    work()
    return Cost(perf_counter() - start, processor() - before, peak())


def costs(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, Cost]:
    """Return the medians of what works cost in so many rounds, in which they take turns, after one that does not count."""
    found: dict[str, list[Cost]] = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            found[name].append(cost(work))
    return {name: middle(each[1:]) for name, each in found.items()}


def middle(found: Sequence[Cost]) -> Cost:
    """Return the medians of costs."""
    return Cost(*(median(column) for column in zip(*found, strict=True)))


def command(*arguments: str | Path, environment: Mapping[str, str] = MappingProxyType({})) -> Cost:
    """Run a command, with more in its environment, and return what it costs, all processes that it begins included."""
    return alone(_command, [str(each) for each in arguments], {**os.environ, **environment})


def _command(arguments: Sequence[str], environment: dict[str, str]) -> Cost:
    # Processes whose parent ends before them become this one's: else nobody would tell what they have cost.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    start = perf_counter()
    done = subprocess.run(arguments, check=False, env=environment, capture_output=True, text=True)
    seconds = perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}\n{done.stdout}\n{done.stderr}")
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def processor() -> float:
    """Return how many seconds of the processor this process and its ended children have had."""
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def peak() -> float:
    """Return the most memory in MB that this process, or any ended child, has ever had."""
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


def high_water(pid: int) -> float:
    """Return the most memory in MB that a living process has ever had."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024


def machine() -> str:
    """Return what the figures were taken on."""
    model = next((line for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line), "")
    name = model.partition(":")[2].strip() or platform.machine()
    return f"{name}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}"
