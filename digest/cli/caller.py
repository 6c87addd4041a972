"""What every command shares: who calls, the arguments that many take, and the clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from digest import config
from digest.errors import DigestError, RejectedError
from digest.messages import Messages
from digest.model import Source
from digest.settings import Settings

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


def source(path: Path) -> Source:
    """Read a file that a command names."""
    try:
        return Source(path.name, path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC))
    except OSError as error:
        raise RejectedError("rejected.unreadable_file", detail=error.strerror or str(error)) from error


def slug_of(settings: Settings, wanted: str | None) -> str:
    """Return the paper that a command is about: the only one, or the one that is named."""
    slugs = [one.slug for one in settings.publications]
    chosen = slugs[0] if wanted is None and len(slugs) == 1 else wanted
    if chosen is None or chosen not in slugs:
        raise DigestError("error.paper", slugs=", ".join(slugs))
    return chosen


def now() -> datetime:
    """Return the time: commands are where it enters."""
    return datetime.now(UTC)
