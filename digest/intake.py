"""What becomes of one dropped file: an issue, a correction of one, nothing new, or a rejection; told once."""

from dataclasses import dataclass
from datetime import datetime

from digest import inbox, receipts, revising, timing
from digest.errors import RejectedError, StaleError
from digest.inbox import Claim
from digest.model import Issue, Source, StoredIssue
from digest.receipts import Changes, Facts, Outcome
from digest.revising import Known, Revision
from digest.settings import Publication
from digest.store import database, drops, issues, notices, publications, revisions, sources
from digest.store.database import Connection
from digest.store.drops import Told
from digest.understanding import understand
from digest.works import Works


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
            works.inbox.keep(claim, told.words, now)
    except (OSError, StaleError, database.Trouble) as error:
        return Outcome("waiting", claim.name, receipts.waiting(claim.name, error, works.messages))
    return Outcome(told.outcome, claim.name, told.words)


def correct(works: Works, publication: Publication, issue_id: int, source: Source, now: datetime) -> Outcome:
    """Make a source the correction of a given issue, because a person says so."""
    parsed = understand(source, works.lexicon, works.settings.analysis)
    inbox.keep_bytes(works.settings.blobs, source)
    with database.reading(works.engine) as store:
        plan = _planned(store, issue_id, parsed)
    with database.writing(works.engine) as store:
        known = sources.record(store, publications.id_of(store, publication.slug), source, now)
        words = _apply(store, plan, _Work(publication, parsed, known.id, _facts(works, publication, source.name), now))
    return Outcome("corrected", source.name, words)


def approve(works: Works, publication: Publication, issue_id: int, now: datetime) -> bool:
    """Let out what waits for approval: a held correction, else a held issue; say whether there was any."""
    with database.reading(works.engine) as store:
        held = revisions.held(store, issue_id)
        plan = held and _planned(store, issue_id, held.issue)
    with database.writing(works.engine) as store:
        if held is None or plan is None:
            return revisions.let_out(store, issue_id)
        _apply(store, plan, _Work(publication, held.issue, held.source_id, _facts(works, publication, ""), now))
        return True


