"""Source → Issue: the half of the path that needs no database and no configuration."""

from digest import analysis, parsing, reading
from digest.analysis.lexicon import Lexicon
from digest.errors import RejectedError
from digest.model import Document, Issue, Source
from digest.settings import Analysis


def understand(source: Source, lexicon: Lexicon, settings: Analysis) -> Issue:
    """Read, parse and annotate.

    Raises:
        RejectedError: it is no issue, or the fault is our own.
        OSError: the machine cannot do it now.
    """
    try:
        issue = analysis.annotate(parsing.parse(_read(source)), lexicon, settings)
    except (RejectedError, OSError):
        raise
    except Exception as error:  # a defect must cost one file, never the run
        raise RejectedError("rejected.defect", detail=f"{type(error).__name__}: {error}") from error
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
