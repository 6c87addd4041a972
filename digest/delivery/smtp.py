"""Letters by SMTP: one connection, one recipient a message, the mark right before the last dot."""

import re
import smtplib
from collections.abc import Callable, Collection
from email.utils import parseaddr
from functools import lru_cache
from typing import NoReturn, Self

from digest.delivery import connection, mime
from digest.delivery.channel import Means
from digest.delivery.connection import Connection, StoppedError
from digest.errors import ChannelError, DeliveryError, SenderError
from digest.model import Message

REPLY_SECONDS = 600.0
"""How long the reply to the last dot is waited for (RFC 5321, 4.5.3.2.6)."""

RECONNECTS = 2
"""How often a message is begun again on a new connection: servers close after some messages, or some time, as they like
(mail.md 5.3)."""

LOST_IN_A_ROW = 3
"""How many messages may lose every connection before it is not they that the server minds."""

_GOOD = frozenset({250}), frozenset({250, 251}), frozenset({354})
"""What a server says to MAIL, RCPT and DATA."""

_CLOSING = frozenset({-1, 421})
_LOGIN = frozenset({530, 535, 538})
_OURS = re.compile(
    r"relay\w* (?:access )?(?:is )?(?:denied|not permitted|prohibited)|(?:unable to|not) relay", re.IGNORECASE
)
"""What the office has to settle with its mail server: no fault of the recipient, however final it sounds."""


class _LostError(Exception):
    """The connection is gone, and the message with it, before its last dot."""


class SmtpChannel:
    """Sends over the configured server. TLS is as configured: never silently without."""

    def __init__(self, means: Means) -> None:
        """Prepare to send through `means.smtp`; the connection is opened by the first message."""
        self._means = means
        self._smtp: Connection | None = None
        self._own_name: str | None = None
        self._carried = 0
        self._lost = 0

    def __enter__(self) -> Self:
        """Begin a run."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the run."""
        self._quit()

    def send(self, message: Message, on_data: Callable[[], None]) -> None:
        """Deliver one message to one recipient, on a new connection where the open one is lost before the last dot."""
        content = self._means.sign(mime.build(message))  # no line of which begins with a dot
        for left in reversed(range(RECONNECTS + 1)):
            try:
                self._send(self._connected(), message, content, on_data)
            except _LostError as lost:
                self._drop()
                if not left:
                    self._count_lost(lost)
            except (DeliveryError, SenderError):
                self._lost = 0
                raise
            except StoppedError as stopped:
                self._drop()
                raise ChannelError("error.smtp.stopped") from stopped
            except BaseException:
                self._drop()  # in the middle of a message, no other can follow
                raise
            else:
                self._lost = 0
                return

    def _send(self, smtp: Connection, message: Message, content: bytes, on_data: Callable[[], None]) -> None:
        try:
            self._envelope(smtp, message)
            smtp.send_ahead(content)
        except (smtplib.SMTPException, OSError) as error:
            raise _LostError(str(error)) from error
        on_data()
        try:
            smtp.send(b".\r\n")
            reply = smtp.await_reply(REPLY_SECONDS)
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            raise DeliveryError("error.smtp.no_reply", permanent=False, unanswered=True, detail=str(error)) from error
        self._expect(reply, {250})
        self._carried += 1
        if self._carried >= self._means.smtp.per_connection:
            self._quit()

    def _envelope(self, smtp: Connection, message: Message) -> None:
        """Name the sender and the recipient; all at once, where the server takes that (RFC 2920)."""
        sender = message.envelope_sender or _address(message.sender)
        commands = f"MAIL FROM:<{sender}>", f"RCPT TO:<{message.recipient}>", "DATA"
        if not smtp.has_extn("pipelining"):
            for command, good in zip(commands, _GOOD, strict=True):
                self._expect(smtp.docmd(command), good, sender=command is commands[0])
            return
        for command in commands:
            if "\r" in command or "\n" in command:
                raise ValueError(command)
        smtp.send("".join(f"{command}\r\n" for command in commands))
        replies = [smtp.getreply() for _ in commands]
        refused = [reply for reply, good in zip(replies, _GOOD, strict=True) if reply[0] not in good]
        if refused and replies[-1][0] in _GOOD[-1]:
            smtp.docmd(".")  # the server waits for a message to nobody
        if refused:
            self._expect(refused[0], (), sender=refused[0] is replies[0])

    def _expect(self, reply: tuple[int, bytes], good: Collection[int], *, sender: bool = False) -> None:
        """Let a good reply pass; tell of any other whose fault it is."""
        code, words = reply[0], reply[1].decode("utf-8", "replace")
        if code in good:
            return
        if code in _CLOSING:
            raise _LostError(words)
        self._reset()
        if code in _LOGIN:
            raise self._unserved("error.smtp.login", words)
        if sender:
            raise SenderError("error.smtp.sender", code=code, detail=words)
        permanent = 500 <= code < 600 and _OURS.search(words) is None
        raise DeliveryError("error.smtp.refused", permanent=permanent, code=code, detail=words)

    def _count_lost(self, lost: _LostError) -> NoReturn:
        """Blame the message, unless those before it were lost like it: then it is the server's trouble."""
        self._lost += 1
        if self._lost >= LOST_IN_A_ROW:
            raise self._unserved("error.smtp.connect", str(lost)) from lost
        raise DeliveryError("error.smtp.connection", permanent=False, detail=str(lost)) from lost

    def _connected(self) -> Connection:
        """Return the open connection, or a new one."""
        if self._smtp is None:
            try:
                self._smtp = connection.connect(
                    self._means.smtp, self._means.password, self._means.stopping, self._own_name
                )
            except smtplib.SMTPAuthenticationError as error:
                raise self._unserved("error.smtp.login", _words(error.smtp_error)) from error
            except (smtplib.SMTPException, OSError) as error:
                raise self._unserved("error.smtp.connect", str(error)) from error
            self._carried, self._own_name = 0, self._smtp.local_hostname
        return self._smtp

    def _unserved(self, code: str, detail: str) -> ChannelError:
        return ChannelError(code, host=self._means.smtp.host, port=self._means.smtp.port, detail=detail)

    def _reset(self) -> None:
        """Make room for the next message; a server may also hang up on a refusal."""
        try:
            if self._smtp is not None:
                self._smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _quit(self) -> None:
        """Say goodbye to the server, if it is still there."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError, StoppedError):
                self._smtp.close()
            self._smtp = None

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


@lru_cache(maxsize=32)
def _address(sender: str) -> str:
    return parseaddr(sender)[1]


def _words(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
