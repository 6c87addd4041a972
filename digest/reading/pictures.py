"""Pictures: how one stands among the lines of a document, and which files are some."""

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp")
"""The pictures that browsers show."""

_MARK = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
_URL = re.compile("(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_IN_CAPTION = str.maketrans("[]", "［］")
_IN_NAME = str.maketrans({"[": "%5B", "]": "%5D", "(": "%28", ")": "%29"})


def is_picture(name: str) -> bool:
    """Say whether a file is a picture that browsers show, by its name."""
    return PurePosixPath(name).suffix.lower() in SUFFIXES


def name_at(address: str) -> str:
    """Return the name of the picture at an address: its path as it is where the document lies, or the URL itself."""
    return address if _URL.match(address) else unquote(re.split("[?#]", address, maxsplit=1)[0])


def safe(name: str) -> str:
    """Return `name` as it can stand in a line, and is the key of `Document.pictures`."""
    return " ".join(name.split()).translate(_IN_NAME)


def mark(caption: str, name: str) -> str:
    """Return the line of a picture: `![caption](name)`."""
    return f"![{' '.join(caption.split()).translate(_IN_CAPTION)}]({safe(name)})"


def renamed(line: str, names: dict[str, str]) -> str:
    """Return a line whose pictures bear the names that `names` has for theirs."""
    return _MARK.sub(lambda found: mark(found[1], names.get(found[2], found[2])), line)


def uncaptioned(line: str) -> str | None:
    """Return the name of the picture that is all of a line, and has no caption."""
    found = _MARK.fullmatch(line)
    return found[2] if found and not found[1] else None


def words(line: str) -> str:
    """Return the words of a line, those of its pictures included."""
    return _MARK.sub(r"\1", line)


def names(line: str) -> list[str]:
    """Return the names of the pictures in a line."""
    return [found[2] for found in _MARK.finditer(line)]
