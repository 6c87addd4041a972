"""One article as the office knows it, by its address."""

from digest import urls
from digest.errors import DigestError
from digest.model import Article
from digest.settings import Publication, Settings
from digest.store import database, issues, publications
from digest.store.database import Engine


def article(settings: Settings, engine: Engine, publication: Publication, named: str) -> Article:
    """Return the article at an address, withdrawn or not. There is none: DigestError("error.no_article")."""
    address = urls.article_place(named.removeprefix(settings.site_url + settings.home(publication)))
    with database.reading(engine) as store:
        found = address and issues.article_at(store, publications.id_of(store, publication.slug), *address)
    if not found:
        raise DigestError("error.no_article", article=named)
    return found
