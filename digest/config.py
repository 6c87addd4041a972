"""config.yaml and the environment → `Settings`, read once. The only place that knows pydantic, and yaml for settings.

What a person wrote wrongly is a `ConfigError` whose facts name the file, the line, the key, and what was likely meant.
"""

import difflib
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from ipaddress import ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from digest import colours, rhythm, settings, urls, verp
from digest.errors import ConfigError
from digest.settings import Settings

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

NAME = settings.FILE
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DOMAIN = re.compile(r"[a-z0-9]+(-+[a-z0-9]+)*(\.[a-z0-9]+(-+[a-z0-9]+)*)+")
_ADDRESS = re.compile(r"[!-~]+@[^\s@<>,;]+\.[^\s@<>,;.]+")
_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
_DATABASE = re.compile(r"postgresql\+psycopg://([^\s:@/]+@)?[^\s@/?#]*/[^\s/?#]+(\?[^\s#]*)?")
_HUB = re.compile(rf"{_URL.pattern}(\?[^\s#]*)?")
_CHOICES = re.compile("'([^']*)'(?:, | or )?")
_SECRET = re.compile(r"pass(word|wd)$|secret|token|api_?key")

RESERVED = frozenset({"done", "rejected", "healthz", "readyz", "metrics", "unsubscribe", "feeds", "search", "desk"})
"""What no paper can be called: folders of the inbox, and addresses of the service."""

Path_ = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """YAML as people expect it: 17:30 is a time of day, not the number 1050 of YAML 1.1, and a date is text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] not in {"int", "float", "timestamp"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"), list("-+0123456789"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"[-+]?[0-9]*\.[0-9]+$"), list("-+.0123456789"))


def load(path: Path) -> Settings:
    """Read the settings at `path`; relative paths in it are taken from its folder.

    Raises `ConfigError` when the file cannot be read, is no YAML, or holds an unknown key or a value that does not fit.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise ConfigError("error.config.missing", file=str(path)) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError("error.config.encoding", file=str(path), line=line) from error
    except OSError as error:
        raise ConfigError("error.config.unreadable", file=str(path), cause=error.errno or str(error)) from error
    return parse(text, path)


def parse(text: str, path: Path) -> Settings:
    """Return the settings that `text` holds, as if it were the file at `path`. Raises `ConfigError` as `load` does."""
    return _rooted(_checked(text, str(path)), path.parent.resolve())


def secret(env: str | None, file: Path | None, environment: Mapping[str, str]) -> str | None:
    """Return the secret named by a variable of the environment or by a file that only its owner can read."""
    if env is not None:
        if env not in environment:
            raise ConfigError("error.config.no_variable", variable=env)
        return environment[env]
    if file is None:
        return None
    try:
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise ConfigError("error.config.open_secret", file=str(file))
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError("error.config.unreadable", file=str(file), cause=error.errno or str(error)) from error


def _checked(text: str, file: str) -> Settings:
    try:
        node = yaml.compose(text, Loader=_Loader)
        values = yaml.load(text, Loader=_Loader) or {}  # noqa: S506 -- a SafeLoader with fewer resolvers
    except (yaml.YAMLError, ValueError) as error:  # ValueError: `!!int x`
        mark = getattr(error, "problem_mark", None)
        raise ConfigError("error.config.yaml", file=file, line=mark.line + 1 if mark else 1) from error
    lines = _lines(node, file) if node is not None else {}
    import pydantic  # a cold command that needs no settings does not wait for it

    try:
        result = pydantic.TypeAdapter(Settings).validate_python(values)
    except pydantic.ValidationError as error:
        # An unknown key is told first: it often explains the others.
        worst = min(error.errors(), key=lambda e: e["type"] != "unexpected_keyword_argument")
        raise _refusal(worst, file, lines) from error
    _check(result, file, lines)
    return result


def _refusal(error: "ErrorDetails", file: str, lines: Mapping[Path_, int]) -> ConfigError:
    """Say what pydantic found in the file's own terms."""
    loc, kind, value = error["loc"], error["type"], error.get("input")
    where = {"file": file, "line": lines.get(loc, lines.get(loc[:-1], 1)), "key": _dotted(loc)}
    if kind == "unexpected_keyword_argument":
        name = str(loc[-1])
        if _SECRET.search(name):
            return ConfigError("error.config.literal_secret", **where)
        if likely := difflib.get_close_matches(name, _keys(loc[:-1]), n=1, cutoff=0.5):
            return ConfigError("error.config.unknown_key_likely", **where, likely=likely[0])
        return ConfigError("error.config.unknown_key", **where)
    if kind == "literal_error":
        return ConfigError(
            "error.config.choice",
            **where,
            value=value,
            choices=_CHOICES.sub(r"\1, ", error["ctx"]["expected"]).rstrip(", "),
        )
    if kind in _BOUNDS:
        sign, bound = _BOUNDS[kind]
        return ConfigError("error.config.range", **where, value=value, range=f"{sign} {error['ctx'][bound]}")
    wanted = _WANTED.get(kind.split("_", maxsplit=1)[0], kind)
    return ConfigError("error.config.value", **where, value=value, wanted=wanted)


