"""How long the database is waited for."""

BUSY_MS = 10_000
"""How long a writer waits for another, in milliseconds."""
