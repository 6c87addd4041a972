"""What becomes of a dropped file: an issue, a correction of one, nothing new, or a rejection; told once.

Three steps, each of which ends the same when it is begun again after a crash. `admit` makes a row of the file, which
from then on is the work. `settle` makes an issue of the row, whoever does that and wherever, and finds the words for all
who have dropped it. `finish` gives the file and its words to the folder.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import structlog

from digest import analysis, datafolder, filing, inbox, receipts
from digest.analysis.lexicon import Lexicon
from digest.errors import RejectedError, StaleError
from digest.inbox import Claim
from digest.model import Issue, Source
from digest.receipts import Facts, Outcome
from digest.settings import Publication
from digest.store import database, drops, issues, notices, publications, revisions, sources
from digest.store.database import Connection
from digest.store.drops import Told
from digest.understanding import understand_whole
from digest.works import Works

log = structlog.get_logger()

Words = Callable[[Connection, bool, str], Told]
"""What is told of a drop, when its source is settled: whether it is the first of those that wait, and its name."""

PASSING = OSError, StaleError, database.Trouble
"""What costs a file nothing but time: the machine refuses, or somebody else was quicker."""

MATCHES = 5
"""How often a source is compared again with what is there, while others change that."""


def take(works: Works, claim: Claim, now: datetime) -> Outcome:
    """Take a claim all the way. Begun again after a crash, it ends the same.

    What the disk or the database refuses now costs this claim nothing but time: the next scan begins it again. What a
    defect of ours makes of it costs this one file.
    """
    try:
        source_id = admit(works, claim, now)
        if source_id is not None:
            settle(works, source_id, now)
        return finish(works, claim, now)
    except PASSING as error:
        return Outcome("waiting", claim.name, receipts.waiting(claim.name, error, works.messages))


def receive(works: Works, claim: Claim, now: datetime) -> Outcome:
    """Take a claim as far as that goes without settling its source, which others do: admit it, and finish it."""
    try:
        admit(works, claim, now)
        return finish(works, claim, now)
    except PASSING as error:
        return Outcome("waiting", claim.name, receipts.waiting(claim.name, error, works.messages))


def admit(works: Works, claim: Claim, now: datetime) -> int | None:
    """Make a row of a claim, and return the source that is to be settled; None where there is nothing more to do.

    Raises OSError or `Trouble` where it cannot be read or kept now.
    """
    with database.reading(works.engine) as store:
        drop = drops.get(store, claim.id)
    if drop is not None:
        return drop.source_id if drop.outcome == drops.PENDING else None
    try:
        return _admitted(works, claim, _read(works, claim), now)
    except PASSING:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever it is, the other files do not wait for it
        refused = Told("rejected", receipts.rejected(claim.name, _refusal(error, claim.name), works.messages))
    with database.writing(works.engine) as store:
        _record(works, store, claim, refused, source_id=None, now=now)
    return None


def settle(works: Works, source_id: int, now: datetime) -> None:
    """Make of a pending source what it is, and find the words for all who wait for it; nothing where that is done.

    Raises OSError, `StaleError` or `Trouble` where it cannot be done now: it is put off, if that can be written down.
    """
    with database.reading(works.engine) as store:
        kept = sources.get(store, source_id)
        names = [one.name for one in drops.waiting(store, source_id)]
    if kept.state != "pending":
        if names:
            with database.writing(works.engine) as store:
                _tell(works, store, kept.slug, source_id, _told_later(works, kept.slug, source_id), now=now)
        return
    try:
        _settle(works, source_id, kept, names[0] if names else kept.name, now)
    except PASSING as error:
        with suppress(*PASSING), database.writing(works.engine) as store:
            sources.put_off(store, source_id, now, f"{type(error).__name__}: {error}")
        raise


def finish(works: Works, claim: Claim, now: datetime) -> Outcome:
    """Move a claim's file to where its editor finds it, the words first, if there are words for it yet."""
    with database.reading(works.engine) as store:
        drop = drops.get(store, claim.id)
    if drop is None or drop.outcome == drops.PENDING:
        return Outcome("admitted", claim.name, "")
    if drop.outcome == "rejected":
        works.inbox.reject(claim, drop.words)
    else:
        works.inbox.keep(claim, drop.words, now.astimezone(_paper(works, claim.slug).zone))
    return Outcome(drop.outcome, claim.name, drop.words)