_WANTED = {
    "time": "HH:MM",
    "int": "1, 2, 3 …",
    "float": "1, 2.5 …",
    "dataclass": "key: value",
    "string": '"…"',
    "path": "folder/name",
    "tuple": "- …",
}
"""What a key wants, shown beside the refusal: the first word of pydantic's error type, and an example."""


_BOUNDS = {
    "greater_than": (">", "gt"),
    "greater_than_equal": ("≥", "ge"),
    "less_than_equal": ("≤", "le"),
}
"""How a bound is written, and what pydantic calls it."""


def _check(result: Settings, file: str, lines: Mapping[Path_, int]) -> None:
    """Check what a type cannot say: addresses, domains, times of day, slugs, zones and colours."""
    for code, loc, value in _faults(result):
        raise ConfigError(code, file=file, line=lines.get(loc, 1), key=_dotted(loc), value=str(value))


def _faults(result: Settings) -> Iterator[tuple[str, Path_, object]]:
    """Yield what is wrong with the settings: the code, the key and the value."""
    if result.root != Path():
        yield "error.config.unknown_key", ("root",), result.root
    for key in ("site_url", "service_url"):
        if not (_URL.fullmatch(url := getattr(result, key)) and _has_host(url)):
            yield "error.config.url", (key,), url
    if not _DOMAIN.fullmatch(result.authority):
        yield "error.config.authority", ("authority",), result.authority
    yield from _faults_of_database(result)
    for key in ("trusted_proxies", "metrics_from"):
        for i, network in enumerate(getattr(result.web, key)):
            if not _is_network(network):
                yield "error.config.network", ("web", key, i), network
    for code, where, value in _faults_of_mail(result.mail):
        yield code, ("mail", *where), value
    yield from _faults_of_feeds(result.feeds)
    webhook = result.alarms.webhook
    if webhook is not None and not _is_hook(webhook):
        yield "error.config.url", ("alarms", "webhook"), "…"  # it may hold a key
    yield from _faults_of_papers(result.publications)


def _faults_of_database(result: Settings) -> Iterator[tuple[str, Path_, object]]:
    """Yield what is wrong with where the rows are kept, and who works on them."""
    if result.database is not None and not _DATABASE.fullmatch(result.database):
        yield "error.config.database", ("database",), "…"  # it may hold a password
    if result.database is None and result.engine == "cluster":
        yield "error.config.cluster", ("engine",), result.engine


def _faults_of_papers(publications: tuple[settings.Publication, ...]) -> Iterator[tuple[str, Path_, object]]:
    """Yield what is wrong with the papers' settings."""
    if not publications:
        yield "error.config.no_publication", ("publications",), "[]"
    seen: set[str] = set()
    for i, publication in enumerate(publications):
        if publication.slug in seen:
            yield "error.config.slug", ("publications", i, "slug"), publication.slug
        seen.add(publication.slug)
        if not rhythm.is_written(publication.expect):
            yield "error.config.expect", ("publications", i, "expect"), publication.expect
        for code, where, value in _faults_of(publication):
            yield code, ("publications", i, *where), value


def _faults_of_mail(mail: settings.Mail) -> Iterator[tuple[str, Path_, object]]:
    """Yield what is wrong with the settings of the letters."""
    for key, address in (("sender", mail.sender), ("reply_to", mail.reply_to), ("operator", mail.operator)):
        if address is not None and not _ADDRESS.fullmatch(address):
            yield "error.config.address", (key,), address
    if mail.send_at.tzinfo:  # pydantic takes a bare number for seconds since midnight UTC
        yield "error.config.time", ("send_at",), mail.send_at
    bounce = mail.bounces.address
    if bounce is not None and not verp.is_template(bounce):
        yield "error.config.bounce_address", ("bounces", "address"), bounce
    if (mail.dkim.domain is None) != (mail.dkim.key_file is None):
        yield "error.config.dkim", ("dkim", "domain"), mail.dkim.domain


