"""Issues → Digest: what a letter says, whatever it will look like."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urljoin

from digest import text
from digest.model import (
    Correction,
    Digest,
    DigestIssue,
    DigestItem,
    Form,
    Illustration,
    Occasion,
    Paper,
    Picture,
    StoredArticle,
    StoredIssue,
)

COLUMN = 592
"""How wide a letter's column is, in pixels: no picture is wider or higher."""

_TITLE_CHARS = 200
_SUMMARY_CHARS = 600
_KEYWORDS = 8


def compose(
    paper: Paper,
    issues: Sequence[StoredIssue],
    changed: Sequence[StoredArticle] = (),
    *,
    occasion: Occasion = "issue",
    form: Form = "full",
    topics: Sequence[str] = (),
) -> Digest:
    """Return the letter about these issues' articles, of which there is at least one.

    `changed` are articles of earlier letters that were corrected or withdrawn since, as they are now; each gets a line.
    `topics` (`Preferences`) tell what the articles were chosen by. In the form "headlines" a letter has of each
    article no more than that, its label and its address.

    The newest issue comes first; in each the lead story, then the rest by section as printed, and by rank.
    """
    newest_first = sorted(
        (issue for issue in issues if issue.articles), key=lambda issue: issue.published, reverse=True
    )
    told = [_issue(paper, issue, form) for issue in newest_first]
    if form == "full":
        lead = _illustrated(paper, newest_first[0].ranked[0], told[0].items[0])
        told[0] = replace(told[0], items=(lead, *told[0].items[1:]))
    return Digest(
        publication=paper.slug,
        title=paper.title,
        language=paper.language,
        issues=tuple(told),
        site_url=told[0].url if len(told) == 1 else paper.url,
        occasion=occasion,
        form=form,
        topics=tuple(topics),
        corrections=tuple(_correction(paper, stored) for stored in changed),
        accent=paper.accent,
    )


def _issue(paper: Paper, issue: StoredIssue, form: Form) -> DigestIssue:
    ranks = {stored.id: rank for rank, stored in enumerate(issue.ranked, 1)}
    items = (_item(paper, stored, ranks[stored.id]) for stored in _in_order(issue))
    return DigestIssue(
        url=urljoin(paper.url, issue.path),
        day=issue.masthead.date or issue.published.astimezone(paper.zone).date(),
        masthead=issue.masthead,
        items=tuple(map(_headline, items) if form == "headlines" else items),
    )


def _headline(item: DigestItem) -> DigestItem:
    return replace(item, kicker=None, subheadline=None, summary="", keywords=())


def _in_order(issue: StoredIssue) -> list[StoredArticle]:
    lead, *rest = issue.ranked
    sections = [stored.article.section for stored in issue.articles]
    return [lead, *sorted(rest, key=lambda stored: sections.index(stored.article.section))]


def _item(paper: Paper, stored: StoredArticle, rank: int) -> DigestItem:
    article = stored.article
    return DigestItem(
        url=urljoin(paper.url, stored.path),
        title=_line(article.title, _TITLE_CHARS) or "",
        summary=_line(text.joined(article.summary), _SUMMARY_CHARS) or "" if article.headline else "",
        rank=rank,
        kind=article.kind,
        label=_line(article.label, _TITLE_CHARS),
        section=_line(article.section, _TITLE_CHARS),
        kicker=_line(article.kicker, _TITLE_CHARS),
        subheadline=_line(article.subheadline, _TITLE_CHARS),
        keywords=tuple(text.clipped(keyword.term, _TITLE_CHARS) for keyword in article.keywords[:_KEYWORDS]),
    )


def _illustrated(paper: Paper, stored: StoredArticle, item: DigestItem) -> DigestItem:
    """Return the item with its article's first picture, if it has one."""
    shown = stored.article.shown
    return replace(item, picture=_illustration(paper, shown[0])) if shown else item


def _illustration(paper: Paper, picture: Picture) -> Illustration:
    """Return a picture in its smallest size that fills the column, as large as the column allows."""
    size = next((one for one in reversed(picture.sizes) if one.width >= COLUMN), picture.sizes[0])
    scale = min(1, COLUMN / max(size.width, size.height))
    return Illustration(
        url=urljoin(paper.url, size.path),
        width=max(1, round(size.width * scale)),
        height=max(1, round(size.height * scale)),
        caption=_line(picture.caption, _TITLE_CHARS),
        credit=_line(picture.credit, _TITLE_CHARS),
    )


def _correction(paper: Paper, stored: StoredArticle) -> Correction:
    return Correction(
        url=urljoin(paper.url, stored.path),
        title=None if stored.withdrawn else _line(stored.article.title, _TITLE_CHARS),
        day=stored.published.astimezone(paper.zone).date(),
    )


def _line(printed: str | None, chars: int) -> str | None:
    return text.clipped(text.one_line(printed), chars) if printed else None
