"""What does a second worker bring? A cluster on a PostgreSQL of its own publishes the same issues with one and with two.

    python -m benchmarks.workers

A service runs the clock and takes files in, `digest worker` does the work; the server is a Debian package's, on
loopback, as in the tests, but forced to the disk. Four papers get their issues at once. What is measured is the time
from the first file to the last issue's publication; the service and PostgreSQL share the machine with the workers.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import psycopg

from benchmarks import measuring, papers
from benchmarks.measuring import Line
from tests import postgres

PAPERS = ("east", "north", "south", "west")
ISSUES = 10
ROUNDS = 3
PATIENCE = 600
BAR = 1.4
CONFIG = """authority: paper.example
site_url: https://paper.example/
database: {url}
engine: cluster
web: {{port: {port}}}
publications: [{papers}]
inbox: {{scan_every: 0.2, settle: 0}}
"""
PUBLISHED = "SELECT count(*) FROM issue WHERE published_rev IS NOT NULL"


def run() -> Iterator[Line]:
    """Let one worker and two take turns."""
    if not postgres.PROGRAMS:
        print("PostgreSQL is not there (Debian: apt-get install postgresql): workers are left out")
        return
    found = [(paced(1), paced(2)) for _ in range(ROUNDS)]
    one, two = (median(pace for pace, _ in each) for each in zip(*found, strict=True))
    yield Line(
        what="issues a second by two workers on PostgreSQL against one",
        value=median(both[0] / alone[0] for alone, both in found),
        bar=BAR,
        at_least=True,
        told=f"{two:.1f}/s against {one:.1f}, {ISSUES} issues of each of {len(PAPERS)} papers",
        megabytes=max(peak for both in found for _, peak in both),
    )


def paced(workers: int) -> tuple[float, float]:
    """Return how many issues a second so many workers publish, and the peak of the largest of them in MB."""
    with tempfile.TemporaryDirectory() as name, postgres.running() as server:
        folder, url = Path(name), server.url()
        config = folder / "config.yaml"
        slugs = ", ".join(f"{{slug: {slug}}}" for slug in PAPERS)
        config.write_text(CONFIG.format(url=url, port=free_port(), papers=slugs), encoding="utf-8")
        with begun("run", config), begun("worker", config, "--concurrency", str(workers)) as worker:
            drop(folder, range(1, 2))
            wait_for(url, len(PAPERS))
            start = time.perf_counter()
            drop(folder, range(2, ISSUES + 2))
            wait_for(url, len(PAPERS) * (ISSUES + 1))
            seconds = time.perf_counter() - start
            return len(PAPERS) * ISSUES / seconds, max(map(measuring.high_water, _family(worker)))


@contextmanager
def begun(command: str, config: Path, *options: str) -> Iterator[int]:
    """Run a command of the service, and give its process."""
    arguments = [sys.executable, "-m", "digest", command, *options, "--config", str(config)]
    with (config.parent / f"{command}.log").open("wb") as log:
        process = subprocess.Popen(arguments, stdout=log, stderr=log)
    yield process.pid
    process.terminate()
    process.wait(PATIENCE)


def drop(folder: Path, numbers: range) -> None:
    """Drop these issues for every paper; a name that begins with a dot is left alone until it is whole."""
    files = papers.laid(max(numbers))
    for slug in PAPERS:
        inbox = folder / "inbox" / slug
        while not inbox.exists():
            time.sleep(0.05)
        for number in numbers:
            whole = inbox / f".{number}.txt"
            whole.write_text(files[number - 1].read_text(encoding="utf-8").replace("河湾", slug), encoding="utf-8")
            whole.rename(inbox / f"{number}.txt")


def wait_for(url: str, count: int) -> None:
    """Wait until so many issues are published."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as database:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if (row := database.execute(PUBLISHED).fetchone()) and row[0] >= count:
                return
            time.sleep(0.05)
    raise SystemExit("the issues are not published")


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(pid: int) -> list[int]:
    """Return a process and its children."""
    return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


if __name__ == "__main__":
    measuring.show(run())
