"""What an editor may do with what is already there: approve, hold, withdraw, take back, and correct by name.

An issue is named by its number, its date, or its address; an article by its address.
"""

from datetime import datetime

from digest import intake, urls
from digest.errors import DigestError
from digest.model import Source
from digest.receipts import Outcome
from digest.settings import Publication
from digest.store import database, issues, outbox, publications, revisions, withdrawals
from digest.works import Works


def approve(works: Works, slug: str, issue: str, now: datetime) -> datetime | None:
    """Let out an issue, or a correction of it, that waits for approval. None waits: DigestError("error.not_held").

    Return when it is to be published; None where that is now.
    """
    publication = works.publication(slug)
    row = _issue(works, publication, issue)
    if not intake.approve(works, publication, row, now):
        raise DigestError("error.not_held", issue=issue)
    with database.reading(works.engine) as store:
        published = issues.get(store, row).published
    return published if published > now else None


def hold(works: Works, slug: str, issue: str, now: datetime) -> bool:
    """Hold an issue that readers have not seen; say whether that is certain: one that is due may be coming out just now.

    They have: DigestError("error.already_published"), with how many letters about it are sent and how many wait.
    """
    row = _issue(works, works.publication(slug), issue)
    with database.writing(works.engine) as store:
        is_due = issues.is_waiting(store, row, now)
        if not revisions.hold_issue(store, row):
            raise DigestError("error.already_published", issue=issue, **outbox.told(store, row)._asdict())
    return not is_due


def publish_now(works: Works, slug: str, issue: str, now: datetime) -> None:
    """Have an issue published at once, whatever it waits for. Readers have it: DigestError("error.already_published")."""
    row = _issue(works, works.publication(slug), issue)
    with database.writing(works.engine) as store:
        if not revisions.hasten(store, row, now):
            raise DigestError("error.already_published", issue=issue, **outbox.told(store, row)._asdict())
        _submit(works, store, slug)


def retract(works: Works, slug: str, article: str, reason: str | None, now: datetime) -> None:
    """Withdraw an article: its page becomes a notice, and it leaves lists and letters that were not sent.

    Once withdrawn, another reason may still be given; else it is DigestError("error.withdrawn_already").
    """
    with database.writing(works.engine) as store:
        row, withdrawn = _article(works, store, slug, article)
        if withdrawn and (reason is None or withdrawals.says(store, row, reason)):
            raise DigestError("error.withdrawn_already", article=article)
        withdrawals.withdraw(store, row, reason, now.replace(microsecond=0))
        _submit(works, store, slug)


def restore(works: Works, slug: str, article: str, now: datetime) -> None:
    """Take a withdrawal back: the article stands again under the same id, at its place unless that is taken."""
    with database.writing(works.engine) as store:
        row, withdrawn = _article(works, store, slug, article)
        if not withdrawn:
            raise DigestError("error.not_withdrawn", article=article)
        withdrawals.restore(store, row, now.replace(microsecond=0))
        _submit(works, store, slug)


def retract_issue(works: Works, slug: str, issue: str, reason: str | None, now: datetime) -> None:
    """Withdraw every article of an issue. None is left: DigestError("error.withdrawn_already")."""
    row = _issue(works, works.publication(slug), issue)
    with database.writing(works.engine) as store:
        left = withdrawals.of_issue(store, row, withdrawn=False)
        if not left:
            raise DigestError("error.withdrawn_already", article=issue)
        for each in left:
            withdrawals.withdraw(store, each, reason, now.replace(microsecond=0))
        _submit(works, store, slug)


def restore_issue(works: Works, slug: str, issue: str, now: datetime) -> None:
    """Take back every withdrawal of an issue's articles that was by name. There is none: DigestError("error.not_withdrawn")."""
    row = _issue(works, works.publication(slug), issue)
    with database.writing(works.engine) as store:
        gone = withdrawals.of_issue(store, row, withdrawn=True)
        if not gone:
            raise DigestError("error.not_withdrawn", article=issue)
        for each in gone:
            withdrawals.restore(store, each, now.replace(microsecond=0))
        _submit(works, store, slug)


def reissue(works: Works, slug: str, issue: str, source: Source, now: datetime) -> Outcome:
    """Make a file the correction of a named issue, whatever number or date it states."""
    publication = works.publication(slug)
    return intake.correct(works, publication, _issue(works, publication, issue), source, now)


def _submit(works: Works, store: database.Connection, slug: str) -> None:
    """Have readers see soon what has changed."""
    works.submit(store, "publish", [publications.id_of(store, slug)])


def _issue(works: Works, publication: Publication, named: str) -> int:
    with database.reading(works.engine) as store:
        paper = publications.id_of(store, publication.slug)
        found = revisions.find(store, paper, _below_home(works, publication, named))
    if not found:
        raise DigestError("error.no_issue", issue=named)
    if len(found) > 1:
        raise DigestError("error.many_issues", issue=named, addresses=", ".join(path for _, path in found))
    return found[0][0]


def _article(works: Works, store: database.Connection, slug: str, named: str) -> tuple[int, bool]:
    address = urls.article_place(_below_home(works, works.publication(slug), named))
    found = address and withdrawals.find(store, publications.id_of(store, slug), *address)
    if found is None:
        raise DigestError("error.no_article", article=named)
    return found


def _below_home(works: Works, publication: Publication, named: str) -> str:
    """Return an address as it is below the paper's home; another paper's is left whole, and so is not found."""
    return named.removeprefix(works.settings.home_url(publication))
