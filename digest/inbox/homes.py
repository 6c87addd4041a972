"""The folder of one claim: who is at work in it, and how far the claim has come.

    ID/.lock        held by the process at work; the lock dies with that process
    ID/NAME         the file, until it is moved
    ID/NAME.yaml    its sidecar, likewise
    ID/.read        the state in which the file was read
    ID/.moved       where they were moved to

A folder with a file is a claim to be begun, or begun again; one without, but with `.moved`, is at rest: its file is
watched for a late writer. A dropped name never begins with a dot, a file's never ends in `.yaml`.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from digest import atomic
from digest.inbox import names
from digest.inbox.settling import State

_LOCK = ".lock"
_READ = ".read"
_WORDS = ".words"
_MOVED = ".moved"


class Moved(NamedTuple):
    """Where a claimed file, its sidecar if it has one, and the word about it lie."""

    file: Path
    sidecar: Path
    words: Path


def begun(claimed: Path) -> list[Path]:
    """Return the folders of the claims in `claimed`, in the order in which they were begun."""
    ages = {home: lock.st_mtime_ns if (lock := status(home / _LOCK)) else 0 for home in claimed.glob("*/")}
    return sorted(ages, key=lambda home: (ages[home], home))


def status(path: Path) -> os.stat_result | None:
    """Return the status of a file, of a link its own, or None where there is none."""
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


@contextmanager
def locked(home: Path, *, wait: bool = False) -> Iterator[bool]:
    """Hold the lock of `home`; yield False where another process does (unless told to wait) or the folder is gone."""
    try:
        handle = os.open(home / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        yield False
        return
    try:
        yield _lock(handle, 0 if wait else fcntl.LOCK_NB) and os.fstat(handle).st_nlink > 0
    finally:
        os.close(handle)


def _lock(handle: int, patience: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | patience)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: that of the data folder must do
        return True
    return True


def contents(home: Path) -> tuple[Path | None, Path | None]:
    """Return the file and the sidecar in `home`, as far as they are there."""
    try:
        visible = [path for path in home.iterdir() if not path.name.startswith(".")]
    except FileNotFoundError:
        return None, None
    file = next((path for path in visible if not names.is_sidecar(path.name)), None)
    sidecar = next((path for path in visible if names.is_sidecar(path.name)), None)
    return file, sidecar


def write_read(home: Path, state: State) -> None:
    """Write down in which state the file is about to be read."""
    atomic.replace(home / _READ, json.dumps(state).encode(), mode=0o600)


def read(home: Path) -> State | None:
    """Return the state in which the file was read, if it was."""
    written = _written(home / _READ)
    return State(*written) if written else None


def write_words(home: Path, words: str, target: Path) -> None:
    """Put `words` at `target` in one step, on the disk when this returns; what a crash leaves of them lies in `home`."""
    atomic.replace(home / _WORDS, words.encode())
    (home / _WORDS).rename(target)
    atomic.sync(target.parent)


def write_moved(home: Path, moved: Moved) -> None:
    """Write down where the claim is about to be moved."""
    atomic.replace(home / _MOVED, json.dumps([str(path) for path in moved]).encode(), mode=0o600)


def moved(home: Path) -> Moved | None:
    """Return where the claim was moved, or was about to be."""
    written = _written(home / _MOVED)
    return Moved(*map(Path, written)) if written else None


def abandon(home: Path, folder: Path) -> None:
    """Remove a claim's folder without a file; a sidecar that is left in it goes back to `folder`."""
    _, sidecar = contents(home)
    if sidecar:
        sidecar.rename(names.free(folder / sidecar.name, ("",)))
    with suppress(OSError):
        for ours in home.glob(".*"):
            ours.unlink()
        home.rmdir()


def _written(path: Path) -> list[Any]:
    try:
        written: list[Any] = json.loads(path.read_bytes())
    except FileNotFoundError:
        return []
    return written
