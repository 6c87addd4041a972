"""What became of a dropped file, in the editor's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from digest.errors import RejectedError
from digest.messages import Messages
from digest.model import Article, Issue, Masthead, StoredIssue
from digest.text import joined

_STATED = {"given", "masthead", "filename"}
"""Dates that somebody wrote down; that one was guessed is among the remarks."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: an issue, nothing new, or a rejection; `words` is what its editor is told."""

    kind: Literal["taken", "known", "rejected"]
    name: str
    words: str


def taken(name: str, issue: Issue, stored: StoredIssue, home: str, *, zone: ZoneInfo, say: Messages) -> str:
    """Return the receipt of a file that has become an issue. `home` is the address of the paper's home."""
    return _lines(
        say("receipt.taken", name=name),
        heading(issue.masthead, say),
        say(f"receipt.date_from_{origin}") if (origin := issue.masthead.date_origin) in _STATED else None,
        say("receipt.published_at", time=f"{stored.published.astimezone(zone):%Y-%m-%d %H:%M}"),
        "",
        say("receipt.articles", n=len(stored.articles), url=home + stored.path),
        *_articles(stored, home),
        *_section(say("receipt.remarks"), [say.of(remark.code, remark.facts) for remark in issue.remarks]),
        *_section(say("receipt.left_over"), list(issue.left_over)),
    )


def known(name: str, stored: StoredIssue, home: str, say: Messages) -> str:
    """Return the receipt of a file whose bytes have been taken in before."""
    return _lines(
        say("receipt.known", name=name),
        heading(stored.masthead, say),
        home + stored.path,
    )


def rejected(name: str, refusal: RejectedError, say: Messages) -> str:
    """Return why a file is no issue, and what to do."""
    return _lines(say("receipt.rejected", name=name), "", say.of(refusal.code, refusal.facts))


def described(issue: Issue, say: Messages) -> str:
    """Return an issue as a person wants to read it: its masthead, its articles in short, and what is left over."""
    return _lines(
        heading(issue.masthead, say),
        say("receipt.found", n=len(issue.articles), confidence=round(issue.confidence * 100)),
        *(line for n, article in enumerate(issue.articles, start=1) for line in _described(n, article, say)),
        *_section(say("receipt.remarks"), [say.of(remark.code, remark.facts) for remark in issue.remarks]),
        *_section(say("receipt.left_over"), list(issue.left_over)),
    )


def heading(masthead: Masthead, say: Messages) -> str:
    """Return an issue's masthead on one line, as far as it is known."""
    parts = (
        masthead.title,
        masthead.date.isoformat() if masthead.date else None,
        masthead.weekday,
        say("receipt.number", number=masthead.number) if masthead.number is not None else None,
    )
    return "  ".join(filter(None, parts))


def _described(n: int, article: Article, say: Messages) -> Iterator[str]:
    yield ""
    if article.kicker:
        yield f"     {article.kicker}"
    yield f"{n:3}. {article.title}"
    if article.subheadline:
        yield f"     {article.subheadline}"
    authors = " ".join(f"{author.role} {author.name}".strip() for author in article.authors)
    page = say("site.page", page=article.page) if article.page is not None else None
    yield "     " + " · ".join(
        filter(None, (authors, page, article.section, say("receipt.length", n=article.char_count)))
    )
    if article.summary:
        yield f"     {joined(article.summary)}"
    if article.keywords:
        yield "     " + say("receipt.keywords", words=" ".join(keyword.term for keyword in article.keywords))


def _articles(stored: StoredIssue, home: str) -> Iterator[str]:
    for n, one in enumerate(stored.articles, start=1):
        yield f"{n:3}. {one.article.title}"
        yield f"     {home}{one.path}"


def _section(title: str, items: list[str]) -> list[str]:
    return ["", title, *(f"  - {item}" for item in items)] if items else []


def _lines(*lines: str | None) -> str:
    return "".join(f"{line}\n" for line in lines if line is not None)
