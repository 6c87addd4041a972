"""Who asks, as far as that can be known: the client's address, whether our own page sent it, and how often it asks."""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from threading import Lock
from urllib.parse import urlsplit

from starlette.requests import Request

Network = IPv4Network | IPv6Network

MOST_KEPT = 10_000
"""How many addresses are remembered; the oldest are forgotten first."""

_NEIGHBOURS = {4: 24, 6: 64}
"""The prefixes, by IP version, of what counts as one client: a small network, a household."""

_FORWARDED = frozenset({"forwarded", "via", "x-real-ip", "x-client-ip", "x-original-host", "true-client-ip"})
"""The headers by which a proxy shows, with all whose names begin with X-Forwarded."""

_KEPT = {4: 24, 6: 48}
"""The prefixes of what is kept of who has agreed to something."""


def networks(written: Sequence[str]) -> tuple[Network, ...]:
    """Return networks as the settings write them."""
    return tuple(ip_network(one) for one in written)


def client(request: Request, proxies: Collection[Network]) -> str:
    """Return the address of the client: the last one in X-Forwarded-For that is no proxy of ours.

    Only our own proxies are believed; from anybody else the header says nothing. Empty where there is no address.
    """
    forwarded = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    found = request.client.host if request.client else ""
    while is_one_of(found, proxies) and forwarded:
        said = forwarded.pop().strip()
        if not _is_address(said):
            break
        found = said
    return found


def is_credible(request: Request, proxies: Collection[Network]) -> bool:
    """Say whether what `client` tells may open something: that is so unless a proxy may stand in between that is none of ours.

    Beside us on this machine, such a proxy makes every visitor look like somebody who sits here. It shows by the headers
    that it adds, by the public name that was asked for, or, where it has put our own in its place (nginx as it comes),
    by HTTP/1.0.
    """
    peer = request.client.host if request.client else ""
    forwarded = any(name in _FORWARDED or name.startswith("x-forwarded") for name in request.headers)
    if forwarded and not is_one_of(peer, proxies):
        return False
    if not is_here(client(request, proxies)):
        return True
    return _names_here(request.headers.get("host", "")) and request.scope.get("http_version") != "1.0"


def is_here(address: str) -> bool:
    """Say whether an address is one that only this machine has."""
    return _is_address(address) and _plain(address).is_loopback


def origin(address: str) -> str:
    """Return what may be kept of a client's address: its network of 256 addresses, or of one household's size × 65536."""
    return _network(address, _KEPT) if _is_address(address) else "unknown"


def is_ours(request: Request, sites: Collection[str]) -> bool:
    """Say whether a form was sent by a page of these sites, as far as the browser says.

    A page without a referrer has the origin "null", for which Sec-Fetch-Site answers; what is no browser says neither.
    """
    said = request.headers.get("origin")
    if said == "null":
        return request.headers.get("sec-fetch-site") in {"same-origin", "same-site"}
    return said is None or said in {site_origin(site) for site in sites}


def site_origin(url: str) -> str:
    """Return the origin of an address (RFC 6454): scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class Throttle:
    """Counts what each client does in an hour, whatever threads they are answered in."""

    def __init__(self, most: int, period: timedelta = timedelta(hours=1)) -> None:
        """Allow `most` in a period."""
        self._most = most
        self._period = period
        self._seen: dict[str, deque[datetime]] = {}
        self._counting = Lock()

    def wait(self, address: str, now: datetime) -> timedelta | None:
        """Count one more; where it is one too many, return how long the client has to wait."""
        name = _network(address, _NEIGHBOURS) if _is_address(address) else address
        with self._counting:
            seen = self._seen.pop(name, deque(maxlen=self._most))
            while seen and not timedelta(0) <= now - seen[0] < self._period:
                seen.popleft()
            self._seen[name] = seen
            if len(self._seen) > MOST_KEPT:
                del self._seen[next(iter(self._seen))]
            if len(seen) == self._most:
                return seen[0] + self._period - now
            seen.append(now)
            return None


def _network(address: str, prefixes: Mapping[int, int]) -> str:
    """Return the network of an address, whose size is that for its IP version."""
    plain = _plain(address)
    return str(ip_network(f"{plain}/{prefixes[plain.version]}", strict=False))


def _plain(address: str) -> IPv4Address | IPv6Address:
    """Return an address; an IPv4 address that is written as IPv6 is one of IPv4, and a zone is no part of it."""
    parsed = ip_address(address.partition("%")[0])
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _is_address(text: str) -> bool:
    try:
        _plain(text)
    except ValueError:
        return False
    return True


def _names_here(host: str) -> bool:
    """Say whether a Host header names this machine as it names itself."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or is_here(name)


def is_one_of(address: str, networks_: Collection[Network]) -> bool:
    """Say whether an address lies in one of these networks."""
    return _is_address(address) and any(_plain(address) in network for network in networks_)
