"""In which order a command's calls reach the disk: what a power cut could take, and a kill cannot."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

from tests.faults.tracing import Call

FEEDS = {"feed.xml", "atom.xml", "feed.json"}
_PAGE = re.compile(r"/\d{4}/\d\d/\d\d/(\d+/)?index\.html$")
_WRITES = {"write", "pwrite64"}
_SYNCS = {"fsync", "fdatasync"}


def disorder(calls: Sequence[Call], folder: Path) -> list[str]:
    """Return every place where something is relied upon before it is on the disk."""
    return list(_Watch(folder).faults(calls))


class _Watch:
    """Remembers which bytes, and which names, the disk may not have yet."""

    def __init__(self, folder: Path) -> None:
        self.public, self.blobs, self.inbox = folder / "data/public", folder / "data/blobs", folder / "inbox"
        self.database = folder / "data/digest.db-wal"
        self.bytes: set[PurePath] = set()
        self.names: set[PurePath] = set()
        self.told: set[PurePath] = set()
        self.made: set[PurePath] = set()
        self.fed = False

    def faults(self, calls: Sequence[Call]) -> Iterable[str]:
        for call in calls:
            path = PurePath(call.places[0]) if call.places else PurePath()
            if call.name in _WRITES:
                self.bytes.add(path)
            elif call.name in _SYNCS:
                if path == self.database:
                    yield from self.commit()
                self.bytes.discard(path)
                self.names = {name for name in self.names if name.parent != path}
            elif call.name == "mkdir":
                self.names.add(path)
                self.made.add(path)
            elif call.name == "rename":
                yield from self.rename(path, PurePath(call.places[1]))

    def rename(self, source: PurePath, target: PurePath) -> Iterable[str]:
        if source in self.bytes:
            yield f"{target} has its name before its bytes are on the disk"
        if target.is_relative_to(self.public):
            yield from self.show(target)
        if source.is_relative_to(self.inbox / ".digest") and target.suffix == ".md":
            words = {target.with_name(target.name + end) for end in (".receipt.txt", ".reason.txt")}
            if not words & self.told or words & self.names:
                yield f"{target} is there before its word"
        if target.name.endswith((".receipt.txt", ".reason.txt")):
            self.told.add(target)
        self.names.add(target)

    def show(self, target: PurePath) -> Iterable[str]:
        if target.name in FEEDS:
            self.fed = True
            yield from (
                f"{target} is there before {name}" for name in self.below(self.public) if name.name == "index.html"
            )
        elif self.fed and target.parent in self.made and _PAGE.search(str(target)):
            yield f"{target} is there after the feed"

    def commit(self) -> Iterable[str]:
        for name in (*self.below(self.public), *self.below(self.blobs)):
            yield f"the database tells of {name} before its name is on the disk"

    def below(self, folder: Path) -> list[PurePath]:
        return sorted(name for name in self.names if name.is_relative_to(folder))
