"""Folders and who may do what in them: the data, the secrets, the inbox, and room on the disk."""

import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from digest.errors import DigestError
from digest.inbox import folder as inbox
from digest.inbox import settling
from digest.operations.doctor.findings import Finding, either, ill, told, well
from digest.settings import FILE, Settings
from digest.store import database

_ALL = os.R_OK | os.W_OK | os.X_OK
_OTHERS = 0o007
_ANY_WRITER = 0o002
_GROUP_WRITES = 0o020
_NOT_THE_OWNER = 0o077


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield what is found."""
    yield from _data(settings.data, settings.database_file)
    yield from _secrets(settings)
    yield from _written(settings)
    yield from _inbox(settings)
    yield _room(settings)


def _data(data: Path, rows: Path) -> Iterator[Finding]:
    if not data.exists():
        yield either(
            _may(_above(data)), "doctor.data_to_come", "doctor.not_ours", folder=str(data), owner=_owner(_above(data))
        )
        return
    if _mode(data) & _OTHERS:
        yield ill("doctor.data_open", folder=str(data))
    if rows.exists() and _mode(rows) & _NOT_THE_OWNER:
        yield ill("doctor.database_open", file=str(rows))
    if not _may(data) or data.stat().st_uid != os.geteuid():
        yield ill("doctor.not_ours", folder=str(data), owner=_owner(data))
    elif network := settling.file_systems(data) & settling.NETWORK:
        yield ill("doctor.data_network", folder=str(data), kind=", ".join(network))
    else:
        try:
            database.probe(data)
            yield well("doctor.data", folder=str(data))
        except DigestError as error:
            yield told(error)


def _secrets(settings: Settings) -> Iterator[Finding]:
    keys = settings.keys
    if not (keys / "token.key").exists() and not settings.database_file.exists():
        yield well("doctor.keys_to_come", folder=str(keys))
        return
    if not (keys / "token.key").exists() or not (keys / "address.key").exists():
        yield ill("doctor.keys_gone", folder=str(keys))
    seen = [path for path in (keys, *sorted(keys.glob("*"))) if path.exists() and _mode(path) & _NOT_THE_OWNER]
    for path in seen:
        yield ill("doctor.key_open", file=str(path))
    if not seen:
        yield well("doctor.keys", folder=str(keys))


def _written(settings: Settings) -> Iterator[Finding]:
    """Yield that anybody can read settings that hold an address with a key in it."""
    file = settings.root / FILE
    if settings.alarms.webhook and file.exists() and _mode(file) & _OTHERS:
        yield ill("doctor.config_open", file=str(file))


def _inbox(settings: Settings) -> Iterator[Finding]:
    folder = settings.inbox.folder
    if not folder.exists():
        yield either(
            _may(_above(folder)),
            "doctor.inbox_to_come",
            "doctor.not_ours",
            folder=str(folder),
            owner=_owner(_above(folder)),
        )
        return
    if not _may(folder):
        yield ill("doctor.not_ours", folder=str(folder), owner=_owner(folder))
        return
    papers = [folder / one.slug for one in settings.publications] if len(settings.publications) > 1 else []
    parts = [path for path in (*papers, *(folder / name for name in inbox.OURS)) if path.is_dir()]
    elsewhere = [path for path in parts if path.stat().st_dev != folder.stat().st_dev]
    shut = [path for path in papers if path.is_dir() and _mode(folder) & _GROUP_WRITES & ~_mode(path)]
    for path in elsewhere:
        yield ill("error.inbox_device", folder=str(path))
    for path in shut:
        yield ill("doctor.inbox_shut", folder=str(path))
    if _mode(folder) & _ANY_WRITER:
        yield ill("doctor.inbox_open", folder=str(folder))
    elif not elsewhere and not shut:
        yield well("doctor.inbox", folder=str(folder))


def _room(settings: Settings) -> Finding:
    free = shutil.disk_usage(_above(settings.data)).free // 10**6
    least = settings.alarms.least_free_mb
    return either(free >= least, "doctor.room", "doctor.no_room", free=free, least=least, folder=str(settings.data))


def _above(path: Path) -> Path:
    """Return the folder, or the nearest above it that there is."""
    return next(each for each in (path, *path.parents) if each.exists())


def _may(folder: Path) -> bool:
    return os.access(folder, _ALL)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _owner(path: Path) -> str:
    number = path.stat().st_uid
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)
