"""Reading: Source → Document. One module a format; `FORMATS` lists them, and here the format is forgotten."""

from dataclasses import replace
from pathlib import PurePath
from types import ModuleType

from digest.errors import RejectedError
from digest.model import Document, Source
from digest.reading import archive, docx, frontmatter, html, markdown, markers, pdf, plain, sizes

FORMATS: tuple[ModuleType, ...] = (plain, markdown, html, docx, pdf, archive)
"""The formats. Each has `SUFFIXES`, lower case with their dot, and `read(source) -> Document`; one whose reader may fail
badly on a hostile file also has `RISKY = True`, and is read in a process of its own."""

_ELSEWHERE = {
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt", ".pages"), "rejected.save_as"),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic"), "rejected.no_text_layer"
    ),
}
"""What is said of files that come from known programs."""


def is_risky(source: Source) -> bool:
    """Say whether the reader of this kind of file may fail badly on a hostile one."""
    return bool(getattr(_known(source.name), "RISKY", False))


def read(source: Source) -> Document:
    """Return what `source` holds, whatever its format. What lies beside it (`sidecar`) overrules its front matter.

    Raises:
        RejectedError: the suffix is unknown (`rejected.format`), or the bytes hold no text: `rejected.empty`,
            `rejected.binary`, `rejected.encoding`, or what the format itself refuses; or they hold more than an issue
            can (`rejected.too_long`).
    """
    document: Document = form_of(source.name).read(source)
    sizes.check(sum(len(line.text) for line in document.lines), len(document.lines))
    given = {**document.given, **(frontmatter.beside(source.sidecar) if source.sidecar else {})}
    remarks = (*document.remarks, *frontmatter.unused(given))
    lines = markers.understood(document.lines)
    return replace(document, lines=lines, given=given, embargo=frontmatter.embargo(given), remarks=remarks)


def form_of(name: str) -> ModuleType:
    """Return the format of a file, by its name.

    Raises:
        RejectedError: it has none: `rejected.format`, or what is to be said of the program that it comes from.
    """
    if form := _known(name):
        return form
    suffix = PurePath(name).suffix.lower()
    if suffix in _ELSEWHERE:
        raise RejectedError(_ELSEWHERE[suffix], suffix=suffix)
    known = ", ".join(known for form in FORMATS for known in form.SUFFIXES)
    raise RejectedError("rejected.format", suffix=suffix or "–", known=known)


def _known(name: str) -> ModuleType | None:
    suffix = PurePath(name).suffix.lower()
    return next((form for form in FORMATS if suffix in form.SUFFIXES), None)
