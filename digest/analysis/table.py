"""A table of values by word that is searched where it lies: 270,000 words, of which an issue asks for a thousand.

To split such a text and hash its words takes longer than to analyse an issue. Sorted once and kept in a cache folder, it
is mapped into memory: a look-up reads a page or two, and processes share them.
"""

import mmap
import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from itertools import accumulate
from pathlib import Path

BLOCK = 32
"""How many lines there are for each word that is held in memory."""

_END = struct.Struct("<4sQqQ")
"""What ends a prepared table: a mark, size and time of change of what it was made from, where its index begins."""

_MARK = b"sor1"


class Table(Mapping[bytes, bytes]):
    """The values of the lines `word value` of a text; no word is there twice, and none has white space in it.

    `content` is what `sort` makes of the text, in memory or mapped into it.
    """

    def __init__(self, content: bytes | mmap.mmap) -> None:
        """Take a sorted table with its index."""
        *_, index = _END.unpack(content[-_END.size :])
        fields = content[index : -_END.size].split()
        self._content = content
        self._index = index
        self._words = fields[::2]
        self._starts = [*map(int, fields[1::2]), index]

    @classmethod
    def of(cls, text: bytes) -> "Table":
        """Return the table of a text, in memory."""
        return cls(sort(text))

    def __getitem__(self, word: bytes) -> bytes:
        """Return the value of `word` as it is written."""
        block = bisect_right(self._words, word)
        if block:
            end = self._starts[block]
            at = self._content.find(b"\n%b " % word, self._starts[block - 1], end)
            if at >= 0:
                return self._content[at + len(word) + 2 : end].split(maxsplit=1)[0]
        raise KeyError(word)

    def __iter__(self) -> Iterator[bytes]:
        """Give the words in the order of their bytes."""
        return iter(self._content[: self._index].split()[::2])

    def __len__(self) -> int:
        """Return how many words there are."""
        return sum(1 for _ in self)


def sort(text: bytes, key: tuple[int, int] = (0, 0)) -> bytes:
    """Return the lines of `text` in the order of their bytes, with an index; `key` says what it was made from."""
    lines = sorted(b"\n" + line for line in text.splitlines())
    starts = accumulate(map(len, lines), initial=0)
    index = b"".join(
        b"\n%b %d" % (line.split()[0], start)
        for at, (line, start) in enumerate(zip(lines, starts, strict=False))
        if at % BLOCK == 0
    )
    body = b"".join(lines)
    return body + index + _END.pack(_MARK, *key, len(body))


def prepared(path: Path, source: Path, make: Callable[[], bytes]) -> Table:
    """Return the table at `path`, in a folder that is nobody else's. Where there is none of just this `source`, make it.

    `make` returns its text.
    """
    found = source.stat()
    key = (found.st_size, found.st_mtime_ns)
    if content := _mapped(path, key):
        return Table(content)
    made = sort(make(), key)
    from digest import atomic

    with suppress(OSError):  # what cannot be kept is made again the next time
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        atomic.replace(path, made)
    return Table(made)


def _mapped(path: Path, key: tuple[int, int]) -> mmap.mmap | None:
    """Return a prepared table, None where there is none with this key."""
    try:
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):  # there is none, or an empty one
        return None
    end = content[-_END.size :]
    if len(end) == _END.size and _END.unpack(end)[:3] == (_MARK, *key):
        return content
    return None
