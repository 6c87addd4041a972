"""Source → Issue: the pure half of the path, which needs no database and no configuration."""

from digest import analysis, parsing, reading
from digest.analysis.lexicon import Lexicon
from digest.errors import RejectedError
from digest.model import Issue, Source
from digest.settings import Analysis


def understand(source: Source, lexicon: Lexicon, settings: Analysis) -> Issue:
    """Read, parse and annotate. What is no issue raises `RejectedError`, also where the fault is our own."""
    try:
        issue = analysis.annotate(parsing.parse(reading.read(source)), lexicon, settings)
    except RejectedError:
        raise
    except Exception as error:  # a defect must cost one file, never the run
        raise RejectedError("rejected.defect", detail=f"{type(error).__name__}: {error}") from error
    if not issue.articles:
        raise RejectedError("rejected.no_article")
    return issue
