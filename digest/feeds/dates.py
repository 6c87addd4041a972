"""Times as feeds write them."""

from datetime import UTC, datetime

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries changed: the formats want a time, and the time of building would change every poll."""


def rfc3339(time: datetime) -> str:
    """Return a time in UTC with `Z` and whole seconds: some readers know no other zone (RFC 3339)."""
    return f"{time.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
