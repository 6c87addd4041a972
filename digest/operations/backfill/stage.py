"""The stage: what has been understood and waits for its turn, a folder for each source.

    STAGE/KEY/issue.json    the issue as parsed, and the words of each of its articles
    STAGE/KEY/SHA256        a picture of it, as it came or in a size that readers get
    STAGE/told.jsonl        what a person should know of the issues that are taken in

Nothing of it is forced to the disk: a stage is good until the machine starts anew, or anything is changed that an issue
is understood by. One that is good no more is left behind, and removed.
"""

import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from digest import atomic
from digest.errors import DigestError
from digest.model import Issue
from digest.store import codec

_ISSUE = "issue.json"
_LOCK = ".lock"
_TOLD = "told.jsonl"


class Staged(NamedTuple):
    """An issue that waits, the words of each of its articles, and the files of its pictures."""

    issue: Issue
    words: tuple[frozenset[str], ...]
    blobs: tuple[Path, ...]


@contextmanager
def opened(folder: Path, signature: str) -> Iterator[Path]:
    """Give the stage in `folder` that is good for `signature`; it is removed in the end, unless the work is cut short.

    Raises DigestError("error.backfilling") where another process has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DigestError("error.backfilling") from error
        for old in folder.glob("*/"):
            if old.name != signature:
                shutil.rmtree(old)
        stage = folder / signature
        stage.mkdir(exist_ok=True)
        yield stage
        shutil.rmtree(stage)
    finally:
        os.close(handle)


def put(stage: Path, key: str, issue: Issue, words: Sequence[frozenset[str]], blobs: Mapping[str, bytes]) -> None:
    """Stage what was made of the source `key`: whole or not at all."""
    place = Path(tempfile.mkdtemp(prefix=atomic.TEMPORARY, dir=stage))
    for sha256, content in blobs.items():
        (place / sha256).write_bytes(content)
    told = {"issue": codec.from_issue(issue), "words": [sorted(each) for each in words]}
    (place / _ISSUE).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    try:
        place.rename(stage / key)
    except OSError as error:
        shutil.rmtree(place)
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:  # else another process has had a copy of the same file
            raise


def get(stage: Path, key: str) -> Staged | None:
    """Return what was made of the source `key`, if it was."""
    place = stage / key
    try:
        told = json.loads((place / _ISSUE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    blobs = tuple(sorted(path for path in place.iterdir() if path.name != _ISSUE))
    return Staged(codec.to_issue(told["issue"]), tuple(map(frozenset, told["words"])), blobs)


def tell(stage: Path, rows: Iterable[Sequence[Any]]) -> None:
    """Note what a person should know of an issue that is taken in, for the case that this run is cut short."""
    with (stage / _TOLD).open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def told(stage: Path) -> list[list[Any]]:
    """Return what runs that were cut short have noted."""
    try:
        lines = (stage / _TOLD).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in lines]
