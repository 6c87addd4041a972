"""What was looked at, and what was found."""

from typing import NamedTuple

from digest.errors import DigestError
from digest.model import Remark

UNSET = "localhost.localdomain"
"""The domain of the settings as they are delivered."""


class Finding(NamedTuple):
    """One thing that was looked at: whether it is well, and what to say about it."""

    ok: bool
    remark: Remark


def well(code: str, **facts: str | int) -> Finding:
    """Return what is well."""
    return Finding(True, Remark(code, facts))


def ill(code: str, **facts: str | int) -> Finding:
    """Return what is not well; its words say what to do."""
    return Finding(False, Remark(code, facts))


def either(ok: bool, good: str, bad: str, **facts: str | int) -> Finding:
    """Return what is well or not, each with its own words."""
    return Finding(ok, Remark(good if ok else bad, facts))


def told(error: DigestError) -> Finding:
    """Return what another part refuses, in its words."""
    facts = {name: value if isinstance(value, int) else str(value) for name, value in error.facts.items()}
    return Finding(False, Remark(error.code, facts))
