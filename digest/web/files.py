"""The site's files as any web server would give them, with the types that feed readers want (feeds.md, 33)."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePath
from stat import S_ISREG

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from digest import urls
from digest.output import GONE
from digest.web.feeds import METHODS, FeedFiles, is_feed, preflight

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


IsWithdrawn = Callable[[str | None, date, int], bool]
"""Says whether the article of a paper (None: the only one), a day and a place has been withdrawn."""


class PublicFiles(StaticFiles):
    """The public folder; `index.html` answers for its folder, `404.html` for what is not there.

    The page of a withdrawn article is answered with 410 Gone, and so is a feed that is not offered any more.
    """

    def __init__(self, folder: Path, is_withdrawn: IsWithdrawn, feeds: FeedFiles) -> None:
        """Serve `folder`."""
        super().__init__(directory=folder, html=True)
        self._is_withdrawn = is_withdrawn
        self._feeds = feeds

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with what lies at `path`."""
        if is_feed(path) and (found := await self._feed(path, scope)):
            return found
        response = await super().get_response(path, scope)
        article = _article(path) if response.status_code in {200, 304} else None
        if article is not None and await run_in_threadpool(self._is_withdrawn, *article):
            plain = {**scope, "headers": []}  # a condition that is met must not hide that it is gone
            response = await super().get_response(path, plain)
            response.status_code = 410
        return response

    async def _feed(self, path: str, scope: Scope) -> Response | None:
        """Answer with a feed, if there is one. A look at a local file and at what is kept of it needs no thread."""
        if scope["method"] == "OPTIONS":
            return preflight()
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(status_code=405, headers={"allow": METHODS})
        try:
            full_path, stat = self.lookup_path(path)
            _, sign = (None, None) if stat else self.lookup_path(str(PurePath(path).with_name(GONE)))
        except (OSError, ValueError):  # no name that a file could have
            return None
        if sign is not None:
            raise HTTPException(status_code=410)
        if stat is None or not S_ISREG(stat.st_mode):
            return None
        held = self._feeds.held(full_path, stat)
        if held is None:
            held = await run_in_threadpool(self._feeds.read, full_path)
        return self._feeds.answer(scope["method"], path, held, Headers(scope=scope))

    def file_response(
        self, full_path: os.PathLike[str] | str, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file under its true type."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        suffix = PurePath(full_path).suffix
        if suffix in _TYPES and response.status_code != 304:
            response.headers["content-type"] = _TYPES[suffix]
        response.headers["cache-control"] = "public, max-age=300"
        return response


def _article(path: str) -> tuple[str | None, date, int] | None:
    """Return paper (None: the only one), day and place of the article whose page lies at `path`."""
    address = path.removesuffix("index.html")
    slug, _, rest = address.partition("/")
    if own := urls.article_place(address):
        return (None, *own)
    there = urls.article_place(rest)
    return there and (slug, *there)
