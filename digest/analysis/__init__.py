"""Issue → Issue: keywords, a summary and a rank for each article."""

from dataclasses import replace

from digest import settings
from digest.analysis import keywords, ranking, sentences, summary
from digest.analysis.lexicon import Lexicon
from digest.model import Article, Issue


def annotate(issue: Issue, lexicon: Lexicon, analysis: settings.Analysis) -> Issue:
    """Return `issue` with every article's keywords, summary and rank filled in; the rest stays as it is.

    Each article is read in its own language: whether its words are cut by the dictionary or at spaces is decided
    text by text.
    """
    articles = [_annotated(article, lexicon, analysis) for article in issue.articles]
    ranked = zip(articles, ranking.ranks(articles), strict=True)
    return replace(issue, articles=tuple(replace(article, rank=rank) for article, rank in ranked))


def _annotated(article: Article, lexicon: Lexicon, analysis: settings.Analysis) -> Article:
    """Fill in keywords and summary. A lede that the editor wrote is the summary, whatever its length."""
    found = sentences.of(article)
    texts = [sentence.text for sentence in found]
    headings = [text for text in (article.kicker, article.headline, article.subheadline) if text]
    words = keywords.weigh(headings, texts, lexicon)
    chosen = (article.lede,) if article.lede else summary.choose(found, words, lexicon, analysis.summary_chars)
    return replace(
        article,
        keywords=keywords.choose(words, [*headings, *texts], lexicon, analysis.keywords),
        summary=chosen,
    )
