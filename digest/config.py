"""config.yaml and the environment → `Settings`, read once. The only place that knows pydantic, and yaml for settings.

What a person wrote wrongly is a `ConfigError` whose facts name the file, the line, the key, and what was likely meant.
"""

import difflib
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pydantic
import yaml
from pydantic_core import ErrorDetails

from digest import colours, settings
from digest.errors import ConfigError
from digest.settings import Settings

NAME = "config.yaml"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SECRET = re.compile(r"pass(word|wd)$|secret|token|api_?key")

Path_ = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """YAML as people expect it: 17:30 is a time of day, not the sexagesimal number 1050 of YAML 1.1."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if tag not in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
    ]
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
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("error.config.unreadable", file=str(path), detail=str(error)) from error
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
        raise ConfigError("error.config.unreadable", file=str(file), detail=str(error)) from error


def _checked(text: str, file: str) -> Settings:
    try:
        node = yaml.compose(text, Loader=_Loader)
        values = yaml.load(text, Loader=_Loader) or {}  # noqa: S506 -- a SafeLoader with fewer resolvers
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError("error.config.yaml", file=file, line=line, detail=error.problem or "") from error
    lines = _lines(node, file) if node is not None else {}
    try:
        result = pydantic.TypeAdapter(Settings).validate_python(values)
    except pydantic.ValidationError as error:
        # An unknown key is told first: it often explains the others.
        worst = min(error.errors(), key=lambda e: e["type"] != "unexpected_keyword_argument")
        raise _refusal(worst, file, lines) from error
    _check(result, file, lines)
    return result


def _refusal(error: ErrorDetails, file: str, lines: Mapping[Path_, int]) -> ConfigError:
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
        return ConfigError("error.config.choice", **where, value=value, choices=error["ctx"]["expected"])
    wanted = _WANTED.get(kind.split("_", maxsplit=1)[0], kind)
    return ConfigError("error.config.value", **where, value=value, wanted=wanted)


_WANTED = {
    "time": "HH:MM",
    "int": "1, 2, 3 …",
    "float": "1, 2.5 …",
    "dataclass": "key: value",
    "string": "text",
    "path": "path",
    "tuple": "- …",
}
"""What a key wants, shown beside the refusal: the first word of pydantic's error type, and an example."""


def _check(result: Settings, file: str, lines: Mapping[Path_, int]) -> None:
    """Check what a type cannot say: addresses, times of day, slugs, zones and colours."""

    def refuse(code: str, loc: Path_, value: object) -> ConfigError:
        return ConfigError(code, file=file, line=lines.get(loc, 1), key=_dotted(loc), value=str(value))

    for key in ("site_url", "service_url"):
        if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url := getattr(result, key)):
            raise refuse("error.config.url", (key,), url)
    if result.mail.send_at.tzinfo:  # pydantic takes a bare number for seconds since midnight UTC
        raise refuse("error.config.time", ("mail", "send_at"), result.mail.send_at)
    if not result.publications:
        raise refuse("error.config.no_publication", ("publications",), "[]")
    seen: set[str] = set()
    for i, publication in enumerate(result.publications):
        if publication.slug in seen:
            raise refuse("error.config.slug", ("publications", i, "slug"), publication.slug)
        seen.add(publication.slug)
        for code, where, value in _faults(publication):
            raise refuse(code, ("publications", i, *where), value)


def _faults(publication: settings.Publication) -> Iterator[tuple[str, Path_, object]]:
    """Yield what is wrong with a paper's settings: the code, the key and the value."""
    if not _SLUG.fullmatch(publication.slug):
        yield "error.config.slug", ("slug",), publication.slug
    for key in ("publish_at", "send_at"):
        time = getattr(publication, key)
        if time is not None and time.tzinfo:
            yield "error.config.time", (key,), time
    try:
        ZoneInfo(publication.timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield "error.config.timezone", ("timezone",), publication.timezone
    accent = publication.theme.accent
    if accent is not None and not colours.is_colour(accent):
        yield "error.config.colour", ("theme", "accent"), accent


def _rooted(result: Settings, root: Path) -> Settings:
    """Return the settings with every path absolute and every address ending in a slash."""
    password_file = result.mail.smtp.password_file
    smtp = replace(result.mail.smtp, password_file=password_file and root / password_file)
    return replace(
        result,
        data=root / result.data,
        templates=root / result.templates,
        inbox=replace(result.inbox, folder=root / result.inbox.folder),
        mail=replace(result.mail, smtp=smtp),
        site_url=result.site_url.rstrip("/") + "/",
        service_url=result.service_url.rstrip("/") + "/",
    )


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