@dataclass(frozen=True, slots=True)
class _Work:
    """A source that has been understood, and what is needed to save it and tell of it."""

    publication: Publication
    parsed: Issue
    source_id: int
    facts: Facts
    now: datetime

    @property
    def published(self) -> datetime:
        """When the issue is to be published, as far as it has not been."""
        return timing.publication_time(self.publication, self.parsed.masthead, self.now, self.parsed.embargo)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What a source would do to a stored issue, computed while that was in revision `rev`."""

    issue_id: int
    rev: int
    known: tuple[Known, ...]
    revision: Revision


def _settled(works: Works, claim: Claim, now: datetime) -> Told:
    """Settle a claim in the database: in one transaction with the words that tell of it."""
    source_id = None
    try:
        source = works.inbox.read(claim)
        inbox.keep_bytes(works.settings.blobs, source)
        with database.writing(works.engine) as store:
            known = sources.record(store, publications.id_of(store, claim.slug), source, now)
        source_id = known.id
        return _taken_in(works, claim, source, known, now)
    except RejectedError as error:
        refusal = error
    except (OSError, StaleError, database.Trouble):
        raise
    except Exception as error:  # noqa: BLE001 -- a defect must cost one file, never the run
        refusal = RejectedError("rejected.defect", detail=f"{type(error).__name__}: {error}")
    told = Told("rejected", receipts.rejected(claim.name, refusal, works.messages))
    with database.writing(works.engine) as store:
        if source_id is not None:
            sources.reject(store, source_id, refusal.code, refusal.facts)
        _tell(works, store, claim, told, source_id=source_id, now=now)
    return told


def _taken_in(works: Works, claim: Claim, source: Source, known: sources.Known, now: datetime) -> Told:
    publication = works.publication(claim.slug)
    facts = _facts(works, publication, claim.name)
    if known.state in {"done", "held"}:
        with database.writing(works.engine) as store:
            told = Told("known", receipts.known(facts, issues.get(store, issues.of_source(store, known.id))))
            _tell(works, store, claim, told, source_id=known.id, now=now)
        return told
    parsed = understand(source, works.lexicon, works.settings.analysis)
    work = _Work(publication, parsed, known.id, facts, now)
    with database.reading(works.engine) as store:
        paper = publications.id_of(store, publication.slug)
        plans = [_planned(store, issue_id, parsed) for issue_id in revisions.candidates(store, paper, parsed)]
    plan = next((one for one in plans if one.revision.is_reissue), None)
    with database.writing(works.engine) as store:
        if plan is None:
            unlike = issues.get(store, plans[0].issue_id) if plans else None
            told = Told("taken", _save(store, source, work, unlike))
        elif plan.revision.withdraws_too_many:
            told = Told("held", _hold(store, plan, work))
        else:
            told = Told("corrected", _apply(store, plan, work))
        _tell(works, store, claim, told, source_id=known.id, now=now)
    return told


def _planned(store: Connection, issue_id: int, parsed: Issue) -> _Plan:
    known = tuple(Known(*row) for row in revisions.known(store, issue_id))
    return _Plan(issue_id, revisions.revision(store, issue_id), known, revising.match(parsed.articles, known))


def _save(store: Connection, source: Source, work: _Work, unlike: StoredIssue | None) -> str:
    """Save a new issue and return its receipt."""
    publication = work.publication
    minted = revisions.Minted(
        publication_id=publications.id_of(store, publication.slug),
        slug=publication.slug,
        key=revising.key(work.parsed, source.sha256),
        day=work.parsed.masthead.date or work.published.astimezone(publication.zone).date(),
        published=work.published,
    )
    stored = issues.get(store, revisions.save(store, work.parsed, minted, work.source_id, work.now))
    sources.finish(store, work.source_id)
    return receipts.taken(work.facts, work.parsed, stored, now=work.now, unlike=unlike)


def _hold(store: Connection, plan: _Plan, work: _Work) -> str:
    """Keep a correction for approval and return its receipt."""
    revisions.hold(store, plan.issue_id, work.parsed, work.source_id, work.now)
    sources.hold(store, work.source_id)
    return receipts.held(work.facts, work.parsed, issues.get(store, plan.issue_id), _changes(plan, work.parsed))


def _apply(store: Connection, plan: _Plan, work: _Work) -> str:
    """Correct an issue and return the receipt."""
    before = issues.get(store, plan.issue_id).masthead
    revisions.apply(
        store,
        plan.issue_id,
        work.parsed,
        plan.revision.ordinals,
        changed=plan.revision.changed,
        vanished=plan.revision.vanished,
        source_id=work.source_id,
        rev=plan.rev,
        published=work.published,
        now=work.now.replace(microsecond=0),
    )
    sources.finish(store, work.source_id)
    changes = _changes(plan, work.parsed)
    return receipts.corrected(work.facts, work.parsed, issues.get(store, plan.issue_id), changes, before)


def _changes(plan: _Plan, parsed: Issue) -> Changes:
    placed = list(zip(plan.revision.ordinals, parsed.articles, strict=True))
    return Changes(
        changed=tuple(one.title for ordinal, one in placed if ordinal in plan.revision.changed),
        new=tuple(one.title for ordinal, one in placed if ordinal is None),
        withdrawn=tuple(one.article.title for one in plan.known if one.ordinal in plan.revision.vanished),
    )


def _facts(works: Works, publication: Publication, name: str) -> Facts:
    home = works.settings.site_url + works.settings.home(publication)
    return Facts(name, home, publication.zone, works.messages)


def _tell(works: Works, store: Connection, claim: Claim, told: Told, *, source_id: int | None, now: datetime) -> None:
    """Record what became of a claim, and queue it for the editor's mailbox where there is one."""
    publication = works.publication(claim.slug)
    row = publications.id_of(store, publication.slug)
    drops.record(store, claim.id, told, name=claim.name, publication_id=row, source_id=source_id, now=now)
    if publication.editor is not None:
        message_id = f"<{claim.id}@{publications.minting(store)[0]}>"
        notices.add(store, publication.editor, told.words, message_id=message_id, now=now)
