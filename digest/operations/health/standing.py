"""How things stand, as one value: what `digest status` prints, the desk shows, `/metrics` counts and alarms are raised from.

    Standing
      troubles      what is not well, the gravest first; `well` says that there is nothing
      inbox         what lies there: waiting files, files taken out and not done with, transfers that have stopped
      papers        each paper's last issue, when the next is expected, and since when its feed has stood there
      work          rows by table and state: {"source": {"done": 3}, "issue": …, "digest": …, "delivery": …}
      waiting_since since when the work that has been due for longest waits
      failures      what was tried in vain, with its reason
      rejected      the files that were rejected lately and still lie there
      held          the issues that wait for approval: doubtful ones, which are troubles, and those held by hand
      halted        the digests that are held back, by name
      templates     what is wrong with the newsroom's own templates
      disk          free bytes, and the fewest that are well
      versions      program, schema, Python
      crew          the workers of a cluster, None where the service does the work
      service       what only the running service knows, None from outside

`operations.status` fills it. A trouble is said by the catalogue: `Messages.of(trouble.code, trouble.facts)` is what it is,
`Messages.of(trouble.todo, trouble.facts)` what to do about it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from digest.model import Remark
from digest.pulse import Vitals
from digest.rhythm import Expected
from digest.store.bounces import Halted
from digest.store.crew import Crew
from digest.store.watching import Came, Held, Rejected, Vain


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that is not well. `key` names it as long as it lasts: its kind, and behind a colon what it is about."""

    key: str
    facts: Mapping[str, str | int]

    @property
    def kind(self) -> str:
        """What kind of trouble it is (`troubles.KINDS`)."""
        return self.key.partition(":")[0]

    @property
    def code(self) -> str:
        """The catalogue's code of what it is."""
        return f"alarm.{self.kind}"

    @property
    def todo(self) -> str:
        """The catalogue's code of what to do about it."""
        return f"alarm.{self.kind}_todo"

    @property
    def over(self) -> str:
        """The catalogue's code of its being over."""
        return f"alarm.{self.kind}_over"


@dataclass(frozen=True, slots=True)
class InboxStanding:
    """What lies in the inbox: files that wait, files taken out and not done with, transfers that came to nothing.

    `waiting` are names with since when the files are as they are, the oldest first. `unfinished` has lain for over a
    day, not wholly transferred or without its file. `trouble` is why the inbox cannot be looked into, if it cannot.
    """

    waiting: tuple[tuple[str, datetime], ...] = ()
    claimed: tuple[str, ...] = ()
    unfinished: tuple[str, ...] = ()
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class PaperStanding:
    """One paper. `last` is the issue that came last, `feed` when its feed was written.

    `expected` is None where nothing tells when the next issue comes.
    """

    slug: str
    title: str
    last: Came | None
    expected: Expected | None
    feed: datetime | None


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk of the data folder, in bytes: how much is free, and how much must be."""

    free: int
    least: int


@dataclass(frozen=True, slots=True)
class Versions:
    """What runs: the program, the schema of its database, and Python."""

    program: str
    schema: str
    python: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How things stand at a time; `troubles` is empty until it has been judged (`troubles.judged`).

    `working_since` is `waiting_since` without the letters and notices that were tried. `failed_letters` and
    `failed_notices` are those of the last day. `templates` tell in the fact `own` which ones were looked at, by which
    program. `crew` is who does the work where the service does not. `last_time` is the latest time that the
    database has written down.
    """

    at: datetime
    inbox: InboxStanding
    papers: tuple[PaperStanding, ...]
    work: Mapping[str, Mapping[str, int]]
    waiting_since: datetime | None
    working_since: datetime | None
    failures: tuple[Vain, ...]
    rejected: tuple[Rejected, ...]
    held: tuple[Held, ...]
    halted: tuple[Halted, ...]
    failed_letters: int
    failed_notices: int
    last_time: datetime | None
    disk: Disk
    versions: Versions
    service: Vitals | None
    crew: Crew | None = None
    templates: tuple[Remark, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def well(self) -> bool:
        """Whether nothing needs a person."""
        return not self.troubles

    @property
    def uncertain(self) -> int:
        """How many letters may have arrived or not."""
        return self.work["delivery"].get("uncertain", 0)
