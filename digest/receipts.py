"""What became of a dropped file, in the editor's words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from digest.byline import byline
from digest.errors import RejectedError, StaleError
from digest.messages import Messages
from digest.model import Article, Issue, Masthead, StoredArticle, StoredIssue
from digest.text import joined

Letters = Literal["all", "late", "none"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `words` is what its editor is told.

    `kind` is taken (a new issue), corrected, held (it waits for approval), known (nothing new), rejected, waiting
    (it could not be settled now and is tried again), or admitted (its bytes are kept, others make an issue of them).
    """

    kind: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What every receipt needs: the file's name, the address of the paper's home, its zone, and the language.

    `only` says that there is no other paper, so that an issue's key tells which one is meant.
    """

    name: str
    home: str
    zone: ZoneInfo
    say: Messages
    only: bool = True

    def named(self, stored: StoredIssue) -> str:
        """Return how an issue is named to a command."""
        return stored.key if self.only else self.home + stored.path


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What an editor should know of a new issue besides what it holds.

    `unlike` is the stored issue of the same number or date that it is not a correction of, `title` the paper's name
    where the masthead prints clearly another, `letters` which letters tell of it: all, only daily and weekly ones since
    it is old, or none. It waits for approval if `held`.
    """

    unlike: StoredIssue | None = None
    title: str | None = None
    letters: Letters = "all"
    held: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What a correction does, as the headlines of the articles concerned."""

    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()


def taken(facts: Facts, issue: Issue, stored: StoredIssue, circumstances: Circumstances, *, now: datetime) -> str:
    """Return the receipt of a file that has become a new issue."""
    say, unlike, title = facts.say, circumstances.unlike, circumstances.title
    waits = "receipt.published_later" if stored.published > now else "receipt.published_at"
    return _lines(
        say("receipt.taken", name=facts.name),
        *_masthead(issue, say),
        *(
            (_doubtful(issue, say), say("receipt.how_to_approve_issue", key=facts.named(stored)))
            if circumstances.held
            else (say(waits, time=f"{stored.published.astimezone(facts.zone):%Y-%m-%d %H:%M}"),)
        ),
        say(f"receipt.letters_{circumstances.letters}") if circumstances.letters != "all" else None,
        say("receipt.foreign", printed=issue.masthead.title, title=title) if title else None,
        say("receipt.unlike", url=facts.home + unlike.path) if unlike else None,
        "",
        say("receipt.articles", n=len(stored.articles), url=facts.home + stored.path),
        *(line for n, one in enumerate(stored.articles, start=1) for line in _listed(f"{n:3}.", one, facts)),
        *_findings(issue, say),
        "",
        _how_to_correct(issue, facts.home + stored.path, say),
    )


def corrected(
    facts: Facts, issue: Issue, stored: StoredIssue, changes: Changes, before: Masthead, *, held: bool
) -> str:
    """Return the receipt of a file that corrects an issue, which may wait for approval; its masthead was `before`."""
    say = facts.say
    was, now = heading(before, say), heading(issue.masthead, say)
    nothing = was == now and not (changes.changed or changes.new or changes.withdrawn)
    return _lines(
        say("receipt.corrected", name=facts.name),
        *_masthead(issue, say),
        facts.home + stored.path,
        say("receipt.corrected_nothing") if nothing else None,
        say("receipt.masthead_was", masthead=was) if was != now else None,
        say("receipt.how_to_approve_issue", key=facts.named(stored)) if held else None,
        *_changes(changes, say),
        *_findings(issue, say),
        "",
        _how_to_correct(issue, facts.home + stored.path, say),
    )


def held(facts: Facts, issue: Issue, stored: StoredIssue, changes: Changes, *, doubtful: bool) -> str:
    """Return the receipt of a correction that waits for approval: it is doubtful, or would withdraw too much."""
    say = facts.say
    return _lines(
        say("receipt.held_doubtful", name=facts.name) if doubtful else say("receipt.held", name=facts.name),
        _doubtful(issue, say) if doubtful else None,
        *_masthead(issue, say),
        facts.home + stored.path,
        *_changes(changes, say),
        "",
        say("receipt.how_to_approve", key=facts.named(stored)),
    )


def known(facts: Facts, stored: StoredIssue) -> str:
    """Return the receipt of a file whose bytes have been taken in before."""
    say = facts.say
    return _lines(say("receipt.known", name=facts.name), heading(stored.masthead, say), facts.home + stored.path)


def overtaken(facts: Facts, stored: StoredIssue) -> str:
    """Return the receipt of a file of which a later one was taken in first."""
    say = facts.say
    return _lines(say("receipt.overtaken", name=facts.name), heading(stored.masthead, say), facts.home + stored.path)


def rejected(name: str, refusal: RejectedError, say: Messages) -> str:
    """Return why a file is no issue, and what to do."""
    return _lines(say("receipt.rejected", name=name), "", say.of(refusal.code, refusal.facts))


def waiting(name: str, error: Exception, say: Messages) -> str:
    """Return that a file could not be settled now, and why; it is tried again without anybody's doing."""
    if isinstance(error, StaleError):
        detail = say.of(error.code, error.facts)
    else:
        detail = (isinstance(error, OSError) and error.strerror) or str(error)
    return _lines(say("receipt.waiting", name=name, detail=detail))


