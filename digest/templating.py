"""The templates: read once, from the package and from the newsroom's own folder, and rendered without touching a file.

`load` gives one `Templates` value; stages receive it and name what they want: `templates.html("site/article.html",
…)`, `templates.text("mail/digest.txt", …)`, `templates.assets("site")`. A file of the newsroom's own that cannot be
used is a fault to be told, and the delivered one of its name is used: a slip of the pen stops no paper.
"""

import hashlib
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from digest import carried, text
from digest.model import Remark

FOLDER = "templates"
"""How the folder of the package's templates is called, and usually that of the newsroom's."""

SUFFIXES = frozenset({".html", ".txt"})
"""What the names of templates end in; all other files are assets."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Every template and asset in memory. HTML is always escaped; text is not, and knows no HTML template.

    A value that a template names and nobody gave stops the rendering (jinja2's `UndefinedError`): of a delivered
    template for good, of one of the newsroom's own until it is left out.
    """

    _html: "_Shelf"
    _text: "_Shelf"
    _assets: Mapping[str, bytes]
    _hashes: Mapping[str, str]
    _unread: Mapping[str, Remark]

    @property
    def faults(self) -> tuple[Remark, ...]:
        """What is wrong with the newsroom's own templates (`error.template`), as far as it has shown."""
        return _in_order(self._unread, self._html, self._text)

    def html(self, name: str, /, **values: object) -> str:
        """Render the template `name` (`….html`); every value is escaped."""
        return self._html.render(name, values)

    def text(self, name: str, /, **values: object) -> str:
        """Render the template `name` (`….txt`) as plain text."""
        return self._text.render(name, values)

    def assets(self, folder: str, /) -> dict[str, bytes]:
        """Return the files of `folder` that are published as they are (`style.css`), by name relative to it."""
        prefix = f"{folder}/"
        return {name.removeprefix(prefix): data for name, data in self._assets.items() if name.startswith(prefix)}

    def signature(self, folder: str, /) -> str:
        """Return what changes when a template or an asset of `folder` does."""
        return " ".join(f"{name}:{its}" for name, its in sorted(self._hashes.items()) if name.startswith(f"{folder}/"))


def load(overrides: Path | None = None) -> Templates:
    """Read the package's templates, each replaced by the file of the same name under `overrides` if there is one.

    Where that file is no template, no UTF-8 or not to be read, the delivered one stays, which `Templates.faults` tells.
    """
    delivered = {name: _File(path, path.read_bytes()) for name, path in files(carried.place(FOLDER))}
    own, unread = _own(overrides)
    html = _Shelf(".html", own, delivered, autoescape=True)
    plain = _Shelf(".txt", own, delivered, autoescape=False)
    broken = html.faults | plain.faults
    found = delivered | {name: file for name, file in own.items() if name not in broken}
    assets = {name: file.content for name, file in found.items() if file.path.suffix not in SUFFIXES}
    hashes = {name: hashlib.sha256(file.content).hexdigest() for name, file in found.items()}
    return Templates(html, plain, assets, hashes, unread)


def faults(overrides: Path) -> tuple[Remark, ...]:
    """Return what is wrong with the newsroom's own templates (`error.template`) before any is rendered."""
    own, unread = _own(overrides)
    html = _Shelf(".html", own, {}, autoescape=True)
    plain = _Shelf(".txt", own, {}, autoescape=False)
    return _in_order(unread, html, plain)


def fingerprint(overrides: Path) -> str:
    """Return what changes when one of the newsroom's own files does."""
    own, unread = _own(overrides)
    said = [(name, hashlib.sha256(file.content).hexdigest()) for name, file in sorted(own.items())]
    return hashlib.sha256(repr((said, sorted(unread))).encode()).hexdigest()


def files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the templates and assets in a folder by their names, hidden files left out."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            yield "/".join(parts), path


def parsed(found: Mapping[str, Path]) -> dict[str, nodes.Template]:
    """Return the templates among files as jinja2 understands them, by their names."""
    language = _language({}, autoescape=True)
    return {name: language.parse(path.read_text("utf-8")) for name, path in found.items() if path.suffix in SUFFIXES}


class _File(NamedTuple):
    """A file in memory, and where it lies."""

    path: Path
    content: bytes


