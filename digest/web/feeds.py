"""Feeds over HTTP: an answer for each file that is the same over restarts and workers (feeds.md, 28 to 33)."""

import gzip
import hashlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import formatdate, parsedate_to_datetime
from pathlib import PurePath

from starlette.datastructures import Headers
from starlette.responses import Response

from digest import urls

MEDIA_TYPES = {
    "feed.xml": "application/xml; charset=utf-8",
    "atom.xml": "application/xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
    PurePath(urls.OPML).name: "text/x-opml; charset=utf-8",
}
"""The files that are feeds or lists of them, and as what they are served: a browser downloads `application/rss+xml`."""

METHODS = "GET, HEAD, OPTIONS"

SHARED = {
    "cache-control": "public, max-age=300",
    "vary": "accept-encoding",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "etag, link",
}
"""The headers of every answer with a feed."""

_PREFLIGHT = {
    "allow": METHODS,
    "access-control-allow-origin": "*",
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": "if-none-match, if-modified-since, cache-control",
    "access-control-max-age": "86400",
}
_KEPT = 64
_ENCODING = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")


@dataclass(frozen=True, slots=True)
class Held:
    """A feed as it is kept in memory: compressed, with its size and SHA-256, the time and the stamp of its file."""

    stamp: tuple[int, int, int]
    compressed: bytes
    size: int
    digest: str
    modified: int


class FeedFiles:
    """Answers requests for feeds; what lies on the disk is read again when it has changed."""

    def __init__(self, url_of: Callable[[str], str], hub_url: str | None) -> None:
        """Take what gives the public address of a path below the public folder, and the hub that is told of changes."""
        self._url_of = url_of
        self._hub_url = hub_url
        self._held: dict[str, Held] = {}

    def held(self, full_path: str, stat: os.stat_result) -> Held | None:
        """Return the file as it is kept, if it has not changed since."""
        known = self._held.get(full_path)
        return known if known is not None and known.stamp == _stamp(stat) else None

    def read(self, full_path: str) -> Held:
        """Read a file and keep it."""
        with open(full_path, "rb") as opened:  # noqa: PTH123 -- its own stamp: the file may be replaced meanwhile
            stat = os.fstat(opened.fileno())
            content = opened.read()
        digest = hashlib.sha256(content).hexdigest()[:32]
        found = Held(_stamp(stat), gzip.compress(content, mtime=0), len(content), digest, int(stat.st_mtime))
        if len(self._held) >= _KEPT:
            self._held.pop(next(iter(self._held)), None)
        self._held[full_path] = found
        return found

    def answer(self, method: str, path: str, held: Held, headers: Headers) -> Response:
        """Answer a GET or HEAD for the feed at `path`."""
        packed = accepts_gzip(headers.get("accept-encoding", ""))
        etag = f'"{held.digest}{"-gzip" if packed else ""}"'
        own = {"etag": etag, "last-modified": formatdate(held.modified, usegmt=True), "link": self._links(path)}
        if is_known(headers, etag, held.modified):
            return Response(status_code=304, headers=SHARED | own)
        own |= {"content-type": MEDIA_TYPES[PurePath(path).name]}
        own |= {"content-length": str(len(held.compressed) if packed else held.size)}
        own |= {"content-encoding": "gzip"} if packed else {}
        if method == "HEAD":
            return Response(headers=SHARED | own)
        return Response(held.compressed if packed else gzip.decompress(held.compressed), headers=SHARED | own)

    def _links(self, path: str) -> str:
        own = f'<{self._url_of(path)}>; rel="self"'
        return f'<{self._hub_url}>; rel="hub", {own}' if self._hub_url else own


def preflight() -> Response:
    """Tell a script in a browser what it may ask for (the CORS protocol)."""
    return Response(status_code=204, headers=_PREFLIGHT)


def _stamp(stat: os.stat_result) -> tuple[int, int, int]:
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def is_feed(path: str) -> bool:
    """Say whether a path is that of a feed or of a list of feeds."""
    return PurePath(path).name in MEDIA_TYPES


def accepts_gzip(asked: str) -> bool:
    """Say whether an Accept-Encoding allows gzip (RFC 9110, 12.5.3)."""
    wanted: dict[str, float] = {}
    for each in asked.lower().split(","):
        if found := _ENCODING.fullmatch(each):
            wanted[found[1]] = float(found[2] or 1)
    return wanted.get("gzip", wanted.get("x-gzip", wanted.get("*", 0.0))) > 0


def is_known(headers: Mapping[str, str], etag: str, modified: int) -> bool:
    """Say whether the client has what an answer would bring (RFC 9110, 13.1); tags are compared weakly.

    The tag decides where there is one; a date that cannot be read is none.
    """
    asked = headers.get("if-none-match")
    if asked is not None:
        return asked.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    try:
        return modified <= parsedate_to_datetime(headers.get("if-modified-since", "")).timestamp()
    except (ValueError, TypeError, OverflowError):
        return False
