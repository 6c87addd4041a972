"""What a mailbox has to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, Self

MAX_BYTES = 262_144
"""How much of a mail is fetched, whatever is attached to it."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail: the name that the mailbox has for it, and the beginning of its bytes."""

    name: str
    content: bytes


class Mailbox(Protocol):
    """A mailbox, used as a context manager. A mail that was not `done` with is there again the next time."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def unread(self) -> Iterator[Mail]:
        """Yield the mails that nobody has read. Raises DigestError where the mailbox cannot be read."""

    def done(self, mail: Mail) -> None:
        """Mark a mail as read."""
