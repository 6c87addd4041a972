"""The pages that change with every issue: front page, archive, sections and keywords; and how these are cut into pages.

A list of articles goes on on numbered pages, counted from the oldest: a page that is full never changes, and its
address is for good. What is newer stands on the list's own page.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

from digest import urls
from digest.messages import Messages
from digest.model import ArticleLine, FeedName, IssueLine, IssueMonth, Paper, StoredIssue
from digest.overview import overview
from digest.site import frame, sitemaps, theme, views
from digest.templating import Templates

RECENT_ISSUES = 6
"""How many older issues the front page names."""

PAGE = 15
"""How many articles a numbered page of a section or keyword has; the list's own page has up to twice as many."""

LEAST_ARTICLES = 3
"""How many articles must have a keyword for it to have a page."""


T = TypeVar("T", int, date)


class Leaf(NamedTuple):
    """A page of a list: its number, None for the list's own, and the places that it shows, from 0 for the oldest."""

    number: int | None
    places: range


def leaves(total: int, settled: int = 0) -> list[Leaf]:
    """Return the pages of a list of `total` articles, but for those that only the `settled` oldest have any say in."""
    full, was_full = (max(0, count // PAGE - 1) for count in (total, settled))
    first = (
        max(was_full, 1) if full > was_full else settled // PAGE + 1
    )  # the last one that was full leads on to the next
    numbered = (Leaf(number, range((number - 1) * PAGE, number * PAGE)) for number in range(first, full + 1))
    return [*numbered, Leaf(None, range(full * PAGE, total))]


def render_lists(
    paper: Paper,
    latest: StoredIssue | None,
    recent: Sequence[IssueLine],
    templates: Templates,
    messages: Messages,
    *,
    sections: Sequence[FeedName] = (),
    linked: Collection[str] = (),
) -> dict[str, bytes]:
    """Render front page, 404 page and the page that the paper has written about itself; and the assets.

    `recent` are the newest issues, newest first, the latest included; `linked` are the keywords that have a page.
    """
    page = partial(frame.page, paper, templates, messages, linked=linked)
    older = [line for line in recent if latest is None or line.path != latest.path][:RECENT_ISSUES]
    titles = [stored.article.title for stored in latest.ranked] if latest else []
    front: dict[str, Any] = {
        "issue": latest,
        "overview": overview(titles, messages) if titles else None,
        "parts": views.parts_behind_the_lead(latest) if latest else (),
        "recent": older,
        "sections": sections,
        "topic_page": urls.topic_page,
    }
    about = {} if paper.about is None else {frame.file(urls.ABOUT): page("site/about.html", path=urls.ABOUT)}
    return {
        "index.html": page("site/front.html", path="", **front),
        "404.html": page("site/404.html", path=None),
        "robots.txt": sitemaps.robots([paper]),
        **about,
        **theme.assets(paper.accent, templates, messages),
    }


def render_archive(
    paper: Paper,
    months: Sequence[IssueMonth],
    latest: Iterable[IssueLine],
    templates: Templates,
    messages: Messages,
) -> dict[str, bytes]:
    """Render the page that leads to the calendars of all years and the lists of all months, and shows the newest year.

    `latest` are the issues of that year.
    """
    years = {year: tuple(found) for year, found in groupby(reversed(months), key=lambda each: each.month.year)}
    page = partial(frame.page, paper, templates, messages, "site/archive.html", path=urls.ARCHIVE)
    return {frame.file(urls.ARCHIVE): page(years=years, calendars=views.calendars(latest), **_ways())}


def render_year(
    paper: Paper,
    year: int,
    lines: Sequence[IssueLine],
    templates: Templates,
    messages: Messages,
    *,
    months: Sequence[IssueMonth],
    lists: Collection[date],
) -> dict[str, bytes]:
    """Render the calendar of a year and those of its months' lists that are wanted, from the issues of that year.

    `months` are all that the paper has.
    """
    page = partial(frame.page, paper, templates, messages, **_ways())
    years = sorted({each.month.year for each in months})
    before, after = _around(years, year)
    files = {}
    for month in sorted(each for each in lists if each.year == year):
        older, newer = _around([each.month for each in months], month)
        issues = [line for line in lines if line.day.replace(day=1) == month]
        values: dict[str, Any] = {"month": month, "issues": issues, "older": older, "newer": newer}
        path = urls.archive_month(month)
        files[frame.file(path)] = page("site/month.html", path=path, **values)
    path = urls.archive_year(year)
    values = {"year": year, "calendars": views.calendars(lines), "older": before, "newer": after}
    return files | {frame.file(path): page("site/year.html", path=path, **values)}


def render_topic(
    paper: Paper,
    leaf: Leaf,
    lines: Sequence[ArticleLine],
    templates: Templates,
    messages: Messages,
    *,
    name: FeedName,
    last: int,
    has_feed: bool,
) -> dict[str, bytes]:
    """Render a page of the articles, newest first, of a section or keyword that has `last` numbered pages."""
    home = urls.topic_page(name)
    number = leaf.number
    older = (last if number is None else number - 1) or None
    newer = None if number is None else home if number == last else urls.numbered(home, number + 1)
    path = home if number is None else urls.numbered(home, number)
    values: dict[str, Any] = {
        "name": name,
        "number": number,
        "days": [*_days(lines, paper, messages)],
        "older": older and urls.numbered(home, older),
        "newer": newer,
        "home": home,
        "feed": name.path if has_feed else None,
    }
    return {frame.file(path): frame.page(paper, templates, messages, "site/topic.html", path=path, **values)}


def render_subscribe(
    paper: Paper, names: Sequence[FeedName], templates: Templates, messages: Messages
) -> dict[str, bytes]:
    """Render the page that explains feeds and lists the paper's, its own first, beside the form for its letters."""
    page = partial(frame.page, paper, templates, messages, "site/subscribe.html", path=urls.SUBSCRIBE)
    kinds = {kind: tuple(names) for kind, names in groupby(names, key=lambda name: name.kind)}
    return {frame.file(urls.SUBSCRIBE): page(kinds=kinds, opml=urls.OPML)}


def _days(
    lines: Iterable[ArticleLine], paper: Paper, messages: Messages
) -> Iterator[tuple[str, str, list[tuple[str, str, str]]]]:
    """Yield each day, for machines and in words, with path, title and summary of its articles.

    Tuples: what a template takes by an attribute costs it more than all the rest, and these are thousands.
    """
    for day, found in groupby(lines, key=lambda line: line.published.astimezone(paper.zone).date()):
        told = [(line.path, line.title, line.summary) for line in found]
        yield day.isoformat(), messages.day("date.long", day), told


def _ways() -> dict[str, Any]:
    """Return what the archive's templates need: the days of a week, and what gives the address of a year or month."""
    return {"week": views.WEEK, "year_path": urls.archive_year, "month_path": urls.archive_month}


def _around(steps: Sequence[T], here: T) -> tuple[T | None, T | None]:
    """Return what comes before and after `here` in a sequence."""
    place = steps.index(here) if here in steps else None
    if place is None:
        return None, None
    return (steps[place - 1] if place else None), (steps[place + 1] if place + 1 < len(steps) else None)
