"""Which stored issue a file is: what an issue is known by."""

from digest.model import Issue

_STATED = {"given", "masthead", "filename"}
_HASH_CHARS = 12


def key(issue: Issue, sha256: str) -> str:
    """Return the issue's key: its number or its date where they are stated, else the beginning of its source's hash.

    A date that was only guessed from the text or the file's time is no key (DESIGN.md, Ids).
    """
    masthead = issue.masthead
    if masthead.number is not None:
        return str(masthead.number)
    if masthead.date is not None and masthead.date_origin in _STATED:
        return masthead.date.isoformat()
    return sha256[:_HASH_CHARS]
