"""Try what the mail server lets us do, without sending anything."""

import smtplib
import ssl
import threading
from typing import Literal, NamedTuple

from digest.delivery import connection
from digest.delivery.connection import Connection
from digest.settings import Smtp

Step = Literal["connect", "tls", "login", "envelope"]


class Tried(NamedTuple):
    """One step, whether the server let us do it, and its words or what went wrong."""

    step: Step
    ok: bool
    detail: str


def probe(where: Smtp, password: str | None, sender: str) -> list[Tried]:
    """Connect, secure the line, log in and name the sender, as far as the server lets us; then take it all back."""
    try:
        smtp = connection.connect(where, password, threading.Event())
    except smtplib.SMTPAuthenticationError as error:
        return [Tried("login", False, _words(error.smtp_error))]
    except (ssl.SSLError, smtplib.SMTPNotSupportedError) as error:
        return [Tried("tls", False, str(error))]
    except (smtplib.SMTPException, OSError) as error:
        return [Tried("connect", False, str(error))]
    try:
        return _tried(smtp, where, sender)
    except (smtplib.SMTPException, OSError) as error:
        return [Tried("connect", False, str(error))]
    finally:
        smtp.close()


def _tried(smtp: Connection, where: Smtp, sender: str) -> list[Tried]:
    done = [Tried("connect", True, _words(smtp.ehlo_resp or smtp.helo_resp or b"").partition("\n")[0])]
    if isinstance(smtp.sock, ssl.SSLSocket):
        done.append(Tried("tls", True, smtp.sock.version() or ""))
    if where.username is not None:
        done.append(Tried("login", True, where.username))
    code, reply = smtp.mail(sender)
    smtp.rset()
    smtp.quit()
    return [*done, Tried("envelope", code == 250, f"{sender}: {code} {_words(reply)}")]


def _words(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
