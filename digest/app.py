"""Wiring: settings → the opened edges and the values that the path is given."""

import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from digest import config, datafolder, ownfiles, sandbox, templating
from digest.analysis import lexicon
from digest.analysis.lexicon import Learned, Lexicon, shipped
from digest.delivery import CHANNELS, Means
from digest.errors import DigestError, RejectedError
from digest.inbox import Inbox
from digest.mailbox import Mailbox, open_mailbox
from digest.messages import Messages
from digest.pace import Pace
from digest.pulse import Pulse
from digest.settings import Settings
from digest.store import database, outbox, publications, terms
from digest.store.database import Engine
from digest.vocabulary import Vocabulary
from digest.wordfiles import OwnWords
from digest.works import Submit, Works, leave

if TYPE_CHECKING:
    from digest.delivery.dkim import Signer


PATIENCE_SECONDS = 60.0
"""How long a process of a cluster waits, when it starts, for a database that does not answer."""

AGAIN_SECONDS = 1.0
"""How long until it is asked again."""

log = structlog.get_logger()


@contextmanager
def open_service(settings: Settings, environment: Mapping[str, str], now: datetime) -> Iterator[Works]:
    """Open everything for the one process that works on this data folder.

    Raises DigestError("error.running") naming the process that is there already.
    """
    datafolder.make(settings.data)
    if settings.database is None:
        database.probe(settings.data)
    engine = _connected(settings)
    with database.sole(engine):
        _upgraded(engine, settings)
        with database.writing(engine) as store:
            publications.fix_authority(store, settings.authority, now.date())
            outbox.note_boot(store, database.started(engine))
            outbox.recover(store, resend=settings.mail.after_crash == "resend")
        try:
            yield _works(settings, environment, engine)
        finally:
            engine.dispose()


@contextmanager
def open_member(settings: Settings, environment: Mapping[str, str], now: datetime) -> Iterator[Works]:
    """Open everything for one process of a cluster: a worker, or a service, which has the clock or stands by.

    A database that does not answer is waited for: its machine may start later than this one.

    Raises DigestError("error.no_cluster") where the settings make none, "error.database" where that has taken too long.
    """
    if settings.engine != "cluster":
        raise DigestError("error.no_cluster")
    engine = _awaited(settings, time.monotonic() + PATIENCE_SECONDS)
    try:
        with database.writing(engine) as store:
            publications.fix_authority(store, settings.authority, now.date())
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
        yield stack.enter_context(open_aside(settings, environment)), False


@contextmanager
def open_aside(settings: Settings, environment: Mapping[str, str], *, first: bool = False) -> Iterator[Works]:
    """Open everything for a command that runs at any time and many times at once, whether a service is running or not.

    Raises DigestError("error.no_data") where none has ever run, unless the command may be the `first` of all.
    """
    engine = open_store(settings) if first else open_existing(settings)
    try:
        yield _works(settings, environment, engine)
    finally:
        engine.dispose()


def is_running(settings: Settings) -> bool:
    """Say whether a service is at work on the office."""
    engine = database.connect(settings.place)
    try:
        return database.is_taken(engine)
    finally:
        engine.dispose()


def open_existing(settings: Settings) -> Engine:
    """Open the database of a data folder that was in use before; none is made where there is none.

    Raises DigestError("error.no_data").
    """
    if not settings.is_begun:
        raise DigestError("error.no_data", folder=str(settings.data))
    return open_store(settings)


def open_store(settings: Settings) -> Engine:
    """Open the database, up to date, with every paper of the settings in it."""
    return _upgraded(_connected(settings), settings)


def open_means(settings: Settings, environment: Mapping[str, str]) -> Means:
    """Gather what letters are sent with: the server, its password, and what signs them."""
    smtp = settings.mail.smtp
    password = config.secret(smtp.password_env, smtp.password_file, environment)
    signer = open_signer(settings, environment)
    return Means(smtp, password, settings.outbox, sign=signer.sign if signer else bytes)


def open_signer(settings: Settings, environment: Mapping[str, str]) -> "Signer | None":
    """Return what signs letters, where the mail server does not."""
    dkim = settings.mail.dkim
    pem = config.secret(None, dkim.key_file, environment)
    if dkim.domain is None or pem is None:
        return None
    from digest.delivery.dkim import Signer

    return Signer(dkim.domain, dkim.selector, pem)


