"""HTML: a saved page with one or many articles, or a page of an e-paper."""

import re
from collections.abc import Iterator, Sequence

from digest.errors import RejectedError
from digest.model import Document, Line, Remark, Source
from digest.reading.content import Row, kept
from digest.reading.encoding import decoded, removals, summed

SUFFIXES = (".html", ".htm")
RISKY = True

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HEAD = 4096

_MUCH = 200
"""If more characters than this are left out that are no link's, it is remarked on."""


def read(source: Source) -> Document:
    """Return the lines of a page, its headings with their level, its pictures with caption and credit.

    Raises:
        RejectedError: as `encoding.decoded` says; `rejected.empty` also for a page without text; as `hypertext.rows` says.
    """
    from digest.reading import hypertext  # lxml costs a cold command 30 ms

    declared = _DECLARED.search(source.content[:_HEAD])
    text, remarks = decoded(source, declared[1].decode() if declared else "")
    rows, pictures = hypertext.rows(text)
    if not any(row.chars for row in rows):
        raise RejectedError("rejected.empty")
    shown = kept(rows)
    left = sum(row.own for row in rows) - sum(row.own for row in shown)
    removed = removals(sum(row.removed for row in rows))
    said = (Remark("remark.left_out", {"n": left}),) if left >= _MUCH else ()
    return Document(
        name=source.name,
        lines=tuple(_lines(shown)),
        pictures={name: content for name, content in pictures.items() if any(f"({name})" in row.text for row in shown)},
        modified=source.modified,
        remarks=summed((*remarks, *removed, *said)),
    )


def _lines(rows: Sequence[Row]) -> Iterator[Line]:
    for row in rows:
        if row.gap:
            yield Line("")
        yield Line(row.text, level=row.level)
