"""Letters by SMTP: one connection a run, one recipient a message, the mark right before the last dot."""

import re
import smtplib
import ssl
from collections.abc import Callable
from email.utils import parseaddr
from typing import Self

from digest.delivery import mime
from digest.delivery.channel import Means
from digest.errors import ChannelError, DeliveryError, DigestError
from digest.model import Message

REPLY_SECONDS = 600.0
"""How long the reply to the last dot is waited for (RFC 5321, 4.5.3.2.6)."""

_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
_DOT = re.compile(rb"^\.", re.MULTILINE)


class SmtpChannel:
    """Sends over the configured server. TLS is as configured: never silently without."""

    def __init__(self, means: Means) -> None:
        """Prepare to send through `means.smtp`; the connection is opened by the first message."""
        self._settings = means.smtp
        self._password = means.password
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Begin a run."""
        return self

    def __exit__(self, *_: object) -> None:
        """Say goodbye to the server, if it is still there."""
        if self._smtp is not None:
            try:
                self._smtp.quit()
            except (smtplib.SMTPException, OSError):
                self._smtp.close()
            self._smtp = None

    def send(self, message: Message, on_data: Callable[[], None]) -> None:
        """Deliver one message to one recipient over the open connection."""
        content = mime.build(message)
        smtp = self._connected()
        try:
            self._envelope(smtp, message)
            code, reply = _data(smtp, content, on_data)
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            self._drop()
            raise DeliveryError("error.smtp.connection", permanent=False, detail=str(error)) from error
        except DigestError:
            raise
        except BaseException:
            self._drop()  # in the middle of a message, no other can follow
            raise
        if code != 250:
            self._reset(smtp)
            raise _refusal(code, reply)

    def _connected(self) -> smtplib.SMTP:
        """Return a connection that answers, opened anew where the server has closed the last one."""
        if self._smtp is not None:
            try:
                if self._smtp.noop()[0] == 250:
                    return self._smtp
            except (smtplib.SMTPException, OSError):
                pass
            self._drop()
        where = {"host": self._settings.host, "port": self._settings.port}
        try:
            self._smtp = self._open()
        except smtplib.SMTPAuthenticationError as error:
            raise ChannelError("error.smtp.login", **where, detail=_words(error.smtp_error)) from error
        except (smtplib.SMTPException, OSError) as error:
            raise ChannelError("error.smtp.connect", **where, detail=str(error)) from error
        return self._smtp

    def _open(self) -> smtplib.SMTP:
        s = self._settings
        if s.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                s.host, s.port, timeout=s.timeout, context=ssl.create_default_context()
            )
        else:
            smtp = smtplib.SMTP(s.host, s.port, timeout=s.timeout)
        try:
            if s.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
            if s.username is not None:
                smtp.login(s.username, self._password or "")
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _envelope(self, smtp: smtplib.SMTP, message: Message) -> None:
        """Name the sender and the recipient.

        A refused sender is the office's to mend, so that there is another try; another message's may be welcome.
        """
        code, reply = smtp.mail(parseaddr(message.sender)[1])
        if code != 250:
            self._reset(smtp)
            raise DeliveryError("error.smtp.sender", permanent=False, code=code, detail=_words(reply))
        code, reply = smtp.rcpt(message.recipient)
        if code not in {250, 251}:
            self._reset(smtp)
            raise _refusal(code, reply)

    def _reset(self, smtp: smtplib.SMTP) -> None:
        """Make room for the next message; a server may also hang up on a refusal."""
        try:
            smtp.rset()
        except (smtplib.SMTPException, OSError):
            self._drop()

    def _drop(self) -> None:
        if self._smtp is not None:
            self._smtp.close()
            self._smtp = None


def _data(smtp: smtplib.SMTP, content: bytes, on_data: Callable[[], None]) -> tuple[int, bytes]:
    """Do what smtplib's `data` does, with `on_data` between the text and the last dot."""
    code, reply = smtp.docmd("data")
    if code != 354:
        return code, reply
    text = _DOT.sub(b"..", _LINE_ENDS.sub(b"\r\n", content))
    smtp.send(text if text.endswith(b"\r\n") else text + b"\r\n")
    on_data()
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected
    patience = smtp.sock.gettimeout()
    smtp.sock.settimeout(REPLY_SECONDS)
    smtp.send(b".\r\n")
    answer = smtp.getreply()
    smtp.sock.settimeout(patience)
    return answer


def _refusal(code: int, reply: bytes) -> DeliveryError:
    return DeliveryError("error.smtp.refused", permanent=500 <= code < 600, code=code, detail=_words(reply))


def _words(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
