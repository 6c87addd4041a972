"""The addresses by which readers know the office, and whether they lead here, as seen from here."""

from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from digest import outgoing
from digest.errors import DigestError
from digest.operations.desk import password
from digest.operations.doctor.findings import UNSET, Finding, either, ill, told, well
from digest.settings import Settings

PATIENCE = 5.0
"""How many seconds an address may take for each step of its answer."""

_FRONT = "index.html"
_SEARCH = "search"


def examine(settings: Settings, *, running: bool) -> Iterator[Finding]:
    """Yield what is found; without a service that is `running`, nobody is asked."""
    yield either(settings.authority != UNSET, "doctor.authority", "doctor.no_authority", authority=settings.authority)
    addresses = {"site_url": settings.site_url, "service_url": settings.service_url}
    for key, url in addresses.items():
        yield from _form(key, url)
    try:
        password.expect_where_open(settings)
    except DigestError as error:
        yield told(error)
    behind = not _is_near(settings.service_url) and password.is_loopback(settings.web.host)
    if behind and not settings.web.trusted_proxies:
        yield ill("doctor.no_proxy", url=settings.service_url)
    if running:
        yield _service(settings.service_url)
        yield _site(settings.site_url, settings.public / _FRONT)
    else:
        yield well("doctor.not_running")


def _form(key: str, url: str) -> Iterator[Finding]:
    if _is_here(url):
        yield ill("doctor.local_address", key=key, url=url)
    elif urlsplit(url).scheme == "http" and not _is_near(url):
        yield ill("doctor.no_https", key=key, url=url)


def _service(url: str) -> Finding:
    """Ask for the search, which every web server before the service has to pass on."""
    try:
        answer = outgoing.request("GET", url + _SEARCH, timeout=PATIENCE)
    except DigestError as error:
        return ill("doctor.no_service", url=url, reason=str(error.facts["reason"]))
    ours = answer.status == 200 and b'name="q"' in answer.body
    return either(ours, "doctor.service", "doctor.other_service", url=url, status=answer.status)


def _site(url: str, front: Path) -> Finding:
    """Compare what readers get with what was written."""
    if not front.exists():
        return well("doctor.site_to_come")
    try:
        answer = outgoing.request("GET", url, timeout=PATIENCE)
    except DigestError as error:
        return ill("doctor.no_site", url=url, reason=str(error.facts["reason"]))
    written = front.read_bytes()[: outgoing.MOST_READ]
    ours = answer.status == 200 and answer.body == written
    return either(ours, "doctor.site", "doctor.other_site", url=url, status=answer.status, folder=str(front.parent))


def _is_here(url: str) -> bool:
    """Say whether an address leads to this machine, whichever it is read on."""
    host = urlsplit(url).hostname or ""
    return password.is_loopback(host) or host == UNSET


def _is_near(url: str) -> bool:
    """Say whether an address is this machine's or of a network of its own (RFC 1918, RFC 4193)."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_private
    except ValueError:
        return _is_here(url) or "." not in host
