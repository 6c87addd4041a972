"""An issue that has been understood goes into the database: as a new one, as the correction of one, or to be approved.

Each is one transaction of the caller's, with the receipt that tells of it. What a file would do is computed before.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from digest import receipts, revising, timing
from digest.model import Issue, Source, StoredIssue
from digest.receipts import Changes, Circumstances, Facts, Letters
from digest.revising import Known, Revision
from digest.settings import Publication
from digest.store import issues, publications, revisions, sources, terms
from digest.store.database import Connection
from digest.store.drops import Told
from digest.works import Works

NEWEST = 5
"""How many issues are looked at for what the paper calls itself, and for what an undated file corrects."""

WEEK = timedelta(weeks=1)
"""How far back a letter reaches at most, beyond `mail.too_late`: a weekly one."""


@dataclass(frozen=True, slots=True)
class Work:
    """A source that has been understood, and what is needed to save it and tell of it.

    `terms` are the words of each article that are counted when it is new.
    """

    publication: Publication
    parsed: Issue
    terms: tuple[frozenset[str], ...]
    facts: Facts
    now: datetime
    source_id: int = 0
    backfilled: bool = False

    @property
    def published(self) -> datetime:
        """When the issue is to be published, as far as it has not been."""
        return timing.publication_time(self.publication, self.parsed.masthead, self.now, self.parsed.embargo)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a source would do to a stored issue, computed while that was in revision `rev`."""

    issue_id: int
    rev: int
    known: tuple[Known, ...]
    revision: Revision


def facts_of(works: Works, publication: Publication, name: str) -> Facts:
    """Return what the receipt of a file of this name needs."""
    home = works.settings.home_url(publication)
    only = len(works.settings.publications) == 1
    return Facts(name, home, publication.zone, works.messages, only=only)


def is_doubtful(works: Works, parsed: Issue) -> bool:
    """Say whether an issue was read with too little confidence to be published unseen."""
    return parsed.confidence < works.settings.publish.hold_below


def matched(store: Connection, paper: int, parsed: Issue) -> tuple[Plan | None, StoredIssue | None]:
    """Return what a file would correct, or else the issue that has its number or date, if there is one.

    One that states neither is known by its text alone, where that leaves no doubt.
    """
    plans = [planned(store, issue_id, parsed) for issue_id in revisions.candidates(store, paper, parsed)]
    plan = next((one for one in plans if one.revision.is_reissue), None)
    if plans and plan is None:
        return None, issues.get(store, plans[0].issue_id)
    masthead = parsed.masthead
    if masthead.number is None and masthead.stated_date is None:
        likely = revisions.undated(store, paper, masthead.date, NEWEST)
        alike = (planned(store, issue_id, parsed) for issue_id in likely)
        plan = next((one for one in alike if one.revision.is_unmistakable), None)
    return plan, None


def rivals(store: Connection, paper: int, parsed: Issue) -> list[int]:
    """Return the issues that a file is compared with: what was `matched` holds as long as they are the same."""
    found = revisions.candidates(store, paper, parsed)
    masthead = parsed.masthead
    if not found and masthead.number is None and masthead.stated_date is None:
        return revisions.undated(store, paper, masthead.date, NEWEST)
    return found


def planned(store: Connection, issue_id: int, parsed: Issue) -> Plan:
    """Return what a file would do to an issue."""
    known = tuple(Known(*row) for row in revisions.known(store, issue_id))
    return Plan(issue_id, revisions.revision(store, issue_id), known, revising.match(parsed.articles, known))


def save(works: Works, store: Connection, source: Source, work: Work, unlike: StoredIssue | None) -> Told:
    """Save a new issue, which has to wait for approval where it is doubtful, and say so."""
    publication, masthead = work.publication, work.parsed.masthead
    paper = publications.id_of(store, publication.slug)
    titles = issues.printed_titles(store, paper, NEWEST) or [publication.title or ""]
    minted = revisions.Minted(
        publication_id=paper,
        slug=publication.slug,
        key=revising.key(work.parsed, source.sha256),
        day=masthead.date or work.published.astimezone(publication.zone).date(),
        published=work.published,
        backfilled=work.backfilled,
    )
    issue_id = revisions.save(store, work.parsed, minted, work.source_id, work.now)
    terms.count(store, paper, work.terms)
    doubtful = is_doubtful(works, work.parsed)
    if doubtful:
        revisions.hold_issue(store, issue_id)
    sources.finish(store, work.source_id)
    circumstances = Circumstances(
        unlike=unlike,
        title=titles[0] if revising.is_foreign(masthead.title, titles) else None,
        letters=_letters(works, work),
        held=doubtful,
    )
    words = receipts.taken(work.facts, work.parsed, issues.get(store, issue_id), circumstances, now=work.now)
    return Told("held" if doubtful else "taken", words)


def _letters(works: Works, work: Work) -> Letters:
    """Say which letters tell of a new issue, by its date where that is stated (`composing`)."""
    if work.backfilled:
        return "none"
    age = work.now - work.published - timedelta(hours=works.settings.mail.too_late)
    if work.parsed.masthead.stated_date is None or age <= timedelta(0):
        return "all"
    return "late" if age <= WEEK else "none"


def hold(store: Connection, plan: Plan, work: Work, *, doubtful: bool) -> str:
    """Keep a correction for approval and return its receipt."""
    revisions.hold(store, plan.issue_id, work.parsed, work.source_id, work.now)
    sources.hold(store, work.source_id)
    stored, changes = issues.get(store, plan.issue_id), _changes(plan, work.parsed)
    return receipts.held(work.facts, work.parsed, stored, changes, doubtful=doubtful)


def is_overtaken(store: Connection, plan: Plan, work: Work) -> bool:
    """Say whether a file that was dropped later is in its issue already, since that was settled first."""
    return sources.is_first_try(store, work.source_id) and revisions.newest(store, plan.issue_id) > work.source_id


def refuse(store: Connection, plan: Plan, work: Work) -> str:
    """Keep an overtaken file as a revision that nobody sees, and return its receipt."""
    revisions.refuse(store, plan.issue_id, work.parsed, work.source_id, work.now)
    sources.finish(store, work.source_id)
    return receipts.overtaken(work.facts, issues.get(store, plan.issue_id))


def apply(store: Connection, plan: Plan, work: Work) -> str:
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


def _changes(plan: Plan, parsed: Issue) -> Changes:
    placed = list(zip(plan.revision.ordinals, parsed.articles, strict=True))
    return Changes(
        changed=tuple(one.title for ordinal, one in placed if ordinal in plan.revision.changed),
        new=tuple(one.title for ordinal, one in placed if ordinal is None),
        withdrawn=tuple(one.article.title for one in plan.known if one.ordinal in plan.revision.vanished),
    )
