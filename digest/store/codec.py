"""Issues, articles and mastheads as JSON columns, and back."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row

from digest.model import Article, Author, Dateline, Issue, Keyword, Masthead, Picture, Remark, Rendition

Json = dict[str, Any]


def from_article(article: Article) -> Json:
    """Return the JSON of an article; `to_article` gives the same article back."""
    return asdict(article)


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


def naming(content: ColumnElement[Any]) -> tuple[ColumnElement[str], ...]:
    """Return what an article's title is made of, as columns for `to_title`: its JSON is not read for that."""
    places = {"headline": ("headline",), "label": ("label",), "beginning": ("paragraphs", 0)}
    return tuple(content[place].as_string().label(name) for name, place in places.items())


def to_title(row: Row[Any]) -> str:
    """Return the title of an article of which a row has the columns `naming`."""
    paragraphs = () if row.beginning is None else (row.beginning,)
    return Article(headline=row.headline, label=row.label, paragraphs=paragraphs).title


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
