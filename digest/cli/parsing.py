"""The command parse. It is quick where it loads no more than it uses, so it knows neither typer nor the configuration."""

import sys
from collections.abc import Sequence
from pathlib import Path

from digest.cli.caller import CONFIG, Caller, lexicon_of, source
from digest.errors import RejectedError
from digest.settings import Analysis

JSON = "--json"


def asked(arguments: Sequence[str]) -> tuple[list[Path], bool] | None:
    """Return the files of a plain `parse FILE... [--json]` and whether records are wanted; None for all that is more."""
    files = [argument for argument in arguments[1:] if argument != JSON]
    if arguments[:1] != ["parse"] or not files or any(file.startswith("-") for file in files):
        return None
    return [Path(file) for file in files], JSON in arguments


def show(caller: Caller, files: Sequence[Path], *, as_json: bool) -> int:
    """Show what is found in each file; return the exit code, which tells whether one was refused."""
    from digest.understanding import understand

    settings = Analysis()
    lexicon = lexicon_of(caller, CONFIG, settings)
    refused = False
    for path in files:
        try:
            issue = understand(source(path), lexicon, settings)
        except RejectedError as refusal:
            print(f"{path}: {caller.say.of(refusal.code, refusal.facts)}", file=sys.stderr)
            refused = True
            continue
        if as_json:
            import json

            from digest.parsing import record

            print(json.dumps(record.record(path.name, issue, caller.say), ensure_ascii=False))
        else:
            from digest import receipts

            print(receipts.described(issue, caller.say))
    return int(refused)
