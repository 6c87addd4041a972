"""What does a warm issue cost, and where? A service that has some, and gets one more, against the straight line.

    python -m benchmarks.issue

Each has published some made issues when the measured ones come, one after the other: real ones where they lie beside
the project. The straight line does the same work, but for the database, the disk and corrections (`straight`).
"""

import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import measuring, papers, service
from benchmarks.measuring import Cost, Line
from benchmarks.straight import Straight
from digest import parsing, reading
from digest.model import Source

ROUNDS = 3
BEFORE = 20
MOST = 3
BAR = 1.5
PURE = "read", "parse", "analyse"


class Seen(NamedTuple):
    """What an issue cost, and how many of the processor's seconds each step took."""

    cost: Cost
    shares: dict[str, float]


def run() -> list[Line]:
    """Let the service and the straight line take turns, each in a process of its own, which has never seen the issues."""
    papers.laid(BEFORE)
    files = sorted(papers.real()[:MOST], key=measuring.alone(dates).__getitem__)
    ours, floor = list[Seen](), list[Seen]()
    for _ in range(ROUNDS):
        ours += measuring.alone(by_service, files)
        floor += measuring.alone(by_script, files)
    shares = _medians(floor) | _medians(ours)
    shares["store"] -= sum(shares[step] for step in PURE)
    told = ", ".join(f"{step} {1000 * shares[step]:.0f}" for step in (*PURE, "store", "publish"))
    told = f"; {told}; the straight line renders and writes in {1000 * _medians(floor)['publish']:.0f}"
    return [_line("processor's time", ours, floor, 1, told), _line("time that passes", ours, floor, 0)]


def _line(kind: str, ours: list[Seen], floor: list[Seen], column: int, more: str = "") -> Line:
    own, bare = ([one.cost[column] for one in each] for each in (ours, floor))
    told = f"{1000 * median(own):.0f} ms against {1000 * median(bare):.0f}{more}"
    ratio = median(a / b for a, b in zip(own, bare, strict=True))
    peak = max(one.cost.megabytes for one in ours)
    return Line(what=f"a warm issue against the straight line, {kind}", value=ratio, bar=BAR, told=told, megabytes=peak)


def _medians(found: list[Seen]) -> dict[str, float]:
    return {step: median(one.shares[step] for one in found) for step in found[0].shares}


def dates() -> dict[Path, str]:
    """Return the date of each issue that can be measured."""
    sources = {file: Source(file.name, file.read_bytes()) for file in papers.real()}
    return {file: str(parsing.parse(reading.read(source)).masthead.date) for file, source in sources.items()}


def by_service(files: list[Path]) -> list[Seen]:
    """Return what issues cost a service, to take in (that is `store`, as long as the pure steps stand in it) and publish."""
    with tempfile.TemporaryDirectory() as name, service.opened(Path(name)) as works:
        for file in papers.laid(BEFORE):
            service.ingest(works, file.name, file.read_bytes())
            service.publish(works)
        found = []
        for file in files:
            taken = measuring.cost(partial(service.ingest, works, file.name, file.read_bytes()))
            published = measuring.cost(partial(service.publish, works))
            shares = {"store": taken.processor, "publish": published.processor}
            found.append(Seen(taken.then(published), shares))
    return found


def by_script(files: list[Path]) -> list[Seen]:
    """Return what the same issues cost the straight line."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        paper = Straight(Path(name))
        for file in papers.laid(BEFORE):
            paper.add(file)
            paper.finish()
        for file in files:
            paper.shares.clear()
            added = measuring.cost(partial(paper.add, file))
            found.append(Seen(added.then(measuring.cost(paper.finish)), dict(paper.shares)))
    return found


if __name__ == "__main__":
    measuring.show(run())
