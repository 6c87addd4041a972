"""Issue → Issue: keywords, a summary and a rank for each article."""

from dataclasses import replace

from digest import settings
from digest.analysis import keywords, ranking, words
from digest.analysis.cutting import Cutting
from digest.analysis.lexicon import Lexicon
from digest.model import Article, Issue


def terms(article: Article, lexicon: Lexicon) -> frozenset[str]:
    """Return the words of an article that tell something: what an archive is to count of it."""
    return words.terms((article.title, *article.paragraphs), lexicon)


def annotate(issue: Issue, lexicon: Lexicon, analysis: settings.Analysis) -> Issue:
    """Return `issue` with every article's keywords, summary and rank filled in; the rest stays as it is.

    Each article is read in its own language: whether its words are cut by the dictionary or at spaces is decided
    text by text. A word is spelled the same way, and a phrase has the same words, in all of the issue's keywords.
    """
    cut = [Cutting.of(article, lexicon) for article in issue.articles]
    agreed = keywords.agree([one.words for one in cut], lexicon)
    articles = [one.annotated(lexicon, analysis, agreed) for one in cut]
    ranked = zip(articles, ranking.ranks(articles, lexicon), strict=True)
    return replace(issue, articles=tuple(replace(article, rank=rank) for article, rank in ranked))
