"""Which files of a folder are issues, each with what lies beside it."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import NamedTuple

from digest.errors import RejectedError
from digest.inbox import content, names
from digest.model import Source


class File(NamedTuple):
    """A file, its place below the folder as people may see it, and its sidecar (`NAME.yaml`), if it has one."""

    path: Path
    name: str
    sidecar: Path | None


def find(folder: Path) -> Iterator[File]:
    """Yield the files anywhere below `folder`, by name, that an inbox would take; links to folders are not followed.

    Raises OSError where a folder cannot be read.
    """
    for place, below, inside in os.walk(folder, onerror=_refuse):
        below[:] = sorted(name for name in below if not names.is_left_alone(name))
        there = set(inside)
        for name in sorted(inside):
            if names.is_sidecar(name) or names.is_left_alone(name):
                continue
            path = Path(place, name)
            beside = (name + names.SIDECAR, path.with_suffix(names.SIDECAR).name)
            sidecar = next((each for each in beside if each in there), None)
            shown = names.shown(str(path.relative_to(folder)))
            yield File(path, shown, Path(place, sidecar) if sidecar else None)


def source(file: File, max_bytes: int) -> Source:
    """Return a file's bytes and its sidecar's.

    Raises:
        RejectedError: it cannot be read, or is no regular file of a fair size.
        BlockingIOError: somebody is writing to it.
    """
    try:
        beside = content.read(file.sidecar, max_bytes) if file.sidecar else None
        modified = datetime.fromtimestamp(file.path.lstat().st_mtime, UTC)
        return Source(PurePath(file.name).name, content.read(file.path, max_bytes), modified, beside)
    except BlockingIOError:
        raise
    except OSError as error:
        raise RejectedError("rejected.unreadable_file", cause=error.errno or str(error)) from error


def _refuse(error: OSError) -> None:
    raise error
