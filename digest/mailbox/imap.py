"""A mailbox on a mail server, by IMAP (RFC 3501)."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self

from digest.errors import DigestError
from digest.mailbox.reading import MAX_BYTES, Mail
from digest.settings import Imap

_TROUBLE = (imaplib.IMAP4.error, OSError)


class ImapMailbox:
    """The unseen mails of a folder. TLS is as configured: never silently without."""

    _imap: imaplib.IMAP4

    def __init__(self, where: Imap, password: str | None) -> None:
        """Prepare to read the folder that `where` names."""
        self._where = where
        self._password = password

    def __enter__(self) -> Self:
        """Connect, log in and open the folder. Raises DigestError("error.imap")."""
        try:
            self._imap = self._connected()
        except _TROUBLE as error:
            raise self._error(error) from error
        try:
            self._open()
        except _TROUBLE as error:
            self.__exit__()
            raise self._error(error) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Log out, if the server is still there."""
        with suppress(*_TROUBLE):
            self._imap.logout()

    def unread(self) -> Iterator[Mail]:
        """Yield the mails that are not marked as seen; looking at them marks none."""
        (numbers,) = self._ask("SEARCH", "UNSEEN")
        for number in (numbers or b"").split():
            found = self._ask("FETCH", number.decode(), f"(BODY.PEEK[]<0.{MAX_BYTES}>)")
            contents = [part[1] for part in found if isinstance(part, tuple)]
            if contents:  # another program may have removed it meanwhile
                yield Mail(number.decode(), contents[0])

    def done(self, mail: Mail) -> None:
        """Mark a mail as seen."""
        self._ask("STORE", mail.name, "+FLAGS.SILENT", r"(\Seen)")

    def _connected(self) -> imaplib.IMAP4:
        host, port, patience = self._where.host or "", self._where.port, self._where.timeout
        if self._where.security == "tls":
            return imaplib.IMAP4_SSL(host, port, ssl_context=ssl.create_default_context(), timeout=patience)
        imap = imaplib.IMAP4(host, port, timeout=patience)
        if self._where.security == "starttls":
            try:
                imap.starttls(ssl.create_default_context())
            except _TROUBLE:
                imap.shutdown()
                raise
        return imap

    def _open(self) -> None:
        self._imap.login(self._where.username, self._password or "")
        if "ID" in self._imap.capabilities:
            self._imap.xatom("ID", '("name" "digest")')  # NetEase shows no mail to whom it does not know (RFC 2971)
        folder = self._where.folder.replace("\\", "\\\\").replace('"', '\\"')
        self._expect(self._imap.select(f'"{folder}"'))

    def _ask(self, command: str, *arguments: str) -> list[Any]:
        try:
            return self._expect(self._imap.uid(command, *arguments))
        except _TROUBLE as error:
            raise self._error(error) from error

    def _expect(self, answer: tuple[str, list[Any]]) -> list[Any]:
        said, found = answer
        if said != "OK":
            raise imaplib.IMAP4.error(found)
        return found

    def _error(self, error: Exception) -> DigestError:
        return DigestError("error.imap", host=self._where.host, port=self._where.port, detail=str(error))
