"""How fast is the analysis, warm? Times it beside the straight floor: the same segmenter, in one function.

    python -m benchmarks.analysis [FILE ...]

The floor cuts each sentence once, weighs words by TF-IDF, sentences by weight and position, and picks by maximal
marginal relevance. FILEs are issues; without any, real ones where they lie beside the project.
"""

import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks import measuring, papers
from benchmarks.measuring import Line
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


def run(*files: Path) -> list[Line]:
    """Let the floor and the analysis take turns over all articles of files."""
    lists = shipped()
    lexicon = Lexicon.build(lists)
    idf = {word.decode(): float(value) for word, value in lists.idf.items()}
    parsed = [parse(read(Source(path.name, path.read_bytes()))) for path in files or papers.real()]
    articles = tuple(article for issue in parsed for article in issue.articles if article.paragraphs)
    works: dict[str, Callable[[], object]] = {
        "floor": lambda: [floor(article, lexicon, idf) for article in articles],
        "annotate": lambda: annotate(Issue(Masthead(), articles), lexicon, DEFAULTS),
        "terms": lambda: [terms(article, lexicon) for article in articles],
    }
    found = measuring.costs(works, RUNS)
    plain, ours, counted = (1000 * found[name].processor / len(articles) for name in works)
    length = sum(one.char_count for one in articles) // len(articles)
    told = f"{ours:.2f} ms an article of {length} characters against {plain:.2f}; words for the archive {counted:.2f}"
    return [Line(what="keywords and summary, warm, against the same cut and MMR", value=ours / plain, told=told)]


if __name__ == "__main__":
    measuring.show(run(*map(Path, sys.argv[1:])))
