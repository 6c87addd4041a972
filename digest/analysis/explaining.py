"""Why an article has the summary and the keywords that it has: what a person needs to follow the reckoning."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from digest import settings
from digest.analysis import keywords, summary
from digest.analysis.cutting import Cutting
from digest.analysis.keywords import Found
from digest.analysis.lexicon import Lexicon
from digest.analysis.sentences import Sentence
from digest.analysis.summary import Piece
from digest.model import Article
from digest.wordfiles import OwnWord

TELLING = 6
"""How many of a sentence's words are shown."""

Fate = Literal["chosen", "room", "told", "empty"]
"""In the summary; or not, because it is too long for what is left of it, adds too little, or has no word that tells."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence. `score` is 100 for what is worth most at the outset.

    `text` is the run of clauses that was weighed where the sentence is longer than a summary. `factors` raise (above 1)
    or lower the weights of its words, of which `words` are the heaviest; `place` is its turn in the choice, from 1.
    """

    sentence: Sentence
    text: str
    score: float
    factors: tuple[tuple[str, float], ...]
    words: tuple[tuple[str, float], ...]
    fate: Fate
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Rooted:
    """A keyword as it is written, and where it comes from.

    `own` are the newsroom's words in it, `archive` says how many of the archive's articles hold each of its words.
    """

    written: str
    score: float
    found: Found
    own: tuple[OwnWord, ...]
    archive: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The sentences in article order and the keywords by weight. `lede` is the editor's summary, which wins."""

    sentences: tuple[Judged, ...]
    keywords: tuple[Rooted, ...]
    lede: str | None


def explain(
    article: Article, lexicon: Lexicon, analysis: settings.Analysis, issue: Sequence[Article] = ()
) -> Explanation:
    """Choose an article's summary and keywords as `annotate` does with all of its `issue`, and tell why."""
    cut = Cutting.of(article, lexicon)
    pieces = summary.pieces(cut.sentences, cut.words, lexicon, analysis.summary_chars)
    chosen = summary.pick(pieces, analysis.summary_chars)
    agreed = keywords.agree([Cutting.of(one, lexicon).words for one in issue or (article,)], lexicon)
    found = keywords.find(cut.words, cut.texts, lexicon, analysis.keywords, agreed)
    return Explanation(
        sentences=_judged(cut.sentences, pieces, chosen, analysis.summary_chars),
        keywords=tuple(
            Rooted(
                written=keywords.written(one.term, agreed.spelling),
                score=one.score / found[0].score,
                found=one,
                own=tuple(lexicon.own[word] for word in one.term if word in lexicon.own),
                archive=tuple(lexicon.learned.counts.get(word, 0) for word in one.term),
            )
            for one in found
        ),
        lede=article.lede,
    )


def _judged(
    sentences: Sequence[Sentence], pieces: Sequence[Piece], chosen: Sequence[Piece], budget: int
) -> tuple[Judged, ...]:
    most = max(map(summary.gain, pieces), default=0.0) or 1.0
    room = budget - sum(map(summary.room, chosen))
    taken = {piece.sentence.index: piece for piece in chosen}
    judged = []
    for sentence in sentences:
        candidates = [piece for piece in pieces if piece.sentence == sentence]
        best = taken.get(sentence.index) or max(candidates, key=summary.gain, default=None)
        worth = summary.gain(best) if best else 0.0
        fate: Fate = "room" if all(len(piece.text) > room for piece in candidates) else "told"
        if sentence.index in taken:
            fate = "chosen"
        elif candidates and not worth:
            fate = "empty"
        heaviest = sorted(best.weights.items(), key=lambda item: (-item[1], item[0])) if best else []
        judged.append(
            Judged(
                sentence=sentence,
                text=best.text if best else sentence.text,
                score=100 * worth / most,
                factors=tuple(summary.factors(sentence, len(sentences), budget)),
                words=tuple(heaviest[:TELLING]),
                fate=fate,
                place=chosen.index(best) + 1 if best and fate == "chosen" else None,
            )
        )
    return tuple(judged)
