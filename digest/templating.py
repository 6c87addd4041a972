"""The templates: read once, from the package and from the newsroom's own folder, and rendered without touching a file.

`load` gives one `Templates` value; stages receive it and name what they want: `templates.html("site/article.html",
…)`, `templates.text("mail/digest.txt", …)`, `templates.assets("site")`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import DictLoader, StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from digest import carried, text
from digest.errors import ConfigError

FOLDER = "templates"
"""How the folder of the package's templates is called, and usually that of the newsroom's."""

SUFFIXES = frozenset({".html", ".txt"})
"""What the names of templates end in; all other files are assets."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Every template and asset in memory. HTML is always escaped; text is not, and knows no HTML template.

    A value that a template names and nobody gave stops the rendering (jinja2's `UndefinedError`).
    """

    _html: SandboxedEnvironment
    _text: SandboxedEnvironment
    _assets: Mapping[str, bytes]
    _hashes: Mapping[str, str]

    def html(self, name: str, /, **values: object) -> str:
        """Render the template `name` (`….html`); every value is escaped."""
        return self._html.get_template(name).render(values)

    def text(self, name: str, /, **values: object) -> str:
        """Render the template `name` (`….txt`) as plain text."""
        return self._text.get_template(name).render(values)

    def assets(self, folder: str, /) -> dict[str, bytes]:
        """Return the files of `folder` that are published as they are (`style.css`), by name relative to it."""
        prefix = f"{folder}/"
        return {name.removeprefix(prefix): data for name, data in self._assets.items() if name.startswith(prefix)}

    def signature(self, folder: str, /) -> str:
        """Return what changes when a template or an asset of `folder` does."""
        return " ".join(f"{name}:{its}" for name, its in sorted(self._hashes.items()) if name.startswith(f"{folder}/"))


def load(overrides: Path | None = None) -> Templates:
    """Read the package's templates, each replaced by the file of the same name under `overrides` if there is one.

    Raises `ConfigError` (`error.template`) for a file that is not UTF-8 or not a template, naming file and line.
    """
    found = dict(files(carried.place(FOLDER)))
    if overrides is not None:
        found |= files(overrides)
    html = _environment(found, ".html", autoescape=True)
    plain = _environment(found, ".txt", autoescape=False)
    assets = {name: path.read_bytes() for name, path in found.items() if path.suffix not in SUFFIXES}
    hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in found.items()}
    return Templates(html, plain, assets, hashes)


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the templates and assets in a folder by their names, hidden files left out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            yield "/".join(parts), path


def parsed(found: Mapping[str, Path]) -> dict[str, nodes.Template]:
    """Return the templates among files as jinja2 understands them, by their names."""
    language = _language({}, autoescape=True)
    return {name: language.parse(_source(path)) for name, path in found.items() if path.suffix in SUFFIXES}


def _environment(found: Mapping[str, Path], suffix: str, *, autoescape: bool) -> SandboxedEnvironment:
    paths = {name: path for name, path in found.items() if path.suffix == suffix}
    sources = {name: _source(path) for name, path in paths.items()}
    environment = _language(sources, autoescape=autoescape)
    for name in sources:
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            where = paths.get(error.name or name, paths[name])
            raise ConfigError("error.template", file=str(where), line=error.lineno, reason=str(error)) from error
    return environment


def _language(sources: Mapping[str, str], *, autoescape: bool) -> SandboxedEnvironment:
    environment = _Sandbox(
        loader=DictLoader(sources),
        autoescape=autoescape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        cache_size=-1,
        auto_reload=False,
    )
    environment.filters |= {"joined": text.joined, "wrapped": text.wrapped}
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    return environment


class _Sandbox(SandboxedEnvironment):
    """The sandbox, which finds out once what may be taken of a type: it asks for every attribute that a page names."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._safe: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Say whether a template may take `attr` of `obj`: that depends on nothing but the type and the name."""
        key = type(obj), attr
        if (safe := self._safe.get(key)) is None:
            safe = self._safe[key] = super().is_safe_attribute(obj, attr, value)
        return safe


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError("error.template", file=str(path), line=1, reason=str(error)) from error
