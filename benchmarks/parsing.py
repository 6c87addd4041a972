"""How long does parsing take? Issues against one pass of splitlines and one regular expression a line over them.

    python -m benchmarks.parsing [FILE ...]

FILEs are issues in UTF-8; without any, the fictional papers of the tests. Each is parsed once, so that nothing can be
remembered of it.
"""

import re
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import process_time

from benchmarks import measuring, papers
from benchmarks.measuring import Line
from digest.model import Document, Source
from digest.parsing import parse
from digest.reading import read

SIZE = 20_000
BAR = 10.0
TOKENS = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]+|\d+|[^\w\s]")
SAMPLES = papers.ROOT / "digest" / "samples"


def floor(text: str) -> int:
    """Do the least that anything line by line must do."""
    return sum(len(TOKENS.findall(line)) for line in text.splitlines())


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds of the processor `work` takes."""
    start = process_time()
    work()
    return (process_time() - start) * 1000


def document(text: str) -> Document:
    """Return a text as it is read."""
    return read(Source("issue.txt", text.encode()))


def run(*files: Path) -> Iterator[Line]:
    """Measure the issues, then a text that grows."""
    texts = [path.read_text("utf-8") for path in files or sorted(papers.GATE.glob("*.txt"))]
    for path in SAMPLES.glob("*.txt"):  # what is made at the first use of a rule is not measured
        parse(document(path.read_text("utf-8")))
    share = SIZE / sum(len(text.encode()) for text in texts)
    documents = [document(text) for text in texts]
    ours = share * sum(timed(partial(parse, one)) for one in documents)
    least = share * sum(timed(partial(floor, text)) for text in texts)
    told = f"{ours:.2f} ms against {least:.2f}"
    yield Line(
        what=f"parsing, {SIZE // 1000} KB, against one expression a line", value=ours / least, bar=BAR, told=told
    )
    whole = "\n\n".join(texts)
    taken, peaks = zip(*(longer(whole, size) for size in (SIZE, 16 * SIZE)), strict=True)
    told = f"{taken[1]:.0f} ms against {taken[0]:.0f}; Python's own memory {peaks[1]:.0f} MB against {peaks[0]:.0f}"
    yield Line(what="parsing 16 times the text, time", value=taken[1] / taken[0], told=told)


def longer(text: str, size: int) -> tuple[float, float]:
    """Return how many milliseconds a text of about so many bytes takes, and how many MB at most."""
    one = document((text * (1 + size // len(text)))[: size // 3])
    taken = timed(partial(parse, one))
    tracemalloc.start()
    parse(one)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return taken, peak / 1e6


if __name__ == "__main__":
    measuring.show(run(*map(Path, sys.argv[1:])))
