"""Source → Issue: the half of the path that needs no database and no configuration."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from digest import analysis, parsing, reading
from digest.analysis.lexicon import Lexicon
from digest.errors import RejectedError
from digest.model import Document, Issue, Source
from digest.settings import Analysis

if TYPE_CHECKING:
    from digest.illustrating import Illustrated


def understand(source: Source, lexicon: Lexicon, settings: Analysis) -> Issue:
    """Read, parse and annotate: what an issue says, its pictures by their names.

    Raises:
        RejectedError: it is no issue, or the fault is our own.
        OSError: the machine cannot do it now.
    """
    with _blamed():
        return _annotated(_read(source), lexicon, settings)


def read(source: Source) -> Document:
    """Read only: the lines of a file, with what was remarked. Raises as `understand` does."""
    with _blamed():
        return _read(source)


def understand_whole(source: Source, lexicon: Lexicon, settings: Analysis) -> "Illustrated":
    """Do what `understand` does, and scale the pictures."""
    from digest import illustrating

    with _blamed():
        document = _read(source)
        return illustrating.illustrate(_annotated(document, lexicon, settings), document.pictures)


@contextmanager
def _blamed() -> Iterator[None]:
    """Have a defect of ours cost one file, never the run."""
    try:
        yield
    except (RejectedError, OSError):
        raise
    except Exception as error:
        raise RejectedError("rejected.defect", detail=f"{type(error).__name__}: {error}") from error


def _annotated(document: Document, lexicon: Lexicon, settings: Analysis) -> Issue:
    issue = analysis.annotate(parsing.parse(document), lexicon, settings)
    if not issue.articles:
        raise RejectedError("rejected.no_article")
    return issue


def _read(source: Source) -> Document:
    """Read a text here, and what only a large library can read in a process of its own."""
    if reading.is_risky(source):
        from digest import sandbox
        from digest.reading import wire

        return wire.opened(sandbox.run(wire.answer, wire.packed(source)))
    return reading.read(source)
