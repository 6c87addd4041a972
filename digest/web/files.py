"""The site's files as any web server would give them, with the types that feed readers want (feeds.md, 33)."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePath

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_TYPES = {
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}


_ARTICLE = re.compile(r"(?:([a-z0-9-]+)/)?(\d{4})/(\d\d)/(\d\d)/(\d+)(?:/(?:index\.html)?)?")

IsWithdrawn = Callable[[str | None, date, int], bool]
"""Says whether the article of a paper (None: the only one), a day and a place has been withdrawn."""


class PublicFiles(StaticFiles):
    """The public folder; `index.html` answers for its folder, `404.html` for what is not there.

    The page of a withdrawn article is answered with 410 Gone.
    """

    def __init__(self, folder: Path, is_withdrawn: IsWithdrawn) -> None:
        """Serve `folder`."""
        super().__init__(directory=folder, html=True)
        self._is_withdrawn = is_withdrawn

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with what lies at `path`."""
        response = await super().get_response(path, scope)
        if response.status_code in {200, 304} and (address := _ARTICLE.fullmatch(path)):
            slug, *numbers = address.groups()
            year, month, day, place = map(int, numbers)
            if await run_in_threadpool(self._is_withdrawn, slug, date(year, month, day), place):
                plain = {**scope, "headers": []}  # a condition that is met must not hide that it is gone
                response = await super().get_response(path, plain)
                response.status_code = 410
        return response

    def file_response(
        self, full_path: os.PathLike[str] | str, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with a file under its true type."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        suffix = PurePath(full_path).suffix
        if suffix in _TYPES and response.status_code != 304:
            response.headers["content-type"] = _TYPES[suffix]
        response.headers["cache-control"] = "public, max-age=300"
        if suffix in {".xml", ".json"}:
            response.headers["access-control-allow-origin"] = "*"
        return response
