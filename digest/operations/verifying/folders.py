"""What must lie in the data folder and the inbox, and what must not."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from digest import atomic, datafolder
from digest.inbox import folder as names_of
from digest.inbox import homes, names
from digest.model import Remark
from digest.store.audit import Blob


def blobs(folder: Path, expected: Sequence[Blob]) -> list[Remark]:
    """Return which sources lack their bytes, or have others, and which bytes are no source's."""
    found = []
    for blob in expected:
        path = datafolder.blob(folder, blob.sha256)
        try:
            with path.open("rb") as file:
                right = hashlib.file_digest(file, "sha256").hexdigest() == blob.sha256
        except OSError:
            found.append(Remark("verify.blob_missing", {"file": str(path), "name": blob.name}))
        else:
            if not right:
                found.append(Remark("verify.blob_changed", {"file": str(path), "name": blob.name}))
    known = {blob.sha256 for blob in expected}
    others = (path for path in _files(folder) if path.name not in known and not _is_temporary(path))
    return found + [Remark("verify.blob_unknown", {"file": str(path)}) for path in others]


def temporary(folders: Iterable[Path], now: datetime) -> list[Remark]:
    """Return the temporary files that a crash has left behind."""
    found = sorted({path for folder in folders for path in atomic.left_behind(folder, now)})
    return [Remark("verify.temporary", {"file": str(path)}) for path in found]


def inbox(folder: Path, idle: bool) -> list[Remark]:
    """Return what lies in `done` or `rejected` without its word and, where no service runs, claims not done with."""
    found = [
        Remark("verify.no_reason", {"file": str(path)}) for path in _silent(folder / names_of.REJECTED, names_of.REASON)
    ]
    for month in sorted((folder / names_of.DONE).glob("*/")):
        found += [Remark("verify.no_receipt", {"file": str(path)}) for path in _silent(month, names_of.RECEIPT)]
    if idle:
        claims = sorted((folder / names_of.PRIVATE / "claimed").glob("*/*/"))
        left = [file for home in claims if (file := homes.contents(home)[0])]
        found += [Remark("verify.claim", {"file": str(file)}) for file in left]
    return found


def _silent(folder: Path, suffix: str) -> Iterator[Path]:
    """Yield the dropped files in `folder` that have no file beside them that tells what became of them."""
    there = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    for name in sorted(there):
        sidecar = names.is_sidecar(name) and name.removesuffix(names.SIDECAR) in there
        if not (sidecar or names.is_left_alone(name) or name + suffix in there):
            yield folder / name


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def _is_temporary(path: Path) -> bool:
    return path.name.startswith(atomic.TEMPORARY)
