"""Digest → Letter: subject, HTML and text, rendered once for all who get it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from css_inline import CSSInliner

from digest import colours, text
from digest.mail.envelope import UNSUBSCRIBE_MARK, header_text
from digest.messages import Messages
from digest.model import Digest, DigestItem, Letter
from digest.overview import overview
from digest.templating import Templates

MAX_BYTES = 94_000
"""The HTML part's most: Gmail clips at 102 kB, and what it clips is the unsubscribe link (mail.md 1.8)."""

_SUBJECT_CHARS = 60
_PREHEADER_CHARS = 100
_ACCENTS = ("#9b1c1f", "#ee938b")
_SHEETS = ("#fffefb", "#1b1a17")
"""The colours of accents and of the sheet in the style sheet, in light and in dark."""

_INLINER = CSSInliner(load_remote_stylesheets=False, minify_css=True)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of items of one section (版名), which may be unknown."""

    section: str | None
    items: tuple[DigestItem, ...]


def render(digest: Digest, templates: Templates, messages: Messages, postal_identity: str = "") -> Letter:
    """Render a digest. What differs between recipients is a mark that `address` replaces.

    Of a digest too long for one letter the HTML leaves out the least articles and links to the rest; the text part
    always names all.
    """
    subject = _subject(digest, messages)
    accent, dark_accent = _accents(digest.accent)
    values = {
        "digest": digest,
        "say": messages,
        "subject": subject,
        "preheader": _preheader(digest, messages),
        "overview": _overview(digest, messages),
        "accent": accent,
        "dark_accent": dark_accent,
        "unsubscribe_url": UNSUBSCRIBE_MARK,
        "postal_identity": postal_identity,
    }

    def html(count: int) -> str:
        items = _best(digest.items, count)
        page = templates.html(
            "mail/digest.html",
            lead=items[0],
            parts=_parts(items[1:]),
            sections=Counter(item.section for item in digest.items if item.section),
            left_out=len(digest.items) - count,
            **values,
        )
        return _INLINER.inline(page)

    plain = templates.text("mail/digest.txt", lead=digest.items[0], parts=_parts(digest.items[1:]), **values)
    return Letter(subject=subject, html=_longest(html, len(digest.items)), text=plain)


def _accents(accent: str | None) -> tuple[str, ...]:
    """Return the accent in light and in dark: the paper's own as far as it can be read there."""
    return tuple(colours.readable(accent, sheet) for sheet in _SHEETS) if accent else _ACCENTS


def _longest(html: Callable[[int], str], most: int) -> str:
    """Return the HTML with as many articles as fit into `MAX_BYTES`, at least one."""
    whole = html(most)
    if _size(whole) <= MAX_BYTES:
        return whole
    return html(max(1, bisect_right(range(1, most), MAX_BYTES, key=lambda count: _size(html(count)))))


def _size(page: str) -> int:
    return len(page.encode())


def _best(items: Sequence[DigestItem], count: int) -> list[DigestItem]:
    """Return the `count` items of the best rank, in the order they have."""
    kept = sorted(range(len(items)), key=lambda place: items[place].rank)[:count]
    return [items[place] for place in sorted(kept)]


def _parts(items: Iterable[DigestItem]) -> tuple[Part, ...]:
    return tuple(Part(section, tuple(run)) for section, run in groupby(items, key=lambda item: item.section))


def _subject(digest: Digest, messages: Messages) -> str:
    day = messages.day("date.short", digest.date)
    headline = text.clipped(digest.items[0].title, _SUBJECT_CHARS)
    return header_text(messages("letter.subject", title=digest.title, day=day, headline=headline))


def _overview(digest: Digest, messages: Messages) -> str:
    """Return the line that stands on top: the letter may be about several issues."""
    titles = [item.title for item in sorted(digest.items, key=lambda item: item.rank)]
    return overview(titles, messages, "site.overview" if digest.masthead else "letter.overview")


def _preheader(digest: Digest, messages: Messages) -> str:
    """Return what mail programs show behind the subject: the other headlines."""
    lead, *rest = digest.items
    titles = messages("letter.separator").join(item.title for item in rest[:5])
    return text.clipped(messages("letter.preheader", titles=titles) if rest else lead.summary, _PREHEADER_CHARS)