def correct(works: Works, publication: Publication, issue_id: int, source: Source, now: datetime) -> Outcome:
    """Make a source the correction of a given issue, because a person says so."""
    work = _understood(works, publication, source, filing.facts_of(works, publication, source.name), now)
    inbox.keep_bytes(works.settings.blobs, source.content)
    with database.reading(works.engine) as store:
        plan = filing.planned(store, issue_id, work.parsed)
    with database.writing(works.engine) as store:
        paper = publications.id_of(store, publication.slug)
        known = sources.record(store, paper, source, now)
        words = filing.apply(store, plan, replace(work, source_id=known.id))
        works.submit(store, "publish", [paper])
    return Outcome("corrected", source.name, words)


def approve(works: Works, publication: Publication, issue_id: int, now: datetime) -> bool:
    """Let out what waits for approval: a held correction, else a held issue; say whether there was any."""
    with database.reading(works.engine) as store:
        held = revisions.held(store, issue_id)
        plan = held and filing.planned(store, issue_id, held.issue)
    terms_of = held and _terms(held.issue, works.vocabulary.lexicon(publication.slug))
    with database.writing(works.engine) as store:
        works.submit(store, "publish", [publications.id_of(store, publication.slug)])
        if held is None or plan is None or terms_of is None:
            return revisions.let_out(store, issue_id)
        facts = filing.facts_of(works, publication, "")
        filing.apply(store, plan, filing.Work(publication, held.issue, terms_of, facts, now, held.source_id))
        return True


def _read(works: Works, claim: Claim) -> Source:
    """Read a claim, and keep its bytes."""
    source = works.inbox.read(claim)
    if claim.slug == inbox.ASTRAY:
        slugs = (publication.slug for publication in works.settings.publications)
        raise RejectedError("rejected.astray", folders=", ".join(slugs))
    inbox.keep_bytes(works.settings.blobs, source.content)
    return source


def _admitted(works: Works, claim: Claim, source: Source, now: datetime) -> int | None:
    with database.writing(works.engine) as store:
        known = sources.admit(store, publications.id_of(store, claim.slug), source, now)
        if known.state == "pending":
            _record(works, store, claim, None, source_id=known.id, now=now)
            works.submit(store, "parse", [known.id])
            return known.id
        told = _known(works, store, claim.slug, known.id, claim.name)
        _record(works, store, claim, told, source_id=known.id, now=now)
        return None


def _settle(works: Works, source_id: int, kept: sources.Kept, name: str, now: datetime) -> None:
    """Understand a source, then file it; what is wrong with it, or with us, refuses it."""
    publication = works.publication(kept.slug)
    try:
        content = datafolder.blob(works.settings.blobs, kept.sha256).read_bytes()
        source = Source(kept.name, content, kept.modified, kept.sidecar)
        facts = filing.facts_of(works, publication, name)
        work = replace(_understood(works, publication, source, facts, now), source_id=source_id)
        _filed(works, source, work)
    except PASSING:
        raise
    except Exception as error:  # noqa: BLE001 -- whatever it is, the other files do not wait for it
        refusal = _refusal(error, name)
    else:
        return
    with database.writing(works.engine) as store:
        if sources.is_pending(store, source_id):
            sources.reject(store, source_id, refusal.code, refusal.facts)
            _tell(works, store, kept.slug, source_id, _told_refused(works, refusal), now=now)


def _filed(works: Works, source: Source, work: filing.Work) -> None:
    """Make an issue of a source, or a correction of one; compared again when what is there has changed meanwhile."""
    for left in reversed(range(MATCHES)):
        try:
            _file(works, source, work)
        except StaleError:
            if not left:
                raise
        else:
            return


