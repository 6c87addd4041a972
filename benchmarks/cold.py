"""How long does `digest parse FILE` take from nothing? Beside it, a bare script that imports jieba and cuts the file.

    python benchmarks/cold.py [FILE]

Both are processes of their own, started in turn; what the first round leaves in caches (pages, byte code, jieba's
dictionary, our table) the others find, and it is not counted. Half of the bare script's median is the bar.
"""

import os
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


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Return how many seconds a process takes from its start to its end."""
    start = perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return perf_counter() - start


def main() -> None:
    """Measure and print."""
    file = sys.argv[1] if len(sys.argv) > 1 else str(PAPER)
    commands = {
        "bare": [sys.executable, "-c", BARE, file],
        "digest": [sys.executable, "-m", "digest", "parse", file],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "TMPDIR": cache, "XDG_CACHE_HOME": cache}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(timed(command, environment))
    bare, ours = (median(times[name][1:]) for name in ("bare", "digest"))
    print(
        f"{file}, median of {ROUNDS - 1}: jieba alone {bare:.3f} s, digest parse {ours:.3f} s (first {times['digest'][0]:.3f} s)"
    )
    print(f"ratio {ours / bare:.2f} (bar {BAR})")


if __name__ == "__main__":
    main()
