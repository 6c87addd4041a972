"""One connection to the mail server: smtplib's, which a service that ends need not wait for."""

import select
import smtplib
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any

from digest.settings import Smtp

STOP_SECONDS = 6.0
"""How long a service that ends still waits for a reply: it has ten seconds in all (mail.md 5.8)."""

_CONNECT_SECONDS = 10.0
_LOOK_SECONDS = 0.5
_MORE = getattr(socket, "MSG_MORE", 0)


class StoppedError(Exception):
    """The service ends, and the server has not answered in time."""


class Connection(smtplib.SMTP):
    """Waits for a reply for `patience` seconds, and not much longer when `stopping` is set."""

    def __init__(self, where: Smtp, stopping: threading.Event, **options: Any) -> None:
        """Connect. Raises SMTPException or OSError."""
        self._stopping = stopping
        self.patience = where.timeout
        super().__init__(where.host, where.port, timeout=where.timeout, **options)

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        """Connect to the server and return its greeting."""
        self.timeout = min(self.patience, _CONNECT_SECONDS)
        greeting = super().connect(host, port, source_address)
        if self.sock is not None:
            self.sock.settimeout(self.patience)
            # The last dot goes by itself: without this it would wait until the server has confirmed the rest.
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return greeting

    def getreply(self) -> tuple[int, bytes]:
        """Return the server's next reply. Raises StoppedError, or TimeoutError when it takes longer than `patience`."""
        if self.file is None and self.sock is not None:
            self.file = _Lines(self.sock, self._await)
        return super().getreply()

    def send_ahead(self, content: bytes) -> None:
        """Send what is soon followed by more: what does not fill a packet waits for that, up to 0.2 s (tcp(7), MSG_MORE)."""
        if self.sock is None or isinstance(self.sock, ssl.SSLSocket):
            self.send(content)
        else:
            self.sock.sendall(content, _MORE)

    def await_reply(self, patience: float) -> tuple[int, bytes]:
        """Return the server's next reply, however long it takes up to `patience` seconds."""
        usual, self.patience = self.patience, patience
        try:
            return self.getreply()
        finally:
            self.patience = usual

    def _await(self) -> None:
        """Wait until there is something to read."""
        if self.sock is None or (isinstance(self.sock, ssl.SSLSocket) and self.sock.pending()):
            return
        waiting = select.poll()
        waiting.register(self.sock, select.POLLIN)
        until, stopping = time.monotonic() + self.patience, False
        while not waiting.poll(_LOOK_SECONDS * 1000):
            if self._stopping.is_set() and not stopping:
                stopping, until = True, min(until, time.monotonic() + STOP_SECONDS)
            if time.monotonic() > until:
                raise StoppedError if stopping else TimeoutError


class _Lines:
    """What is read of a socket, by lines: as much of a file as smtplib needs, with a wait of our own before each read."""

    def __init__(self, sock: socket.socket, wait: Callable[[], None]) -> None:
        self._sock, self._wait, self._read = sock, wait, b""

    def readline(self, most: int) -> bytes:
        """Return the next line, or `most` bytes of it; what there is, where the server has closed."""
        while b"\n" not in self._read and len(self._read) < most:
            self._wait()
            if not (chunk := self._sock.recv(8192)):
                break
            self._read += chunk
        end = min(self._read.find(b"\n") + 1 or len(self._read), most)
        line, self._read = self._read[:end], self._read[end:]
        return line

    def close(self) -> None:
        """Forget the socket, which smtplib closes itself."""


class TlsConnection(Connection, smtplib.SMTP_SSL):
    """The same over TLS from the first byte on."""


def connect(where: Smtp, password: str | None, stopping: threading.Event, own_name: str | None = None) -> Connection:
    """Open a connection, secured and logged in as the settings say: never less. Raises SMTPException or OSError.

    `own_name` is what this machine calls itself; without it, that is looked up (`Connection.local_hostname`).
    """
    if where.security == "tls":
        connection: Connection = TlsConnection(
            where, stopping, local_hostname=own_name, context=ssl.create_default_context()
        )
    else:
        connection = Connection(where, stopping, local_hostname=own_name)
    try:
        if where.security == "starttls":
            connection.starttls(context=ssl.create_default_context())
        connection.ehlo_or_helo_if_needed()
        if where.username is not None:
            connection.login(where.username, password or "")
    except BaseException:
        connection.close()
        raise
    return connection
