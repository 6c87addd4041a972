"""The straight path, from a dropped file to feed, site and letter.

    inbox ── claim ─ read ─ parse ─ annotate ─▶ issues          ingest
    issues ── site.render, feeds.render ─▶ public/              publish
    issues ── mail.compose, mail.render ─▶ digest, deliveries   compose
    deliveries ── channel.send ─▶ the world                     deliver

Each step finds its work in the database, computes outside of transactions, and ends in one short transaction that
also moves the state: begun again after a crash, it finishes what it began. `now` is always an argument.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest import (
    feeds,
    inbox,
    mail,
    output,
    receipts,
    revising,
    site,
    timing,
    tokens,
    urls,
)
from digest.analysis.lexicon import Lexicon
from digest.delivery import Channel
from digest.errors import DeliveryError, RejectedError
from digest.inbox import Claim, Inbox
from digest.messages import Messages, language_of
from digest.model import Letter, Message, Paper, Source, StoredIssue
from digest.receipts import Outcome
from digest.settings import Publication, Settings
from digest.store import database, digests, issues, outbox, publications, sources
from digest.store.database import Engine
from digest.store.digests import Wanted
from digest.store.outbox import Claimed
from digest.templating import Templates
from digest.understanding import understand

FEED_ISSUES = 40
"""How many issues the feeds' window is chosen from."""

BATCH = 50
"""How many deliveries are claimed at a time."""


@dataclass(frozen=True, slots=True)
class Works:
    """What the path is given: the settings, the values that the stages need, and the opened edges."""

    settings: Settings
    engine: Engine
    inbox: Inbox
    lexicon: Lexicon
    templates: Templates
    messages: Messages
    channel: Callable[[], Channel]
    key: bytes
    new_id: Callable[[], str]


def ingest(works: Works, now: datetime) -> list[Outcome]:
    """Take in every file that has settled. Each becomes an issue, is known already, or is rejected with a reason."""
    return [_ingest(works, claim, now) for claim in works.inbox.claim()]


def publish(works: Works, now: datetime) -> list[StoredIssue]:
    """Write the pages, then the lists, then the feeds of every paper that has something to publish.

    The order is a promise: whatever a list or a feed points to is there before it (reliability.md, 4).
    """
    published = []
    for publication in works.settings.publications:
        with database.reading(works.engine) as store:
            row = publications.id_of(store, publication.slug)
            due = issues.due(store, row, now)
            fresh = [issues.get(store, one.id) for one in due]
            newest = issues.newest(store, row, also=[one.id for one in due], limit=FEED_ISSUES)
            lines = issues.lines(store, row, also=[one.id for one in due])
        folder = works.settings.public / works.settings.home(publication)
        if not due and (folder / "index.html").exists():
            continue
        paper = paper_of(works, publication)
        words = Messages(language_of(paper.language))
        for issue in fresh:
            output.write(folder, site.render_issue(paper, issue, works.templates, words))
        output.write(folder, site.render_lists(paper, newest[0] if newest else None, lines, works.templates, words))
        output.write(folder, _feeds(works, paper, newest))
        with database.writing(works.engine) as store:
            issues.mark_published(store, row, due)
        published += fresh
    return published


def compose(works: Works, now: datetime) -> int:
    """Make the letters that subscribers wait for, and a delivery for each of them; return how many letters."""
    made = 0
    for publication in works.settings.publications:
        slot = timing.last_slot(works.settings.mail.send_at, publication.zone, now)
        with database.reading(works.engine) as store:
            row = publications.id_of(store, publication.slug)
            daily = publications.digested_at(store, row) < slot
            wanted = digests.wanted(store, row, frozenset({"issue", "daily"} if daily else {"issue"}))
        letters = [(one, _letter(works, publication, one, now)) for one in wanted]
        if not letters and not daily:
            continue
        with database.writing(works.engine) as store:
            for one, letter in letters:
                domain = publications.minting(store)[0]
                digests.save(store, letter, one, public_id=works.new_id(), domain=domain, now=now)
            if daily:
                publications.set_digested_at(store, row, slot)
        made += len(letters)
    return made


def deliver(works: Works, now: datetime, go_on: Callable[[], bool] = lambda: True) -> int:
    """Send a batch of what is due, as long as `go_on` says so; return how many deliveries were seen to.

    One recipient's trouble is that recipient's; trouble of the channel itself (`ChannelError`) ends the run, with
    all that was not sent waiting as before.
    """
    with database.writing(works.engine) as store:
        batch = outbox.claim(store, now, BATCH)
        letters = {one.digest_id: outbox.letter(store, one.digest_id) for one in batch}
    waiting = deque(batch)
    try:
        if waiting:
            with works.channel() as channel:
                while waiting and go_on():
                    _send(works, channel, waiting[0], letters[waiting[0].digest_id], now)
                    waiting.popleft()
    finally:
        with database.writing(works.engine) as store:
            outbox.release(store, [one.id for one in waiting])
    return len(batch) - len(waiting)


