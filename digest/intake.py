"""What becomes of one dropped file: an issue, a correction of one, nothing new, or a rejection; told once."""

from dataclasses import replace
from datetime import datetime

import structlog

from digest import analysis, filing, inbox, receipts
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


def take(works: Works, claim: Claim, now: datetime) -> Outcome:
    """Settle one claim: in the database first, then in the folder. Begun again after a crash, it ends the same.

    What the disk or the database refuses now costs this claim nothing but time: the next scan begins it again. What a
    defect of ours makes of it costs this one file.
    """
    try:
        with database.reading(works.engine) as store:
            told = drops.get(store, claim.id)
        if told is None:
            told = _settled(works, claim, now)
        if told.outcome == "rejected":
            works.inbox.reject(claim, told.words)
        else:
            works.inbox.keep(claim, told.words, now.astimezone(_paper(works, claim).zone))
    except (OSError, StaleError, database.Trouble) as error:
        return Outcome("waiting", claim.name, receipts.waiting(claim.name, error, works.messages))
    return Outcome(told.outcome, claim.name, told.words)


def correct(works: Works, publication: Publication, issue_id: int, source: Source, now: datetime) -> Outcome:
    """Make a source the correction of a given issue, because a person says so."""
    work = _understood(works, publication, source, filing.facts_of(works, publication, source.name), now)
    inbox.keep_bytes(works.settings.blobs, source.content)
    with database.reading(works.engine) as store:
        plan = filing.planned(store, issue_id, work.parsed)
    with database.writing(works.engine) as store:
        known = sources.record(store, publications.id_of(store, publication.slug), source, now)
        words = filing.apply(store, plan, replace(work, source_id=known.id))
    return Outcome("corrected", source.name, words)


def approve(works: Works, publication: Publication, issue_id: int, now: datetime) -> bool:
    """Let out what waits for approval: a held correction, else a held issue; say whether there was any."""
    with database.reading(works.engine) as store:
        held = revisions.held(store, issue_id)
        plan = held and filing.planned(store, issue_id, held.issue)
    terms_of = held and _terms(held.issue, works.vocabulary.lexicon(publication.slug))
    with database.writing(works.engine) as store:
        if held is None or plan is None or terms_of is None:
            return revisions.let_out(store, issue_id)
        facts = filing.facts_of(works, publication, "")
        filing.apply(store, plan, filing.Work(publication, held.issue, terms_of, facts, now, held.source_id))
        return True


def _settled(works: Works, claim: Claim, now: datetime) -> Told:
    """Settle a claim in the database: in one transaction with the words that tell of it."""
    source_id = None
    try:
        source = works.inbox.read(claim)
        if claim.slug == inbox.ASTRAY:
            slugs = (publication.slug for publication in works.settings.publications)
            raise RejectedError("rejected.astray", folders=", ".join(slugs))
        inbox.keep_bytes(works.settings.blobs, source.content)
        with database.writing(works.engine) as store:
            known = sources.record(store, publications.id_of(store, claim.slug), source, now)
        source_id = known.id
        return _taken_in(works, claim, source, known, now)
    except RejectedError as error:
        refusal = error
    except (OSError, StaleError, database.Trouble):
        raise
    except Exception as error:
        log.exception("defect", file=claim.name)  # it costs one file, never the run
        refusal = RejectedError("rejected.defect", detail=f"{type(error).__name__}: {error}")
    told = Told("rejected", receipts.rejected(claim.name, refusal, works.messages))
    with database.writing(works.engine) as store:
        if source_id is not None:
            sources.reject(store, source_id, refusal.code, refusal.facts)
        _tell(works, store, claim, told, source_id=source_id, now=now)
    return told


def _taken_in(works: Works, claim: Claim, source: Source, known: sources.Known, now: datetime) -> Told:
    publication = works.publication(claim.slug)
    facts = filing.facts_of(works, publication, claim.name)
    if known.state in {"done", "held"}:
        with database.writing(works.engine) as store:
            told = Told("known", receipts.known(facts, issues.get(store, issues.of_source(store, known.id))))
            _tell(works, store, claim, told, source_id=known.id, now=now)
        return told
    work = replace(_understood(works, publication, source, facts, now), source_id=known.id)
    parsed = work.parsed
    with database.reading(works.engine) as store:
        plan, other = filing.matched(store, publications.id_of(store, publication.slug), parsed)
    doubtful = filing.is_doubtful(works, parsed)
    with database.writing(works.engine) as store:
        if plan is None:
            told = filing.save(works, store, source, work, other)
        elif doubtful or plan.revision.withdraws_too_many:
            told = Told("held", filing.hold(store, plan, work, doubtful=doubtful))
        else:
            told = Told("corrected", filing.apply(store, plan, work))
        _tell(works, store, claim, told, source_id=known.id, now=now)
    return told


def _understood(works: Works, publication: Publication, source: Source, facts: Facts, now: datetime) -> filing.Work:
    lexicon = works.vocabulary.lexicon(publication.slug)
    found = understand_whole(source.at(publication.zone), lexicon, works.settings.analysis)
    for content in found.blobs.values():
        inbox.keep_bytes(works.settings.blobs, content)
    return filing.Work(publication, found.issue, _terms(found.issue, lexicon), facts, now)


def _terms(parsed: Issue, lexicon: Lexicon) -> tuple[frozenset[str], ...]:
    return tuple(analysis.terms(article, lexicon) for article in parsed.articles)


def _paper(works: Works, claim: Claim) -> Publication:
    """Return the paper that a claim is told of: its own, or the first where it is nobody's."""
    return works.settings.publications[0] if claim.slug == inbox.ASTRAY else works.publication(claim.slug)


def _tell(works: Works, store: Connection, claim: Claim, told: Told, *, source_id: int | None, now: datetime) -> None:
    """Record what became of a claim, and queue it for the editor's mailbox where there is one."""
    publication = _paper(works, claim)
    row = publications.id_of(store, publication.slug)
    drops.record(store, claim.id, told, name=claim.name, publication_id=row, source_id=source_id, now=now)
    if publication.editor is not None:
        message_id = f"<{claim.id}@{publications.minting(store)[0]}>"
        notices.add(store, publication.editor, told.words, message_id=message_id, now=now)
