"""An issue and its articles as they were found in a document, and as analysis fills them."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

from digest.model.document import Remark
from digest.model.paper import PICTURES

Kind = Literal["news", "letter", "photo", "notice", "brief", "comment"]

DateOrigin = Literal["given", "masthead", "filename", "text", "mtime"]

MediaType = Literal["image/jpeg", "image/png"]

TITLE_CHARS = 30
"""How much of a first paragraph stands in for a headline that was not printed."""

_BULLETS = "●○■□◆◇▲△★☆•·*- \u3000"

_SENTENCE = re.compile(r"(.{8,30}?)[。！？]")

_CLAUSES = re.compile(r"(.{8,30})[，；]")


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
