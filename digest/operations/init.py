"""A new office: a folder with its settings, an inbox and a data folder, and nothing of them taken from anywhere else.

Who may see and drop what in an office stands here, and in `datafolder`; a restored office is as a new one.
"""

import json
import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from digest import atomic, carried, config, datafolder
from digest.errors import DigestError
from digest.settings import Language, Settings

INBOX_MODE = 0o2770
"""Who may drop files: the folder's group, to which all belongs that lies in it."""

_CONFIG_MODE = 0o640


def make_office(folder: Path, language: Language, filled: Mapping[str, str]) -> Settings:
    """Make `folder` an office, its config.yaml last, and return its settings.

    config.yaml is the one that is delivered, with its messages in `language` and the values of `filled`, by their keys,
    in it. An inbox that is there already stays as it is, and so do secrets.

    Raises DigestError("error.init_folder") where there are settings or a database, and ConfigError for a value that
    cannot be one. Then nothing is made.
    """
    written = folder / config.NAME
    values = {key: json.dumps(value, ensure_ascii=False) for key, value in filled.items()}
    text = filled_in(carried.place(config.NAME).read_text(encoding="utf-8"), {"language": language} | values)
    settings = config.parse(text, written)
    for path in (written, settings.database_file):
        if path.exists():
            raise DigestError("error.init_folder", path=str(path))
    atomic.make_folder(folder)
    make_inbox(settings.inbox.folder)
    datafolder.make(settings.data)
    datafolder.open_key(settings.keys)
    write_config(written, text.encode())
    return settings


def make_inbox(folder: Path) -> None:
    """Make an inbox where there is none."""
    if not folder.exists():
        atomic.make_folder(folder)
        folder.chmod(INBOX_MODE)


def write_config(path: Path, content: bytes) -> None:
    """Put a config.yaml in its place: it may hold an address that is a key."""
    atomic.replace(path, content, mode=_CONFIG_MODE)
    atomic.sync(path.parent)


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Return a config.yaml with `values`, as YAML, at the first place of each key; comments stay where they stand."""
    for key, value in values.items():
        line = re.compile(rf"^([ -]*{key}: )(\S+)( +(?=#))?", re.MULTILINE)
        text = line.sub(partial(_put, value), text, count=1)
    return text


def _put(value: str, line: re.Match[str]) -> str:
    begin, former, gap = line.groups()
    return begin + value + (" " * max(1, len(former + gap) - len(value)) if gap else "")
