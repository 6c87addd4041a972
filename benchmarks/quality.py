"""How good are the keywords and summaries? Scores them against gold, beside LEAD, random sentences and jieba's TF-IDF.

    python -m benchmarks.quality GOLD [--issues DIR]

GOLD is a folder. Its NNN.json name, for articles of a file in DIR, the lines that are headings and paragraphs
(1-based) and the `key_sentences` an editor would pick; its keywords_csl.jsonl holds texts with their authors'
keywords. Summaries get the key sentences' own length. ROUGE counts are clipped, over jieba's words and over
characters; the interval is a paired bootstrap over articles.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from digest.analysis import annotate
from digest.analysis.lexicon import Lexicon, shipped
from digest.analysis.sentences import of
from digest.model import Article, Issue, Masthead
from digest.settings import Analysis

SAMPLES = 2000
SEED = 7
HEADINGS = ("kicker", "headline", "subheadline")


@dataclass(frozen=True, slots=True)
class Case:
    """An article and what an editor picked from it."""

    article: Article
    key_sentences: tuple[str, ...]

    @property
    def budget(self) -> int:
        """The length of the key sentences in characters."""
        return sum(map(len, self.key_sentences))


def cases(gold: Path, issues: Path) -> Iterator[Case]:
    """Yield every gold article that has key sentences."""
    for path in sorted(gold.glob("*.json")):
        marked = json.loads(path.read_text(encoding="utf-8"))
        lines = (issues / marked["file"]).read_text(encoding="utf-8").split("\n")
        for article in marked["articles"]:
            if article.get("key_sentences"):
                kicker, headline, subheadline = (_text(lines, article[role]) for role in HEADINGS)
                paragraphs = tuple(_text(lines, numbers) for numbers in article["paragraphs"])
                headed = Article(kicker=kicker, headline=headline, subheadline=subheadline, paragraphs=paragraphs)
                yield Case(headed, tuple(article["key_sentences"]))


def _text(lines: Sequence[str], numbers: Sequence[int]) -> str:
    return "".join(re.sub(r"^#+\s*", "", lines[number - 1].strip()) for number in numbers)


def rouge(candidate: Sequence[str], reference: Sequence[str], n: int) -> float:
    """Return the F1 of clipped n-gram counts."""
    first, second = (Counter(tuple(t[i : i + n]) for i in range(len(t) - n + 1)) for t in (candidate, reference))
    return _f1(sum((first & second).values()), sum(first.values()), sum(second.values()))


def rouge_l(candidate: Sequence[str], reference: Sequence[str], _n: int = 0) -> float:
    """Return the F1 of the longest common subsequence."""
    row = [0] * (len(reference) + 1)
    for token in candidate:
        before = 0
        for i, other in enumerate(reference, start=1):
            before, row[i] = row[i], before + 1 if token == other else max(row[i], row[i - 1])
    return _f1(row[-1], len(candidate), len(reference))


def _f1(hits: int, candidate: int, reference: int) -> float:
    return 2 * hits / (candidate + reference) if candidate + reference else 0.0


def ours(case: Case, lexicon: Lexicon) -> str:
    """Return this project's summary at the case's budget."""
    issue = Issue(Masthead(), (case.article,))
    return "".join(annotate(issue, lexicon, Analysis(summary_chars=case.budget)).articles[0].summary)


def lead(case: Case, _lexicon: Lexicon) -> str:
    """Return the beginning of the article, cut at the budget in the middle of a sentence: LEAD at its strongest."""
    return "".join(sentence.text for sentence in of(case.article))[: case.budget]


def lead_sentences(case: Case, _lexicon: Lexicon) -> str:
    """Return as many first sentences as fit; at least one."""
    return _filled([sentence.text for sentence in of(case.article)], case.budget)


def at_random(case: Case, _lexicon: Lexicon) -> str:
    """Return random sentences while they fit."""
    texts = [sentence.text for sentence in of(case.article)]
    random.Random(SEED).shuffle(texts)
    return _filled(texts, case.budget)


def _filled(texts: Sequence[str], budget: int) -> str:
    filled = texts[0][:budget]
    for text in texts[1:]:
        if len(filled) + len(text) > budget:
            break
        filled += text
    return filled


def interval(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % interval of the ratio of two means over the same articles, by paired bootstrap."""
    chance = random.Random(SEED)
    ratios = []
    for _ in range(SAMPLES):
        drawn = chance.choices(range(len(ours)), k=len(ours))
        below = sum(theirs[i] for i in drawn)
        ratios.append(sum(ours[i] for i in drawn) / below if below else 1.0)
    ratios.sort()
    return ratios[int(0.025 * SAMPLES)], ratios[int(0.975 * SAMPLES)]


