"""A folder in Maildir format: each mail is a file, in `new` until it is read, then in `cur`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from digest.errors import DigestError
from digest.mailbox.reading import MAX_BYTES, Mail

_SEEN = ":2,S"


class Maildir:
    """A Maildir that a mail server delivers to."""

    def __init__(self, folder: Path) -> None:
        """Read from `folder`."""
        self._new, self._cur = folder / "new", folder / "cur"

    def __enter__(self) -> Self:
        """Look whether it is one. Raises DigestError("error.maildir")."""
        for folder in (self._new, self._cur):
            if not folder.is_dir():
                raise DigestError("error.maildir", folder=str(folder))
        return self

    def __exit__(self, *_: object) -> None:
        """End the reading: nothing is open."""

    def unread(self) -> Iterator[Mail]:
        """Yield the mails in `new`, the oldest name first."""
        for path in sorted(self._new.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                with path.open("rb") as file:
                    yield Mail(path.name, file.read(MAX_BYTES))

    def done(self, mail: Mail) -> None:
        """Move a mail to `cur`, marked as seen."""
        (self._new / mail.name).rename(self._cur / (mail.name.partition(":")[0] + _SEEN))
