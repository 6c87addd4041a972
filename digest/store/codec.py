"""Issues, articles and mastheads as JSON columns, and back."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from digest.model import Article, Author, Dateline, Issue, Keyword, Masthead, Picture, Remark, Rendition

Json = dict[str, Any]


def from_article(article: Article) -> Json:
    """Return the JSON of an article; `to_article` gives the same article back."""
    return asdict(article)


def columns(article: Article) -> Json:
    """Return the columns that hold an article, and what lists say of it."""
    brief = article.summary[0] if article.summary else ""
    return {"content": from_article(article), "title": article.title, "brief": brief}


def to_article(content: Json) -> Article:
    """Return the article of a JSON column."""
    parts = {
        "dateline": content["dateline"] and Dateline(**content["dateline"]),
        "authors": tuple(Author(**author) for author in content["authors"]),
        "pictures": tuple(map(_to_picture, content["pictures"])),
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


def from_issue(issue: Issue) -> Json:
    """Return the JSON of an issue as parsed; `to_issue` gives the same issue back."""
    embargo = issue.embargo and issue.embargo.isoformat()
    return asdict(issue) | {"masthead": from_masthead(issue.masthead), "embargo": embargo}


def to_issue(content: Json) -> Issue:
    """Return the issue of a JSON column."""
    parts = {
        "masthead": to_masthead(content["masthead"]),
        "articles": tuple(to_article(article) for article in content["articles"]),
        "left_over": tuple(content["left_over"]),
        "remarks": tuple(Remark(**remark) for remark in content["remarks"]),
        "embargo": content["embargo"] and datetime.fromisoformat(content["embargo"]),
    }
    return Issue(**content | parts)


def _to_picture(content: Json) -> Picture:
    return Picture(**content | {"sizes": tuple(Rendition(**size) for size in content["sizes"])})
