"""The settings, by part: frozen values that stages and edges are given. Defaults are those of `config.yaml`.

`config` checks what a person wrote against these classes, so that a field's type and default stand once, here.
"""

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

Language = Literal["zh", "en"]
Cadence = Literal["issue", "daily"]

_CLOSED: dict[str, str] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One paper. `slug` names it in addresses and ids and must never change."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    slug: str = "paper"
    title: str | None = None
    description: str = ""
    language: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    publish_at: time = time(6, 0)

    @property
    def zone(self) -> ZoneInfo:
        """The paper's own time zone."""
        return ZoneInfo(self.timezone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The drop folder. Times are in seconds; `max_bytes` is the largest file that is read."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    folder: Path = Path("inbox")
    scan_every: float = 3.0
    settle: float = 2.0
    max_bytes: int = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """How words and summaries are chosen. `summary_chars` is the budget of a summary in characters."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    segmenter: Literal["rjieba", "jieba"] = "rjieba"
    keywords: int = 8
    summary_chars: int = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The feeds' window: whole issues while they fit in `max_bytes`, at least `min_issues`."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    max_bytes: int = 512_000
    min_issues: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The mail server. The password comes from the environment variable or the 0600 file named here."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    host: str = "127.0.0.1"
    port: int = 25
    security: Literal["none", "starttls", "tls"] = "none"
    username: str | None = None
    password_env: str | None = None
    password_file: Path | None = None
    timeout: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The letters: who sends them, when, and by which channel."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    channel: Literal["folder", "smtp"] = "folder"
    sender_name: str | None = None
    sender: str = "digest@localhost.localdomain"
    postal_identity: str = ""
    send_at: time = time(7, 30)
    give_up_hours: float = 24.0
    smtp: Smtp = field(default_factory=Smtp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where the service listens."""

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    host: str = "127.0.0.1"
    port: int = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. `authority` stands in every id and is fixed at the first start.

    `site_url` is where readers find the static files, `service_url` where forms are answered; both end in a slash.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = _CLOSED
    language: Language = "zh"
    data: Path = Path("data")
    authority: str = "localhost.localdomain"
    site_url: str = "http://127.0.0.1:8000/"
    service_url: str = "http://127.0.0.1:8000/"
    publications: tuple[Publication, ...] = (Publication(),)
    inbox: Inbox = field(default_factory=Inbox)
    analysis: Analysis = field(default_factory=Analysis)
    feeds: Feeds = field(default_factory=Feeds)
    mail: Mail = field(default_factory=Mail)
    web: Web = field(default_factory=Web)
