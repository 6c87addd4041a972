"""A digest, the letter made of it, the message that carries it, and what a subscriber wants of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from digest.model.issue import Kind, Masthead

Cadence = Literal["issue", "daily", "weekly"]

Form = Literal["full", "headlines"]

Occasion = Literal["issue", "daily", "weekly", "welcome"]


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture in a letter: its absolute address, and how large it is shown there, in pixels."""

    url: str
    width: int
    height: int
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One article as a letter names it. The highest `rank` is the first to be left out of a letter too long."""

    url: str
    title: str
    summary: str
    rank: int = 1
    kind: Kind = "news"
    label: str | None = None
    section: str | None = None
    kicker: str | None = None
    subheadline: str | None = None
    keywords: tuple[str, ...] = ()
    picture: Illustration | None = None


@dataclass(frozen=True, slots=True)
class DigestIssue:
    """What a letter tells of one issue: its lead story, then the rest by section.

    `day` is the one it bears, or else that of its publication in the paper's zone.
    """

    url: str
    day: dt.date
    masthead: Masthead
    items: tuple[DigestItem, ...]


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a subscriber wants of a paper's letters, and when.

    `send_at` is None where the paper's own time holds; `weekday` is that of the weekly letter, 0 for Monday; times are
    in `timezone` (IANA), None for the paper's. Between `quiet_from` and `quiet_to`, which may span midnight, nothing
    is sent. `topics` are `section:NAME` and `keyword:WORD`, empty for all articles; `form` is what a letter holds of
    each article.
    """

    cadence: Cadence = "issue"
    send_at: dt.time | None = None
    weekday: int = 0
    timezone: str | None = None
    quiet_from: dt.time | None = None
    quiet_to: dt.time | None = None
    topics: tuple[str, ...] = ()
    form: Form = "full"
    paused_until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """That an article which earlier letters told of was corrected, or, without a title, that it was withdrawn: 更正.

    `day` is the one on which it was published, in the paper's zone.
    """

    url: str
    title: str | None
    day: dt.date


@dataclass(frozen=True, slots=True)
class Digest:
    """The content of a letter: one variant for all its subscribers, the newest issue first, of which there is one: 简报.

    `site_url` is where a browser shows it; `topics` are those of `Preferences` that narrow it; `accent` is the paper's.
    """

    publication: str
    title: str
    language: str
    issues: tuple[DigestIssue, ...]
    site_url: str
    occasion: Occasion = "issue"
    form: Form = "full"
    topics: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    accent: str | None = None

    @property
    def items(self) -> tuple[DigestItem, ...]:
        """The articles of all its issues."""
        return tuple(item for issue in self.issues for item in issue.items)


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered digest: what all recipients share. The few places that differ hold `mail.render`'s marks."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """One letter to one person, whatever the channel. `message_id` is the same on every try; `html` may be empty.

    `envelope_sender` is where bounces go, None for the address of `sender`.
    """

    sender: str
    recipient: str
    subject: str
    html: str
    text: str
    message_id: str
    date: dt.datetime
    headers: Mapping[str, str] = field(default_factory=dict)
    envelope_sender: str | None = None