def open_bounces(settings: Settings, environment: Mapping[str, str]) -> Mailbox | None:
    """Return the mailbox that letters come back to, if there is one."""
    imap = settings.mail.bounces.imap
    return open_mailbox(settings.mail.bounces, config.secret(imap.password_env, imap.password_file, environment))


def open_vocabulary(settings: Settings, engine: Engine) -> Vocabulary:
    """Read the newsroom's words; what the archives tell is read when it is needed."""
    return Vocabulary(settings.root, partial(_lexicon, settings), partial(_learned, engine))


def prepare(settings: Settings, path: Path) -> None:
    """Have another process make what a service needs and lacks; `path` is where its settings lie.

    Which process does that once stays larger by 30 MB as long as it lives.
    """
    if not settings.is_begun or not (settings.cache / lexicon.GUESSES).exists():
        with suppress(RejectedError):  # it is made when it is needed, or what hinders that is told then
            sandbox.run(make, bytes(path.resolve()))


def make(path: bytes) -> bytes:
    """Make a database and what a Lexicon looks words up in, for the settings at `path`; return nothing."""
    settings = config.load(Path(path.decode()))
    open_store(settings).dispose()
    _lexicon(settings, OwnWords())
    return b""


def open_inbox(settings: Settings) -> Inbox:
    """Open the drop folder of all papers."""
    return Inbox(settings.inbox, tuple(one.slug for one in settings.publications), time.monotonic)


def fixed_authority(works: Works) -> str | None:
    """Return the authority that ids bear, where the settings ask for another in vain."""
    with database.reading(works.engine) as store:
        fixed, _ = publications.minting(store)
    return None if fixed == works.settings.authority else fixed


def _awaited(settings: Settings, end: float) -> Engine:
    """Open the database as soon as it answers, until `end` on the monotonic clock."""
    while True:
        try:
            return open_store(settings)
        except DigestError as error:
            if not isinstance(error.__cause__, database.Trouble) or time.monotonic() > end:
                raise
            log.warning("database", problem=str(error.facts.get("detail")))
            time.sleep(AGAIN_SECONDS)


def _connected(settings: Settings) -> Engine:
    """Make the data folder, and open the database as it is."""
    datafolder.make(settings.data)
    if settings.database is None:
        datafolder.reserve(settings.database_file)
    return database.connect(settings.place)


def _upgraded(engine: Engine, settings: Settings) -> Engine:
    """Bring a database up to date, with every paper of the settings in it."""
    database.upgrade(engine)
    with database.writing(engine) as store:
        for publication in settings.publications:
            publications.ensure(store, publication.slug)
    if settings.engine == "cluster":
        from digest import cluster

        cluster.prepare(engine)
    return engine


def _works(settings: Settings, environment: Mapping[str, str], engine: Engine) -> Works:
    means = open_means(settings, environment)
    return Works(
        settings=settings,
        engine=engine,
        inbox=open_inbox(settings),
        vocabulary=open_vocabulary(settings, engine),
        templates=templating.load(settings.templates if settings.templates.is_dir() else None),
        messages=Messages(settings.language),
        channel=lambda: CHANNELS[settings.mail.channel](means),
        key=datafolder.open_key(settings.keys),
        new_id=lambda: secrets.token_hex(8),
        pace=Pace(settings.mail.smtp.per_second, settings.mail.smtp.per_domain_second, time.monotonic),
        pulse=Pulse(time.monotonic),
        stopping=means.stopping,
        own={one.slug: ownfiles.read(settings, one) for one in settings.publications},
        version=metadata.version("digest"),
        submit=_submit(settings),
        mailbox=open_bounces(settings, environment),
        webhook=settings.alarms.webhook or config.secret(None, settings.alarms.webhook_file, environment),
    )


def _submit(settings: Settings) -> Submit:
    """Return what tells of new work: the workers of a cluster, else nobody, since the service finds it by itself."""
    if settings.engine == "single":
        return leave
    from digest import cluster  # an optional library

    return cluster.submit


def _lexicon(settings: Settings, own: OwnWords) -> Lexicon:
    lists = shipped(settings.cache)
    return Lexicon.build(lists, own, segmenter=settings.analysis.segmenter, cache=settings.cache)


def _learned(engine: Engine, slug: str, known: Learned) -> Learned:
    with database.reading(engine) as store:
        found = terms.learned(store, publications.id_of(store, slug), known.version)
    return known if found is None else Learned(*found)
