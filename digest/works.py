"""What the path is given: the settings, the values that the stages need, and the opened edges."""

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from digest import papers
from digest.delivery import Channel
from digest.inbox import Inbox
from digest.mailbox import Mailbox
from digest.messages import Messages
from digest.model import OwnFiles, Paper
from digest.pace import Pace
from digest.pulse import Pulse
from digest.settings import Publication, Settings
from digest.store import database, issues, publications
from digest.store.database import Connection, Engine
from digest.templating import Templates
from digest.tokens import Key
from digest.vocabulary import Vocabulary

Submit = Callable[[Connection, str, Sequence[int]], None]
"""Has the task of a name done with keys, by whoever does tasks, once the caller's transaction is committed (`tasks`)."""


def leave(_store: Connection, _task: str, _keys: Sequence[int]) -> None:
    """Leave it at that: the row is the work, and this process finds it."""


@dataclass(frozen=True, slots=True)
class Works:
    """One open service. `key` signs tokens, `new_id` gives random names, `channel` opens the way letters go.

    `submit` tells whoever does tasks of new ones. `pulse` is what the service takes note of while it runs. `mailbox` is where letters come back to, if there is one,
    `webhook` the address that alarms are posted to. `own` are the newsroom's own files for each paper's site, by its slug.
    """

    settings: Settings
    engine: Engine
    inbox: Inbox
    vocabulary: Vocabulary
    templates: Templates
    messages: Messages
    channel: Callable[[], Channel]
    key: Key = field(repr=False)  # what is logged of an error must not give it away
    new_id: Callable[[], str]
    pace: Pace
    pulse: Pulse
    stopping: threading.Event
    own: Mapping[str, OwnFiles]
    version: str
    submit: Submit = leave
    mailbox: Mailbox | None = None
    webhook: str | None = field(default=None, repr=False)  # its address may hold a key

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
        return papers.paper(self.settings, publication, printed, self.own[publication.slug])

    def edition(self, publication: Publication) -> str:
        """Return what a paper's site is made with, as a hash: when that changes, all of it is to be written anew.

        That is the program, the templates, and what is set and lies there for the paper.
        """
        own = self.own[publication.slug]
        paper = papers.paper(self.settings, publication, None, own)
        made = self.version, self.templates.signature("site"), paper, own, self.settings.feeds
        return hashlib.sha256(repr(made).encode()).hexdigest()
