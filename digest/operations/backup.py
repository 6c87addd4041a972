"""One file that holds all that cannot be made again: the database, every source's bytes, the keys, the configuration.

The site, caches and letters written to a folder are left out: the first two are made again, the last were sent. The
database is copied first and decides which bytes belong to it, so that a backup made while the service runs is whole.
"""

import gzip
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath

from digest import atomic, config, datafolder
from digest.errors import DigestError
from digest.operations.moving import migrate
from digest.settings import Settings
from digest.store import audit, database, moving
from digest.store.database import Engine

DATABASE = "digest.db"
BLOBS = "blobs"
KEYS = "keys"

CHUNK = 1 << 20


def back_up(settings: Settings, engine: Engine, target: Path, config_file: Path) -> None:
    """Write a backup (tar.gz, 0600) to `target`, which is there whole or not at all. The service may run meanwhile.

    Raises DigestError("error.backup") where it cannot be written.
    """
    try:
        with (
            tempfile.TemporaryDirectory(prefix=atomic.TEMPORARY, dir=settings.data) as place,
            atomic.replacing(target, mode=0o600) as temporary,
            tarfile.open(temporary, "w:gz", compresslevel=6) as archive,
        ):
            copy = Path(place) / DATABASE
            moving.copy(engine, copy)
            archive.add(copy, DATABASE)
            for path in _belonging(settings, copy):
                archive.add(path, path.relative_to(settings.data).as_posix(), recursive=False)
            if config_file.is_file():
                archive.add(config_file, config.NAME)
        atomic.sync(target.parent)
    except OSError as error:
        raise DigestError("error.backup", file=str(target), detail=error.strerror or str(error)) from error


def config_in(archive: Path) -> bytes | None:
    """Return the configuration that a backup holds, if it does."""
    with _opened(archive) as members:
        found = next((member for member in members if member.name == config.NAME and member.isfile()), None)
        file = None if found is None else members.extractfile(found)
        return None if file is None else file.read()


def restore(settings: Settings, archive: Path, now: datetime, *, resume_mail: bool = False) -> int:
    """Fill the empty data folder from a backup, the database last, wherever it lies: without it, nothing is restored.

    Unless `resume_mail` says that nothing was mailed since, letters are doubted (`audit.doubt_letters`) before the
    database is in its place, so that no service finds it otherwise and nothing is mailed twice. Return how many.

    One that was cut off is begun anew by the next; until then no service starts there.

    Raises DigestError: "error.restore_folder" where the data folder is not empty, "error.archive" where the backup
    cannot be read to its end, "error.archive_member" where it holds what no backup does, and on a server "error.running"
    and "error.move_filled". Then folder and server are as they were before.
    """
    data = settings.data
    if atomic.is_half_filled(data):
        _clear(data)
    if data.exists() and any(not path.name.startswith(atomic.FILLING) for path in data.iterdir()):
        raise DigestError("error.restore_folder", folder=str(data))
    atomic.make_folder(data)
    data.chmod(0o750)
    try:
        place = Path(tempfile.mkdtemp(prefix=atomic.FILLING, dir=data))
        _unpack(archive, place)
        doubted = 0 if resume_mail else _doubt_letters_in(place / DATABASE, now)
        os.sync()
        for name in (BLOBS, KEYS):
            if (place / name).exists():
                (place / name).rename(data / name)
                atomic.sync(data)
        if settings.database is None:
            (place / DATABASE).rename(data / DATABASE)
            atomic.sync(data)
        else:
            migrate(place / DATABASE, settings.database, resend=False)
    except BaseException:
        _clear(data)
        raise
    shutil.rmtree(place, ignore_errors=True)
    return doubted


def _clear(data: Path) -> None:
    """Remove what a restore has put into a folder that was empty, the database first."""
    (data / DATABASE).unlink(missing_ok=True)
    for path in (data / BLOBS, data / KEYS, *data.glob(f"{atomic.FILLING}*")):
        if path.exists():
            shutil.rmtree(path)


def _doubt_letters_in(copy: Path, now: datetime) -> int:
    engine = database.connect(copy)
    try:
        database.upgrade(engine)
        with database.writing(engine) as store:
            return audit.doubt_letters(store, now)
    finally:
        engine.dispose()


def _belonging(settings: Settings, copy: Path) -> Iterator[Path]:
    """Yield the keys, and the bytes of every source and picture that the copied database knows."""
    yield from sorted((settings.data / KEYS).glob("*"))
    engine = database.connect(copy)
    try:
        with database.reading(engine) as store:
            expected = audit.blobs(store)
    finally:
        engine.dispose()
    paths = (datafolder.blob(settings.blobs, blob.sha256) for blob in expected)
    yield from (path for path in paths if path.is_file())


def _unpack(archive: Path, place: Path) -> None:
    (place / KEYS).mkdir(mode=0o700)
    with _opened(archive) as members:
        for member in members:
            _check(member)
            if member.name != config.NAME:
                members.extract(member, place, filter="data")
    if not (place / DATABASE).is_file():
        raise DigestError("error.archive", file=str(archive), detail=DATABASE)


@contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    """Open a backup, and read it to its end: tarfile stops at what it cannot read as if nothing followed."""
    try:
        with gzip.open(archive) as stream, tarfile.open(fileobj=stream, mode="r:") as members:
            yield members
            while stream.read(CHUNK):
                pass
    except (OSError, EOFError, tarfile.TarError, zlib.error) as error:
        raise DigestError("error.archive", file=str(archive), detail=str(error)) from error


def _check(member: tarfile.TarInfo) -> None:
    """Refuse what no backup holds: a link, a device, a path that leads out of the folder, a file of another name."""
    path = PurePosixPath(member.name)
    ours = path.parts[:1] in {(BLOBS,), (KEYS,)} or member.name in {DATABASE, config.NAME}
    if not member.isfile() or not ours or ".." in path.parts:
        raise DigestError("error.archive_member", member=member.name)
