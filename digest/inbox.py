"""The drop folder → sources. A file that has settled is claimed by a rename, so that it is taken once.

    inbox/NAME → inbox/.digest/claimed/SLUG/ID/NAME → inbox/done/YYYY-MM/NAME    with NAME.receipt.txt beside it
                                                    → inbox/rejected/NAME        with NAME.reason.txt beside it

A claim that a crash has left behind is found by the next scan and begun again. What is told is written before the
file moves, so that no file ever lies in `done` or `rejected` without its word.
"""

import os
import re
import shutil
import stat
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest import atomic, settings
from digest.errors import RejectedError
from digest.model import Source

PRIVATE = ".digest"
DONE = "done"
REJECTED = "rejected"

_UNFINISHED = re.compile(
    r"""^[.~#]                                            # hidden, .goutputstream, ~$a.docx, ~WRL0001.tmp, #a#
    | ~$                                                  # a~
    | \.(part|partial|filepart|crdownload|download|tmp|temp|swp|swx|ocTransferId[^.]*|\~tmp)$
    | ^(Thumbs\.db|desktop\.ini|__MACOSX|@eaDir|\$RECYCLE\.BIN)$
    | \.(reason|receipt)\.txt$                            # our own words, moved back with their file
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Names that transfer programs, editors and systems use for what is not, or not yet, a file of the editor's."""

Signature = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that is ours: its resting place, the paper whose inbox it lay in, and its name as people see it."""

    path: Path
    slug: str

    @property
    def name(self) -> str:
        """The file's name with everything that a terminal or a page could stumble over shown as U+FFFD."""
        decoded = os.fsencode(self.path.name).decode("utf-8", "replace")
        return "".join(character if character.isprintable() else "\ufffd" for character in decoded)


class Inbox:
    """The drop folder of all papers; remembers only how long each file has been unchanged."""

    def __init__(self, where: settings.Inbox, slugs: tuple[str, ...], monotonic: Callable[[], float]) -> None:
        """Watch `where.folder`; with several papers, each one's files lie in the sub-folder named by its slug."""
        self._settings = where
        self._folder = where.folder
        self._folders = {slugs[0]: where.folder} if len(slugs) == 1 else {slug: where.folder / slug for slug in slugs}
        self._monotonic = monotonic
        self._seen: dict[Path, tuple[Signature, float]] = {}
        for folder in (self._folder, *self._folders.values()):
            atomic.make_folder(folder)

    @property
    def settling(self) -> bool:
        """Whether the last scan has left files alone that may still be being written."""
        return bool(self._seen)

    def claim(self) -> Iterator[Claim]:
        """Yield what there is to do: claims left over by a crash, then each file that has settled."""
        yield from self._left_over()
        for slug, folder in self._folders.items():
            for path in self._settled(folder):
                yield self._take(path, slug)

    def read(self, claim: Claim) -> Source:
        """Return the claimed file's bytes. What is no readable regular file of a fair size is a `RejectedError`."""
        kind = claim.path.lstat().st_mode
        if stat.S_ISLNK(kind):
            raise RejectedError("rejected.symlink")
        if stat.S_ISDIR(kind):
            raise RejectedError("rejected.directory")
        if not stat.S_ISREG(kind):
            raise RejectedError("rejected.special")
        try:
            handle = os.open(claim.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except PermissionError as error:
            raise RejectedError("rejected.unreadable") from error
        with os.fdopen(handle, "rb") as file:
            status = os.fstat(handle)
            if status.st_size > self._settings.max_bytes:
                raise RejectedError("rejected.too_large", size=status.st_size, limit=self._settings.max_bytes)
            return Source(claim.name, file.read(), datetime.fromtimestamp(status.st_mtime, UTC))

    def keep(self, claim: Claim, receipt: str, now: datetime) -> Path:
        """Move a claimed file to `done/`, its receipt first; return where it lies."""
        return self._move(claim, self._folder / DONE / f"{now:%Y-%m}", ".receipt.txt", receipt)

    def reject(self, claim: Claim, reason: str) -> Path:
        """Move a claimed file to `rejected/`, the reason first; return where it lies."""
        return self._move(claim, self._folder / REJECTED, ".reason.txt", reason)

    def _left_over(self) -> Iterator[Claim]:
        for slug in self._folders:
            for home in sorted((self._folder / PRIVATE / "claimed" / slug).glob("*")):
                paths = list(home.iterdir())
                if not paths:
                    home.rmdir()
                for path in paths:
                    yield Claim(path, slug)

    def _settled(self, folder: Path) -> list[Path]:
        """Return the files unchanged for long enough by the monotonic clock; remember the others."""
        now = self._monotonic()
        settled = []
        seen = {path: was for path, was in self._seen.items() if path.parent != folder}
        for path in sorted(folder.iterdir()):
            if self._is_ours(path) or _UNFINISHED.search(path.name):
                continue
            try:
                status = path.lstat()
            except FileNotFoundError:
                continue
            signature = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            before, since = self._seen.get(path, (None, now))
            if before == signature and now - since >= self._settings.settle:
                settled.append(path)
            else:
                seen[path] = (signature, since if before == signature else now)
        self._seen = seen
        return settled

    def _is_ours(self, path: Path) -> bool:
        return path.parent == self._folder and (path.name in {DONE, REJECTED} or path in self._folders.values())

    def _take(self, path: Path, slug: str) -> Claim:
        home = self._folder / PRIVATE / "claimed" / slug / uuid.uuid4().hex
        atomic.make_folder(home)
        taken = home / path.name
        path.rename(taken)
        atomic.sync(home)
        return Claim(taken, slug)

    def _move(self, claim: Claim, folder: Path, suffix: str, words: str) -> Path:
        atomic.make_folder(folder)
        target = _free(folder / claim.path.name, len(suffix))
        atomic.replace(target.with_name(target.name + suffix), words.encode())
        atomic.sync(folder)
        shutil.move(claim.path, target)
        atomic.sync(folder)
        claim.path.parent.rmdir()
        return target


def keep_bytes(blobs: Path, source: Source) -> None:
    """Keep a source's bytes under their SHA-256 for good."""
    target = blobs / source.sha256[:2] / source.sha256
    if not target.exists():
        atomic.make_folder(target.parent)
        atomic.replace(target, source.content, mode=0o640)
        atomic.sync(target.parent)


def _free(wanted: Path, room: int) -> Path:
    """Return a path that no file has, cut so that `room` more bytes fit into a name; equal names get " (2)"."""
    stem, suffix = wanted.stem, wanted.suffix
    longest = 255 - room - len(os.fsencode(suffix)) - 5
    stem = os.fsdecode(os.fsencode(stem)[:longest])
    n, path = 1, wanted.with_name(stem + suffix)
    while os.path.lexists(path):
        n += 1
        path = wanted.with_name(f"{stem} ({n}){suffix}")
    return path
