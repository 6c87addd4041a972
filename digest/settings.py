"""The settings, by part: frozen values that stages and edges are given. Defaults are those of `config.yaml`.

`config` checks what a person wrote against these classes, so that a field's type, range and default stand once, here.
Every path is absolute by the time a part of the product sees it.
"""

from dataclasses import dataclass, field
from datetime import time
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from annotated_types import Ge, Gt, Le

FILE = "config.yaml"
"""How the file of the settings is named."""

Engine = Literal["single", "cluster"]
Language = Literal["zh", "en"]
LogForm = Literal["pretty", "json"]
Paragraphs = Literal["indent", "spaced"]
Port = Annotated[int, Ge(1), Le(65_535)]

LOGO_SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
"""What the name of a logo may end in."""

_CLOSED: dict[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How a paper's site and letters look: `accent` is the colour of its name, links and rules, as `#rrggbb`.

    `logo` is a picture, and `masthead` words, that stand for the paper's name at the head of its front page.
    `paragraphs` says how the paragraphs of a text are told apart: by an indent of two characters or by space.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    accent: str | None = None
    logo: Path | None = None
    masthead: str | None = None
    paragraphs: Paragraphs = "indent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One paper. `slug` names it in addresses and ids and must never change.

    `title` is None where the masthead of its issues shall tell. `publish_at` is in the paper's own zone: an issue
    that states a date is published on that day at that time, or at once when that has passed. `expect` is when its
    issues come (`rhythm.is_written`): whoever runs the service is told of one that does not. `editor` gets the
    receipts by mail. `sender`, `sender_name` and `send_at` are None where those of `Mail` hold. `legal` are the lines
    that the law wants at the foot of every page: 主办, 统一刊号, 备案号.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    slug: str = "paper"
    title: str | None = None
    description: str = ""
    language: str = "zh-CN"
    timezone: str = "Asia/Shanghai"
    publish_at: time = time(6, 0)
    expect: str = "learned"
    editor: str | None = None
    sender: str | None = None
    sender_name: str | None = None
    send_at: time | None = None
    legal: tuple[str, ...] = ()
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
    scan_every: Annotated[float, Gt(0)] = 1.0
    settle: Annotated[float, Ge(0)] = 2.0
    empty_settle: Annotated[float, Ge(0)] = 60.0
    rest: Annotated[float, Ge(0)] = 600.0
    keep_done: Annotated[int, Ge(1)] = 365
    max_bytes: Annotated[int, Ge(1)] = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """What is published without a person's word: issues and corrections read with at least this confidence, 0 to 1."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    hold_below: Annotated[float, Ge(0), Le(1)] = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """How words and summaries are chosen. `summary_chars` is the budget of a summary in characters."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    segmenter: Literal["rjieba", "jieba"] = "rjieba"
    keywords: Annotated[int, Ge(1)] = 8
    summary_chars: Annotated[int, Ge(20)] = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The feeds: their window, whole issues while they fit in `max_bytes`, at least `min_issues`, and what is offered.

    `share` is how much of each article's text stands in them: all of it with 1, with 0 its summary and a link. Each of
    `keywords` has a feed of the articles that name it in their headings or keywords. `hub` is the address of a WebSub
    hub, which is told of every change and then tells its readers; without one, readers poll.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    max_bytes: Annotated[int, Ge(1)] = 512_000
    min_issues: Annotated[int, Ge(1)] = 2
    share: Annotated[float, Ge(0), Le(1)] = 1.0
    keywords: tuple[str, ...] = ()
    hub: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The mail server. The password comes from the environment variable or the 0600 file named here.

    `connections` are open at once, each for `per_connection` messages. `per_second` is how many messages go in all,
    `per_domain_second` how many to recipients of one domain; None for as many as the server takes.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    host: str = "127.0.0.1"
    port: Port = 25
    security: Literal["none", "starttls", "tls"] = "none"
    username: str | None = None
    password_env: str | None = None
    password_file: Path | None = None
    timeout: Annotated[float, Gt(0)] = 60.0
    connections: Annotated[int, Ge(1), Le(20)] = 2
    per_connection: Annotated[int, Ge(1)] = 100
    per_second: Annotated[float, Gt(0)] | None = None
    per_domain_second: Annotated[float, Gt(0)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Imap:
    """A mailbox on a mail server. The password comes from the environment variable or the 0600 file named here."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    host: str | None = None
    port: Port = 993
    security: Literal["none", "starttls", "tls"] = "tls"
    username: str = ""
    password_env: str | None = None
    password_file: Path | None = None
    folder: str = "INBOX"
    timeout: Annotated[float, Gt(0)] = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounces:
    """How letters come back. `address` is the envelope sender of a letter, with `{token}` where each has its own.

    Without one, letters come back to their sender, and only a report that names a letter tells of it. They are read
    from a folder in Maildir format, from an IMAP mailbox, or as they are given to `digest bounce`.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    address: str | None = None
    check_minutes: Annotated[float, Gt(0)] = 5.0
    maildir: Path | None = None
    imap: Imap = field(default_factory=Imap)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dkim:
    """Letters signed here (RFC 6376), where the mail server does not: `key_file` is an RSA key in PEM form, 0600."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    domain: str | None = None
    selector: str = "digest"
    key_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """The letters: who sends them, when, and by which channel. Answers go to `reply_to`, None for the sender.

    `operator` is told where a person has to look.

    `send_at` is in the paper's zone. A letter that could not be delivered within `give_up_hours` is failed. An issue
    that is older than `too_late`, in hours, when a letter about it is due, is not mailed: those of an archive, and
    what was missed while the service was down.

    `after_crash` is what becomes of a message that was stopped between its last byte and the reply, `no_reply` where
    the server hung up in between: it may have arrived or not, so it is sent again, or held as uncertain.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    channel: Literal["folder", "smtp"] = "folder"
    sender: str = "digest@localhost.localdomain"
    sender_name: str | None = None
    reply_to: str | None = None
    operator: str | None = None
    postal_identity: str = ""
    send_at: time = time(7, 30)
    give_up_hours: Annotated[float, Gt(0)] = 24.0
    too_late: Annotated[float, Gt(0)] = 168.0
    after_crash: Literal["hold", "resend"] = "hold"
    no_reply: Literal["resend", "hold"] = "resend"
    smtp: Smtp = field(default_factory=Smtp)
    bounces: Bounces = field(default_factory=Bounces)
    dkim: Dkim = field(default_factory=Dkim)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribers:
    """What strangers may ask for, and how long what is known of subscribers is kept, in days.

    A link that confirms something is good for `confirm_hours`. In an hour `asks` forms are taken from one network
    (/24 or /64), and `mails` mails sent that forms have asked for; one mailbox gets `mails_a_day` of them at most.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    confirm_hours: Annotated[float, Gt(0)] = 72.0
    asks: Annotated[int, Ge(1)] = 20
    mails: Annotated[int, Ge(1)] = 500
    mails_a_day: Annotated[int, Ge(1), Le(3)] = 3
    keep_unconfirmed: Annotated[int, Ge(3)] = 7
    keep_notices: Annotated[int, Ge(1)] = 30
    keep_deliveries: Annotated[int, Ge(7)] = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """What is told where a person has to look, beside the mail to `Mail.operator`.

    `webhook` is an address that each alarm is posted to, or `webhook_file` holds it (0600): such addresses hold a key.
    A disk with less than `least_free_mb` (10⁶ bytes) free is one.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    webhook: str | None = None
    webhook_file: Path | None = None
    least_free_mb: Annotated[int, Ge(1)] = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """Where the service listens, and the networks (CIDR) whose proxies may say in X-Forwarded-For who asks.

    `/metrics` is answered to `metrics_from` only, networks as well.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    host: str = "127.0.0.1"
    port: Port = 8000
    trusted_proxies: tuple[str, ...] = ()
    metrics_from: tuple[str, ...] = ("127.0.0.1/32", "::1/128")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings. `authority` stands in every id and is fixed at the first start.

    `database` is the address of a database on a PostgreSQL server, None for a file of SQLite in the data folder.
    `engine` is who does the work: the one service, or with a PostgreSQL server the workers of a cluster.

    `site_url` is where readers find the static files, `service_url` where forms are answered; both end in a slash.
    `templates` is the folder of the newsroom's own templates, if it has one. `root` is the folder of config.yaml, in
    which the newsroom's own words lie: a fact, no key.
    """

    __pydantic_config__: ClassVar[dict[str, Any]] = _CLOSED
    language: Language = "zh"
    data: Path = Path("data")
    database: str | None = None
    engine: Engine = "single"
    templates: Path = Path("templates")
    log: LogForm = "pretty"
    authority: str = "localhost.localdomain"
    site_url: str = "http://127.0.0.1:8000/"
    service_url: str = "http://127.0.0.1:8000/"
    publications: tuple[Publication, ...] = (Publication(),)
    inbox: Inbox = field(default_factory=Inbox)
    publish: Publish = field(default_factory=Publish)
    analysis: Analysis = field(default_factory=Analysis)
    feeds: Feeds = field(default_factory=Feeds)
    mail: Mail = field(default_factory=Mail)
    subscribers: Subscribers = field(default_factory=Subscribers)
    alarms: Alarms = field(default_factory=Alarms)
    web: Web = field(default_factory=Web)
    root: Path = Path()

    @property
    def public(self) -> Path:
        """The folder of the site, served as it is."""
        return self.data / "public"

    @property
    def database_file(self) -> Path:
        """The file of the database, where it is none of a server."""
        return self.data / "digest.db"

    @property
    def place(self) -> Path | str:
        """Where the database lies: a file, or the address of one on a server."""
        return self.database or self.database_file

    @property
    def is_begun(self) -> bool:
        """Whether there is a database, as far as that can be seen; one on a server counts as being there."""
        return self.database is not None or self.database_file.exists()

    @property
    def blobs(self) -> Path:
        """The folder where the bytes of every source are kept for good, under their SHA-256."""
        return self.data / "blobs"

    @property
    def keys(self) -> Path:
        """The folder of the secrets."""
        return self.data / "keys"

    @property
    def cache(self) -> Path:
        """The folder of what is quicker kept than made again."""
        return self.data / "cache"

    @property
    def outbox(self) -> Path:
        """The folder of the letters that the folder channel writes."""
        return self.data / "outbox"

    def send_at(self, publication: Publication) -> time:
        """Return when a paper's daily letter goes, in its own zone."""
        return publication.send_at or self.mail.send_at

    def home(self, publication: Publication) -> str:
        """Return where a paper's pages lie below `site_url` and `public`: nowhere special when it is the only one."""
        return "" if len(self.publications) == 1 else f"{publication.slug}/"

    def home_url(self, publication: Publication) -> str:
        """Return the address of a paper's home."""
        return self.site_url + self.home(publication)
