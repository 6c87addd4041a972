"""Whether every feed can be read, names each article once, and leads only to what is there."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

from digest import feeds, urls
from digest.errors import DigestError
from digest.feeds.entries import Read
from digest.model import Remark, StoredArticle, StoredIssue
from digest.operations.verifying import shown
from digest.operations.verifying.shown import Known, Site

_FILES = tuple(form.file for form in feeds.FORMATS)


def check(site: Site, known: Known, min_issues: int, zone: ZoneInfo) -> Iterator[Remark]:
    """Tell what is wrong with a paper's feeds; its own hold the newest issues whole, `min_issues` of them at least.

    The archive of its own, in the months of its `zone`, holds all.
    """
    must = _archives(site, known, zone)
    must |= {site.home / urls.ISSUES_FEED / file: {issue.id for issue in _newest(known)} for file in _FILES}
    own = [site.home / file for file in _FILES]
    found = {path for path in site.home.rglob("*") if path.name in _FILES}
    for path in (*own, *sorted((found | must.keys()) - {*own})):
        try:
            entries = feeds.read(path.name, path.read_bytes())
        except (OSError, DigestError):
            yield Remark("verify.feed_broken", {"file": str(path)})
            continue
        yield from _entries(path, entries, site, known)
        ids = {entry.id for entry in entries}
        lacking = _lacking(ids, known, min_issues) if path in own else sorted(must.get(path, set()) - ids)
        yield from (Remark("verify.feed_lacks", {"file": str(path), "id": each}) for each in lacking)


def check_common(site: Site, papers: Sequence[Known]) -> Iterator[Remark]:
    """Tell what is wrong with the common feed of several papers."""
    every = Known(
        issues=tuple(issue for known in papers for issue in known.issues),
        waiting=frozenset().union(*(known.waiting for known in papers)),
        article_ids=frozenset().union(*(known.article_ids for known in papers)),
    )
    for path in (site.public / file for file in _FILES):
        try:
            yield from _entries(path, feeds.read(path.name, path.read_bytes()), site, every)
        except (OSError, DigestError):
            yield Remark("verify.feed_broken", {"file": str(path)})


def _entries(path: Path, entries: Sequence[Read], site: Site, known: Known) -> Iterator[Remark]:
    withdrawn = _withdrawn(known)
    ids = known.article_ids | known.waiting | {issue.id for issue in known.issues}
    seen: set[str] = set()
    for entry in entries:
        facts: dict[str, str | int] = {"file": str(path), "id": entry.id}
        if entry.id in seen:
            yield Remark("verify.feed_twice", facts)
        seen.add(entry.id)
        if entry.id not in ids:
            yield Remark("verify.feed_unknown", facts)
        file = site.file(entry.url)
        if file is None or not file.is_file():
            yield Remark("verify.feed_link", facts | {"link": entry.url})
        said = shown.text(entry.text)
        if any(shown.tells(said, stored) for stored in withdrawn.get(entry.id, ())):
            yield Remark("verify.feed_withdrawn", facts)


def _withdrawn(known: Known) -> Mapping[str, Sequence[StoredArticle]]:
    """Return what an entry must not tell any more, by the id of the entry: that of an article or of its issue."""
    issues = {issue.id: issue.withdrawn for issue in known.settled if issue.withdrawn}
    return issues | {stored.id: (stored,) for gone in issues.values() for stored in gone}


def _archives(site: Site, known: Known, zone: ZoneInfo) -> dict[Path, set[str]]:
    """Return the files of the archive documents, and what each must hold."""
    months = groupby(known.settled, lambda issue: urls.month(issue.published, zone))
    held = [(urls.month_path(month), set[str]().union(*map(_ids, issues))) for month, issues in months]
    return {site.home / path / file: ids for path, ids in held for file in _FILES}


def _newest(known: Known) -> list[StoredIssue]:
    return [issue for issue in known.offered[: feeds.MOST_ENTRIES] if issue.id not in known.waiting]


def _lacking(found: set[str], known: Known, min_issues: int) -> Iterator[str]:
    """Yield the articles that a paper's own feed lacks: what it reaches back to stands in it without a gap."""
    reach = max((n for n, issue in enumerate(known.offered, start=1) if found & _ids(issue)), default=0)
    for issue in known.offered[: max(reach, min_issues)]:
        if issue.id not in known.waiting:
            yield from sorted(_ids(issue) - found)


def _ids(issue: StoredIssue) -> set[str]:
    return {stored.id for stored in (*issue.articles, *issue.withdrawn)}
