"""The words of the trade: one set of frozen values that every stage takes and gives.

`keywords`, `summary` and `rank` are empty until analysis fills them. Times are aware and in UTC; dates are the
paper's own. Change a value with `dataclasses.replace`.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

Kind = Literal["news", "letter", "photo", "notice", "brief", "comment"]
Topic = Literal["section", "keyword"]
Cadence = Literal["issue", "daily", "weekly"]
Form = Literal["full", "headlines"]
Occasion = Literal["issue", "daily", "weekly", "welcome"]
DateOrigin = Literal["given", "masthead", "filename", "text", "mtime"]
MediaType = Literal["image/jpeg", "image/png"]

TITLE_CHARS = 30
"""How much of a first paragraph stands in for a headline that was not printed."""

ICON_PIXELS = 128
"""The side of a paper's PNG icon, which feed readers show."""

PICTURES = "pictures/"
"""Where the files of pictures lie, relative to the paper's home."""

_BULLETS = "●○■□◆◇▲△★☆•·*- \u3000"
_SENTENCE = re.compile(r"(.{8,30}?)[。！？]")
_CLAUSES = re.compile(r"(.{8,30})[，；]")


@dataclass(frozen=True, slots=True)
class Source:
    """One dropped file: its bytes, its name, and the YAML that lay beside it (`NAME.yaml`), if any."""

    name: str
    content: bytes
    modified: dt.datetime | None = None
    sidecar: bytes | None = None

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes in hexadecimal: the name of their blob."""
        import hashlib  # OpenSSL is not for every command to load

        return hashlib.sha256(self.content).hexdigest()

    @property
    def key(self) -> str:
        """What makes a source the same as another: its bytes and its sidecar, as a SHA-256 in hexadecimal."""
        if self.sidecar is None:
            return self.sha256
        import hashlib

        return hashlib.sha256(f"{self.sha256}\n".encode() + self.sidecar).hexdigest()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something an editor should know, as a code of the catalogue and the facts that fill its places."""

    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a document. `level` is 1 to 6 where the format marks a heading, else 0; `page` counts from 1.

    `mark` is "begin" on the headline of an article that an editor has marked, "end" on the empty line behind it.
    """

    text: str
    level: int = 0
    page: int | None = None
    mark: Literal["begin", "end"] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What was read, whatever the format was.

    A picture stands in `lines` as a line `![caption](name)`; `pictures` holds its bytes by that name, where the format
    carries them. `given` holds what the editor states about the issue (front matter), keyed by the masthead's field
    names; `embargo` is naive, in the paper's own zone.
    """

    name: str
    lines: tuple[Line, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    embargo: dt.datetime | None = None
    modified: dt.datetime | None = None
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Masthead:
    """What a paper prints about an issue: 报头. `title` is the paper's name as printed, `number` its 期号."""

    title: str | None = None
    date: dt.date | None = None
    date_origin: DateOrigin | None = None
    weekday: str | None = None
    lunar_date: str | None = None
    number: int | None = None
    page_count: int | None = None
    url: str | None = None
    email: str | None = None

    @property
    def stated_date(self) -> dt.date | None:
        """The date where somebody wrote it down, not where it was guessed from the text or the file's time."""
        return self.date if self.date_origin in {"given", "masthead", "filename"} else None


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where, when and by which agency a report was filed: 电头.

    `date` is "YYYY-MM-DD", "MM-DD" where no year is printed, or 近日.
    """

    place: str | None = None
    date: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Author:
    """A name and what its bearer did, as printed: role 记者, 通讯员, 摄, By …; the role may be empty."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture in one size, as readers get it. `sha256`, in hexadecimal, is that of its bytes, of which there are `length`."""

    sha256: str
    media_type: MediaType
    width: int
    height: int
    length: int

    @property
    def path(self) -> str:
        """Where it is published, relative to the paper's home: its bytes give it its name."""
        return f"{PICTURES}{self.sha256[:32]}.{'png' if self.media_type == 'image/png' else 'jpg'}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of an article; `name` is the file's or member's name.

    `original` is the SHA-256 of its bytes as they came, `sizes` are what is made of them, the largest first: none where
    no bytes came, or none that can be shown.
    """

    name: str
    caption: str | None = None
    credit: str | None = None
    original: str | None = None
    sizes: tuple[Rendition, ...] = ()


@dataclass(frozen=True, slots=True)
class Keyword:
    """A term that tells what an article is about; scores compare only within one article."""

    term: str
    score: float


@dataclass(frozen=True, slots=True)
class Article:
    """One article of an issue. `crossheads` are indexes into `paragraphs`; `rank` is 1 for the lead story."""

    kind: Kind = "news"
    label: str | None = None
    kicker: str | None = None
    headline: str | None = None
    subheadline: str | None = None
    lede: str | None = None
    page: int | None = None
    section: str | None = None
    dateline: Dateline | None = None
    authors: tuple[Author, ...] = ()
    paragraphs: tuple[str, ...] = ()
    crossheads: tuple[int, ...] = ()
    pictures: tuple[Picture, ...] = ()
    keywords: tuple[Keyword, ...] = ()
    summary: tuple[str, ...] = ()
    rank: int | None = None
    confidence: float = 1.0

    @property
    def title(self) -> str:
        """The headline, or the beginning of the text where none was printed: a sentence, or clauses, if short enough."""
        if self.headline:
            return self.headline
        text = (self.paragraphs[0] if self.paragraphs else (self.label or "")).lstrip(_BULLETS)
        if len(text) <= TITLE_CHARS:
            return text
        beginning = _SENTENCE.match(text) or _CLAUSES.match(text)
        return beginning[1] if beginning else f"{text[: TITLE_CHARS - 1].rstrip()}…"

    @property
    def shown(self) -> tuple[Picture, ...]:
        """The pictures that readers can be shown."""
        return tuple(picture for picture in self.pictures if picture.sizes)

    @property
    def char_count(self) -> int:
        """How many characters the text has."""
        return sum(map(len, self.paragraphs))


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue as parsed: 一期. `articles` stand in print order.

    `left_over` is what stands in no article (slogans, advertisements, contents); `coverage` is the share of the
    document's non-space characters that have an owner, 0 to 1. `embargo` is a time in the paper's own zone, naive,
    before which nothing of the issue is published. `correction` is what the editor says was corrected in it.
    """

    masthead: Masthead
    articles: tuple[Article, ...]
    language: str = "zh-Hans"
    embargo: dt.datetime | None = None
    correction: str | None = None
    left_over: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    coverage: float = 1.0
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That an article is no longer there for readers: since when, and the reason that they are told, if any."""

    at: dt.datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article that the store knows: its permanent id and address, and when it was published and changed.

    `id` is a `tag:` URI, `path` is relative to the site's root and ends in a slash, `sequence` counts the articles
    of a publication in the order of their publication. `note` is what the editor says of the last correction.
    """

    id: str
    path: str
    article: Article
    published: dt.datetime
    updated: dt.datetime
    sequence: int = 0
    withdrawn: Withdrawal | None = None
    note: str | None = None

    def corrected(self, zone: ZoneInfo) -> dt.date | None:
        """Return the day, in the paper's zone, on which the article was last corrected; None for one that never was."""
        return self.updated.astimezone(zone).date() if self.updated > self.published else None


@dataclass(frozen=True, slots=True)
class StoredIssue:
    """An issue that the store knows, with its articles in print order; those that were withdrawn stand apart."""

    id: str
    key: str
    path: str
    masthead: Masthead
    language: str
    articles: tuple[StoredArticle, ...]
    published: dt.datetime
    updated: dt.datetime
    withdrawn: tuple[StoredArticle, ...] = ()

    @property
    def ranked(self) -> tuple[StoredArticle, ...]:
        """The articles, the lead story first."""
        last = len(self.articles) + 1
        return tuple(sorted(self.articles, key=lambda stored: stored.article.rank or last))


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article as others name it: where it is, what it is called, when it was published, and how its summary begins."""

    path: str
    title: str
    published: dt.datetime
    summary: str = ""


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue as lists name it: where it is and what it is, without its articles. `day` is the one in its address."""

    path: str
    day: dt.date
    masthead: Masthead
    headline: str
    article_count: int


@dataclass(frozen=True, slots=True)
class IssueMonth:
    """A month, as its first day, in which issues appeared: how many, and when the last of them changed."""

    month: dt.date
    issue_count: int
    updated: dt.datetime


@dataclass(frozen=True, slots=True)
class PageLine:
    """A page as a sitemap names it: where it is, relative to the paper's home, and when it changed."""

    path: str
    updated: dt.datetime


@dataclass(frozen=True, slots=True)
class About:
    """A page that the newsroom has written: its title, where it has one, and its text as HTML."""

    title: str | None
    html: str


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """What the newsroom lays beside config.yaml for a paper's site: a page about itself, and the bytes of its logo."""

    about: About | None = None
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A publication as its readers meet it.

    `language` is a BCP 47 tag, `url` the absolute address of its home, ending in a slash: every `path` of an issue
    or article is relative to it. `service_url`, likewise, is where the service answers for the paper: search, forms.
    `accent` is the paper's own colour as `#rrggbb`, None for that of the templates. The `logo`, a file at its home, or
    the `masthead` stands for its title at the head of the front page. `legal` are lines at the foot of every page;
    `about` is what it says of itself.
    """

    slug: str
    title: str
    description: str
    language: str
    zone: ZoneInfo
    url: str
    service_url: str
    accent: str | None = None
    logo: str | None = None
    masthead: str | None = None
    spaced: bool = False
    legal: tuple[str, ...] = ()
    about: About | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A picture that goes with an entry of a feed, at an absolute address; `length` is in bytes."""

    url: str
    media_type: MediaType
    width: int
    height: int
    length: int


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One article in a feed. `summary` is plain text, `html` the full text; both are free of control characters.

    `pictures` stand in `html` too, under the same addresses.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    published: dt.datetime
    updated: dt.datetime
    authors: tuple[str, ...] = ()
    section: str | None = None
    keywords: tuple[str, ...] = ()
    pictures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedName:
    """One of a paper's feeds. `path` is its address below the paper's home, not percent-encoded: empty or with a slash.

    `label` is what tells it from the paper's own feed, in the paper's language: the section or the keyword.
    """

    kind: Literal["paper", "issues"] | Topic
    path: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """What its address calls a section or keyword."""
        return self.path.rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it has a format. `url` is its public address without the format's file name, ending in a slash.

    `updated` is the newest change among the entries (None when there is none), never the time of building. `icon_url`
    leads to a PNG, `style_url` to the style sheet for browsers. `older_url` is the `url` of the archive document before
    it (RFC 5005), `current_url`, which only an archive document has, that of the feed which it belongs to. Of a feed
    that lies in no folder, since a search made it, `addresses` says where it is found, by the format's file name.
    """

    id: str
    url: str
    home_url: str
    title: str
    description: str
    language: str
    updated: dt.datetime | None
    entries: tuple[FeedEntry, ...]
    author: str
    icon_url: str
    style_url: str
    hub_url: str | None = None
    older_url: str | None = None
    current_url: str | None = None
    addresses: Mapping[str, str] = field(default_factory=dict)

    def address(self, file: str) -> str:
        """Return where the feed is found in the format of this file."""
        return self.addresses.get(file, f"{self.url}{file}")


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
