"""Telling a WebSub hub that a feed has changed: it then fetches the feed itself, and tells its subscribers.

The one place that speaks HTTP to another host. It fetches nothing: what is sent is a feed's public address, to the one
address that the operator has configured, and of the answer only the status counts. No redirect is followed.
"""

import http.client
import ssl
from contextlib import closing
from urllib.parse import urlencode, urlsplit, urlunsplit

from digest.errors import DigestError

TIMEOUT = 10.0
"""How many seconds a hub may take to answer."""


def ping(hub_url: str, feed_url: str) -> None:
    """Tell the hub that the feed at `feed_url` has changed (WebSub, 7; PubSubHubbub 0.4, 7.1).

    Raises:
        DigestError: `error.hub` with the answer's status or what went wrong; it is worth another try.
    """
    body = urlencode({"hub.mode": "publish", "hub.url": feed_url})
    try:
        status = _post(hub_url, body)
    except (OSError, ValueError, http.client.HTTPException) as error:  # ValueError: an address that no host can have
        raise DigestError("error.hub", url=feed_url, reason=f"{type(error).__name__}: {error}") from error
    if not 200 <= status < 300:
        raise DigestError("error.hub", url=feed_url, reason=f"HTTP {status}")


def _post(url: str, body: str) -> int:
    """Post a form and return the answer's status."""
    where = urlsplit(url)
    address = (where.hostname or "", where.port)
    if where.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            *address, timeout=TIMEOUT, context=ssl.create_default_context()
        )
    else:
        connection = http.client.HTTPConnection(*address, timeout=TIMEOUT)
    target = urlunsplit(("", "", where.path or "/", where.query, ""))
    headers = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "digest"}
    with closing(connection):
        connection.request("POST", target, body, headers)
        return connection.getresponse().status
