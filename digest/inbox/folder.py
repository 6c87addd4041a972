"""The drop folder of all papers: claims what has settled, and moves it where its editor finds it again."""

import errno
import os
import stat
import uuid
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest import atomic, settings
from digest.errors import ConfigError, RejectedError
from digest.inbox import content, homes, names, settling
from digest.inbox.homes import Moved
from digest.inbox.settling import State, Stillness
from digest.model import Source

ASTRAY = "-"
"""What stands for a paper's slug where a file lies in no paper's folder; no slug is only a hyphen."""

PRIVATE = ".digest"
DONE = "done"
REJECTED = "rejected"
OURS = (PRIVATE, DONE, REJECTED)
"""The folders in the inbox that are no paper's."""

RECEIPT = ".receipt.txt"
REASON = ".reason.txt"

_MONTH = "[0-9][0-9][0-9][0-9]-[0-9][0-9]/"
_STALE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Claim:
    """A file that is ours: where it lies, the paper whose inbox it lay in (`ASTRAY` for none), and its sidecar.

    `trouble` is why it could not be claimed, where it could not: it lies where it lay.
    """

    path: Path
    slug: str
    sidecar: Path | None = None
    trouble: OSError | None = None

    @property
    def id(self) -> str:
        """The claim's own name, which no other claim ever has."""
        return self.path.parent.name

    @property
    def name(self) -> str:
        """The file's name as people may see it."""
        return names.shown(self.path.name)


