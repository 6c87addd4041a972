"""The parse record: an issue as one JSON object, as `digest parse --json` prints it."""

from dataclasses import asdict
from typing import Any

from digest.messages import Messages
from digest.model import Article, Issue


def record(source: str, issue: Issue, messages: Messages) -> dict[str, Any]:
    """Return the record of `issue`, read from the file named `source`; warnings are in the words of `messages`."""
    head = issue.masthead
    return {
        "source": source,
        "language": issue.language,
        "title": head.title,
        "date": head.date.isoformat() if head.date else None,
        "date_origin": head.date_origin,
        "weekday": head.weekday,
        "lunar_date": head.lunar_date,
        "number": head.number,
        "page_count": head.page_count,
        "url": head.url,
        "email": head.email,
        "coverage": issue.coverage,
        "confidence": issue.confidence,
        "warnings": [messages.of(remark.code, remark.facts) for remark in issue.remarks],
        "left_over": list(issue.left_over),
        "articles": [_article(article) for article in issue.articles],
    }


def _article(article: Article) -> dict[str, Any]:
    """Return an article's fields in the model's order, which is the record's; what publication adds is no part of it."""
    fields = asdict(article)
    del fields["rank"]
    for picture in fields["pictures"]:
        del picture["original"], picture["sizes"]
    return fields
