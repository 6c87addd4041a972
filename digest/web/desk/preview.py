"""An issue as readers would see it, in a frame of the desk: the site's own pages, which run and send nothing there."""

import re
from dataclasses import replace
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from digest import datafolder, previewing, site
from digest.messages import Messages, language_of
from digest.model import Paper, StoredIssue
from digest.operations.desk import shelf
from digest.operations.desk.shelf import Sheet
from digest.web.desk.gate import HEADERS, Desk, Visit

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
"""Our own page may frame it; nothing in it runs, and nothing is sent from it."""

_HEADERS = HEADERS | {"content-security-policy": POLICY}
_SCRIPT = re.compile(rb'<script src="[^"]*" async></script>\n?')
_TYPES = {"css": "text/css", "svg": "image/svg+xml", "png": "image/png"}


def preview(desk: Desk, visit: Visit) -> Response:
    """Answer with a page of an issue, a file of the site's look, or a picture.

    A correction that waits is shown as if it were approved.
    """
    sheet = shelf.sheet(desk.works, visit.number("issue"))
    path = visit.names["path"]
    paper = _paper(desk, visit, sheet)
    stored = _shown(sheet)
    if picture := _picture(desk, stored, path):
        return picture
    say = Messages(language_of(paper.language))
    if path.endswith("/") or not path:
        pages = site.render_issue(paper, stored, desk.works.templates, say)
        page = pages.get(f"{path or stored.path}index.html")
        if page is None:
            raise HTTPException(status_code=404)
        return Response(_SCRIPT.sub(b"", page), media_type="text/html", headers=_HEADERS)
    asset = site.assets(paper.accent, desk.works.templates, say).get(path)
    kind = _TYPES.get(path.rpartition(".")[2])
    if asset is None or kind is None:
        raise HTTPException(status_code=404)
    return Response(asset, media_type=kind, headers=_HEADERS)


def _paper(desk: Desk, visit: Visit, sheet: Sheet) -> Paper:
    """Return the paper with its home in the frame."""
    paper = desk.works.paper(desk.works.publication(sheet.row.slug))
    root = urlsplit(desk.works.settings.service_url).path
    own = visit.path.removesuffix(visit.names["path"])
    return replace(paper, url=f"{desk.works.settings.service_url.removesuffix(root)}{root}desk/{own}")


def _shown(sheet: Sheet) -> StoredIssue:
    """Return the issue as its newest file has it, with what was withdrawn where that is what there is to see."""
    stored = sheet.stored
    if sheet.waiting is not None:
        return previewing.as_if_stored(sheet.waiting.issue, stored.id, sheet.row.day, stored.published)
    whole = sorted((*stored.articles, *stored.withdrawn), key=lambda one: one.path)
    return stored if stored.articles else replace(stored, articles=tuple(whole))


def _picture(desk: Desk, stored: StoredIssue, path: str) -> Response | None:
    for one in stored.articles:
        for size in (size for picture in one.article.pictures for size in picture.sizes):
            if size.path == path:
                blob = datafolder.blob(desk.works.settings.blobs, size.sha256)
                if not blob.is_file():
                    raise HTTPException(status_code=404)
                return FileResponse(blob, media_type=size.media_type, headers=_HEADERS)
    return None
