"""What does a service cost that waits for news, and how soon is a settled drop on the site?

    python -m benchmarks.idle [SECONDS]

Runs a service with the default settings in a folder of its own, gives it a few issues, then leaves it alone for SECONDS
(120). Linux only: the figures are the kernel's own, under /proc. The processor's share counts all threads; memory is
what is resident, shared pages included. A drop has settled when it has been unchanged for `inbox.settle` seconds.
"""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median
from urllib.request import urlopen

from benchmarks import measuring, papers
from benchmarks.measuring import Line
from digest.settings import Inbox

BARS = {"share": 0.5, "megabytes": 150.0, "seconds": 3.0}
DROPS = 3
PATIENCE = 120.0
PAPER = papers.ROOT / "tests" / "data" / "papers" / "morning.txt"
DATE = re.compile("2026年11月6日  星期五")
HEADLINE = "青渡大桥合龙"


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(service: subprocess.Popen[bytes], url: str) -> None:
    """Wait until the service answers; it has failed when it ends before."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and service.poll() is None:
        with suppress(OSError), urlopen(url) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise SystemExit("the service did not start")


def drop(folder: Path, number: int) -> float:
    """Drop an issue, and return how many seconds after it has settled its headline is on the front page."""
    headline = f"{HEADLINE}之{number}"
    text = DATE.sub(f"2020年1月{number}日", PAPER.read_text(encoding="utf-8")).replace(HEADLINE, headline)
    (folder / "inbox" / f"{number}.txt").write_text(text, encoding="utf-8")
    settled = time.monotonic() + Inbox().settle
    page = folder / "data" / "public" / "index.html"
    while time.monotonic() < settled + PATIENCE:
        if page.exists() and headline in page.read_text(encoding="utf-8"):
            return time.monotonic() - settled
        time.sleep(0.05)
    raise SystemExit("the drop is not on the site")


def processor_seconds(process: int) -> float:
    """Return how long the process has had a processor, its ended children included."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def switches(process: int) -> dict[str, int]:
    """Return how often each thread has waited for something, by number and name."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return {
        f"{task.name} {(task / 'comm').read_text().strip()}": int(
            re.findall(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.MULTILINE)[0]
        )
        for task in tasks
    }


def megabytes(process: int) -> float:
    """Return how much memory the process has resident."""
    found = re.findall(r"^VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    return int(found[0]) / 1024


def measure(folder: Path, service: subprocess.Popen[bytes], seconds: float) -> list[Line]:
    """Feed the service, leave it alone, and return what was seen."""
    started = megabytes(service.pid)
    times = [drop(folder, number) for number in range(1, DROPS + 1)]
    time.sleep(5)
    before, waits = processor_seconds(service.pid), switches(service.pid)
    time.sleep(seconds)
    share = 100 * (processor_seconds(service.pid) - before) / seconds
    woken = {name: (n - waits.get(name, 0)) / seconds for name, n in switches(service.pid).items()}
    waited = "waits a second: " + ", ".join(f"{name} {n:.1f}" for name, n in woken.items() if n >= 0.05)
    drops = ", ".join(f"{one:.1f}" for one in times)
    memory = f"{started:.0f} MB at the start"
    return [
        Line(what="an idle service, of a core", value=share, bar=BARS["share"], unit=" %", told=waited),
        Line(
            what="an idle service, memory", value=megabytes(service.pid), bar=BARS["megabytes"], unit=" MB", told=memory
        ),
        Line(what="from a settled drop to the site", value=median(times), bar=BARS["seconds"], unit=" s", told=drops),
    ]


def run(seconds: float = 120.0) -> list[Line]:
    """Run a service and measure it."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        url = f"http://127.0.0.1:{port}/"
        config = folder / "config.yaml"
        config.write_text(f"site_url: {url}\nservice_url: {url}\nweb:\n  port: {port}\n", encoding="utf-8")
        command = [sys.executable, "-m", "digest", "run", "--config", str(config)]
        environment = {**os.environ, "HOME": name, "XDG_CACHE_HOME": name}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as service:
            try:
                wait_until_ready(service, f"{url}healthz")
                return measure(folder, service, seconds)
            finally:
                service.terminate()


if __name__ == "__main__":
    measuring.show(run(*map(float, sys.argv[1:])))
