"""A paper's letters in the making: who is due one, what of, and one letter for all who are to get the same."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain, groupby

from digest import feeds, mail, schedule, urls
from digest.messages import Messages, language_of
from digest.model import Article, Letter, Preferences, StoredIssue
from digest.settings import Publication
from digest.store import database, digests, issues, publications
from digest.store.digests import Wanted
from digest.works import Works

_PERIODS = {
    "issue": timedelta(0),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "welcome": timedelta(weeks=520),
}
"""How far back a letter reaches: the welcome of a new subscriber tells of the latest issue, however old."""


def make(works: Works, publication: Publication, now: datetime) -> int:
    """Make the letters of a paper that are due, and queue them for their subscribers; return how many are new.

    A letter is saved together with what it means for its subscribers: after a crash, the next run makes the others.
    """
    with database.reading(works.engine) as store:
        row = publications.id_of(store, publication.slug)
        seen = digests.changes(store, row)
    _renew(works, publication, row, seen)
    _keep_time(works, publication, row, now)
    with database.reading(works.engine) as store:
        due = digests.due(store, row, now)
        wanted = digests.wanted(store, row, now) if due else []
        through, domain = publications.sequence(store, row), publications.minting(store)[0]
        there = [one for one in wanted if digests.is_made(store, one)]
    made = 0
    lacking = _letters(works, publication, [one for one in wanted if one not in there], now)
    for one, letter in chain(((one, None) for one in there), lacking):
        with database.writing(works.engine) as store:
            if digests.changes(store, row) != seen:
                return made  # an article was withdrawn meanwhile: the next run makes these letters without it
            if letter is not None:
                digests.save(store, letter, one, public_id=works.new_id(), now=now)
                made += 1
            digests.queue(store, one, domain=domain, now=now)
            digests.pass_over(store, one, now)
            works.submit(store, "mail", [0])
    if due:
        with database.writing(works.engine) as store:
            for each in due:
                digests.put_off(store, row, each, _next(works, publication, each, now), now=now, served=through)
    return made


def _renew(works: Works, publication: Publication, row: int, seen: int) -> None:
    """Make those letters again that hold what has changed since, as they would have been when they were made."""
    with database.reading(works.engine) as store:
        stale = digests.stale(store, row)
    for old in stale:
        for _, letter in _letters(works, publication, [old.wanted], old.made):
            with database.writing(works.engine) as store:
                if digests.changes(store, row) == seen:
                    digests.renew(store, old.id, letter)


def _keep_time(works: Works, publication: Publication, row: int, now: datetime) -> None:
    """Put off the letters of all for whom it is quiet or paused, and work out when those are due of whom it is unknown."""
    with database.reading(works.engine) as store:
        due, unknown = digests.due(store, row, now), digests.unscheduled(store, row, now)
    send_at = works.settings.send_at(publication)
    held = [(one, at) for one in due if (at := schedule.postponed(one, publication.zone, send_at, now))]
    if held or unknown:
        with database.writing(works.engine) as store:
            for one, at in held:
                digests.put_off(store, row, one, at, now=now)
            for one in unknown:
                digests.schedule(store, row, one, _next(works, publication, one, now), now=now)


def _next(works: Works, publication: Publication, preferences: Preferences, now: datetime) -> datetime | None:
    return schedule.next_due(preferences, publication.zone, works.settings.send_at(publication), now)


def _letters(
    works: Works, publication: Publication, wanted: Iterable[Wanted], now: datetime
) -> Iterator[tuple[Wanted, Letter | None]]:
    """Yield each letter that is wanted; there is none where nothing new is left of what its subscribers want."""
    paper = works.paper(publication)
    words, identity = Messages(language_of(paper.language)), works.settings.mail.postal_identity
    ranges = groupby(wanted, lambda one: (one.after, one.through, one.cadence, one.begun_after))
    for (after, through, cadence, begun_after), variants in ranges:
        since = now - timedelta(hours=works.settings.mail.too_late) - _PERIODS[cadence]
        with database.reading(works.engine) as store:
            row, is_welcome = publications.id_of(store, publication.slug), cadence == "welcome"
            unread = issues.between(store, row, after, through, since, backfilled=is_welcome)
            changed = [] if is_welcome else issues.changed(store, row, after, through, begun_after)
        for one in variants:
            topics = one.topics.splitlines()
            if chosen := _about(unread, topics):
                told = [stored for stored in changed if _is_wanted(stored.article, topics)]
                digest = mail.compose(paper, chosen, told, occasion=cadence, form=one.form, topics=topics)
                yield one, mail.render(digest, works.templates, words, identity)
            else:
                yield one, None


def _about(unread: Sequence[StoredIssue], topics: Collection[str]) -> list[StoredIssue]:
    """Return the issues with those of their articles only that are about one of the topics, if there are any."""
    chosen = (
        replace(one, articles=tuple(each for each in one.articles if _is_wanted(each.article, topics)))
        for one in unread
    )
    return [one for one in chosen if one.articles]


def _is_wanted(article: Article, topics: Collection[str]) -> bool:
    """Say whether an article is about one of the topics (`Preferences`), spelled as it may be; no topics are all."""
    return not topics or any(_is_about(article, topic) for topic in topics)


def _is_about(article: Article, topic: str) -> bool:
    kind, _, name = topic.partition(":")
    if kind == "keyword":
        return feeds.is_about(article, name)
    section, own = urls.topic("section", name), urls.topic("section", article.section or "")
    return section is not None and own is not None and section.path == own.path
