"""What an article is about, for the feeds of keywords."""

import re
import unicodedata

from digest.model import Article
from digest.text import HAN, has_han


def is_about(article: Article, keyword: str) -> bool:
    """Say whether an article names the keyword in its headings or among its keywords, in any case or width.

    A word of letters stands there as a whole word: `AI` is not in `said`.
    """
    headings = (article.kicker, article.title, article.subheadline)
    said = _plain("\n".join([*filter(None, headings), *(found.term for found in article.keywords)]))
    word = _plain(keyword)
    if has_han(word):
        return word in said
    return re.search(rf"(?<![^\W{HAN}]){re.escape(word)}(?![^\W{HAN}])", said) is not None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
