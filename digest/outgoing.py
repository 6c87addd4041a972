"""One HTTP request to another host: the only place that makes one. No redirect is followed, and no cookie kept."""

import http.client
import ssl
from collections.abc import Mapping
from contextlib import closing
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from digest.errors import DigestError

MOST_READ = 65_536
"""How many bytes of an answer are read."""


class Answer(NamedTuple):
    """What the other host has answered: the status, and the beginning of the body."""

    status: int
    body: bytes


def request(
    method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None, *, timeout: float
) -> Answer:
    """Ask once. `timeout` is in seconds, for each step of it.

    Raises:
        DigestError: `error.unreachable` with the host and what went wrong, never the rest of the address, which may be secret.
    """
    try:
        return _request(method, url, body, {"User-Agent": "digest", **(headers or {})}, timeout)
    except (ValueError, http.client.InvalidURL) as error:  # no host can have such an address; its words repeat it
        raise DigestError("error.unreachable", host=host_of(url), reason=type(error).__name__) from error
    except (OSError, http.client.HTTPException) as error:
        raise DigestError("error.unreachable", host=host_of(url), reason=f"{type(error).__name__}: {error}") from error


def _request(method: str, url: str, body: bytes, headers: Mapping[str, str], timeout: float) -> Answer:
    where = urlsplit(url)
    address = (where.hostname or "", where.port)
    connection: http.client.HTTPConnection
    if where.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(*address, timeout=timeout, context=context)
    else:
        connection = http.client.HTTPConnection(*address, timeout=timeout)
    target = urlunsplit(("", "", where.path or "/", where.query, ""))
    with closing(connection):
        connection.request(method, target, body, dict(headers))
        answer = connection.getresponse()
        return Answer(answer.status, answer.read(MOST_READ))


def host_of(url: str) -> str:
    """Return the host of an address; empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
