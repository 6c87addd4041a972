"""How long does parsing take? Issues against one pass of splitlines and one regular expression a line over them.

    python benchmarks/parsing.py [FILE ...]

FILEs are issues in UTF-8; without any, the fictional papers of the tests. Each is parsed once, so that nothing can be
remembered of it. Prints milliseconds for 20 KB and their ratio (10 is the bar), and how time and memory grow with the
length.
"""

import re
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import process_time

from digest.model import Document, Source
from digest.parsing import parse
from digest.reading import read

SIZE = 20_000
BAR = 10.0
TOKENS = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]+|\d+|[^\w\s]")
PAPERS = Path(__file__).parent.parent / "tests" / "data" / "gate"
SAMPLES = Path(__file__).parent.parent / "digest" / "samples"


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


def main() -> None:
    """Measure and print."""
    files = [Path(name) for name in sys.argv[1:]] or sorted(PAPERS.glob("*.txt"))
    texts = [path.read_text("utf-8") for path in files]
    for path in SAMPLES.glob("*.txt"):  # what is made at the first use of a rule is not measured
        parse(document(path.read_text("utf-8")))
    share = SIZE / sum(len(text.encode()) for text in texts)
    documents = [document(text) for text in texts]
    ours = share * sum(timed(partial(parse, one)) for one in documents)
    least = share * sum(timed(partial(floor, text)) for text in texts)
    print(f"parsing {ours:.2f} ms, floor {least:.2f} ms for {SIZE} bytes: ratio {ours / least:.1f} (bar {BAR:.0f})")
    whole = "\n\n".join(texts)
    for size in (SIZE, 4 * SIZE, 16 * SIZE):
        longer = document((whole * (1 + size // len(whole)))[: size // 3])
        taken = timed(partial(parse, longer))
        tracemalloc.start()
        parse(longer)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(f"about {size // 1000:4} KB  {taken:8.1f} ms  {peak / 1e6:6.1f} MB at most")


if __name__ == "__main__":
    main()
