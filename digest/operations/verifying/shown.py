"""What readers see of a paper, and what is known of it: the two sides that are compared."""

import html
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from digest.model import Remark, StoredArticle, StoredIssue
from digest.settings import Publication, Settings
from digest.store import audit, issues, publications, quiet
from digest.store.database import Connection

TELLING = 15
"""How many characters a sentence has, white space not counted, that is an article's own and no turn of phrase."""

_SENTENCE = re.compile(r"[^。！？.!?]+")


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows: the issues that readers have, the newest first, and the ids of all articles ever.

    Of the issues, `waiting` are to be published once more: they may stand there as they were, as they will be, or
    between the two; `quiet` stand in no feed but the archive's.
    """

    issues: tuple[StoredIssue, ...]
    waiting: frozenset[str]
    article_ids: frozenset[str]
    quiet: frozenset[str] = frozenset()

    @property
    def offered(self) -> tuple[StoredIssue, ...]:
        """The issues that may stand in feeds."""
        return tuple(issue for issue in self.issues if issue.id not in self.quiet)

    @property
    def settled(self) -> tuple[StoredIssue, ...]:
        """The issues that stand there exactly as the database has them."""
        return tuple(issue for issue in self.issues if issue.id not in self.waiting)


@dataclass(frozen=True, slots=True)
class Site:
    """Where files and addresses meet: of all papers (`public`, `url`), and below them of one (`home`)."""

    public: Path
    url: str
    home: Path

    def page(self, path: str) -> Path:
        """Return the file of a page of this paper."""
        return self.home / path / "index.html"

    def url_of(self, page: Path) -> str:
        """Return the address of a file."""
        return urljoin(self.url, page.relative_to(self.public).as_posix()).removesuffix("index.html")

    def file(self, url: str) -> Path | None:
        """Return the file that answers for an address, None where that is not the site's to say.

        Pages end in a slash and files in a suffix; what has neither is answered by the service.
        """
        path, root = (unquote(urlsplit(each).path) for each in (url, self.url))
        if not url.startswith(self.url) or not (path.endswith("/") or Path(path).suffix):
            return None
        return self.public / path.removeprefix(root) / ("index.html" if path.endswith("/") else "")


def known(store: Connection, publication: Publication) -> Known:
    """Return what the database knows of a paper."""
    row = publications.id_of(store, publication.slug)
    return Known(
        issues=tuple(issues.get(store, one.id) for one in reversed(issues.published(store, row))),
        waiting=audit.waiting_issues(store, row),
        article_ids=audit.article_ids(store, row),
        quiet=quiet.ids(store, row),
    )


def moved(store: Connection, settings: Settings, publication: Publication) -> list[Remark]:
    """Tell that a paper's site was written for another address than the settings have: nothing of it can be right."""
    written = publications.home_url(store, publications.id_of(store, publication.slug))
    wanted = settings.home_url(publication)
    if written in {None, wanted}:
        return []
    return [Remark("verify.address", {"paper": publication.slug, "published": str(written), "wanted": wanted})]


def site(settings: Settings, publication: Publication) -> Site:
    """Return where a paper's files are."""
    return Site(settings.public, settings.site_url, settings.public / settings.home(publication))


def text(source: str) -> str:
    """Return what HTML says, markup included, without white space and with its characters as they are."""
    return "".join(html.unescape(source).split())


def words(stored: StoredArticle) -> list[str]:
    """Return what a reader must find on an article's page, as `text` gives it."""
    return ["".join(each.split()) for each in (stored.article.title, *stored.article.paragraphs)]


def tells(said: str, stored: StoredArticle) -> bool:
    """Say whether a `text` tells what an article told: whole sentences of it, for its headline may be named."""
    sentences = (sentence for paragraph in words(stored)[1:] for sentence in _SENTENCE.findall(paragraph))
    return any(sentence in said for sentence in sentences if len(sentence) >= TELLING)
