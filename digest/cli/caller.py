"""What every command shares: who calls, the arguments that many take, and the clock."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digest import config, wordfiles
from digest.errors import DigestError, RejectedError
from digest.messages import Messages
from digest.model import Remark, Source
from digest.settings import Analysis, Publication, Settings

if TYPE_CHECKING:
    from digest.analysis.lexicon import Lexicon

app = typer.Typer(help="cli.help", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

CONFIG = Path(config.NAME)
"""The settings that a command takes when none are named: those of the folder it is run in."""

ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="cli.opt.config")]
OneFile = Annotated[Path, typer.Argument(help="cli.arg.file", show_default=False)]
Slug = Annotated[str | None, typer.Option("--paper", help="cli.opt.paper", show_default=False)]


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: how to speak to them, and their environment."""

    say: Messages
    environment: Mapping[str, str]

    def print(self, code: str, /, **facts: object) -> None:
        """Print a message of the catalogue."""
        print(self.say(code, **facts))

    def complain(self, faults: Iterable[Remark]) -> None:
        """Print on standard error what is wrong and no reason to stop."""
        for fault in faults:
            print(self.say.of(fault.code, fault.facts), file=sys.stderr)


def source(path: Path) -> Source:
    """Read a file that a command names."""
    try:
        return Source(path.name, path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC))
    except OSError as error:
        raise RejectedError("rejected.unreadable_file", detail=error.strerror or str(error)) from error


def lexicon_of(caller: Caller, path: Path, settings: Analysis) -> "Lexicon":
    """Build a Lexicon with the newsroom's words that lie beside its settings, if it has any."""
    from digest.analysis.lexicon import Lexicon, shipped

    own = wordfiles.read(path.parent) if path.exists() else wordfiles.OwnWords()
    caller.complain(own.faults)
    return Lexicon.build(shipped(), own, segmenter=settings.segmenter)


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
