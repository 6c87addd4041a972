"""Digest → Letter: subject, HTML and text, rendered once for all who get it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from digest.mail import heads
from digest.mail.envelope import PREFERENCES_MARK, UNSUBSCRIBE_MARK, header_text
from digest.mail.looks import accents, inlined
from digest.messages import Messages
from digest.model import Correction, Digest, DigestIssue, DigestItem, Letter
from digest.templating import Templates

MAX_BYTES = 94_000
"""The HTML part's most: Gmail clips at 102 kB, and what it clips is the unsubscribe link (mail.md 1.8)."""

MAX_SECTIONS = 8
"""How many sections are counted on top."""

MAX_CORRECTIONS = 20
"""Of how many corrections and withdrawals the HTML part tells."""


@dataclass(frozen=True, slots=True)
class Part:
    """A run of items of one section (版名), which may be unknown."""

    section: str | None
    items: tuple[DigestItem, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a letter tells of one issue, which has a heading where there are several."""

    heading: str | None
    url: str
    lead: DigestItem
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Amended:
    """A line about an article that was corrected, or, without a title, about those of a day that were withdrawn.

    A headline may be what had to go, so of what was withdrawn no more is told than where it is said that it was.
    """

    day: date
    title: str | None
    urls: tuple[str, ...]


def render(digest: Digest, templates: Templates, messages: Messages, postal_identity: str = "") -> Letter:
    """Render a digest. What differs between recipients is a mark that `address` replaces.

    Of a digest too long for one letter the HTML leaves out the least articles and links to the rest; the text part
    always names all.
    """
    accent, dark_accent = accents(digest.accent)
    values = {
        "digest": digest,
        "say": messages,
        "subject": heads.subject(digest, messages),
        "preheader": heads.preheader(digest, messages),
        "imprint": heads.imprint(digest, messages),
        "topics": heads.topics(digest, messages),
        "overview": heads.overview(digest, messages),
        "accent": accent,
        "dark_accent": dark_accent,
        "unsubscribe_url": UNSUBSCRIBE_MARK,
        "preferences_url": PREFERENCES_MARK,
        "postal_identity": postal_identity,
    }
    sections = Counter(item.section for item in digest.items if item.section)

    def html(count: int) -> str:
        page = templates.html(
            "mail/digest.html",
            chapters=_chapters(digest, _best(digest.issues, count), messages),
            sections=dict(list(sections.items())[:MAX_SECTIONS]),
            corrections=_amended(digest.corrections[:MAX_CORRECTIONS]),
            corrections_left=max(0, len(digest.corrections) - MAX_CORRECTIONS),
            left_out=len(digest.items) - count,
            **values,
        )
        return inlined(page)

    plain = templates.text(
        "mail/digest.txt",
        chapters=_chapters(digest, digest.issues, messages),
        corrections=_amended(digest.corrections),
        **values,
    )
    return Letter(subject=str(values["subject"]), html=_longest(html, len(digest.items)), text=plain)


def as_test(letter: Letter, messages: Messages) -> Letter:
    """Return the letter with a subject that says that it is only a test."""
    return replace(letter, subject=header_text(messages("letter.test", subject=letter.subject)))


def _longest(html: Callable[[int], str], most: int) -> str:
    """Return the HTML with as many articles as fit into `MAX_BYTES`, at least one."""
    whole = html(most)
    if _size(whole) <= MAX_BYTES:
        return whole
    return html(max(1, bisect_right(range(1, most), MAX_BYTES, key=lambda count: _size(html(count)))))


def _size(page: str) -> int:
    return len(page.encode())


def _best(issues: Sequence[DigestIssue], count: int) -> list[DigestIssue]:
    """Return the issues with the `count` items of the best rank, in the order they have."""
    ranks = sorted((item.rank, n, place) for n, issue in enumerate(issues) for place, item in enumerate(issue.items))
    kept = {(n, place) for _, n, place in ranks[:count]}
    fewer = [
        replace(issue, items=tuple(item for place, item in enumerate(issue.items) if (n, place) in kept))
        for n, issue in enumerate(issues)
    ]
    return [issue for issue in fewer if issue.items]


def _amended(corrections: Iterable[Correction]) -> list[Amended]:
    """Return a line for each corrected article, and one for all of a day that were withdrawn, where the first would be."""
    lines: dict[object, Amended] = {}
    for place, one in enumerate(corrections):
        key = place if one.title else one.day
        urls = lines[key].urls if key in lines else ()
        lines[key] = Amended(one.day, one.title, (*urls, one.url))
    return list(lines.values())


def _chapters(digest: Digest, issues: Sequence[DigestIssue], messages: Messages) -> list[Chapter]:
    several = len(digest.issues) > 1
    return [
        Chapter(
            heading=heads.of_issue(issue, messages) if several else None,
            url=issue.url,
            lead=issue.items[0],
            parts=_parts(issue.items[1:]),
        )
        for issue in issues
    ]


def _parts(items: Iterable[DigestItem]) -> tuple[Part, ...]:
    return tuple(Part(section, tuple(run)) for section, run in groupby(items, key=lambda item: item.section))
