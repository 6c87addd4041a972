"""Another library's summaries, made in a virtual environment of its own: nothing here but that library and Python's.

    python benchmarks/peers.py sumy|TextRank4ZH|SnowNLP

Reads from standard input, as JSON, a list of texts, each with the most characters of its summary; writes the summaries,
the milliseconds that each took, and the peak of the memory in MB.
"""

import contextlib
import json
import resource
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from time import process_time
from typing import Any

ROUNDS = 3

Summarize = Callable[[str, int], str]


def fitting(ranked: Iterable[str], budget: int) -> list[str]:
    """Return the first sentences, by their rank, while they fit; at least one, cut to the budget."""
    chosen: list[str] = []
    for sentence in ranked:
        if chosen and sum(map(len, chosen)) + len(sentence) > budget:
            break
        chosen.append(sentence[:budget])
    return chosen


def sumy() -> Summarize:
    """LexRank of sumy, over jieba's words."""
    parser, tokenizer = import_module("sumy.parsers.plaintext"), import_module("sumy.nlp.tokenizers")
    lex_rank = import_module("sumy.summarizers.lex_rank").LexRankSummarizer()
    lex_rank.stop_words = import_module("sumy.utils").get_stop_words("chinese")
    chinese = tokenizer.Tokenizer("chinese")

    def summarize(text: str, budget: int) -> str:
        def best(infos: Sequence[Any]) -> Sequence[Any]:
            return infos[: len(fitting((str(info.sentence) for info in infos), budget))]

        document = parser.PlaintextParser.from_string(text, chinese).document
        return "".join(map(str, lex_rank(document, best)))[:budget]

    return summarize


def text_rank() -> Summarize:
    """TextRank4ZH's key sentences."""
    module = import_module("textrank4zh")

    def summarize(text: str, budget: int) -> str:
        ranker = module.TextRank4Sentence()
        ranker.analyze(text=text, lower=True, source="all_filters")
        ranked = ranker.get_key_sentences(num=1000)
        return "".join(fitting((one.sentence for one in ranked), budget))

    return summarize


def snow() -> Summarize:
    """SnowNLP's summary."""
    module = import_module("snownlp")
    return lambda text, budget: "".join(fitting(module.SnowNLP(text).summary(1000), budget))


PEERS = {"sumy": sumy, "TextRank4ZH": text_rank, "SnowNLP": snow}


def main(name: str) -> None:
    """Summarize what comes."""
    asked: list[tuple[str, int]] = json.load(sys.stdin)
    with contextlib.redirect_stdout(sys.stderr):
        summarize = PEERS[name]()
        summarize(*asked[0])
        times = []
        for _ in range(ROUNDS):
            start = process_time()
            summaries = [summarize(text, budget) for text, budget in asked]
            times.append((process_time() - start) * 1000 / len(asked))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"summaries": summaries, "milliseconds": sorted(times)[len(times) // 2], "megabytes": peak}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
