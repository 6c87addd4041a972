"""Whether every page is there, says what the database says, and leads only to what is there."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml.etree import ParserError
from lxml.html import document_fromstring

from digest import atomic
from digest.model import PICTURES, Remark, StoredArticle
from digest.operations.verifying import shown
from digest.operations.verifying.shown import Known, Site

_NOINDEX = re.compile(r"""<meta\s+name=["']robots["']\s+content=["'][^"']*\bnoindex\b""", re.IGNORECASE)


def check(site: Site, known: Known) -> Iterator[Remark]:
    """Tell what is wrong with pages, pictures and lists."""
    withdrawn = [site.page(stored.path) for issue in known.settled for stored in issue.withdrawn]
    gone = {f'href="{urlsplit(site.url_of(file)).path}"': file for file in withdrawn}
    for issue in known.settled:
        if _read(site.page(issue.path)) is None:
            yield _missing(site.page(issue.path))
        for stored in (*issue.articles, *issue.withdrawn):
            yield from _article(site.page(stored.path), stored, gone)
    front, archive = site.page(""), site.page("archive/")
    yield from (_missing(page) for page in (front, archive) if _read(page) is None)
    yield from _lists(site, known, front, archive)
    yield from _pictures(site, known)


def _article(page: Path, stored: StoredArticle, gone: Mapping[str, Path]) -> Iterator[Remark]:
    """Tell what is wrong with an article's page; `gone` are the withdrawn ones by the markup of a link to them."""
    source = _read(page)
    if source is None:
        yield _missing(page)
        return
    said = shown.text(source)
    if stored.withdrawn is None:
        if not all(words in said for words in shown.words(stored)):
            yield Remark("verify.page_old", {"file": str(page)})
        for link, file in gone.items():
            if link in source:
                yield Remark("verify.listed_withdrawn", {"file": str(page), "link": str(file)})
    elif shown.tells(said, stored) or not _NOINDEX.search(source):
        yield Remark("verify.page_withdrawn", {"file": str(page)})


def _lists(site: Site, known: Known, front: Path, archive: Path) -> Iterator[Remark]:
    """Tell which issues the lists do not name, which of their links lead nowhere, and which to what was withdrawn."""
    archived = sorted(archive.parent.rglob("*.html"))
    links = {page: _links(site, page) for page in (front, *archived)}
    links |= {page: _links(site, page) for page in (site.page(issue.path) for issue in known.settled)}
    listed = [issue for issue in known.settled if issue.articles]
    named = {file for page in archived for file in links[page]}
    unnamed = [(issue, archive) for issue in listed if site.page(issue.path) not in named]
    if listed and not known.waiting and site.page(listed[0].path) not in links[front]:
        unnamed.append((listed[0], front))
    for issue, page in unnamed:
        yield Remark("verify.not_listed", {"file": str(page), "issue": issue.id})
    withdrawn = {site.page(stored.path) for issue in known.settled for stored in issue.withdrawn}
    first = {file: page for page, files in reversed(links.items()) for file in files}
    for file, page in sorted(first.items()):
        facts = {"file": str(page), "link": str(file)}
        if not file.is_file():
            yield Remark("verify.dead_link", facts)
        if file in withdrawn:
            yield Remark("verify.listed_withdrawn", facts)


def _pictures(site: Site, known: Known) -> Iterator[Remark]:
    """Tell which pictures are missing, and which are public although no article shows them."""
    articles = [stored.article for issue in known.settled for stored in issue.articles]
    shown = {site.home / size.path for article in articles for picture in article.shown for size in picture.sizes}
    yield from (Remark("verify.picture_missing", {"file": str(file)}) for file in sorted(shown) if not file.is_file())
    if not known.waiting:
        there = {file for file in (site.home / PICTURES).glob("*") if not file.name.startswith(atomic.TEMPORARY)}
        yield from (Remark("verify.picture_unknown", {"file": str(file)}) for file in sorted(there - shown))


def _links(site: Site, page: Path) -> set[Path]:
    """Return the files of the site that a page leads to."""
    try:
        document = document_fromstring(page.read_bytes())
    except (OSError, ParserError):
        return set()
    hrefs = [anchor.get("href", "") for anchor in document.iter("a")]
    return {file for href in hrefs if (file := site.file(urljoin(site.url_of(page), href)))}


def _missing(page: Path) -> Remark:
    return Remark("verify.page_missing", {"file": str(page)})


def _read(page: Path) -> str | None:
    """Return a page's HTML, None where there is none."""
    try:
        return page.read_text("utf-8", "replace") or None
    except OSError:
        return None
