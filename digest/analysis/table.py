"""A table of values by word that is searched where it lies: 270,000 words, of which an issue asks for a thousand.

To split such a text and hash its words takes longer than to analyse an issue. Sorted once and kept in a cache folder, it
is read where it is asked: a look-up reads a kilobyte, and the table takes no memory but the system's own.
"""

import os
import struct
import weakref
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import accumulate, pairwise
from pathlib import Path

BLOCK = 32
"""How many lines there are for each word that is held in memory."""

Read = Callable[[int, int], bytes]
"""Returns so many bytes from a place on."""

_END = struct.Struct("<4sQqQ")
"""What ends a prepared table: a mark, size and time of change of what it was made from, where its index begins."""

_MARK = b"sor1"


class Table(Mapping[bytes, bytes]):
    """The values of the lines `word value` of a text; no word is there twice, and none has white space in it.

    `read` reads what `sort` makes of the text, `size` bytes, wherever it lies.
    """

    def __init__(self, read: Read, size: int) -> None:
        """Take a sorted table with its index."""
        end = size - _END.size
        *_, index = _END.unpack(read(_END.size, end))
        fields = read(end - index, index).split()
        self._read = read
        self._words = fields[::2]
        self._starts = [*map(int, fields[1::2]), index]

    @classmethod
    def of(cls, text: bytes) -> "Table":
        """Return the table of a text, in memory."""
        return cls.sorted(sort(text))

    @classmethod
    def sorted(cls, content: bytes) -> "Table":
        """Return a table that `sort` has made, in memory."""
        return cls(lambda size, at: content[at : at + size], len(content))

    @classmethod
    def in_file(cls, path: Path, key: tuple[int, int]) -> "Table | None":
        """Return a prepared table, which stays open; None where there is none with this `key`."""
        try:
            file = os.open(path, os.O_RDONLY)
        except OSError:
            return None
        size = os.fstat(file).st_size
        end = os.pread(file, _END.size, max(size - _END.size, 0))
        if len(end) < _END.size or _END.unpack(end)[:3] != (_MARK, *key):
            os.close(file)
            return None
        found = cls(lambda size, at: os.pread(file, size, at), size)
        weakref.finalize(found, os.close, file)
        return found

    def __getitem__(self, word: bytes) -> bytes:
        """Return the value of `word` as it is written."""
        block = bisect_right(self._words, word)
        if block:
            lines = self._block(*self._starts[block - 1 : block + 1])
            at = lines.find(b"\n%b " % word)
            if at >= 0:
                return lines[at + len(word) + 2 :].split(maxsplit=1)[0]
        raise KeyError(word)

    def __iter__(self) -> Iterator[bytes]:
        """Give the words in the order of their bytes."""
        for start, end in pairwise(self._starts):
            yield from self._block(start, end).split()[::2]

    def __len__(self) -> int:
        """Return how many words there are."""
        return sum(1 for _ in self)

    def _block(self, start: int, end: int) -> bytes:
        return self._read(end - start, start)


def sort(text: bytes, key: tuple[int, int] = (0, 0)) -> bytes:
    """Return the lines of `text` in the order of their bytes, with an index; `key` says what it was made from."""
    lines = sorted(text.splitlines())
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    index = b"".join(
        b"\n%b %d" % (line.split()[0], start)
        for at, (line, start) in enumerate(zip(lines, starts, strict=False))
        if at % BLOCK == 0
    )
    body = b"".join(b"\n%b" % line for line in lines)
    return body + index + _END.pack(_MARK, *key, len(body))


def prepared(path: Path, source: Path, make: Callable[[], bytes]) -> Table:
    """Return the table at `path`, in a folder that is nobody else's. Where there is none of just this `source`, make it.

    `make` returns its text.
    """
    found = source.stat()
    key = (found.st_size, found.st_mtime_ns)
    if (table := Table.in_file(path, key)) is not None:  # its truth would be its length, counted
        return table
    made = sort(make(), key)
    from digest import atomic

    with suppress(OSError):  # what cannot be kept is made again the next time
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        atomic.replace(path, made)
    table = Table.in_file(path, key)
    return Table.sorted(made) if table is None else table
