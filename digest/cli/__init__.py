"""The commands: what people type, and what they are told. The only place that prints.

Helps are codes of the catalogue, put into the caller's language when a command is run. What takes long to load is
imported where it is needed, so that `digest parse` is quick.
"""

import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Annotated, Any

import typer

from digest.cli import editing, explaining, keeping, letters, looking, service, subscribers
from digest.cli.caller import Caller, app
from digest.errors import DigestError
from digest.messages import Messages
from digest.settings import Language

_ORDER = (
    *("demo", "run", "once", "parse", "preview", "explain", "status", "verify"),
    *("approve", "hold", "retract", "reissue", "publish", "deliveries", "backup", "restore"),
)
"""The commands as the help lists them: what a newcomer needs first."""

app.registered_commands.sort(key=lambda command: _ORDER.index(command.name or ""))

__all__ = ["editing", "explaining", "keeping", "letters", "looking", "run", "service", "subscribers"]


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command and return its exit code; an expected failure is told in words on standard error."""
    say = Messages(_language(arguments, environment))
    command = typer.main.get_command(app)
    _translate(command, say)
    try:
        command(list(arguments), prog_name="digest", obj=Caller(say, environment))
    except DigestError as error:
        print(say.of(error.code, error.facts), file=sys.stderr)
        return 1
    except OSError as error:
        print(say("error.os", file=error.filename or "", detail=error.strerror or str(error)), file=sys.stderr)
        return 1
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else 0
    return 0


@app.callback()
def _options(
    _lang: Annotated[str | None, typer.Option("--lang", help="cli.opt.lang", show_default=False)] = None,
) -> None:
    """Take the options of all commands; the language has been seen to before."""


def _language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the caller's language: `--lang`, else that of the environment, else Chinese."""
    named = [value for option, value in pairwise(arguments) if option == "--lang"]
    named += [option.removeprefix("--lang=") for option in arguments if option.startswith("--lang=")]
    wanted = named or [environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)]
    return "en" if wanted and wanted[0].lower().startswith("en") else "zh"


def _translate(command: Any, say: Messages) -> None:
    """Put the helps of a command, its parameters and its sub-commands into words."""
    if command.help:
        command.help = say(command.help)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = say(parameter.help)
    for sub in getattr(command, "commands", {}).values():
        _translate(sub, say)
