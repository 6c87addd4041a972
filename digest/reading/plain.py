"""Plain text: a line is a line. Only a heading mark that some OCR programs write (`## …`) is understood."""

import re

from digest.model import Document, Line, Source
from digest.reading import frontmatter
from digest.reading.encoding import decoded

SUFFIXES = (".txt", ".text")

_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(?=\S)")


def read(source: Source) -> Document:
    """Return the lines of a plain text file, and what its front matter states.

    Raises:
        RejectedError: as `encoding.decoded` and `frontmatter.split` say.
    """
    text, remarks = decoded(source)
    given, body = frontmatter.split(text)
    lines = tuple(map(_line, body.split("\n")))
    return Document(name=source.name, lines=lines, given=given, modified=source.modified, remarks=remarks)


def _line(text: str) -> Line:
    text = text.rstrip()
    mark = _HEADING.match(text)
    return Line(text[mark.end() :], level=len(mark[1])) if mark else Line(text)
