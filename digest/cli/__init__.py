"""The commands: what people type, and what they are told. The only place that prints.

What takes long to load is imported where it is needed: `parse` is quick, and typer itself is loaded for the others.
"""

import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise

from digest.cli import parsing
from digest.cli.caller import Caller
from digest.errors import DigestError
from digest.messages import Messages
from digest.settings import Language


def run(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command and return its exit code; an expected failure is told in words on standard error."""
    say = Messages(_language(arguments, environment))
    try:
        return _run(arguments, Caller(say, environment))
    except DigestError as error:
        print(say.of(error.code, error.facts), file=sys.stderr)
    except OSError as error:
        print(say("error.os", file=error.filename or "", cause=error.errno or str(error)), file=sys.stderr)
    return 1


def _run(arguments: Sequence[str], caller: Caller) -> int:
    if plain := parsing.asked(arguments):
        files, as_json = plain
        return parsing.show(caller, files, as_json=as_json)
    from digest.cli import commands

    return commands.run(arguments, caller)


def _language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Return the caller's language: `--lang`, else that of the environment, else Chinese."""
    named = [value for option, value in pairwise(arguments) if option == "--lang"]
    named += [option.removeprefix("--lang=") for option in arguments if option.startswith("--lang=")]
    wanted = named or [environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)]
    return "en" if wanted and wanted[0].lower().startswith("en") else "zh"
