"""Articles and mastheads as JSON columns, and back."""

from dataclasses import asdict
from datetime import date
from typing import Any

from digest.model import Article, Author, Dateline, Keyword, Masthead, Picture

Json = dict[str, Any]


def from_article(article: Article) -> Json:
    """Return the JSON of an article; `to_article` gives the same article back."""
    return asdict(article)


def to_article(content: Json) -> Article:
    """Return the article of a JSON column."""
    parts = {
        "dateline": content["dateline"] and Dateline(**content["dateline"]),
        "authors": tuple(Author(**author) for author in content["authors"]),
        "pictures": tuple(Picture(**picture) for picture in content["pictures"]),
        "keywords": tuple(Keyword(**keyword) for keyword in content["keywords"]),
        "paragraphs": tuple(content["paragraphs"]),
        "crossheads": tuple(content["crossheads"]),
        "summary": tuple(content["summary"]),
    }
    return Article(**content | parts)


def from_masthead(masthead: Masthead) -> Json:
    """Return the JSON of a masthead; `to_masthead` gives the same masthead back."""
    return asdict(masthead) | {"date": masthead.date and masthead.date.isoformat()}


def to_masthead(content: Json) -> Masthead:
    """Return the masthead of a JSON column."""
    return Masthead(**content | {"date": content["date"] and date.fromisoformat(content["date"])})