def _faults_of_feeds(feeds: settings.Feeds) -> Iterator[tuple[str, Path_, object]]:
    """Yield what is wrong with the feeds' settings."""
    if feeds.hub is not None and not _is_hook(feeds.hub):
        yield "error.config.url", ("feeds", "hub"), feeds.hub
    seen: set[str] = set()
    for i, keyword in enumerate(feeds.keywords):
        name = urls.topic("keyword", keyword)
        if name is None or name.path in seen:
            yield "error.config.keyword", ("feeds", "keywords", i), keyword
        else:
            seen.add(name.path)


def _faults_of(publication: settings.Publication) -> Iterator[tuple[str, Path_, object]]:
    """Yield what is wrong with a paper's settings."""
    if not _SLUG.fullmatch(publication.slug):
        yield "error.config.slug", ("slug",), publication.slug
    if publication.slug in RESERVED:
        yield "error.config.reserved", ("slug",), publication.slug
    for key in ("editor", "sender"):
        address = getattr(publication, key)
        if address is not None and not _ADDRESS.fullmatch(address):
            yield "error.config.address", (key,), address
    for key in ("publish_at", "send_at"):
        time = getattr(publication, key)
        if time is not None and time.tzinfo:
            yield "error.config.time", (key,), time
    try:
        ZoneInfo(publication.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield "error.config.timezone", ("timezone",), publication.timezone
    accent, logo = publication.theme.accent, publication.theme.logo
    if accent is not None and not colours.is_colour(accent):
        yield "error.config.colour", ("theme", "accent"), accent
    if logo is not None and logo.suffix.lower() not in settings.LOGO_SUFFIXES:
        yield "error.config.logo", ("theme", "logo"), logo


def _is_network(written: str) -> bool:
    try:
        ip_network(written)
    except ValueError:
        return False
    return True


def _is_hook(url: str) -> bool:
    """Say whether something can be posted to an address."""
    return bool(_HUB.fullmatch(url)) and _has_host(url)


def _has_host(url: str) -> bool:
    """Say whether an address has a host, and a port that there can be, if any."""
    try:
        where = urlsplit(url)
        return bool(where.hostname) and where.port != 0
    except ValueError:
        return False


def _rooted(result: Settings, root: Path) -> Settings:
    """Return the settings with every path absolute and every address ending in a slash."""
    papers = tuple(_with_logo(one, root) for one in result.publications)
    return replace(
        result,
        root=root,
        data=root / result.data,
        templates=root / result.templates,
        inbox=replace(result.inbox, folder=root / result.inbox.folder),
        mail=_rooted_mail(result.mail, root),
        alarms=replace(result.alarms, webhook_file=result.alarms.webhook_file and root / result.alarms.webhook_file),
        publications=papers,
        site_url=result.site_url.rstrip("/") + "/",
        service_url=result.service_url.rstrip("/") + "/",
    )


def _rooted_mail(mail: settings.Mail, root: Path) -> settings.Mail:
    bounces, dkim = mail.bounces, mail.dkim
    password, imap_password = mail.smtp.password_file, bounces.imap.password_file
    imap = replace(bounces.imap, password_file=imap_password and root / imap_password)
    return replace(
        mail,
        smtp=replace(mail.smtp, password_file=password and root / password),
        bounces=replace(bounces, maildir=bounces.maildir and root / bounces.maildir, imap=imap),
        dkim=replace(dkim, key_file=dkim.key_file and root / dkim.key_file),
    )


def _with_logo(publication: settings.Publication, root: Path) -> settings.Publication:
    theme = publication.theme
    return replace(publication, theme=replace(theme, logo=theme.logo and root / theme.logo))


def _lines(node: yaml.Node, file: str, at: Path_ = ()) -> dict[Path_, int]:
    """Return the line of every key, from 1; a key that stands twice is refused."""
    found: dict[Path_, int] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*at, key.value)
            if here in found:
                raise ConfigError("error.config.twice", file=file, line=key.start_mark.line + 1, key=_dotted(here))
            found |= {here: key.start_mark.line + 1} | _lines(value, file, here)
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            found |= {(*at, i): value.start_mark.line + 1} | _lines(value, file, (*at, i))
    return found


def _keys(at: Path_) -> list[str]:
    """Return the keys that may stand at a place of the settings."""
    part: Any = Settings
    for name in at:
        if isinstance(name, int):
            continue
        part = settings.Publication if name == "publications" else {f.name: f.type for f in fields(part)}[name]
    return [f.name for f in fields(part)]


def _dotted(loc: Path_) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in loc)
