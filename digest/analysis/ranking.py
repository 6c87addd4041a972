"""The order of an issue's articles for its readers: 1 is the lead story (头条)."""

from collections.abc import Sequence

from digest.analysis.lexicon import Lexicon, fold
from digest.analysis.words import folded
from digest.model import Article, Keyword

REPORT = 1.5
"""How far photos, notices, letters and texts without a headline stand behind reports."""

LEAD = 0.5
"""What the editors' choice is worth: the report that is printed first of all."""

TOPIC = 0.5
"""What an article is worth at most for being about what the paper is about, or about something new to it."""

NEW = 0.5
"""How much a word that the archive lacks counts against one that is the paper's own subject."""

OFTEN = 0.02
"""What share of the archive's articles hold a word that is wholly the paper's own subject, at least."""

LIFT = 4.0
"""How much lower than in all texts its IDF in the archive is, at least."""


def ranks(articles: Sequence[Article], lexicon: Lexicon) -> tuple[int, ...]:
    """Return the rank of each article.

    The front page goes first; among its articles the place in print counts most, the first report's above all, then
    length, a headline of several parts, the breadth of the keywords, and what they are in the paper's archive, where
    that is large enough to tell. Photos, notices and the like stand behind the reports.
    """
    worth = [
        _worth(article, place, len(articles)) + TOPIC * _topic(article, lexicon)
        for place, article in enumerate(articles)
    ]
    order = sorted(range(len(articles)), key=lambda place: (-worth[place], place))
    result = [0] * len(articles)
    for rank, place in enumerate(order, start=1):
        result[place] = rank
    return tuple(result)


def _worth(article: Article, place: int, total: int) -> float:
    page = article.page or 1
    worth = 2.0 / page + 1.0 - place / total
    worth += 0.6 * min(1.0, article.char_count / 1200)
    worth += 0.2 * bool(article.kicker) + 0.2 * bool(article.subheadline) + 0.1 * bool(article.pictures)
    worth += 0.2 * min(1.0, len(article.keywords) / 8)
    if article.kind != "news" or not article.headline:
        return worth - REPORT
    return worth + LEAD if place == 0 and page == 1 else worth


def _topic(article: Article, lexicon: Lexicon) -> float:
    """Return how much an article's keywords are the paper's own subjects or new to it, 0 to 1, by their weight."""
    if not lexicon.learned.articles or not article.keywords:
        return 0.0
    said = sum(keyword.score * _told(keyword, lexicon) for keyword in article.keywords)
    return said / sum(keyword.score for keyword in article.keywords)


def _told(keyword: Keyword, lexicon: Lexicon) -> float:
    """Return what the archive tells of a keyword, 0 to 1: that of its words that tells most."""
    words = {fold(keyword.term), *folded(lexicon.cut(keyword.term))}  # cut by itself a word may fall apart
    return max((_lift(word, lexicon) for word in words if len(word) > 1), default=0.0)


def _lift(word: str, lexicon: Lexicon) -> float:
    learned = lexicon.learned
    if word not in learned.counts:
        return NEW * lexicon.kinds[word].known
    often = min(1.0, learned.counts[word] / (OFTEN * learned.articles))
    return often * min(1.0, max(0.0, lexicon.general(word) - learned.idf(word)) / LIFT)
