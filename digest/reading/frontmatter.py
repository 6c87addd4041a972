"""Front matter: what an editor states about an issue in YAML between two lines of `---` at the top of a file."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from digest.errors import RejectedError
from digest.model import Remark

KEYS = ("title", "date", "weekday", "lunar_date", "number", "page_count", "url", "email", "embargo", "correction")
"""What an editor may state."""

_FENCE = re.compile(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"[A-Za-z_]\w*[ \t]*:", re.ASCII)
_WANTED = {
    "date": re.compile(r"[\d一二三四五六七八九十]"),
    "number": re.compile(r"\d"),
    "page_count": re.compile(r"\d"),
}
"""What the values of some keys must hold to be of any use."""


def split(text: str) -> tuple[dict[str, str], str]:
    """Return what the front matter of `text` states, and the text after it.

    A value is one line of text, a date "YYYY-MM-DD". Lists and mappings are left out: no field of a masthead is one.

    Raises:
        RejectedError: `rejected.frontmatter` with the line at which it stops being YAML, `rejected.given_date`.
    """
    fence = _FENCE.match(text)
    if not fence or not _KEY.match(fence[1].lstrip()):
        return {}, text
    from digest.reading.stated import stated

    given = stated(fence[1], "rejected.frontmatter", first_line=2)
    return ({}, text) if given is None else (given, text[fence.end() :])


def beside(sidecar: bytes) -> dict[str, str]:
    """Return what the YAML file beside an issue states, as `split` does of front matter.

    Raises:
        RejectedError: `rejected.beside` with the line at which it stops being YAML, or being UTF-8;
            `rejected.given_date`.
    """
    from digest.reading.stated import stated

    try:
        text = sidecar.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RejectedError("rejected.beside", line=sidecar[: error.start].count(b"\n") + 1) from error
    return stated(text, "rejected.beside", first_line=1) or {}


def unused(given: Mapping[str, str]) -> Iterator[Remark]:
    """Remark on what is of no use: a key that no field of an issue bears, a date or number that is none."""
    for key, value in given.items():
        if key not in KEYS:
            yield Remark("remark.unknown_key", {"key": key, "known": ", ".join(KEYS)})
        elif key in _WANTED and not _WANTED[key].search(value):
            yield Remark("remark.not_a_date" if key == "date" else "remark.not_a_number", {"key": key, "value": value})


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
