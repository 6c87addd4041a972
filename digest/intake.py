"""What becomes of one dropped file: an issue, a correction of one, nothing new, or a rejection; told once."""

from dataclasses import dataclass, replace
from datetime import datetime

from digest import analysis, inbox, receipts, revising, timing
from digest.analysis.lexicon import Lexicon
from digest.errors import RejectedError, StaleError
from digest.inbox import Claim
from digest.model import Issue, Source, StoredIssue
from digest.receipts import Changes, Facts, Outcome
from digest.revising import Known, Revision
from digest.settings import Publication
from digest.store import database, drops, issues, notices, publications, revisions, sources, terms
from digest.store.database import Connection
from digest.store.drops import Told
from digest.understanding import understand_whole
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
            works.inbox.keep(claim, told.words, now.astimezone(_paper(works, claim).zone))
    except (OSError, StaleError, database.Trouble) as error:
        return Outcome("waiting", claim.name, receipts.waiting(claim.name, error, works.messages))
    return Outcome(told.outcome, claim.name, told.words)


def correct(works: Works, publication: Publication, issue_id: int, source: Source, now: datetime) -> Outcome:
    """Make a source the correction of a given issue, because a person says so."""
    work = _understood(works, publication, source, _facts(works, publication, source.name), now)
    inbox.keep_bytes(works.settings.blobs, source.content)
    with database.reading(works.engine) as store:
        plan = _planned(store, issue_id, work.parsed)
    with database.writing(works.engine) as store:
        known = sources.record(store, publications.id_of(store, publication.slug), source, now)
        words = _apply(store, plan, replace(work, source_id=known.id))
    return Outcome("corrected", source.name, words)


def approve(works: Works, publication: Publication, issue_id: int, now: datetime) -> bool:
    """Let out what waits for approval: a held correction, else a held issue; say whether there was any."""
    with database.reading(works.engine) as store:
        held = revisions.held(store, issue_id)
        plan = held and _planned(store, issue_id, held.issue)
    terms_of = held and _terms(held.issue, works.vocabulary.lexicon(publication.slug))
    with database.writing(works.engine) as store:
        if held is None or plan is None or terms_of is None:
            return revisions.let_out(store, issue_id)
        facts = _facts(works, publication, "")
        _apply(store, plan, _Work(publication, held.issue, terms_of, facts, now, held.source_id))
        return True


@dataclass(frozen=True, slots=True)
class _Work:
    """A source that has been understood, and what is needed to save it and tell of it.

    `terms` are the words of each article that are counted when it is new.
    """

    publication: Publication
    parsed: Issue
    terms: tuple[frozenset[str], ...]
    facts: Facts
    now: datetime
    source_id: int = 0

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
    work = replace(_understood(works, publication, source, facts, now), source_id=known.id)
    parsed = work.parsed
    with database.reading(works.engine) as store:
        paper = publications.id_of(store, publication.slug)
        plans = [_planned(store, issue_id, parsed) for issue_id in revisions.candidates(store, paper, parsed)]
    plan = next((one for one in plans if one.revision.is_reissue), None)
    doubtful = parsed.confidence < works.settings.publish.hold_below
    with database.writing(works.engine) as store:
        if plan is None:
            unlike = issues.get(store, plans[0].issue_id) if plans else None
            told = Told("held" if doubtful else "taken", _save(store, source, work, unlike, hold=doubtful))
        elif doubtful or plan.revision.withdraws_too_many:
            told = Told("held", _hold(store, plan, work, doubtful=doubtful))
        else:
            told = Told("corrected", _apply(store, plan, work))
        _tell(works, store, claim, told, source_id=known.id, now=now)
    return told


def _understood(works: Works, publication: Publication, source: Source, facts: Facts, now: datetime) -> _Work:
    lexicon = works.vocabulary.lexicon(publication.slug)
    found = understand_whole(source, lexicon, works.settings.analysis)
    for content in found.blobs.values():
        inbox.keep_bytes(works.settings.blobs, content)
    return _Work(publication, found.issue, _terms(found.issue, lexicon), facts, now)


def _terms(parsed: Issue, lexicon: Lexicon) -> tuple[frozenset[str], ...]:
    return tuple(analysis.terms(article, lexicon) for article in parsed.articles)


def _planned(store: Connection, issue_id: int, parsed: Issue) -> _Plan:
    known = tuple(Known(*row) for row in revisions.known(store, issue_id))
    return _Plan(issue_id, revisions.revision(store, issue_id), known, revising.match(parsed.articles, known))


def _save(store: Connection, source: Source, work: _Work, unlike: StoredIssue | None, *, hold: bool) -> str:
    """Save a new issue, which may have to wait for approval, and return its receipt."""
    publication = work.publication
    minted = revisions.Minted(
        publication_id=publications.id_of(store, publication.slug),
        slug=publication.slug,
        key=revising.key(work.parsed, source.sha256),
        day=work.parsed.masthead.date or work.published.astimezone(publication.zone).date(),
        published=work.published,
    )
    issue_id = revisions.save(store, work.parsed, minted, work.source_id, work.now)
    terms.count(store, minted.publication_id, work.terms)
    if hold:
        revisions.hold_issue(store, issue_id)
    sources.finish(store, work.source_id)
    stored = issues.get(store, issue_id)
    return receipts.taken(work.facts, work.parsed, stored, now=work.now, unlike=unlike, held=hold)


def _hold(store: Connection, plan: _Plan, work: _Work, *, doubtful: bool) -> str:
    """Keep a correction for approval and return its receipt."""
    revisions.hold(store, plan.issue_id, work.parsed, work.source_id, work.now)
    sources.hold(store, work.source_id)
    stored, changes = issues.get(store, plan.issue_id), _changes(plan, work.parsed)
    return receipts.held(work.facts, work.parsed, stored, changes, doubtful=doubtful)


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
    new = [words for ordinal, words in zip(plan.revision.ordinals, work.terms, strict=True) if ordinal is None]
    terms.count(store, publications.id_of(store, work.publication.slug), new)
    sources.finish(store, work.source_id)
    stored, changes = issues.get(store, plan.issue_id), _changes(plan, work.parsed)
    waits = revisions.is_held(store, plan.issue_id)
    return receipts.corrected(work.facts, work.parsed, stored, changes, before, held=waits)


def _changes(plan: _Plan, parsed: Issue) -> Changes:
    placed = list(zip(plan.revision.ordinals, parsed.articles, strict=True))
    return Changes(
        changed=tuple(one.title for ordinal, one in placed if ordinal in plan.revision.changed),
        new=tuple(one.title for ordinal, one in placed if ordinal is None),
        withdrawn=tuple(one.article.title for one in plan.known if one.ordinal in plan.revision.vanished),
    )


def _facts(works: Works, publication: Publication, name: str) -> Facts:
    home = works.settings.home_url(publication)
    only = len(works.settings.publications) == 1
    return Facts(name, home, publication.zone, works.messages, only=only)


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
