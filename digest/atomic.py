"""Files that appear whole or not at all: what every part that writes to disk shares."""

import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

TEMPORARY = ".tmp-"
"""How the names of files begin that are not whole yet."""

FILLING = f"{TEMPORARY}filling-"
"""How the name of a folder begins whose contents are to fill the folder that it lies in."""

AT_ONCE = 4
"""How many files the disk is told to keep at a time: it has little more to do for them than for one."""

LONGEST_WRITE = timedelta(hours=1)
"""How old a file may be that is not whole yet: what writes it is long dead by then."""


def replace(target: Path, content: bytes, mode: int = 0o644) -> None:
    """Put `content` at `target` in one step: a temporary file in the same folder, fsync, rename.

    The rename itself is on the disk only after `sync` of the folder.
    """
    replace_all({target: content}, mode)


def replace_all(files: Mapping[Path, bytes], mode: int = 0o644) -> None:
    """Put several files in place, as `replace` does each, in their order, all of them after all are on the disk."""
    with ExitStack() as opened:
        made = [opened.enter_context(_temporary(target)) for target in files]
        for (handle, temporary), content in zip(made, files.values(), strict=True):
            temporary.write_bytes(content)
            os.fchmod(handle, mode)
        _at_once(os.fsync, [handle for handle, _ in made])
        for (_, temporary), target in zip(made, files, strict=True):
            temporary.replace(target)


@contextmanager
def replacing(target: Path, mode: int = 0o644) -> Iterator[Path]:
    """Give an empty temporary file, 0600, that takes the place of `target` in the end, as `replace` does."""
    with _temporary(target) as (handle, temporary):
        yield temporary
        os.fsync(handle)
        temporary.chmod(mode)
        temporary.replace(target)


@contextmanager
def _temporary(target: Path) -> Iterator[tuple[int, Path]]:
    """Give an empty file beside `target`, open and 0600, that does not stay where something fails."""
    handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=target.parent)
    temporary = Path(name)
    try:
        yield handle, temporary
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, and wait until their names are on the disk."""
    make_folders([folder])


def make_folders(folders: Iterable[Path]) -> None:
    """Make folders, as `make_folder` does each."""
    above: dict[Path, None] = {}
    for folder in folders:
        missing = list(takewhile(lambda each: not each.exists(), (folder, *folder.parents)))
        for each in reversed(missing):
            each.mkdir(exist_ok=True)
            above[each.parent] = None
    sync_all(above)


def is_half_filled(folder: Path) -> bool:
    """Say whether something was cut off that was to fill a folder: what is missing still lies in one `FILLING` it."""
    return any(any(filling.iterdir()) for filling in folder.glob(f"{FILLING}*"))


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


def sync_all(folders: Collection[Path]) -> None:
    """Wait until the names in folders are on the disk."""
    _at_once(sync, folders)


def _at_once(wait: Callable[[T], None], these: Collection[T]) -> None:
    """Wait for several things at once; the first that fails raises its error when the others have ended too."""
    if len(these) < 2:
        for one in these:
            wait(one)
    else:
        from concurrent.futures import ThreadPoolExecutor  # a short command writes one file, if any

        with ThreadPoolExecutor(min(AT_ONCE, len(these))) as pool:
            list(pool.map(wait, these))


def _changed(path: Path) -> float:
    """Return when a file was changed last; one that is gone meanwhile is as new as can be."""
    try:
        return path.lstat().st_mtime
    except FileNotFoundError:
        return float("inf")
