"""The archive taken along: every article as JSON, and the site as it is.

An article is one object on one line, the oldest issue first; a later version may add fields, and takes none away:

    {"id", "url", "paper", "language",
     "issue": {"id", "url", "key", "title", "date", "number", "published"},
     "kind", "label", "kicker", "headline", "subheadline", "lede", "page", "section",
     "dateline": {"place", "date", "agency"}|null, "authors": [{"role", "name"}],
     "paragraphs": [str], "crossheads": [index of paragraph],
     "pictures": [{"name", "caption", "credit", "url"|null}],
     "keywords": [{"term", "score"}], "summary": [str], "rank",
     "published", "updated", "note", "withdrawn": {"at", "reason"}|null}

Times are in UTC, dates the paper's own (ISO 8601); `url` is absolute, that of a picture its largest size. An article
that was withdrawn keeps its text here: whoever passes the archive on should leave these out.
"""

import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from digest import atomic, urls
from digest.errors import DigestError
from digest.model import Masthead, Picture, StoredArticle, StoredIssue
from digest.settings import Publication, Settings
from digest.store import database, issues, publications
from digest.store.database import Engine
from digest.works import Works

TRIES, PAUSE = 30, 1.0
"""How often a site is looked at that is being written, and how many seconds lie in between."""


def articles(settings: Settings, engine: Engine) -> Iterator[dict[str, Any]]:
    """Yield every article that readers have or had, as JSON, from one view of the database, an issue at a time."""
    with database.reading(engine) as store:
        for publication in settings.publications:
            for one in issues.published(store, publications.id_of(store, publication.slug)):
                issue = issues.get(store, one.id)
                for stored in (*issue.articles, *issue.withdrawn):
                    yield _record(settings, publication, issue, stored)


def site(works: Works, target: Path, now: datetime) -> int:
    """Copy the whole site into a new folder, or a .zip, as it was at one moment; return how many files that are.

    It is for the address that it was written for. The copy is there whole or not at all.

    Raises DigestError: "error.export_folder" where the folder holds something, "error.no_site" where there is no site,
    "error.site_busy" where it is being written all the time.
    """
    public = works.settings.public
    if target.is_dir() and any(target.iterdir()):
        raise DigestError("error.export_folder", folder=str(target))
    if not public.is_dir():
        raise DigestError("error.no_site")
    with _replacing(target) as place:
        for _ in range(TRIES):
            before = _state(works, now)
            count = None if before is None else _copy(public, place)
            if count is not None and _state(works, now) == before:
                return count
            time.sleep(PAUSE)
        raise DigestError("error.site_busy")


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Give a place for the copy, beside its target, whose it takes in the end: a file for a .zip, else a folder."""
    if target.suffix.lower() == ".zip":
        with atomic.replacing(target) as temporary:
            yield temporary
        return
    around = Path(tempfile.mkdtemp(prefix=atomic.TEMPORARY, dir=target.parent))
    try:
        yield around / target.name
        (around / target.name).rename(target)
    finally:
        shutil.rmtree(around)


def _copy(public: Path, place: Path) -> int | None:
    """Copy all files of a site; None where one was gone before its turn came."""
    files = [path for path in sorted(public.rglob("*")) if path.is_file() and not _is_temporary(path)]
    try:
        if place.is_file():
            with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
                for path in files:
                    archive.write(path, path.relative_to(public).as_posix())
            return len(files)
        shutil.rmtree(place, ignore_errors=True)  # of the try before
        place.mkdir()
        for path in files:
            copy = place / path.relative_to(public)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
    except FileNotFoundError:
        return None
    return len(files)


def _is_temporary(path: Path) -> bool:
    return path.name.startswith(atomic.TEMPORARY)


def _state(works: Works, now: datetime) -> Any:
    """Return what stands on the site, None where something of it is to be written; only that changes its files."""
    state = []
    with database.reading(works.engine) as store:
        for publication in works.settings.publications:
            row = publications.id_of(store, publication.slug)
            shown = issues.published(store, row)
            if issues.due(store, row, now) or (
                shown and publications.edition(store, row) != works.edition(publication)
            ):
                return None
            state.append(shown)
    return state


def _record(settings: Settings, publication: Publication, issue: StoredIssue, stored: StoredArticle) -> dict[str, Any]:
    home = settings.home_url(publication)
    own = {name: value for name, value in asdict(stored.article).items() if name not in {"pictures", "confidence"}}
    withdrawn = stored.withdrawn
    return {
        "id": stored.id,
        "url": urls.public(home, stored.path),
        "paper": publication.slug,
        "language": issue.language,
        "issue": _issue(home, issue, issue.masthead),
        **own,
        "pictures": [_picture(home, picture) for picture in stored.article.pictures],
        "published": stored.published.isoformat(),
        "updated": stored.updated.isoformat(),
        "note": stored.note,
        "withdrawn": withdrawn and {"at": withdrawn.at.isoformat(), "reason": withdrawn.reason},
    }


def _issue(home: str, issue: StoredIssue, masthead: Masthead) -> dict[str, Any]:
    return {
        "id": issue.id,
        "url": urls.public(home, issue.path),
        "key": issue.key,
        "title": masthead.title,
        "date": masthead.date and masthead.date.isoformat(),
        "number": masthead.number,
        "published": issue.published.isoformat(),
    }


def _picture(home: str, picture: Picture) -> dict[str, Any]:
    url = urls.public(home, picture.sizes[0].path) if picture.sizes else None
    return {"name": picture.name, "caption": picture.caption, "credit": picture.credit, "url": url}
