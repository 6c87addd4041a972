"""How well an issue was parsed: figures from 0 to 1 against what an editor says it holds."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from digest.model import Article, Issue

RUN = 8
"""How many characters the runs have by which two texts are compared."""

_QUOTES = str.maketrans(dict.fromkeys("“”「」『』", '"') | dict.fromkeys("‘’", "'") | dict.fromkeys("—－–", "-"))


def bare(text: str | None) -> str:
    """Return a text without white space, and without the differences that printers make: width, quotation marks."""
    return "".join(unicodedata.normalize("NFKC", text or "").translate(_QUOTES).replace("...", "…").split())


def counted(gold: Mapping[str, Any], issue: Issue) -> Counter[str]:
    """Return the raw counts that `figures` are made of, for one issue; `gold` is like a parse record."""
    articles: Sequence[Mapping[str, Any]] = gold["articles"]
    pairs = _pairs([_runs(one["paragraphs"]) for one in articles], [_runs(one.paragraphs) for one in issue.articles])
    counts = Counter(told=len(articles), printed=len(issue.articles), found=len(pairs))
    counts["authors_printed"] = sum(len(one.authors) for one in issue.articles)
    counts["paragraphs_printed"] = sum(len(one.paragraphs) for one in issue.articles)
    for n, told in enumerate(articles):
        counts["authors_told"] += len(told["authors"])
        counts["paragraphs_told"] += len(told["paragraphs"])
        if n in pairs:
            counts += _judged(told, issue.articles[pairs[n]])
    for name, value in gold["issue"].items():
        if name.endswith("_any"):
            continue
        accepted = {bare(str(one)) for one in (value, *gold["issue"].get(f"{name}_any", []))}
        counts["stated"] += 1
        counts["read"] += bare(str(getattr(issue.masthead, name))) in accepted
    return counts


def figures(counts: Counter[str]) -> dict[str, float]:
    """Return the figures of all issues together."""
    told = counts["told"]
    return {
        "articles": 2 * counts["found"] / (told + counts["printed"]),
        "exact": counts["exact"] / told,
        "headline": counts["headline"] / told,
        "headings": counts["headings"] / told,
        "paragraphs": 2 * counts["paragraphs"] / (counts["paragraphs_told"] + counts["paragraphs_printed"]),
        "authors": 2 * counts["authors"] / (counts["authors_told"] + counts["authors_printed"]),
        "masthead": counts["read"] / counts["stated"],
    }


def _judged(told: Mapping[str, Any], found: Article) -> Counter[str]:
    headlines = {bare(text) for text in (told["headline"], *told.get("headline_any", ()))}
    authors = Counter((bare(one["role"]), bare(one["name"])) for one in told["authors"])
    paragraphs = Counter(map(bare, told["paragraphs"]))
    return Counter(
        exact=bare("".join(found.paragraphs)) == bare("".join(told["paragraphs"])),
        headline=bare(found.headline) in headlines,
        headings=_headings(found.kicker, found.headline, found.subheadline)
        == _headings(told["kicker"], told["headline"], told["subheadline"]),
        paragraphs=(paragraphs & Counter(map(bare, found.paragraphs))).total(),
        authors=(authors & Counter((bare(one.role), bare(one.name)) for one in found.authors)).total(),
    )


def _headings(*lines: str | None) -> str:
    return "".join(map(bare, lines))


def _runs(paragraphs: Iterable[str]) -> Counter[str]:
    text = re.sub(r"\s", "", bare("".join(paragraphs)))
    return Counter(text[i : i + RUN] for i in range(max(1, len(text) - RUN + 1)))


def _pairs(told: Sequence[Counter[str]], found: Sequence[Counter[str]]) -> dict[int, int]:
    """Return which of `found` is which of `told`, one to one, the likest first; half of the runs must be the same."""
    alike = [
        (2 * (one & other).total() / (one.total() + other.total()), i, j)
        for i, one in enumerate(told)
        for j, other in enumerate(found)
    ]
    pairs: dict[int, int] = {}
    for likeness, i, j in sorted(alike, reverse=True):
        if likeness >= 0.5 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs
