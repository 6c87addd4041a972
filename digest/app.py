"""Wiring: settings → the opened edges and the values that the path is given."""

import fcntl
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from digest import atomic, config, templating, timing
from digest.analysis.lexicon import Learned, Lexicon, shipped
from digest.delivery import CHANNELS, Means
from digest.errors import DigestError
from digest.inbox import Inbox
from digest.messages import Messages
from digest.settings import Settings
from digest.store import database, outbox, publications, terms
from digest.store.database import Engine
from digest.vocabulary import Vocabulary
from digest.wordfiles import OwnWords
from digest.works import Works

LOCK = "service.lock"
"""The file in the data folder whose lock the one service holds, with its process id."""


@contextmanager
def open_service(settings: Settings, environment: Mapping[str, str], now: datetime) -> Iterator[Works]:
    """Open everything for the one process that works on this data folder.

    Raises DigestError("error.running") naming the process that is there already.
    """
    _make_data_folder(settings.data)
    database.probe(settings.data)
    with _sole(settings.data / LOCK):
        engine = open_store(settings, now)
        with database.writing(engine) as store:
            publications.fix_authority(store, settings.authority, now.date())
            outbox.recover(store)
        try:
            yield _works(settings, environment, engine)
        finally:
            engine.dispose()


@contextmanager
def open_beside(settings: Settings, environment: Mapping[str, str], now: datetime) -> Iterator[tuple[Works, bool]]:
    """Open everything for one command, and say whether it has the data folder to itself or a service is running."""
    with ExitStack() as stack:
        try:
            works = stack.enter_context(open_service(settings, environment, now))
        except DigestError as error:
            if error.code != "error.running":
                raise
        else:
            yield works, True
            return
        engine = open_store(settings, now)
        stack.callback(engine.dispose)
        yield _works(settings, environment, engine), False


def is_running(settings: Settings) -> bool:
    """Say whether a service is at work on the data folder."""
    try:
        handle = os.open(settings.data / LOCK, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def open_existing(settings: Settings, now: datetime) -> Engine:
    """Open the database of a data folder that was in use before; none is made where there is none.

    Raises DigestError("error.no_data").
    """
    if not (settings.data / "digest.db").exists():
        raise DigestError("error.no_data", folder=str(settings.data))
    return open_store(settings, now)


def open_store(settings: Settings, now: datetime) -> Engine:
    """Open the database, up to date, with every paper of the settings in it."""
    _make_data_folder(settings.data)
    engine = database.connect(settings.data / "digest.db")
    database.upgrade(engine)
    with database.writing(engine) as store:
        for publication in settings.publications:
            slot = timing.last_slot(settings.send_at(publication), publication.zone, now)
            publications.ensure(store, publication.slug, slot)
    return engine


def open_vocabulary(settings: Settings, engine: Engine) -> Vocabulary:
    """Read the newsroom's words; what the archives tell is read when it is needed."""
    return Vocabulary(settings.root, partial(_lexicon, settings), partial(_learned, engine))


def open_inbox(settings: Settings) -> Inbox:
    """Open the drop folder of all papers."""
    return Inbox(settings.inbox, tuple(one.slug for one in settings.publications), time.monotonic)


def fixed_authority(works: Works) -> str | None:
    """Return the authority that ids bear, where the settings ask for another in vain."""
    with database.reading(works.engine) as store:
        fixed, _ = publications.minting(store)
    return None if fixed == works.settings.authority else fixed


def _make_data_folder(folder: Path) -> None:
    """Make the data folder where there is none: for its owner, and a group such as the web server's."""
    if not folder.exists():
        atomic.make_folder(folder)
        folder.chmod(0o750)


def _works(settings: Settings, environment: Mapping[str, str], engine: Engine) -> Works:
    smtp = settings.mail.smtp
    password = config.secret(smtp.password_env, smtp.password_file, environment)
    means = Means(smtp, password, settings.outbox)
    return Works(
        settings=settings,
        engine=engine,
        inbox=open_inbox(settings),
        vocabulary=open_vocabulary(settings, engine),
        templates=templating.load(settings.templates if settings.templates.is_dir() else None),
        messages=Messages(settings.language),
        channel=lambda: CHANNELS[settings.mail.channel](means),
        key=_key(settings.data / "keys" / "token.key"),
        new_id=lambda: secrets.token_hex(8),
    )


def _lexicon(settings: Settings, own: OwnWords) -> Lexicon:
    return Lexicon.build(shipped(), own, segmenter=settings.analysis.segmenter, cache=settings.data / "cache")


def _learned(engine: Engine, slug: str, known: Learned) -> Learned:
    with database.reading(engine) as store:
        found = terms.learned(store, publications.id_of(store, slug), known.version)
    return known if found is None else Learned(*found)


@contextmanager
def _sole(lock: Path) -> Iterator[None]:
    """Hold the lock of the data folder: it dies with the process, whatever kills it."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o640)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            pid = os.read(handle, 20).decode().strip()
            raise DigestError("error.running", pid=pid, folder=str(lock.parent)) from error
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)


def _key(path: Path) -> bytes:
    """Return the secret key of all tokens, made at the first start."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, exist_ok=True)
        atomic.replace(path, secrets.token_bytes(32), mode=0o600)
        atomic.sync(path.parent)
    return path.read_bytes()