class Inbox:
    """The drop folder; remembers only how long each file has been unchanged."""

    def __init__(self, where: settings.Inbox, slugs: tuple[str, ...], monotonic: Callable[[], float]) -> None:
        """Watch `where.folder`; with several papers, each one's files lie in the sub-folder named by its slug.

        Raises:
            ConfigError: a part of the inbox is another file system, to which nothing can be moved in one step.
        """
        self._settings = where
        self._folder = where.folder
        several = {ASTRAY: where.folder} | {slug: where.folder / slug for slug in slugs}
        self._folders = {slugs[0]: where.folder} if len(slugs) == 1 else several
        self._private = where.folder / PRIVATE
        self._claimed = self._private / "claimed"
        self._stillness = Stillness(monotonic)
        self._settling: list[str] = []
        self._scan = self._claims()
        for folder in (self._claimed, *self._folders.values()):
            atomic.make_folder(folder)
        for folder in (where.folder / DONE, where.folder / REJECTED, *self._folders.values()):
            if folder.exists() and folder.stat().st_dev != self._claimed.stat().st_dev:
                raise ConfigError("error.inbox_device", folder=str(folder))
        self._leases_tell = settling.leases_tell(self._claimed)

    @property
    def settling(self) -> tuple[str, ...]:
        """The files that the last scan has left alone because somebody may still be writing to them."""
        return tuple(self._settling)

    def claim(self) -> Iterator[Claim]:
        """Yield what there is to do: claims left over, then each file that has settled.

        A claim is ours until the next one is asked for; one that is neither kept nor rejected by then is left over.
        """
        self._scan.close()  # an error that ended the last one may hold on to it, and it to a lock
        self._scan = self._claims()
        return self._scan

    def read(self, claim: Claim) -> Source:
        """Return the claimed file's bytes and its sidecar's.

        Raises:
            RejectedError: the file is no readable regular file of a fair size, or its sidecar is none.
            OSError: it cannot be read now; `BlockingIOError` where somebody is writing to it.
        """
        if claim.trouble:
            raise claim.trouble
        status = claim.path.lstat()
        if stat.S_ISREG(status.st_mode):
            if self._leases_tell and settling.is_written_to(claim.path):
                raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
            homes.write_read(claim.path.parent, settling.state(status))
        dropped = content.read(claim.path, self._settings.max_bytes)
        return Source(claim.name, dropped, _modified(status), self._stated(claim.sidecar))

    def keep(self, claim: Claim, receipt: str, now: datetime) -> Path:
        """Move a claimed file to the month's folder in `done/`, its receipt first; return where it lies.

        `now` is in the paper's zone.
        """
        return self._move(claim, self._folder / DONE / f"{now:%Y-%m}", RECEIPT, receipt)

    def reject(self, claim: Claim, reason: str) -> Path:
        """Move a claimed file to `rejected/`, the reason first; return where it lies."""
        return self._move(claim, self._folder / REJECTED, REASON, reason)

    def lying(self) -> list[tuple[str, datetime]]:
        """Return the names of the files that wait to be taken, and since when each is as it is, the oldest first."""
        paths = [path for folder in self._folders.values() for path in folder.iterdir()]
        found = [(status.st_ctime, path.name) for path in paths if (status := self._seen(path))]
        return [(names.shown(name), datetime.fromtimestamp(at, UTC)) for at, name in sorted(found)]

    def pending(self) -> list[str]:
        """Return the names of the files that are claimed and not done with."""
        found = [homes.contents(home)[0] for slug in self._folders for home in homes.begun(self._claimed / slug)]
        return [names.shown(file.name) for file in found if file]

    def rejected(self, name: str) -> bool:
        """Say whether a file that came under this name, as people see it, still lies in `rejected/`."""
        folder = self._folder / REJECTED
        lying = folder.iterdir() if folder.exists() else iter(())
        return any(names.is_freed(names.shown(path.name), name, (REASON, names.SIDECAR)) for path in lying)

    def stale(self, now: datetime) -> list[str]:
        """Return the names of unfinished transfers, and of sidecars without a file, that came over 24 hours ago."""
        before = (now - _STALE).timestamp()
        waiting = [path for folder in self._folders.values() for path in sorted(folder.iterdir())]
        waiting = [path for path in waiting if names.is_partial(path.name) or names.is_sidecar(path.name)]
        return [names.shown(path.name) for path in waiting if (found := homes.status(path)) and found.st_ctime < before]

    def clean(self, now: datetime) -> None:
        """Remove what has lain in `done/` for more than `keep_done` days: files, and receipts whose file is gone."""
        before = (now - timedelta(days=self._settings.keep_done)).timestamp()
        for month in (self._folder / DONE).glob(_MONTH):
            for path in sorted(month.iterdir()):
                of = path.with_name(path.name.removesuffix(RECEIPT))
                needed = of != path and os.path.lexists(of)
                if not needed and not path.is_dir() and path.lstat().st_ctime < before:
                    path.unlink()
            if not any(month.iterdir()):
                month.rmdir()

    def _claims(self) -> Generator[Claim, None, None]:
        self._stillness.next_round()
        self._settling = []
        for slug, folder in self._folders.items():
            for home in homes.begun(self._claimed / slug):
                yield from _guarded(self._resume(home, slug), home, slug)
            for path, sidecar, seen in self._settled(folder):
                yield from _guarded(self._take(path, sidecar, seen, slug), path, slug)

    def _settled(self, folder: Path) -> Iterator[tuple[Path, Path | None, State]]:
        """Yield the files that are whole, each with its sidecar and its state."""
        found = {path: status for path in sorted(folder.iterdir()) if (status := self._seen(path))}
        whole = {path for path, status in found.items() if self._is_whole(path, status)}
        for path, status in found.items():
            if names.is_sidecar(path.name):
                continue
            beside = (path.with_name(path.name + names.SIDECAR), path.with_suffix(names.SIDECAR))
            sidecar = next((each for each in beside if each in found), None)
            if {path, sidecar or path} <= whole:
                yield path, sidecar, settling.state(status)
            else:
                self._settling.append(names.shown(path.name))

    def _seen(self, path: Path) -> os.stat_result | None:
        """Return the status of a file that an editor has dropped, of nothing else."""
        ours = path.parent == self._folder and (path.name in {DONE, REJECTED} or path in self._folders.values())
        return None if ours or names.is_left_alone(path.name) else homes.status(path)

    def _is_whole(self, path: Path, status: os.stat_result) -> bool:
        """Say whether a file has been unchanged for long enough and nobody writes to it; an empty one may be filled."""
        regular = stat.S_ISREG(status.st_mode)
        empty = regular and not status.st_size
        if not self._stillness.has_lasted(
            self._settings.empty_settle if empty else self._settings.settle, path, status
        ):
            return False
        return not (regular and self._leases_tell and settling.is_written_to(path))

    def _take(self, path: Path, sidecar: Path | None, seen: State, slug: str) -> Iterator[Claim]:
        """Claim a settled file; one that has changed meanwhile settles once more as a claim left over."""
        with self._taken(path, sidecar, slug) as claim:
            if claim and settling.state(claim.path.lstat()) == seen:
                yield claim

    @contextmanager
    def _taken(self, path: Path, sidecar: Path | None, slug: str) -> Iterator[Claim | None]:
        """Move a file into a folder of its own and hold that; None where another process was quicker."""
        home = self._claimed / slug / uuid.uuid4().hex
        home.mkdir(parents=True)
        with homes.locked(home) as ours:
            yield _moved_in(path, sidecar, home, slug) if ours else None

    def _resume(self, home: Path, slug: str) -> Iterator[Claim]:
        """Go on with a claim where it was left, or watch the file that it was about."""
        with homes.locked(home) as ours:
            if not ours:
                return
            file, sidecar = homes.contents(home)
            moved = homes.moved(home)
            if file:
                if self._is_whole(file, file.lstat()):
                    yield Claim(file, slug, sidecar)
                else:
                    self._settling.append(names.shown(file.name))
            elif moved:
                if sidecar:
                    sidecar.rename(moved.sidecar)
                yield from self._watch(moved, home, slug)
            else:
                homes.abandon(home, self._folders[slug])

    def _watch(self, moved: Moved, home: Path, slug: str) -> Iterator[Claim]:
        """Claim a moved file once more when a late writer has changed it; stop watching when it has rested."""
        status, read = homes.status(moved.file), homes.read(home)
        if not status or not read or status.st_ino != read.inode:
            homes.abandon(home, self._folders[slug])
        elif settling.state(status) == read:
            if self._stillness.has_lasted(self._settings.rest, moved.file, status):
                homes.abandon(home, self._folders[slug])
        elif self._is_whole(moved.file, status):
            with self._taken(moved.file, moved.sidecar if homes.status(moved.sidecar) else None, slug) as claim:
                if claim:
                    moved.words.unlink(missing_ok=True)
                    homes.abandon(home, self._folders[slug])
                    yield claim

    def _stated(self, sidecar: Path | None) -> bytes | None:
        if not sidecar:
            return None
        try:
            return content.read(sidecar, self._settings.max_bytes)
        except RejectedError as error:
            raise RejectedError("rejected.sidecar", name=names.shown(sidecar.name)) from error

    def _move(self, claim: Claim, folder: Path, suffix: str, words: str) -> Path:
        atomic.make_folder(folder)
        with homes.locked(self._private, wait=True):  # else two processes might choose one name
            file = names.free(folder / claim.path.name, (suffix, names.SIDECAR))
            moved = Moved(file, file.with_name(file.name + names.SIDECAR), file.with_name(file.name + suffix))
            homes.write_words(claim.path.parent, words, moved.words)
            homes.write_moved(claim.path.parent, moved)
            claim.path.rename(moved.file)
            if claim.sidecar:
                claim.sidecar.rename(moved.sidecar)
        return file


def _moved_in(path: Path, sidecar: Path | None, home: Path, slug: str) -> Claim | None:
    """Move a file into its claim's folder, its sidecar first: a file is never there without it."""
    try:
        beside = sidecar.rename(home / sidecar.name) if sidecar else None
        return Claim(path.rename(home / path.name), slug, beside)
    except OSError as error:
        homes.abandon(home, path.parent)
        if isinstance(error, FileNotFoundError):  # another process was quicker, or its owner has taken it back
            return None
        raise


def _modified(status: os.stat_result) -> datetime | None:
    try:
        return datetime.fromtimestamp(status.st_mtime, UTC)
    except (ValueError, OverflowError):  # a time that no calendar has
        return None


def _guarded(claims: Iterator[Claim], path: Path, slug: str) -> Iterator[Claim]:
    """Yield `claims`; what the disk refuses becomes a claim that says so, and the scan goes on."""
    try:
        yield from claims
    except OSError as error:
        yield Claim(path, slug, trouble=error)
