"""A whole issue as one entry: what is in it, for those who want one notice a day."""

from html import escape
from urllib.parse import urljoin

from digest.feeds import body
from digest.messages import Messages
from digest.model import FeedEntry, Paper, StoredArticle, StoredIssue
from digest.text import clean, joined, one_line

TOLD_TITLES = 3
"""How many articles the entry's summary names."""


def of(issue: StoredIssue, paper: Paper, messages: Messages) -> FeedEntry:
    """Return the entry of an issue: its articles with their summaries, the lead story first."""
    articles = issue.ranked
    lines = [_line(stored, paper) for stored in articles] or [body.notice(messages("site.withdrawn_all"))]
    titles = [one_line(stored.article.title) for stored in articles[:TOLD_TITLES]]
    changes = [stored.withdrawn.at for stored in issue.withdrawn if stored.withdrawn]
    return FeedEntry(
        id=issue.id,
        url=urljoin(paper.url, issue.path),
        title=_title(issue, paper, messages),
        summary=one_line(clean(" · ".join(titles))[0]),
        html=clean("\n".join(lines))[0],
        published=issue.published,
        updated=max([issue.published, *changes, *(stored.updated for stored in articles)]),
    )


def _title(issue: StoredIssue, paper: Paper, messages: Messages) -> str:
    masthead = issue.masthead
    day = masthead.date or issue.published.astimezone(paper.zone).date()
    number = messages("site.number", number=masthead.number) if masthead.number else ""
    return " ".join(filter(None, [messages.day("date.long", day), number]))


def _line(stored: StoredArticle, paper: Paper) -> str:
    article = stored.article
    title = f'<a href="{escape(urljoin(paper.url, stored.path))}">{escape(article.title, quote=False)}</a>'
    summary = escape(joined(article.summary), quote=False)
    return f"<p><strong>{title}</strong>{f'<br>{summary}' if summary else ''}</p>"
