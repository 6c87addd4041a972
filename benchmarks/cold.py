"""How long does `digest parse FILE` take from nothing? Beside it, a bare script that imports jieba and cuts the file.

    python -m benchmarks.cold [FILE]

Both are processes of their own, started in turn; what the first round leaves in caches (pages, byte code, jieba's
dictionary, our table) the others find, and it is not counted.
"""

import sys
import tempfile
from pathlib import Path

from benchmarks import measuring, papers
from benchmarks.measuring import Line

ROUNDS = 10
BAR = 0.5
PAPER = papers.ROOT / "tests" / "data" / "papers" / "morning.txt"
BARE = "import sys, jieba; jieba.lcut(open(sys.argv[1], encoding='utf-8').read())"


def run(file: Path = PAPER) -> list[Line]:
    """Let the two take turns."""
    bare = (sys.executable, "-c", BARE, file)
    ours = (sys.executable, "-m", "digest", "parse", file)
    with tempfile.TemporaryDirectory() as cache:
        environment = {"TMPDIR": cache, "XDG_CACHE_HOME": cache}
        found = [
            [measuring.command(*each, environment=environment) for each in (bare, ours)] for _ in range(ROUNDS + 1)
        ]
    floor, own = (measuring.middle(each[1:]) for each in zip(*found, strict=True))
    first = found[0][1].seconds
    what = "`digest parse` from nothing against a script that imports jieba and cuts the file"
    told = f"{own.seconds:.2f} s against {floor.seconds:.2f}, {floor.megabytes:.0f} MB; the very first {first:.2f} s"
    shorter = f"{own.processor:.2f} s against {floor.processor:.2f}"
    return [
        Line(what=f"{what}, time", value=own[0] / floor[0], bar=BAR, told=told, megabytes=own.megabytes),
        Line(what=f"{what}, processor", value=own[1] / floor[1], bar=BAR, told=shorter),
    ]


if __name__ == "__main__":
    measuring.show(run(*map(Path, sys.argv[1:])))
