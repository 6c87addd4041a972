"""The order of an issue's articles for its readers: 1 is the lead story (头条)."""

from collections.abc import Sequence

from digest.model import Article

REPORT = 1.5
"""How far photos, notices, letters and texts without a headline stand behind reports."""


def ranks(articles: Sequence[Article]) -> tuple[int, ...]:
    """Return the rank of each article.

    The front page goes first; among its articles the place in print counts most, then length, a headline of several
    parts and the breadth of the keywords. Photos, notices and the like stand behind the reports.
    """
    order = sorted(range(len(articles)), key=lambda place: (-_worth(articles[place], place, len(articles)), place))
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
    return worth if article.kind == "news" and article.headline else worth - REPORT
