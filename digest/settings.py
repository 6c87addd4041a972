"""The settings, by part: frozen values that stages and edges are given. Defaults are those of `config.yaml`.

`config` checks what a person wrote against these classes, so that a field's type, range and default stand once, here.
Every path is absolute by the time a part of the product sees it.
"""

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

Language = Literal["zh", "en"]
Cadence = Literal["issue", "daily"]

_CLOSED: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How a paper's site and letters look: the colour of its name, links and rules, as `#rrggbb`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    accent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One paper. `slug` names it in addresses and ids and must never change.

    `title` is None where the masthead of its issues shall tell. `publish_at` is in the paper's own zone: an issue
    that states a date is published on that day at that time, or at once when that has passed. `editor` gets the
    receipts by mail. `sender`, `sender_name` and `send_at` are None where those of `Mail` hold.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    slug: str = "paper"
    title: str | None = None
    description: str = ""
    language: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    publish_at: time = time(6, 0)
    editor: str | None = None
    sender: str | None = None
    sender_name: str | None = None
    send_at: time | None = None
    theme: Theme = field(default_factory=Theme)

    @property
    def zone(self) -> ZoneInfo:
        """The paper's own time zone."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The drop folder. Times are in seconds; a file larger than `max_bytes` is rejected unread.

    `empty_settle` is how long an empty file may be one that is about to be filled, `rest` how long a claimed file is
    watched for a late writer, `keep_done` the days that files stay in `done/` (their bytes are kept for good).
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    folder: Path = Path("inbox")
    scan_every: float = 2.0
    settle: float = 2.0
    empty_settle: float = 60.0
    rest: float = 600.0
    keep_done: int = 365
    max_bytes: int = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """How words and summaries are chosen. `summary_chars` is the budget of a summary in characters."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    segmenter: Literal["rjieba", "jieba"] = "rjieba"
    keywords: int = 8
    summary_chars: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The feeds' window: whole issues while they fit in `max_bytes`, at least `min_issues`."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    max_bytes: int = 512_000
    min_issues: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The mail server. The password comes from the environment variable or the 0600 file named here."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    host: str = "127.0.0.1"
    port: int = 25
    security: Literal["none", "starttls", "tls"] = "none"
    username: str | None = None
    password_env: str | None = None
    password_file: Path | None = None
    timeout: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The letters: who sends them, when, and by which channel.

    `send_at` is in the paper's zone. A letter that could not be delivered within `give_up_hours` is failed.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    channel: Literal["folder", "smtp"] = "folder"
    sender: str = "digest@localhost.localdomain"
    sender_name: str | None = None
    postal_identity: str = ""
    send_at: time = time(7, 30)
    give_up_hours: float = 24.0
    smtp: Smtp = field(default_factory=Smtp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where the service listens."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    host: str = "127.0.0.1"
    port: int = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. `authority` stands in every id and is fixed at the first start.

    `site_url` is where readers find the static files, `service_url` where forms are answered; both end in a slash.
    `templates` is the folder of the newsroom's own templates, if it has one.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    language: Language = "zh"
    data: Path = Path("data")
    templates: Path = Path("templates")
    authority: str = "localhost.localdomain"
    site_url: str = "http://127.0.0.1:8000/"
    service_url: str = "http://127.0.0.1:8000/"
    publications: tuple[Publication, ...] = (Publication(),)
    inbox: Inbox = field(default_factory=Inbox)
    analysis: Analysis = field(default_factory=Analysis)
    feeds: Feeds = field(default_factory=Feeds)
    mail: Mail = field(default_factory=Mail)
    web: Web = field(default_factory=Web)

    @property
    def public(self) -> Path:
        """The folder of the site, served as it is."""
        return self.data / "public"

    @property
    def blobs(self) -> Path:
        """The folder where the bytes of every source are kept for good, under their SHA-256."""
        return self.data / "blobs"

    @property
    def outbox(self) -> Path:
        """The folder of the letters that the folder channel writes."""
        return self.data / "outbox"

    def home(self, publication: Publication) -> str:
        """Return where a paper's pages lie below `site_url` and `public`: nowhere special when it is the only one."""
        return "" if len(self.publications) == 1 else f"{publication.slug}/"
