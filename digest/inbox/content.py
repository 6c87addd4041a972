"""The bytes of a dropped file: read whole or not at all, and kept for good."""

import errno
import hashlib
import os
import stat
from pathlib import Path

from digest import atomic, datafolder
from digest.errors import RejectedError
from digest.inbox import settling


def read(path: Path, max_bytes: int) -> bytes:
    """Return what is in a file.

    Raises:
        RejectedError: it is no regular file, may not be read, or is larger than `max_bytes`; it was not read then,
            and what is no regular file was not even opened.
        BlockingIOError: somebody is writing to it.
    """
    kind = path.lstat().st_mode
    if stat.S_ISLNK(kind):
        raise RejectedError("rejected.symlink")
    if stat.S_ISDIR(kind):
        raise RejectedError("rejected.directory")
    if not stat.S_ISREG(kind):
        raise RejectedError("rejected.special")
    try:
        handle = os.open(path, settling.READING)
    except PermissionError as error:
        raise RejectedError("rejected.unreadable", mode=f"{stat.S_IMODE(kind):03o}") from error
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(handle)
        if before.st_size > max_bytes:
            raise RejectedError("rejected.too_large", size=before.st_size, limit=max_bytes)
        content = file.read(max_bytes)
        if settling.state(os.fstat(handle)) != settling.state(before) or len(content) != before.st_size:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return content


def keep_bytes(blobs: Path, content: bytes) -> None:
    """Keep the bytes of a source or a picture under their SHA-256 for good."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = datafolder.blob(blobs, sha256)
    if not target.exists():
        atomic.make_folder(target.parent)
        atomic.replace(target, content, mode=0o640)
        atomic.sync(target.parent)
