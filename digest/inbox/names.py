"""What a file's name tells, and names that are free."""

import os
import re
from itertools import count
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
_COUNTED = re.compile(r" \(([0-9]{1,9})\)$")
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
    paths = (_counted(wanted, n, suffixes) for n in count(1))
    return next(
        path for path in paths if not os.path.lexists(path) and not os.path.lexists(path.with_name(path.name + SIDECAR))
    )


def is_freed(name: str, wanted: str, suffixes: tuple[str, ...]) -> bool:
    """Say whether `free` may have given a file this name that came under the `wanted` one; both as they are `shown`."""
    found = _COUNTED.search(Path(name).stem)
    numbers = (1, int(found[1])) if found else (1,)
    return any(_counted(Path(wanted), n, suffixes).name == name for n in numbers)


def _counted(wanted: Path, n: int, suffixes: tuple[str, ...]) -> Path:
    stem, suffix = wanted.stem, wanted.suffix
    if len(suffix) > _LONGEST_SUFFIX:
        stem, suffix = stem + suffix, ""
    counted = f" ({n})" if n > 1 else ""
    room = _LONGEST - max(len(os.fsencode(suffix + counted + each)) for each in suffixes)
    while len(os.fsencode(stem)) > room:
        stem = stem[:-1]
    return wanted.with_name(f"{stem}{counted}{suffix}")
