"""Files that appear whole or not at all: what every part that writes to disk shares."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

TEMPORARY = ".tmp-"
"""How the names of files begin that are not whole yet."""

LONGEST_WRITE = timedelta(hours=1)
"""How old a file may be that is not whole yet: what writes it is long dead by then."""


def replace(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Put `content` at `target` in one step: a temporary file in the same folder, fsync, rename.

    The rename itself is on the disk only after `sync` of the folder.
    """
    with replacing(target, mode) as temporary:
        temporary.write_bytes(content)


@contextmanager
def replacing(target: Path, mode: int = 0o644) -> Iterator[Path]:
    """Give an empty temporary file, 0600, that takes the place of `target` in the end, as `replace` does."""
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=target.parent)
    temporary = Path(name)
    try:
        yield temporary
        os.fsync(handle)
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, and wait until their names are on the disk."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        sync(each.parent)


def left_behind(folder: Path, now: datetime) -> list[Path]:
    """Return what crashes have left of files that were not whole yet, anywhere below `folder`."""
    before = (now - LONGEST_WRITE).timestamp()
    return [path for path in sorted(folder.rglob(f"{TEMPORARY}*")) if _changed(path) < before]


def sweep(folder: Path, now: datetime) -> None:
    """Remove what crashes have left behind below `folder`."""
    for path in left_behind(folder, now):
        with suppress(FileNotFoundError):  # it lay in a folder that has just been removed
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def sync(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _changed(path: Path) -> float:
    """Return when a file was changed last; one that is gone meanwhile is as new as can be."""
    try:
        return path.lstat().st_mtime
    except FileNotFoundError:
        return float("inf")
