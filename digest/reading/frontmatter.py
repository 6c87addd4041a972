"""Front matter: what an editor states about an issue in YAML between two lines of `---` at the top of a file."""

import re
from datetime import date

import yaml

from digest.errors import RejectedError

_FENCE = re.compile(r"---[ \t]*\n(.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"[A-Za-z_]\w*[ \t]*:", re.ASCII)


def split(text: str) -> tuple[dict[str, str], str]:
    """Return what the front matter of `text` states, and the text after it.

    A value is one line of text, a date "YYYY-MM-DD". Lists and mappings are left out: no field of a masthead is one.

    Raises:
        RejectedError: `rejected.frontmatter` with the line at which it stops being YAML.
    """
    fence = _FENCE.match(text)
    if not fence or not _KEY.match(fence[1].lstrip()):
        return {}, text
    try:
        stated = yaml.safe_load(fence[1])
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise RejectedError("rejected.frontmatter", line=mark.line + 2 if mark else 1) from error
    if not isinstance(stated, dict):
        return {}, text
    given = {str(key).strip().lower(): _value(value) for key, value in stated.items()}
    return {key: value for key, value in given.items() if value}, text[fence.end() :]


def _value(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""
