"""Issues → Digest: what a letter says, whatever it will look like."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urljoin

from digest import text
from digest.model import Correction, Digest, DigestItem, Paper, StoredArticle, StoredIssue

_TITLE_CHARS = 200
_SUMMARY_CHARS = 600
_KEYWORDS = 8


def compose(paper: Paper, issues: Sequence[StoredIssue], day: date, changed: Sequence[StoredArticle] = ()) -> Digest:
    """Return the letter of `day` about these issues' articles, of which there is at least one.

    `changed` are articles of earlier letters that were corrected or withdrawn since, as they are now; each gets a line.

    A letter about one issue bears that issue's date. The newest issue comes first; in each the lead story, then the
    rest by section as printed, and by rank.
    """
    newest_first = sorted(
        (issue for issue in issues if issue.articles), key=lambda issue: issue.published, reverse=True
    )
    only = newest_first[0] if len(newest_first) == 1 else None
    return Digest(
        publication=paper.slug,
        title=paper.title,
        language=paper.language,
        date=(only.masthead.date if only else None) or day,
        items=tuple(_item(paper, issue, stored) for issue in newest_first for stored in _in_order(issue)),
        site_url=urljoin(paper.url, only.path) if only else paper.url,
        masthead=only.masthead if only else None,
        corrections=tuple(_correction(paper, stored) for stored in changed),
        accent=paper.accent,
    )


def _in_order(issue: StoredIssue) -> list[StoredArticle]:
    lead, *rest = issue.ranked
    sections = [stored.article.section for stored in issue.articles]
    return [lead, *sorted(rest, key=lambda stored: sections.index(stored.article.section))]


def _item(paper: Paper, issue: StoredIssue, stored: StoredArticle) -> DigestItem:
    article = stored.article
    return DigestItem(
        url=urljoin(paper.url, stored.path),
        title=_line(article.title, _TITLE_CHARS) or "",
        summary=_line(text.joined(article.summary), _SUMMARY_CHARS) or "" if article.headline else "",
        rank=issue.ranked.index(stored) + 1,
        kind=article.kind,
        label=_line(article.label, _TITLE_CHARS),
        section=_line(article.section, _TITLE_CHARS),
        kicker=_line(article.kicker, _TITLE_CHARS),
        subheadline=_line(article.subheadline, _TITLE_CHARS),
        keywords=tuple(text.clipped(keyword.term, _TITLE_CHARS) for keyword in article.keywords[:_KEYWORDS]),
    )


def _correction(paper: Paper, stored: StoredArticle) -> Correction:
    return Correction(
        url=urljoin(paper.url, stored.path),
        title=None if stored.withdrawn else _line(stored.article.title, _TITLE_CHARS),
        day=stored.published.astimezone(paper.zone).date(),
    )


def _line(printed: str | None, chars: int) -> str | None:
    return text.clipped(text.one_line(printed), chars) if printed else None
