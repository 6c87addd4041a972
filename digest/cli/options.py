"""The application that every command belongs to, and the arguments that many take."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="cli.help", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

ConfigFile = Annotated[Path, typer.Option("--config", "-c", help="cli.opt.config")]
OneFile = Annotated[Path, typer.Argument(help="cli.arg.file", show_default=False)]
Slug = Annotated[str | None, typer.Option("--paper", help="cli.opt.paper", show_default=False)]
