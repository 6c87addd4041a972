"""What typer says around our own words, in the caller's language: how a command is called, helps, what was typed wrong."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import typer

from digest.messages import Messages

_TITLES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "ARGUMENTS_PANEL_TITLE": ("cli.frame.arguments", {}),
    "OPTIONS_PANEL_TITLE": ("cli.frame.options", {}),
    "COMMANDS_PANEL_TITLE": ("cli.frame.commands", {}),
    "ERRORS_PANEL_TITLE": ("cli.frame.error", {}),
    "ABORTED_TEXT": ("cli.frame.aborted", {}),
    "REQUIRED_LONG_STRING": ("cli.frame.required", {}),
    "DEFAULT_STRING": ("cli.frame.default", {"value": "{}"}),
    "RICH_HELP": ("cli.frame.more", {"command": "[blue]{command_path} {help_option}[/]"}),
}
"""The words that `typer.rich_utils` looks up when it prints, by its own names, and what the catalogue has for them."""

_TYPED: Mapping[str, re.Pattern[str]] = {
    "cli.typed.no_command": re.compile(r"No such command '(?P<name>.*?)'\.(?: Did you mean (?P<likely>.*)\?)?"),
    "cli.typed.no_option": re.compile(r"No such option: (?P<name>\S*)(?: \(Possible options: (?P<likely>.*)\))?"),
    "cli.typed.missing": re.compile(r"Missing \w+ '(?P<name>.*?)'.*"),
    "cli.typed.too_many": re.compile(r"Got unexpected extra argument\(s\) \((?P<name>.*)\)"),
    "cli.typed.no_value": re.compile(r"Option '(?P<name>.*?)' requires .*"),
    "cli.typed.a_value": re.compile(r"Option '(?P<name>.*?)' does not take a value\."),
    "cli.typed.bad_value": re.compile(r"Invalid value for '(?P<name>.*?)'[^:]*: (?P<detail>.*)", re.DOTALL),
}
"""How typer says what was typed wrong, by the catalogue's code for it; what it says otherwise stays in its words."""


def translate(command: Any, say: Messages) -> None:
    """Put the helps of a command, its parameters and its sub-commands into words."""
    if command.help:
        command.help = say(command.help)
    command.get_usage = partial(_usage, command.get_usage, say)
    command.get_help_option = partial(_help_option, command.get_help_option, say)
    command.options_metavar = say("cli.frame.options_metavar")
    if hasattr(command, "subcommand_metavar"):
        command.subcommand_metavar = say("cli.frame.command_metavar")
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = say(parameter.help)
    for sub in getattr(command, "commands", {}).values():
        translate(sub, say)


def complain(error: typer.TyperException | typer.Abort, say: Messages) -> int:
    """Tell what was typed wrong, or that the caller has broken off; return the exit code."""
    rich_utils = _titled(say)
    if isinstance(error, typer.Abort):
        rich_utils.rich_abort_error()
        return 1
    words = typed_wrong(error.format_message(), say)
    error.format_message = lambda: words  # type: ignore[method-assign]  # what prints it asks the error itself
    rich_utils.rich_format_error(error)
    return error.exit_code


def typed_wrong(sentence: str, say: Messages) -> str:
    """Return in words what typer says of a mistake."""
    for code, pattern in _TYPED.items():
        if found := pattern.fullmatch(sentence):
            likely = found.groupdict().get("likely")
            words = say(code, **found.groupdict())
            return words + say("cli.typed.likely", likely=likely.replace("'", "")) if likely else words
    return sentence


def _usage(get: Callable[[Any], str], say: Messages, context: Any) -> str:
    """Return how a command is called; every help begins with it, so the titles that follow are set here."""
    _titled(say)
    return get(context).replace("Usage: ", say("cli.frame.usage"), 1)


def _help_option(get: Callable[[Any], Any], say: Messages, context: Any) -> Any:
    """Return the option that shows the help, with its own help in words."""
    option = get(context)
    if option is not None:
        option.help = say("cli.frame.help")
    return option


def _titled(say: Messages) -> Any:
    """Return what prints helps and errors; it loads rich, which nothing else that a command does may need."""
    from typer import rich_utils

    for name, (code, facts) in _TITLES.items():
        setattr(rich_utils, name, say(code, **facts))
    return rich_utils
