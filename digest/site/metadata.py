"""What machines are told about a page: schema.org facts and the short description."""

from typing import Any
from urllib.parse import urljoin

from digest import text
from digest.model import Paper, StoredArticle, StoredIssue

_DESCRIPTION_CHARS = 160


def description(stored: StoredArticle) -> str:
    """Return what search engines and shared links show below the title: the summary, or the text's beginning."""
    article = stored.article
    whole = text.joined(article.summary) or article.lede or " ".join(article.paragraphs[:1])
    return text.clipped(text.one_line(whole), _DESCRIPTION_CHARS)


def news_article(paper: Paper, issue: StoredIssue, stored: StoredArticle) -> dict[str, Any]:
    """Return an article as schema.org's NewsArticle (JSON-LD), without the facts that it lacks."""
    article = stored.article
    publisher = {"@type": "NewsMediaOrganization", "name": paper.title, "url": paper.url}
    people = [{"@type": "Person", "name": author.name} for author in article.authors]
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": urljoin(paper.url, stored.path),
        "headline": article.title,
        "alternativeHeadline": article.subheadline,
        "description": description(stored),
        "datePublished": stored.published.astimezone(paper.zone).isoformat(timespec="seconds"),
        "dateModified": stored.updated.astimezone(paper.zone).isoformat(timespec="seconds"),
        "author": people or [publisher],
        "publisher": publisher,
        "articleSection": article.section,
        "keywords": [keyword.term for keyword in article.keywords],
        "printPage": str(article.page) if article.page else None,
        "dateline": article.dateline.place if article.dateline else None,
        "image": [urljoin(paper.url, picture.sizes[0].path) for picture in article.shown],
        "inLanguage": issue.language,
        "isPartOf": _publication_issue(issue),
    }
    return {name: fact for name, fact in facts.items() if fact}


def _publication_issue(issue: StoredIssue) -> dict[str, str]:
    masthead = issue.masthead
    facts = {
        "@type": "PublicationIssue",
        "issueNumber": str(masthead.number) if masthead.number else None,
        "datePublished": masthead.date.isoformat() if masthead.date else None,
    }
    return {name: fact for name, fact in facts.items() if fact}