SYSTEMS: dict[str, Callable[[Case, Lexicon], str]] = {
    "digest": ours, "LEAD, cut": lead, "LEAD-n": lead_sentences, "random": at_random,
}  # fmt: skip
MEASURES: dict[str, tuple[Callable[[Sequence[str], Sequence[str], int], float], int]] = {
    "ROUGE-1": (rouge, 1), "ROUGE-2": (rouge, 2), "ROUGE-L": (rouge_l, 0),
}  # fmt: skip


def report_summaries(found: Sequence[Case], lexicon: Lexicon) -> None:
    """Print a table a unit, and whether ROUGE-2 beats LEAD."""
    units: dict[str, Callable[[str], Sequence[str]]] = {"words": lexicon.cut, "characters": "".join}
    summaries = {name: [system(case, lexicon) for case in found] for name, system in SYSTEMS.items()}
    for unit, tokens in units.items():
        print(f"\n{len(found)} articles, {unit}   " + "  ".join(MEASURES))
        references = [tokens("".join(case.key_sentences)) for case in found]
        scores: dict[tuple[str, str], list[float]] = {}
        for name, texts in summaries.items():
            for measure, (score, n) in MEASURES.items():
                scores[name, measure] = [score(tokens(t), r, n) for t, r in zip(texts, references, strict=True)]
            print(f"{name:<24}" + "  ".join(f"{100 * fmean(scores[name, measure]):7.2f}" for measure in MEASURES))
        for baseline in ("LEAD, cut", "LEAD-n"):
            mine, theirs = scores["digest", "ROUGE-2"], scores[baseline, "ROUGE-2"]
            low, high = interval(mine, theirs)
            verdict = "beats it" if low > 1 else "is not shown to beat it"
            print(f"ROUGE-2 {fmean(mine) / fmean(theirs):.2f} x {baseline} [{low:.2f}, {high:.2f}]: {verdict}")


def report_keywords(path: Path, lexicon: Lexicon) -> None:
    """Print exact F1@5 beside jieba's own TF-IDF."""
    import jieba.analyse

    jieba.setLogLevel("WARNING")
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    mine, theirs = [], []
    for record in records:
        gold = {keyword.strip().lower() for keyword in record["keywords"]}
        article = Article(headline=record["title"], paragraphs=(record["text"],))
        annotated = annotate(Issue(Masthead(), (article,)), lexicon, Analysis(keywords=5)).articles[0]
        mine.append(_exact({keyword.term.lower() for keyword in annotated.keywords}, gold))
        tags = jieba.analyse.extract_tags(f"{record['title']}。{record['text']}", topK=5)
        theirs.append(_exact({tag.lower() for tag in tags}, gold))
    low, high = interval(mine, theirs)
    print(f"\n{len(records)} texts, keywords, exact F1@5: digest {fmean(mine):.4f}, jieba TF-IDF {fmean(theirs):.4f}")
    print(f"{fmean(mine) / fmean(theirs):.2f} x [{low:.2f}, {high:.2f}]")


def _exact(found: set[str], gold: set[str]) -> float:
    return _f1(len(found & gold), len(found), len(gold))


def main() -> None:
    """Score what the command line names."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("gold", type=Path)
    cli.add_argument("--issues", type=Path, help="the folder of the source files; GOLD/../issues without it")
    args = cli.parse_args()
    lexicon = Lexicon.build(shipped())
    if found := list(cases(args.gold, args.issues or args.gold.parent / "issues")):
        report_summaries(found, lexicon)
    if (path := args.gold / "keywords_csl.jsonl").exists():
        report_keywords(path, lexicon)


if __name__ == "__main__":
    main()