def _file(works: Works, source: Source, work: filing.Work) -> None:
    parsed, source_id, slug = work.parsed, work.source_id, work.publication.slug
    with database.reading(works.engine) as store:
        paper = publications.id_of(store, slug)
        rivals = filing.rivals(store, paper, parsed)
        plan, other = filing.matched(store, paper, parsed)
    doubtful, later = filing.is_doubtful(works, parsed), _told_later(works, slug, source_id)
    with database.writing(works.engine) as store:
        if not sources.is_pending(store, source_id):
            _tell(works, store, slug, source_id, later, now=work.now)
            return
        if filing.rivals(store, paper, parsed) != rivals:
            raise StaleError("error.stale")
        if plan is None:
            told = filing.save(works, store, source, work, other)
        elif filing.is_overtaken(store, plan, work):
            told = Told("known", filing.refuse(store, plan, work))
        elif doubtful or plan.revision.withdraws_too_many:
            told = Told("held", filing.hold(store, plan, work, doubtful=doubtful))
        else:
            told = Told("corrected", filing.apply(store, plan, work))
        _tell(works, store, slug, source_id, lambda *drop: told if drop[1] else later(*drop), now=work.now)
        works.submit(store, "publish", [paper])


def _understood(works: Works, publication: Publication, source: Source, facts: Facts, now: datetime) -> filing.Work:
    lexicon = works.vocabulary.lexicon(publication.slug)
    found = understand_whole(source.at(publication.zone), lexicon, works.settings.analysis)
    for content in found.blobs.values():
        inbox.keep_bytes(works.settings.blobs, content)
    return filing.Work(publication, found.issue, _terms(found.issue, lexicon), facts, now)


def _terms(parsed: Issue, lexicon: Lexicon) -> tuple[frozenset[str], ...]:
    return tuple(analysis.terms(article, lexicon) for article in parsed.articles)


def _refusal(error: Exception, name: str) -> RejectedError:
    """Return why a file is refused; what no rule of ours foresees is a defect, which costs one file, never the run."""
    if isinstance(error, RejectedError):
        return error
    log.error("defect", file=name, exc_info=error)
    return RejectedError("rejected.defect", detail=f"{type(error).__name__}: {error}")


def _paper(works: Works, slug: str) -> Publication:
    """Return the paper that a claim is told of: its own, or the first where it is nobody's."""
    return works.settings.publications[0] if slug == inbox.ASTRAY else works.publication(slug)


def _known(works: Works, store: Connection, slug: str, source_id: int, name: str) -> Told:
    facts = filing.facts_of(works, works.publication(slug), name)
    return Told("known", receipts.known(facts, issues.get(store, issues.of_source(store, source_id))))


def _told_later(works: Works, slug: str, source_id: int) -> Words:
    """Return the words for those who dropped what another drop has brought in."""
    return lambda store, _first, name: _known(works, store, slug, source_id, name)


def _told_refused(works: Works, refusal: RejectedError) -> Words:
    return lambda _store, _first, name: Told("rejected", receipts.rejected(name, refusal, works.messages))


def _tell(works: Works, store: Connection, slug: str, source_id: int, words: Words, *, now: datetime) -> None:
    """Tell what became of a source to all drops that wait for it."""
    for n, drop in enumerate(drops.waiting(store, source_id)):
        told = words(store, n == 0, drop.name)
        drops.tell(store, drop.claim_id, told)
        _notify(works, store, slug, drop.claim_id, told, now=now)


def _record(
    works: Works, store: Connection, claim: Claim, told: Told | None, *, source_id: int | None, now: datetime
) -> None:
    """Record a claim, and tell of it if there is something to tell."""
    row = publications.id_of(store, _paper(works, claim.slug).slug)
    drops.record(store, claim.id, told, name=claim.name, publication_id=row, source_id=source_id, now=now)
    if told is not None:
        _notify(works, store, claim.slug, claim.id, told, now=now)


def _notify(works: Works, store: Connection, slug: str, claim_id: str, told: Told, *, now: datetime) -> None:
    """Queue what became of a claim for the editor's mailbox, where there is one."""
    publication = _paper(works, slug)
    if publication.editor is not None:
        message_id = f"<{claim_id}@{publications.minting(store)[0]}>"
        notices.add(store, publication.editor, told.words, message_id=message_id, now=now)
