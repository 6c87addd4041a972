"""When a dropped file is whole: nothing about it has changed for a while, and nobody here is writing to it."""

import fcntl
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

NETWORK = frozenset({"nfs", "nfs4", "cifs", "smb3"})
"""File systems of another machine, which refuse a lease in the words of "somebody is writing" although nobody is."""

READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
"""How a file of unknown origin is opened: no link is followed, no pipe or device waited for."""


class State(NamedTuple):
    """What a write changes about a file and a rename does not."""

    inode: int
    size: int
    mtime_ns: int


def state(status: os.stat_result) -> State:
    """Return the state of a file."""
    return State(status.st_ino, status.st_size, status.st_mtime_ns)


class Stillness:
    """How long files have been unchanged, by the monotonic clock; what is not asked for in a round is forgotten."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        """Know nothing yet: a file is first seen when it is first asked for."""
        self._monotonic = monotonic
        self._before: dict[Path, tuple[tuple[int, ...], float]] = {}
        self._seen: dict[Path, tuple[tuple[int, ...], float]] = {}

    def next_round(self) -> None:
        """Begin to look at every file once more."""
        self._before, self._seen = self._seen, {}

    def has_lasted(self, seconds: float, path: Path, status: os.stat_result) -> bool:
        """Say whether device, inode, size, mtime and ctime are those of the rounds before, for `seconds` at least."""
        now = self._monotonic()
        signature = (status.st_dev, *state(status), status.st_ctime_ns)
        before, since = self._before.get(path, (None, now))
        unchanged = before == signature
        self._seen[path] = (signature, since if unchanged else now)
        return unchanged and now - since >= seconds


def leases_tell(folder: Path) -> bool:
    """Say whether a refused lease on a file in `folder` means that somebody is writing to it."""
    return not file_systems(folder) & NETWORK


def file_systems(folder: Path) -> set[str]:
    """Return of what kind the file system is that a folder lies in (proc(5), mountinfo); nothing where that is not told."""
    device = folder.stat().st_dev
    number = f"{os.major(device)}:{os.minor(device)}"
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return set()
    return {mount.partition(" - ")[2].split()[0] for mount in mounts if mount.split()[2] == number}


def is_written_to(path: Path) -> bool:
    """Say whether a process of this machine has a regular file open for writing: only then is a read lease refused.

    Where leases are not to be had (another's file, some file systems) nothing is known, and the answer is no.
    """
    try:
        handle = os.open(path, READING)
    except OSError:
        return False
    try:
        # A writer who comes while we hold the lease would send us SIGIO, which kills; SIGURG is ignored.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        os.close(handle)
    return False
