"""Telling a WebSub hub that a feed has changed: it then fetches the feed itself, and tells its subscribers.

Nothing is fetched: what is sent is a feed's public address, to the one address that the operator has configured, and
of the answer only the status counts.
"""

from urllib.parse import urlencode

from digest import outgoing
from digest.errors import DigestError

TIMEOUT = 10.0
"""How many seconds a hub may take to answer."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def ping(hub_url: str, feed_url: str) -> None:
    """Tell the hub that the feed at `feed_url` has changed (WebSub, 7; PubSubHubbub 0.4, 7.1).

    Raises:
        DigestError: `error.hub` with the answer's status or what went wrong; it is worth another try.
    """
    body = urlencode({"hub.mode": "publish", "hub.url": feed_url}).encode()
    try:
        status = outgoing.request("POST", hub_url, body, _FORM, timeout=TIMEOUT).status
    except DigestError as error:
        raise DigestError("error.hub", url=feed_url, reason=str(error.facts["reason"])) from error
    if not 200 <= status < 300:
        raise DigestError("error.hub", url=feed_url, reason=f"HTTP {status}")
