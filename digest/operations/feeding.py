"""Whether every feed can be read, names each article once, and leads only to what is there."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from digest import feeds
from digest.errors import DigestError
from digest.feeds.entries import Read
from digest.model import Remark, StoredIssue
from digest.operations import shown
from digest.operations.shown import Known, Site

_FILES = tuple(form.file for form in feeds.FORMATS)


def check(site: Site, known: Known, min_issues: int) -> Iterator[Remark]:
    """Tell what is wrong with a paper's feeds; its own hold the newest issues whole, `min_issues` of them at least."""
    own = [site.home / file for file in _FILES]
    others = sorted(path for path in site.home.rglob("*") if path.name in _FILES and path not in own)
    for path in (*own, *others):
        try:
            entries = feeds.read(path.name, path.read_bytes())
        except (OSError, DigestError):
            yield Remark("verify.feed_broken", {"file": str(path)})
            continue
        yield from _entries(path, entries, site, known)
        if path in own:
            lacking = _lacking({entry.id for entry in entries}, known, min_issues)
            yield from (Remark("verify.feed_lacks", {"file": str(path), "id": each}) for each in lacking)


def _entries(path: Path, entries: Sequence[Read], site: Site, known: Known) -> Iterator[Remark]:
    withdrawn = {stored.id: stored for issue in known.settled for stored in issue.withdrawn}
    seen: set[str] = set()
    for entry in entries:
        facts: dict[str, str | int] = {"file": str(path), "id": entry.id}
        if entry.id in seen:
            yield Remark("verify.feed_twice", facts)
        seen.add(entry.id)
        if entry.id not in known.article_ids:
            yield Remark("verify.feed_unknown", facts)
        file = site.file(entry.url)
        if file is None or not file.is_file():
            yield Remark("verify.feed_link", facts | {"link": entry.url})
        stored = withdrawn.get(entry.id)
        if stored is not None and shown.tells(shown.text(entry.text), stored):
            yield Remark("verify.feed_withdrawn", facts)


def _lacking(found: set[str], known: Known, min_issues: int) -> Iterator[str]:
    """Yield the articles that a paper's own feed lacks: what it reaches back to stands in it without a gap."""
    reach = max((n for n, issue in enumerate(known.issues, start=1) if found & _ids(issue)), default=0)
    for issue in known.issues[: max(reach, min_issues)]:
        if issue.id not in known.waiting:
            yield from sorted(_ids(issue) - found)


def _ids(issue: StoredIssue) -> set[str]:
    return {stored.id for stored in (*issue.articles, *issue.withdrawn)}