class _Shelf:
    """The templates whose names end in `suffix`, the newsroom's own in front of the delivered ones.

    `faults` tells of own ones that did not work, by their names: from the start of those that are no templates, and of
    the others since a page has shown it. What a page says depends on nothing that was rendered before it.
    """

    def __init__(
        self, suffix: str, own: Mapping[str, _File], delivered: Mapping[str, _File], *, autoescape: bool
    ) -> None:
        self.faults: dict[str, Remark] = {}
        self._autoescape = autoescape
        self._delivered = {name: file for name, file in delivered.items() if file.path.suffix == suffix}
        self._own = {name: file for name, file in own.items() if file.path.suffix == suffix}
        self._languages: dict[frozenset[str], SandboxedEnvironment] = {}
        self._broken = frozenset[str]()
        for name in self._own:
            try:
                self._language(self._broken).get_template(name)
            except Exception as error:  # noqa: BLE001 -- however it is broken, the paper comes out
                self.faults[name] = self._fault(name, _line(self._own[name], error), error)
        self._broken = frozenset(self.faults)
        for name in self._delivered:
            self._language(self._broken).get_template(name)

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """Render a template; own ones that do not work with it are left out and told, as long as that helps."""
        try:
            return self._page(name, values, self._broken)
        except Exception as error:
            found = self._mended(name, values, error)
            if found is None:
                raise
            page, faults = found
            self.faults.update(faults)
            return page

    def _mended(
        self, name: str, values: Mapping[str, object], error: Exception
    ) -> tuple[str, dict[str, Remark]] | None:
        """Return the page without the own templates that are to blame, and what is wrong with them; None if none is."""
        faults: dict[str, Remark] = {}
        while (blamed := self._blamed(error, self._broken.union(faults))) is not None:
            faults[blamed[0]] = self._fault(*blamed, error)
            try:
                return self._page(name, values, self._broken.union(faults)), faults
            except Exception as another:  # noqa: BLE001 -- whatever is wrong next
                error = another
        # One that lacks what another asks of it is nowhere on the way to the error.
        left = frozenset(self._own) - self._broken - faults.keys()
        for out in (*map(frozenset, zip(sorted(left))), left):
            try:
                page = self._page(name, values, self._broken.union(faults, out))
            except Exception:  # noqa: BLE001, S112 -- it is not this one
                continue
            return page, faults | {each: self._fault(each, 1, error) for each in out}
        return None

    def _blamed(self, error: Exception, without: Collection[str]) -> tuple[str, int] | None:
        """Return the own template nearest to where an error arose, and the line."""
        own = {str(file.path): name for name, file in self._own.items() if name not in without}
        way = [(frame.f_code.co_filename, line) for frame, line in traceback.walk_tb(error.__traceback__)]
        return next(((own[file], line) for file, line in reversed(way) if file in own), None)

    def _page(self, name: str, values: Mapping[str, object], without: frozenset[str]) -> str:
        return self._language(without).get_template(name).render(values)

    def _language(self, without: frozenset[str]) -> SandboxedEnvironment:
        if (found := self._languages.get(without)) is None:
            files = self._delivered | {name: file for name, file in self._own.items() if name not in without}
            found = self._languages[without] = _language(files, autoescape=self._autoescape)
        return found

    def _fault(self, name: str, line: int, error: Exception) -> Remark:
        said = error.message if isinstance(error, TemplateError) else None
        return _fault(self._own[name].path, line, said or f"{type(error).__name__}: {error}")


def _in_order(unread: Mapping[str, Remark], *shelves: _Shelf) -> tuple[Remark, ...]:
    found = dict(unread)
    for shelf in shelves:
        found |= shelf.faults
    return tuple(found[name] for name in sorted(found))


def _own(folder: Path | None) -> tuple[dict[str, _File], dict[str, Remark]]:
    """Return the newsroom's own files, and what is wrong with those that cannot be read."""
    own: dict[str, _File] = {}
    unread: dict[str, Remark] = {}
    for name, path in files(folder) if folder is not None else ():
        try:
            own[name] = _File(path, path.read_bytes())
        except OSError as error:
            unread[name] = _fault(path, 1, error.strerror or str(error))
    return own, unread


def _language(found: Mapping[str, _File], *, autoescape: bool) -> SandboxedEnvironment:
    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        file = found.get(name)
        return None if file is None else (file.content.decode(), str(file.path), lambda: True)

    environment = _Sandbox(
        loader=FunctionLoader(load),
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


def _line(file: _File, error: Exception) -> int:
    """Return where a file is no template."""
    if isinstance(error, UnicodeDecodeError):
        return file.content[: error.start].count(b"\n") + 1
    return error.lineno if isinstance(error, TemplateSyntaxError) else 1


def _fault(path: Path, line: int, reason: str) -> Remark:
    return Remark("error.template", {"file": str(path), "line": line, "reason": text.one_line(reason)})
