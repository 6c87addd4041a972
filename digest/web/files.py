"""The site's files as any web server would give them, with the types that feed readers want (feeds.md, 33)."""

import os
from pathlib import PurePath

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_TYPES = {
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/feed+json; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
}


class PublicFiles(StaticFiles):
    """The public folder; `index.html` answers for its folder, `404.html` for what is not there."""

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
