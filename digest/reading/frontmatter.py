"""Front matter: what an editor states about an issue in YAML between two lines of `---` at the top of a file."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime

import yaml

from digest.errors import RejectedError
from digest.model import Remark

KEYS = ("title", "date", "weekday", "lunar_date", "number", "page_count", "url", "email", "embargo")
"""What an editor may state."""

_MOST_CHARACTERS = 20_000

_FENCE = re.compile(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"[A-Za-z_]\w*[ \t]*:", re.ASCII)


class _Loader(yaml.SafeLoader):
    """YAML without aliases: a few of them can stand for more than any memory holds."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Return the next node; an alias is refused."""
        if self.check_event(yaml.AliasEvent):
            mark: yaml.Mark = self.get_mark()
            raise yaml.composer.ComposerError(None, None, "alias", mark)
        return super().compose_node(parent, index)


def split(text: str) -> tuple[dict[str, str], str]:
    """Return what the front matter of `text` states, and the text after it.

    A value is one line of text, a date "YYYY-MM-DD". Lists and mappings are left out: no field of a masthead is one.

    Raises:
        RejectedError: `rejected.frontmatter` with the line at which it stops being YAML.
    """
    fence = _FENCE.match(text)
    if not fence or not _KEY.match(fence[1].lstrip()):
        return {}, text
    given = _stated(fence[1], "rejected.frontmatter", first_line=2)
    return ({}, text) if given is None else (given, text[fence.end() :])


def beside(sidecar: bytes) -> dict[str, str]:
    """Return what the YAML file beside an issue states, as `split` does of front matter.

    Raises:
        RejectedError: `rejected.beside` with the line at which it stops being YAML, or being UTF-8.
    """
    try:
        text = sidecar.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RejectedError("rejected.beside", line=sidecar[: error.start].count(b"\n") + 1) from error
    return _stated(text, "rejected.beside", first_line=1) or {}


def unknown(given: Mapping[str, str]) -> Iterator[Remark]:
    """Remark on each key that no field of an issue bears: it may be a slip of the pen, or another program's."""
    for key in given:
        if key not in KEYS:
            yield Remark("remark.unknown_key", {"key": key, "known": ", ".join(KEYS)})


def embargo(given: Mapping[str, str]) -> datetime | None:
    """Return the time before which nothing may be published, in the paper's own zone.

    Raises:
        RejectedError: `rejected.embargo` when it is no time: an embargo must not be lost to a slip of the pen.
    """
    if "embargo" not in given:
        return None
    try:
        return datetime.fromisoformat(given["embargo"]).replace(tzinfo=None)
    except ValueError as error:
        raise RejectedError("rejected.embargo", value=given["embargo"]) from error


def _stated(text: str, code: str, first_line: int) -> dict[str, str] | None:
    if len(text) > _MOST_CHARACTERS:
        raise RejectedError(code, line=first_line)
    try:
        stated = yaml.load(text, Loader=_Loader)  # noqa: S506 -- a SafeLoader that takes less
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RejectedError(code, line=mark.line + first_line if mark else 1) from error
    except ValueError as error:  # a date such as 2026-13-45
        raise RejectedError("rejected.given_value", detail=str(error)) from error
    if not isinstance(stated, dict):
        return None
    given = {str(key).strip().lower(): _value(value) for key, value in stated.items()}
    return {key: value for key, value in given.items() if value}


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()[:10]
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
