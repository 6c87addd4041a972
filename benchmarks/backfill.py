"""How fast is an archive taken in? `digest backfill` of 1,500 made issues, published, with one process and with two.

    python -m benchmarks.backfill [ISSUES]

Each is a command of its own in a fresh folder, and so is the straight line (`straight`), on one core: that writes the
same pages, but remembers nothing, keeps nothing safe, and cannot be gone on with. Ratios of issues a second, by the time
that passes; beside them the processor's, which tells how much of a busy machine each was given.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import measuring, papers
from benchmarks.measuring import Cost, Line
from benchmarks.straight import SETTINGS

ISSUES = 1_500
BARS = {1: 0.5, 2: 0.8}


def run(issues: int = ISSUES) -> Iterator[Line]:
    """Measure the straight line before and after: in between the machine may have grown busy."""
    with tempfile.TemporaryDirectory() as name:
        archive = laid(Path(name), issues)
        before = straight(archive)
        found = {processes: backfill(archive, processes) for processes in BARS}
        floor = measuring.middle([before, straight(archive)])
    for processes, cost in found.items():
        yield Line(
            what=f"{issues} issues backfilled, {processes} process{'es' * (processes > 1)}, issues a second",
            value=floor.seconds / cost.seconds,
            bar=BARS[processes],
            at_least=True,
            told=f"{issues / cost.seconds:.1f}/s against {issues / floor.seconds:.1f}; of the processor "
            f"{1000 * cost.processor / issues:.0f} ms an issue against {1000 * floor.processor / issues:.0f}",
            megabytes=cost.megabytes,
        )


def laid(folder: Path, issues: int) -> Path:
    """Lay so many issues into a folder, as an archive is kept."""
    for file in papers.laid(issues):
        shutil.copy(file, folder)
    return folder


def straight(archive: Path) -> Cost:
    """Return what it costs the straight line to publish an archive."""
    with tempfile.TemporaryDirectory() as name:
        return measuring.command(sys.executable, "-m", "benchmarks.straight", archive, name)


def backfill(archive: Path, processes: int) -> Cost:
    """Return what it costs to take in an archive, and to publish it."""
    with tempfile.TemporaryDirectory() as name:
        return take_in(Path(name), archive, processes)


def take_in(root: Path, archive: Path, processes: int) -> Cost:
    """Run `digest backfill` for a service in a folder of its own."""
    config = root / "config.yaml"
    config.write_text(f"authority: {SETTINGS.authority}\nsite_url: {SETTINGS.site_url}\n", encoding="utf-8")
    command = (sys.executable, "-m", "digest", "backfill", archive, "--processes", str(processes))
    return measuring.command(*command, "--config", config)


if __name__ == "__main__":
    measuring.show(run(*map(int, sys.argv[1:])))
