"""How much text one issue can hold: beyond that, a file is something else, and would keep everything waiting."""

from digest.errors import RejectedError

MOST_CHARACTERS = 800_000
"""More than a hundred full pages."""

MOST_LINES = 30_000
"""As many, where each line of a narrow column is one of the file."""


def check(characters: int, lines: int) -> None:
    """Refuse a text that cannot be one issue: `rejected.too_long`."""
    if characters > MOST_CHARACTERS or lines > MOST_LINES:
        most = {"most_characters": MOST_CHARACTERS, "most_lines": MOST_LINES}
        raise RejectedError("rejected.too_long", characters=characters, lines=lines, **most)