def described(issue: Issue, say: Messages) -> str:
    """Return an issue as a person wants to read it: its masthead, its articles in short, and what is left over."""
    return _lines(
        heading(issue.masthead, say),
        say("receipt.found", n=len(issue.articles), confidence=round(issue.confidence * 100)),
        *(line for n, article in enumerate(issue.articles, start=1) for line in _described(n, article, say)),
        *_findings(issue, say),
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
    authors = " ".join(byline(article.authors))
    page = say("site.page", page=article.page) if article.page is not None else None
    yield "     " + " · ".join(
        filter(None, (authors, page, article.section, say("receipt.length", n=article.char_count)))
    )
    if article.summary:
        yield f"     {joined(article.summary)}"
    if article.keywords:
        yield "     " + say("receipt.keywords", words=" ".join(keyword.term for keyword in article.keywords))


def _masthead(issue: Issue, say: Messages) -> Iterator[str]:
    yield heading(issue.masthead, say)
    if issue.masthead.stated_date is not None:  # that one was guessed is among the remarks
        yield say(f"receipt.date_from_{issue.masthead.date_origin}")


def _doubtful(issue: Issue, say: Messages) -> str:
    return say("receipt.doubtful", confidence=round(issue.confidence * 100))


def _how_to_correct(issue: Issue, address: str, say: Messages) -> str:
    """Say how a mended file finds its issue: by what it states, else only by the editor's word."""
    if issue.masthead.number is None and issue.masthead.stated_date is None:
        return say("receipt.how_to_correct_undated", address=address)
    return say("receipt.how_to_correct")


def _findings(issue: Issue, say: Messages) -> Iterator[str]:
    """Tell what a person should look at: what was remarked, what was guessed, what stands in no article."""
    yield from _section(say("receipt.remarks"), [say.of(remark.code, remark.facts) for remark in issue.remarks])
    yield from _section(say("receipt.left_over"), list(issue.left_over))


def _changes(changes: Changes, say: Messages) -> Iterator[str]:
    for name, headlines in (("changed", changes.changed), ("new", changes.new), ("withdrawn", changes.withdrawn)):
        yield from _section(say(f"receipt.{name}", n=len(headlines)), list(headlines))


def _listed(mark: str, one: StoredArticle, facts: Facts) -> Iterator[str]:
    """Name an article with its address, and what was taken for its kicker and subheadline: that may be a guess."""
    indent = " " * len(mark)
    yield f"{mark} {one.article.title}"
    for part, text in (("kicker", one.article.kicker), ("subheadline", one.article.subheadline)):
        if text:
            yield f"{indent} {facts.say(f'receipt.{part}', text=text)}"
    yield f"{indent} {facts.home}{one.path}"


def _section(title: str, items: list[str]) -> list[str]:
    return ["", title, *(f"  - {item}" for item in items)] if items else []


def _lines(*lines: str | None) -> str:
    return "".join(f"{line}\n" for line in lines if line is not None)
