"""What a file's name tells, and names that are free."""

import os
import re
from pathlib import Path

SIDECAR = ".yaml"

_PARTIAL = re.compile(
    r"""\.(part|partial|filepart|crdownload|download|tmp|temp|\~tmp|ocTransferId[^.]*)$
    | ^\..+\.[A-Za-z0-9]{6}$                              # rsync: .a.txt.Xy12Zq
    """,
    re.IGNORECASE | re.VERBOSE,
)
_FOREIGN = re.compile(
    r"""^[.~]                                             # hidden, ~$a.docx, ~WRL0001.tmp, ~syncthing~a.txt.tmp
    | ^\#.*\#$ | ~$ | \.sw[opx]$                          # editors: #a#, a~, a.swp
    | ^(Thumbs\.db|desktop\.ini|__MACOSX|@eaDir|\$RECYCLE\.BIN)$
    | \.(reason|receipt)\.txt$                            # our own words, moved back with their file
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST = 255
_LONGEST_SUFFIX = 20


def is_partial(name: str) -> bool:
    """Say whether transfer programs call a file so until it is whole."""
    return _PARTIAL.search(name) is not None


def is_left_alone(name: str) -> bool:
    """Say whether a file is not, or not yet, one of the editor's: partial, or kept by an editor or a system."""
    return is_partial(name) or _FOREIGN.search(name) is not None


def is_sidecar(name: str) -> bool:
    """Say whether a file states something about another one."""
    return name.endswith(SIDECAR)


def shown(name: str) -> str:
    """Return a name with everything that a terminal or a page could stumble over as U+FFFD."""
    decoded = os.fsencode(name).decode("utf-8", "replace")
    return "".join(character if character.isprintable() else "\ufffd" for character in decoded)


def free(wanted: Path, suffixes: tuple[str, ...]) -> Path:
    """Return a path that no file has, nor its sidecar; equal names get " (2)".

    It is cut so that the longest of `suffixes` still fits behind it into a name of 255 bytes.
    """
    stem, suffix = wanted.stem, wanted.suffix
    if len(suffix) > _LONGEST_SUFFIX:
        stem, suffix = stem + suffix, ""
    n, counted = 1, ""
    while True:
        room = _LONGEST - max(len(os.fsencode(suffix + counted + each)) for each in suffixes)
        while len(os.fsencode(stem)) > room:
            stem = stem[:-1]
        path = wanted.with_name(f"{stem}{counted}{suffix}")
        if not os.path.lexists(path) and not os.path.lexists(path.with_name(path.name + SIDECAR)):
            return path
        n += 1
        counted = f" ({n})"
