"""How long does `digest parse FILE` take from nothing? Beside it, a bare script that imports jieba and cuts the file.

    python benchmarks/cold.py [FILE]

Both are processes of their own, started in turn; what the first round leaves in caches (pages, byte code, jieba's
dictionary, our table) the others find, and it is not counted. Half of the bare script's median is the bar. Beside the
time that passes stands the processor's, which a busy machine changes less.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROUNDS = 11
BAR = 0.5
PAPER = Path(__file__).parent.parent / "tests" / "data" / "papers" / "morning.txt"
BARE = "import sys, jieba; jieba.lcut(open(sys.argv[1], encoding='utf-8').read())"


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Return how many seconds a process takes from its start to its end, and how many of the processor."""
    start, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment, check=True, capture_output=True)
    passed, after = perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    file = sys.argv[1] if len(sys.argv) > 1 else str(PAPER)
    commands = {
        "bare": [sys.executable, "-c", BARE, file],
        "digest": [sys.executable, "-m", "digest", "parse", file],
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "TMPDIR": cache, "XDG_CACHE_HOME": cache}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(timed(command, environment))
    print(f"{file}, medians of {ROUNDS - 1}:")
    for place, what in enumerate(("time", "processor")):
        bare, ours = (median(one[place] for one in times[name][1:]) for name in ("bare", "digest"))
        print(f"{what}: jieba alone {bare:.3f} s, digest parse {ours:.3f} s; ratio {ours / bare:.2f} (bar {BAR})")
    print(f"the first digest parse took {times['digest'][0][0]:.3f} s")


if __name__ == "__main__":
    main()
