"""How fast is the analysis, warm? Times it beside the straight floor: the same segmenter, in one function.

    python benchmarks/warm.py FILE...

The floor cuts each sentence once, weighs words by TF-IDF, sentences by weight and position, and picks by maximal
marginal relevance. Medians of `RUNS` runs over all articles of the files; the ratio is what counts.
"""

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from digest.analysis import annotate, terms
from digest.analysis.lexicon import COMMON_IDF, Lexicon, shipped
from digest.model import Article, Issue, Masthead, Source
from digest.parsing import parse
from digest.reading import read
from digest.settings import Analysis

RUNS = 15
DEFAULTS = Analysis()
_SENTENCE = re.compile(r"[^。！？]+[。！？]?")


def floor(article: Article, lexicon: Lexicon, idf: Mapping[str, float]) -> tuple[list[str], list[str]]:
    """Return keywords and summary of an article by the plainest means."""
    sentences = [sentence for paragraph in article.paragraphs for sentence in _SENTENCE.findall(paragraph)]
    cut = [lexicon.cut_han(sentence) for sentence in sentences]
    counts = Counter(word for words in cut for word in words if len(word) > 1 and word not in lexicon.stopwords)
    weights = {word: n * idf.get(word, COMMON_IDF) for word, n in counts.items()}
    scores = [
        sum(weights.get(word, 0.0) for word in words) / max(len(words), 1) * (1 - 0.4 * place / len(cut))
        for place, words in enumerate(cut)
    ]
    sets = list(map(set, cut))
    room, chosen, left = DEFAULTS.summary_chars, list[int](), set(range(len(sentences)))
    while left:
        best = max(
            left, key=lambda one: scores[one] * (1 - max((_like(sets[one], sets[o]) for o in chosen), default=0))
        )
        left.discard(best)
        if len(sentences[best]) <= room:
            chosen.append(best)
            room -= len(sentences[best])
    return sorted(weights, key=lambda word: -weights[word])[:8], [sentences[place] for place in sorted(chosen)]


def _like(one: set[str], other: set[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def timed(run: Callable[[], object]) -> float:
    """Return the median time of a run in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return median(times)


def main(files: Sequence[Path]) -> None:
    """Print the times of one article, and the ratio."""
    lists = shipped()
    lexicon = Lexicon.build(lists)
    idf = {word.decode(): float(value) for word, value in lists.idf.items()}
    parsed = [parse(read(Source(path.name, path.read_bytes()))) for path in files]
    articles = tuple(article for issue in parsed for article in issue.articles if article.paragraphs)
    each = 1000 / len(articles)
    plain = timed(lambda: [floor(article, lexicon, idf) for article in articles]) * each
    ours = timed(lambda: annotate(Issue(Masthead(), articles), lexicon, DEFAULTS)) * each
    counted = timed(lambda: [terms(article, lexicon) for article in articles]) * each
    print(f"{len(articles)} articles of {sum(one.char_count for one in articles) // len(articles)} characters, ms each")
    print(f"floor {plain:.2f}, annotate {ours:.2f} ({ours / plain:.2f} x), words for the archive {counted:.2f}")


if __name__ == "__main__":
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("files", type=Path, nargs="+")
    main(cli.parse_args().files)
