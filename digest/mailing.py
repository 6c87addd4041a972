"""One run of the outbox: what is due goes, on several connections, as fast as it may, until a stop is asked for."""

import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

from digest import sending
from digest.delivery import Channel
from digest.errors import ChannelError, SenderError
from digest.sending import Post
from digest.store import database, notices, outbox, welcomes
from digest.store.database import Connection
from digest.store.outbox import Claimed
from digest.works import Works

BATCH = 50
"""How many deliveries are claimed at a time."""

MOST = 1000
"""How many deliveries a run sees to."""

CHANNEL_TRIES = 60
"""What `timing.FAIR_TRIES` is for a message, for runs that end with the channel out of order, every half a minute: half an hour."""

NEW = timedelta(seconds=10)
"""How long what a subscriber has asked for is worth a run of its own."""

PAPER_PAUSE = timedelta(minutes=5)
"""How long the letters of a paper wait whose sender was refused."""


def is_awaited(works: Works, now: datetime) -> bool:
    """Say whether somebody has asked just now for a mail that is not sent yet."""
    with database.reading(works.engine) as store:
        return notices.is_new(store, now - NEW, now) or welcomes.is_new(store, now - NEW)


@contextmanager
def begun(works: Works, now: datetime, most: int = MOST) -> Iterator["Run"]:
    """Give a run that sees to so many deliveries, under a number of its own, when what others had left is let go of."""
    number = secrets.randbelow(2**31)
    with database.alone(works.engine, "mailer", number), database.marking(works.engine) as mark:
        with database.writing(works.engine) as store:
            outbox.note_boot(store, database.started(works.engine))
            outbox.recover(store, resend=works.settings.mail.after_crash == "resend")
        yield Run(works, mark, now, mailer=number, most=most)


class Run:
    """A run and what its threads share. `done` is how many deliveries were seen to."""

    def __init__(
        self,
        works: Works,
        mark: Callable[[], AbstractContextManager[Connection]],
        now: datetime,
        *,
        mailer: int = 0,
        most: int = MOST,
    ) -> None:
        """Begin at `now`; what passes then is told by the monotonic clock. `mailer` is whose its claims are."""
        self.done = 0
        self._works, self._mark, self._post = works, mark, Post(works, mark, mailer)
        self._mailer, self._most = mailer, most
        self._begun, self._since = now, works.pace.clock()
        self._lock, self._over = threading.Lock(), threading.Event()
        self._claimed = 0
        self._waiting: list[Claimed] = []
        self._open: dict[int, Claimed] = {}
        self._error: Exception | None = None
        self._refused: SenderError | None = None

    def deliver(self) -> None:
        """Send deliveries until none is due. Raises the ChannelError that has ended this, or what else has."""
        mail = self._works.settings.mail
        more = mail.smtp.connections - 1 if mail.channel == "smtp" else 0
        others = [threading.Thread(target=self._work, name=f"letters-{n}") for n in range(more)]
        try:
            for other in others:
                other.start()
            self._work()
        except BaseException:
            self._over.set()
            raise
        finally:
            for other in others:
                other.join()
            self._let_go()
        if self._error is not None:
            raise self._error

    def answer(self) -> None:
        """Send the notices to subscribers that are due: somebody waits for them at a mailbox."""
        self._tell(office=False)

    def notify(self) -> None:
        """Send the notices to the office that are due. Raises the SenderError that has kept letters back, if one has."""
        self._tell(office=True)
        if self._refused is not None:
            raise self._refused

    def _tell(self, *, office: bool) -> None:
        with database.reading(self._works.engine) as store:
            told = [one for one in notices.due(store, self._now()) if (one.slug is None) == office]
        if told and not self._is_over():
            with self._works.channel() as channel:
                for one in told:
                    sending.notify(self._post, channel, one, self._now())

    def _work(self) -> None:
        try:
            with self._works.channel() as channel:
                while (one := self._next()) is not None:
                    self._send(channel, one)
        except Exception as error:  # noqa: BLE001 -- raised again when all threads have ended
            self._error = self._error or error
            self._over.set()

    def _next(self) -> Claimed | None:
        """Return the delivery that may go first, as soon as it may."""
        while not self._is_over():
            with self._lock:
                if not self._waiting:
                    self._claim()
                if not self._waiting:
                    return None
                one, wait = self._first()
                if not wait:
                    self._waiting.remove(one)
                    self._works.pace.take(_domain(one))
                    return one
            self._works.stopping.wait(wait)
        return None

    def _first(self) -> tuple[Claimed, float]:
        """Return the delivery that may go first, and in how many seconds."""
        waits: Iterator[tuple[Claimed, float]] = ((one, self._works.pace.wait(_domain(one))) for one in self._waiting)
        first = next(waits)
        for found in waits:
            if not first[1]:
                break
            first = min(first, found, key=lambda pair: pair[1])
        return first

    def _claim(self) -> None:
        slugs = {publication.slug for publication in self._works.settings.publications}
        with database.writing(self._works.engine) as store:
            most = min(BATCH, self._most - self._claimed)
            self._waiting = outbox.claim(store, self._now(), most, slugs, self._mailer)
        self._claimed += len(self._waiting)
        self._open |= {one.id: one for one in self._waiting}

    def _send(self, channel: Channel, one: Claimed) -> None:
        try:
            result = sending.send(self._post, channel, one, self._now())
        except SenderError as error:
            self._refused = error
            self._put_back(lambda each: each.slug == one.slug, one)
            with self._mark() as store:
                outbox.pause_paper(store, one.slug, self._now() + PAPER_PAUSE, sending.words(self._works, error))
            return
        domain, pause = _domain(one), None
        with self._lock:
            del self._open[one.id]
            self.done += 1
            if result == "sent":
                self._works.pace.accepted(domain)
            elif result in {"refused", "throttled"}:
                pause = self._works.pace.refused(domain, throttled=result == "throttled")
        if pause is not None:
            self._put_back(lambda each: _domain(each) == domain)
            with self._mark() as store:
                words = self._works.messages("error.smtp.paused", domain=domain)
                outbox.pause_domain(store, domain, self._now() + pause, words)

    def _put_back(self, which: Callable[[Claimed], bool], *also: Claimed) -> None:
        """Give up deliveries that were claimed, for this run."""
        with self._lock:
            back = [one.id for one in (*filter(which, self._waiting), *also)]
            self._waiting = [one for one in self._waiting if not which(one)]
            for each in back:
                del self._open[each]
        with self._mark() as store:
            outbox.release(store, back, resend=False, mailer=self._mailer)

    def _let_go(self) -> None:
        """Give back what was claimed and not seen to; where the channel was out of order, that was a try.

        It is due again at once, and nobody is burnt; but a letter that nobody could take for so long is not news.
        """
        now, ids = self._now(), list(self._open)
        if not ids:
            return
        with database.writing(self._works.engine) as store:
            if isinstance(self._error, ChannelError):
                error, before = sending.words(self._works, self._error), now - sending.patience(self._works)
                outbox.count_try(
                    store, ids, error, now=now, made_before=before, tries=CHANNEL_TRIES, mailer=self._mailer
                )
            resend = self._works.settings.mail.after_crash == "resend"
            outbox.release(store, ids, resend=resend, mailer=self._mailer)

    def _is_over(self) -> bool:
        return self._over.is_set() or self._works.stopping.is_set()

    def _now(self) -> datetime:
        return self._begun + timedelta(seconds=self._works.pace.clock() - self._since)


def _domain(one: Claimed) -> str:
    return one.email.rpartition("@")[2].lower()