def paper_of(works: Works, publication: Publication) -> Paper:
    """Return a publication as its readers meet it; a title that is not set is the one of its newest masthead."""
    with database.reading(works.engine) as store:
        printed = issues.printed_title(store, publications.id_of(store, publication.slug))
    return Paper(
        slug=publication.slug,
        title=publication.title or printed or publication.slug,
        description=publication.description,
        language=publication.language,
        zone=publication.zone,
        url=works.settings.site_url + works.settings.home(publication),
    )


def _ingest(works: Works, claim: Claim, now: datetime) -> Outcome:
    try:
        source = works.inbox.read(claim)
        inbox.keep_bytes(works.settings.blobs, source)
        outcome = _become_issue(works, claim, source, now)
    except RejectedError as refusal:
        words = receipts.rejected(claim.name, refusal, works.messages)
        works.inbox.reject(claim, words)
        return Outcome("rejected", claim.name, words)
    works.inbox.keep(claim, outcome.words, now)
    return outcome


def _become_issue(works: Works, claim: Claim, source: Source, now: datetime) -> Outcome:
    publication = next(one for one in works.settings.publications if one.slug == claim.slug)
    with database.writing(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        known = sources.record(store, row, source, now)
    if known.state != "done":
        try:
            issue = understand(source, works.lexicon, works.settings.analysis)
        except RejectedError as refusal:
            with database.writing(works.engine) as store:
                sources.reject(store, known.id, refusal.code, refusal.facts)
            raise
        at = timing.publication_time(publication, issue.masthead, now)
        minted = issues.Minted(
            publication_id=row,
            slug=publication.slug,
            key=revising.key(issue, source.sha256),
            day=issue.masthead.date or at.astimezone(publication.zone).date(),
            published=at,
        )
        with database.writing(works.engine) as store:
            issues.save(store, issue, minted, known.id, now)
            sources.finish(store, known.id)
    with database.reading(works.engine) as store:
        stored = issues.get(store, issues.of_source(store, known.id))
    home = works.settings.site_url + works.settings.home(publication)
    if known.state == "done":
        return Outcome("known", claim.name, receipts.known(claim.name, stored, home, works.messages))
    words = receipts.taken(claim.name, issue, stored, home, zone=publication.zone, say=works.messages)
    return Outcome("taken", claim.name, words)


def _feeds(works: Works, paper: Paper, newest: list[StoredIssue]) -> dict[str, bytes]:
    with database.reading(works.engine) as store:
        feed_id = urls.tag(*publications.minting(store), paper.slug, "feed")
    feed = feeds.build(paper, feed_id, newest, works.settings.feeds)
    rendered = feeds.render(feed)
    feeds.verify(rendered, feed)
    return rendered


def _letter(works: Works, publication: Publication, wanted: Wanted, now: datetime) -> Letter:
    with database.reading(works.engine) as store:
        unread = issues.between(store, wanted.publication_id, wanted.after, wanted.through)
    paper = paper_of(works, publication)
    digest = mail.compose(paper, unread, now.astimezone(publication.zone).date())
    return mail.render(
        digest, works.templates, Messages(language_of(paper.language)), works.settings.mail.postal_identity
    )


def _send(works: Works, channel: Channel, one: Claimed, letter: Letter, now: datetime) -> None:
    with database.reading(works.engine) as store:
        wanted = outbox.is_wanted(store, one.id)
    if not wanted:
        with database.writing(works.engine) as store:
            outbox.cancel(store, one.id, now)
        return

    def on_data() -> None:
        with database.writing(works.engine) as store:
            outbox.mark_data(store, one.id)

    try:
        channel.send(_message(works, one, letter, now), on_data)
    except DeliveryError as error:
        give_up = error.permanent or now - one.created_at > timedelta(hours=works.settings.mail.give_up_hours)
        with database.writing(works.engine) as store:
            if give_up:
                outbox.fail(store, one.id, now, works.messages.of(error.code, error.facts))
            else:
                again = now + timing.retry_after(one.attempts + 1)
                outbox.retry(store, one.id, again, works.messages.of(error.code, error.facts))
    else:
        with database.writing(works.engine) as store:
            outbox.mark_sent(store, one.id, now)


def _message(works: Works, one: Claimed, letter: Letter, now: datetime) -> Message:
    settings = works.settings
    publication = next(each for each in settings.publications if each.slug == one.slug)
    token = tokens.sign(works.key, tokens.unsubscribing(one.slug), one.public_id, one.token_version)
    return mail.address(
        letter,
        sender=settings.mail.sender,
        sender_name=settings.mail.sender_name or paper_of(works, publication).title,
        recipient=one.email,
        unsubscribe_url=f"{settings.service_url}unsubscribe/{one.slug}/{token}",
        list_id=f"{one.slug}.{settings.authority}",
        message_id=one.message_id,
        date=now,
    )
