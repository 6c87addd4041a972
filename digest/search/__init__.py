"""Search without an index: how text is cut into terms, what a query asks for, and where it is found in a text."""

from digest.search.form import LAST_PAGE, PAGE, Form
from digest.search.marks import Found, Hit, Piece, marked, snippet
from digest.search.query import MOST_CHARS, MOST_PARTS, Query, parse
from digest.search.terms import BREAK, Phrase, Terms, cut, of

__all__ = [
    "BREAK",
    "LAST_PAGE",
    "MOST_CHARS",
    "MOST_PARTS",
    "PAGE",
    "Form",
    "Found",
    "Hit",
    "Phrase",
    "Piece",
    "Query",
    "Terms",
    "cut",
    "marked",
    "of",
    "parse",
    "snippet",
]
