"""The straight path, from a dropped file to feed, site and letter.

    inbox ── claim ─ read ─ parse ─ annotate ─ match ─▶ issues      ingest
    issues ── site.render, feeds.render ─▶ public/                  publish
    issues ── mail.compose, mail.render ─▶ digest, deliveries       compose
    deliveries ── channel.send ─▶ the world                         deliver

Each step finds its work in the database, computes outside of transactions, and ends in one short transaction that
also moves the state: begun again after a crash, it finishes what it began. `now` is always an argument.
"""

from collections import deque
from collections.abc import Callable
from datetime import datetime

from digest import intake, mail, publishing, sending, timing
from digest.errors import ChannelError
from digest.messages import Messages, language_of
from digest.model import Letter, StoredIssue
from digest.receipts import Outcome
from digest.settings import Publication
from digest.store import database, digests, issues, notices, outbox, publications
from digest.store.digests import Wanted
from digest.works import Works

BATCH = 50
"""How many deliveries are claimed at a time."""


def ingest(works: Works, now: datetime) -> list[Outcome]:
    """Take in every file that has settled: a new issue, a correction, nothing new, or rejected with a reason."""
    return [intake.take(works, claim, now) for claim in works.inbox.claim()]


def publish(works: Works, now: datetime, *, everything: bool = False) -> list[StoredIssue]:
    """Write what changed of every paper that has something to publish; return the issues that were waiting.

    With `everything`, and where the site is not there, all that is public is written. A paper that fails is tried
    again later and keeps no other from its readers; the first failure is raised when all have had their turn.
    """
    published: list[StoredIssue] = []
    failures = []
    for publication in works.settings.publications:
        with database.reading(works.engine) as store:
            row = publications.id_of(store, publication.slug)
            due = issues.due(store, row, now)
        whole = everything or not (works.folder(publication) / "index.html").exists()
        if not due and not whole:
            continue
        try:
            published += publishing.write(works, publication, due, now, whole=whole)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the other papers do not wait for it
            failures.append(error)
            with database.writing(works.engine) as store:
                issues.put_off(store, due, now, f"{type(error).__name__}: {error}")
    if failures:
        raise failures[0]
    return published


def compose(works: Works, now: datetime) -> int:
    """Make the letters that subscribers wait for, and a delivery for each of them; return how many letters.

    A paper that fails keeps no other from its subscribers; the first failure is raised when all have had their turn.
    """
    made = 0
    failures = []
    for publication in works.settings.publications:
        try:
            made += _compose(works, publication, now)
        except Exception as error:  # noqa: BLE001 -- whatever it is, the other papers do not wait for it
            failures.append(error)
    if failures:
        raise failures[0]
    return made


def deliver(works: Works, now: datetime, go_on: Callable[[], bool] = lambda: True) -> int:
    """Send a batch of what is due, then notices, as long as `go_on` says so; return how many deliveries were seen to.

    One recipient's trouble is that recipient's; trouble of the channel itself (`ChannelError`) ends the run, and all
    that was not sent waits for the next.
    """
    slugs = {publication.slug for publication in works.settings.publications}
    with database.writing(works.engine) as store:
        outbox.recover(store)  # where the end of the last run could not be written
        batch = outbox.claim(store, now, BATCH, slugs)
        told = notices.due(store, now)
    waiting = deque(batch)
    try:
        if waiting or told:
            with works.channel() as channel:
                while waiting and go_on():
                    sending.send(works, channel, waiting[0], now)
                    waiting.popleft()
                for one in told if go_on() else ():
                    sending.notify(works, channel, one, now)
    except ChannelError as error:
        sending.unserved(works, waiting, error, now)
        raise
    finally:
        with database.writing(works.engine) as store:
            outbox.release(store, [one.id for one in waiting])
    return len(batch) - len(waiting)


def _compose(works: Works, publication: Publication, now: datetime) -> int:
    slot = timing.last_slot(works.settings.send_at(publication), publication.zone, now)
    with database.reading(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        seen = digests.changes(store, row)
        digested = publications.digested_at(store, row)
        daily = digested < slot or digested > now  # a clock that once stood ahead must not silence a paper
        wanted = digests.wanted(store, row, frozenset({"issue", "daily"} if daily else {"issue"}))
        stale = digests.stale(store, row)
    letters = [(one, _letter(works, publication, one, now)) for one in wanted]
    renewed = [(digest, _letter(works, publication, one, now)) for digest, one in stale]
    if not letters and not renewed and not daily:
        return 0
    with database.writing(works.engine) as store:
        if digests.changes(store, row) != seen:
            return 0  # an article was withdrawn meanwhile: the next run makes these letters without it
        domain = publications.minting(store)[0]
        for one, letter in letters:
            if letter is None:
                digests.pass_over(store, one)
            else:
                digests.save(store, letter, one, public_id=works.new_id(), domain=domain, now=now)
        for digest, letter in renewed:
            digests.renew(store, digest, letter)
        if daily:
            publications.set_digested_at(store, row, slot)
    return len([letter for _, letter in letters if letter])


def _letter(works: Works, publication: Publication, wanted: Wanted, now: datetime) -> Letter | None:
    """Render the letter about a range of articles; there is none when all of them have been withdrawn."""
    with database.reading(works.engine) as store:
        unread = issues.between(store, wanted.publication_id, wanted.after, wanted.through)
        changed = issues.changed(store, wanted.publication_id, wanted.after, wanted.through)
    if not unread:
        return None
    paper = works.paper(publication)
    digest = mail.compose(paper, unread, now.astimezone(publication.zone).date(), changed)
    words = Messages(language_of(paper.language))
    return mail.render(digest, works.templates, words, works.settings.mail.postal_identity)
