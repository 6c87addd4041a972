"""A publication as its readers meet it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

ICON_PIXELS = 128
"""The side of a paper's PNG icon, which feed readers show."""

PICTURES = "pictures/"
"""Where the files of pictures lie, relative to the paper's home."""


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
