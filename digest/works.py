"""What the path is given: the settings, the values that the stages need, and the opened edges."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from digest import papers
from digest.delivery import Channel
from digest.inbox import Inbox
from digest.messages import Messages
from digest.model import Paper
from digest.settings import Publication, Settings
from digest.store import database, issues, publications
from digest.store.database import Engine
from digest.templating import Templates
from digest.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Works:
    """One open service. `key` signs tokens, `new_id` gives random names, `channel` opens the way letters go."""

    settings: Settings
    engine: Engine
    inbox: Inbox
    vocabulary: Vocabulary
    templates: Templates
    messages: Messages
    channel: Callable[[], Channel]
    key: bytes = field(repr=False)  # what is logged of an error must not give it away
    new_id: Callable[[], str]

    def publication(self, slug: str) -> Publication:
        """Return the settings of one paper."""
        return next(one for one in self.settings.publications if one.slug == slug)

    def folder(self, publication: Publication) -> Path:
        """Return where a paper's pages, lists and feeds lie."""
        return self.settings.public / self.settings.home(publication)

    def paper(self, publication: Publication) -> Paper:
        """Return a publication as its readers meet it; a title that is not set is the one of its newest masthead."""
        with database.reading(self.engine) as store:
            printed = issues.printed_title(store, publications.id_of(store, publication.slug))
        return papers.paper(self.settings, publication, printed)
