"""What every command shares: who calls, what they name, and the clock."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest import wordfiles
from digest.errors import DigestError, RejectedError
from digest.messages import Messages
from digest.model import Remark, Source
from digest.settings import FILE, Analysis, Publication, Settings

if TYPE_CHECKING:
    from digest.analysis.lexicon import Lexicon

CONFIG = Path(FILE)
"""The settings that a command takes when none are named: those of the folder it is run in."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: how to speak to them, and their environment."""

    say: Messages
    environment: Mapping[str, str]

    def print(self, code: str, /, **facts: object) -> None:
        """Print a message of the catalogue."""
        print(self.say(code, **facts))

    @contextmanager
    def progress(self, code: str) -> Iterator[Callable[[int, int], None]]:
        """Give what shows, on standard error where that is a terminal, how many of how many are done."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        console = Console(stderr=True)
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
            task = bar.add_task(self.say(code), total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)

    def complain(self, faults: Iterable[Remark]) -> None:
        """Print on standard error what is wrong and no reason to stop."""
        for fault in faults:
            print(self.say.of(fault.code, fault.facts), file=sys.stderr)


def source(path: Path) -> Source:
    """Read a file that a command names."""
    try:
        return Source(path.name, path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone())
    except OSError as error:
        raise RejectedError("rejected.unreadable_file", cause=error.errno or str(error)) from error


def lexicon_of(caller: Caller, path: Path, settings: Analysis) -> "Lexicon":
    """Build a Lexicon with the newsroom's words that lie beside its settings, if it has any."""
    from digest.analysis.lexicon import Lexicon, shipped

    own = wordfiles.read(path.parent) if path.exists() else wordfiles.OwnWords()
    caller.complain(own.faults)
    cache = _cache(caller.environment)
    return Lexicon.build(shipped(cache), own, segmenter=settings.segmenter, cache=cache)


def publication_of(settings: Settings, wanted: str | None, address: str = "") -> Publication:
    """Return the paper that a command is about: the one that is named, the one of an `address`, or the only one."""
    papers = {one.slug: one for one in settings.publications}
    if wanted is None:
        homes = {settings.site_url + settings.home(one): slug for slug, one in papers.items()}
        wanted = next((slug for home, slug in homes.items() if address.startswith(home)), None)
    if wanted is None and len(papers) == 1:
        wanted = next(iter(papers))
    if wanted is None:
        raise DigestError("error.paper", slugs=", ".join(papers))
    if wanted not in papers:
        raise DigestError("error.no_paper", slug=wanted, slugs=", ".join(papers))
    return papers[wanted]


def now() -> datetime:
    """Return the time: commands are where it enters."""
    return datetime.now(UTC)


def _cache(environment: Mapping[str, str]) -> Path | None:
    """Return the caller's own folder for what is quicker kept than made again (XDG Base Directory), if they have one."""
    if (named := environment.get("XDG_CACHE_HOME", "")).startswith("/"):
        return Path(named) / "digest"
    home = environment.get("HOME")
    return Path(home) / ".cache" / "digest" if home else None
