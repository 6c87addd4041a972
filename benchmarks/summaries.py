"""How good and how fast are the summaries, beside those of other libraries? Over the gold articles, at an editor's length.

    python -m benchmarks.summaries

The gold lies beside the project (`quality`); without it only the time is measured, over the articles of the fictional
papers. Each library is installed from PyPI once, in a virtual environment of its own (`papers.cache_folder`). ROUGE-2 is
counted over words, punctuation left out, since some leave it out of what they return. The milliseconds are the
processor's for an article; ours are for its keywords too.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean, median
from time import process_time
from typing import NamedTuple

from benchmarks import measuring, papers, peers
from benchmarks.measuring import Line
from benchmarks.quality import Case, cases, interval, ours, rouge
from digest.analysis.lexicon import Lexicon, shipped

GOLD = papers.ROOT.parent / "shared" / "gold"
BUDGET = 120
NEEDS = {
    "sumy": ("sumy==0.13.0", "jieba==0.42.1", "numpy", "setuptools<81"),
    "TextRank4ZH": ("textrank4zh==0.3", "networkx<3", "numpy<2", "scipy<1.14", "jieba==0.42.1", "setuptools<81"),
    "SnowNLP": ("snownlp==0.12.3",),
}


class Made(NamedTuple):
    """What a library has made of all articles, the processor's time for one, and the peak of its memory in MB."""

    summaries: list[str]
    milliseconds: float
    megabytes: float


def run() -> Iterator[Line]:
    """Let each library have its turn."""
    found = list(cases(GOLD, papers.REAL)) if GOLD.exists() else []
    asked = found or [Case(one, ("一" * BUDGET,)) for one in papers.articles()]
    own = measuring.alone(by_us, asked)
    lexicon = Lexicon.build(shipped())
    for name in peers.PEERS:
        theirs = by_peer(name, asked)
        memory = f"its peak {theirs.megabytes:.0f} MB"
        told = f"{own.milliseconds:.2f} ms an article against {theirs.milliseconds:.2f}; {memory}"
        value = own.milliseconds / theirs.milliseconds
        yield Line(what=f"a summary against {name}'s, time", value=value, told=told, megabytes=own.megabytes)
        if found:
            yield _better(f"a summary against {name}'s, ROUGE-2", found, own, theirs, lexicon)


def _better(what: str, found: Sequence[Case], own: Made, theirs: Made, lexicon: Lexicon) -> Line:
    """Return how much nearer to an editor's choice our summaries are."""
    scores = []
    for made in (own, theirs):
        pairs = zip(made.summaries, found, strict=True)
        scores.append(
            [rouge(_words(text, lexicon), _words("".join(one.key_sentences), lexicon), 2) for text, one in pairs]
        )
    low, high = interval(*scores)
    mine, other = map(fmean, scores)
    told = f"{100 * mine:.1f} against {100 * other:.1f} over {len(found)} articles; 95 %: {low:.2f} to {high:.2f}"
    return Line(what=what, value=mine / other, told=told)


def _words(text: str, lexicon: Lexicon) -> list[str]:
    return [word for word in lexicon.cut(text) if any(map(str.isalnum, word))]


def by_us(asked: Sequence[Case]) -> Made:
    """Summarize with this project."""
    lexicon = Lexicon.build(shipped())
    ours(asked[0], lexicon)
    times = []
    for _ in range(peers.ROUNDS):
        start = process_time()
        summaries = [ours(one, lexicon) for one in asked]
        times.append((process_time() - start) * 1000 / len(asked))
    return Made(summaries, median(times), measuring.peak())


def by_peer(name: str, asked: Sequence[Case]) -> Made:
    """Summarize with another library."""
    texts = [("\n".join(one.article.paragraphs), one.budget) for one in asked]
    command = (installed(name), Path(peers.__file__), name)
    done = subprocess.run(command, input=json.dumps(texts), check=True, capture_output=True, text=True)
    return Made(**json.loads(done.stdout))


def installed(name: str) -> Path:
    """Return the Python of the library's virtual environment, which is made where there is none."""
    folder = papers.cache_folder() / f"peer-{name}"
    python = folder / "bin" / "python"
    if not (folder / "made").exists():
        measuring.command(sys.executable, "-m", "venv", "--clear", folder)
        measuring.command(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *NEEDS[name])
        (folder / "made").touch()
    return python


if __name__ == "__main__":
    measuring.show(run())
