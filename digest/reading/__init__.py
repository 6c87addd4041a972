"""Reading: Source → Document. One module a format; `FORMATS` lists them, and here the format is forgotten."""

from dataclasses import replace
from pathlib import PurePath
from types import ModuleType

from digest.errors import RejectedError
from digest.model import Document, Source
from digest.reading import frontmatter, markdown, plain

FORMATS: tuple[ModuleType, ...] = (plain, markdown)
"""The formats. Each has `SUFFIXES`, lower case with their dot, and `read(source) -> Document`."""


def read(source: Source) -> Document:
    """Return what `source` holds, whatever its format. What lies beside it (`sidecar`) overrules its front matter.

    Raises:
        RejectedError: the suffix is unknown (`rejected.format`), or the bytes hold no text: `rejected.empty`,
            `rejected.binary`, `rejected.encoding`, or what the format itself refuses.
    """
    suffix = PurePath(source.name).suffix.lower()
    for form in FORMATS:
        if suffix in form.SUFFIXES:
            document: Document = form.read(source)
            given = {**document.given, **(frontmatter.beside(source.sidecar) if source.sidecar else {})}
            remarks = (*document.remarks, *frontmatter.unknown(given))
            return replace(document, given=given, embargo=frontmatter.embargo(given), remarks=remarks)
    known = ", ".join(known for form in FORMATS for known in form.SUFFIXES)
    raise RejectedError("rejected.format", suffix=suffix or "–", known=known)
