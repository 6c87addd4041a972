"""The templates: read once, from the package and from the newsroom's own folder, and rendered without touching a file.

`load` gives one `Templates` value; stages receive it and name what they want: `templates.html("site/article.html",
…)`, `templates.text("mail/digest.txt", …)`, `templates.assets("site")`.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import DictLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from digest import text
from digest.errors import ConfigError

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE / "templates", _PACKAGE.parent / "templates")


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
    files = dict(_files(package_folder()))
    if overrides is not None:
        files |= _files(overrides)
    html = _environment(files, ".html", autoescape=True)
    plain = _environment(files, ".txt", autoescape=False)
    assets = {name: path.read_bytes() for name, path in files.items() if path.suffix not in {".html", ".txt"}}
    hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
    return Templates(html, plain, assets, hashes)


def package_folder() -> Path:
    """Return where the package's own templates lie: inside it in a wheel, beside it in a checkout."""
    return next(place for place in _PLACES if place.is_dir())


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            yield "/".join(parts), path


def _environment(files: Mapping[str, Path], suffix: str, *, autoescape: bool) -> SandboxedEnvironment:
    paths = {name: path for name, path in files.items() if path.suffix == suffix}
    sources = {name: _source(path) for name, path in paths.items()}
    environment = SandboxedEnvironment(
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
    for name in sources:
        try:
            environment.get_template(name)
        except TemplateSyntaxError as error:
            where = paths.get(error.name or name, paths[name])
            raise ConfigError("error.template", file=str(where), line=error.lineno, reason=str(error)) from error
    return environment


def _source(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigError("error.template", file=str(path), line=1, reason=str(error)) from error
