"""The pages: each a template and the values it is given. No file, no clock; the same values give the same bytes."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from digest import urls
from digest.byline import byline
from digest.messages import Messages
from digest.model import ArticleLine, FeedName, IssueLine, Paper, StoredIssue
from digest.overview import overview
from digest.site import metadata, theme, views
from digest.templating import Templates

RECENT_ISSUES = 8
"""How many older issues the front page names."""


def render_issue(
    paper: Paper,
    issue: StoredIssue,
    templates: Templates,
    messages: Messages,
    related: Mapping[str, Sequence[ArticleLine]] = MappingProxyType({}),
) -> dict[str, bytes]:
    """Render a page for each article of an issue and, last, since it leads to them, its own page, in print order.

    `related` are older articles that belong to one, by its id.
    """
    page = partial(_page, paper, templates, messages, issue=issue)
    pages = {}
    articles = issue.articles
    for stored, previous, following in zip(articles, (None, *articles), (*articles[1:], None), strict=False):
        pages[_file(stored.path)] = page(
            "site/article.html",
            path=stored.path,
            stored=stored,
            article=stored.article,
            byline=byline(stored.article.authors),
            previous=previous,
            following=following,
            related=related.get(stored.id, ()),
            corrected=stored.corrected(paper.zone),
            description=metadata.description(stored),
            facts=metadata.news_article(paper, issue, stored),
            section_feed=urls.topic("section", stored.article.section or ""),
        )
    return pages | {_file(issue.path): page("site/issue.html", path=issue.path, parts=views.parts_in_print(issue))}


def render_tombstones(paper: Paper, issue: StoredIssue, templates: Templates, messages: Messages) -> dict[str, bytes]:
    """Render a page for each withdrawn article of an issue, at the article's address: that, when and why it is gone."""
    page = partial(_page, paper, templates, messages, "site/withdrawn.html", path=None, issue=issue)
    return {
        _file(stored.path): page(withdrawn=stored.withdrawn, day=stored.withdrawn.at.astimezone(paper.zone).date())
        for stored in issue.withdrawn
        if stored.withdrawn is not None
    }


def render_papers(papers: Sequence[Paper], templates: Templates, messages: Messages) -> dict[str, bytes]:
    """Render what stands above several papers (of which there is at least one): front page, 404 page and assets."""
    home = urljoin(papers[0].url, "..")
    page = partial(templates.html, "site/papers.html", papers=papers, say=messages, root=urlsplit(home).path, home=home)
    return {
        "index.html": page(missing=False).encode(),
        "404.html": page(missing=True).encode(),
        **theme.assets(None, templates, messages),
    }


def render_lists(
    paper: Paper,
    latest: StoredIssue | None,
    issues: Sequence[IssueLine],
    templates: Templates,
    messages: Messages,
) -> dict[str, bytes]:
    """Render what changes with every issue: front page, archive and 404 page; and the assets, such as `style.css`.

    `issues` are all issues of the paper, newest first, the latest included.
    """
    page = partial(_page, paper, templates, messages)
    recent = [line for line in issues if latest is None or line.path != latest.path][:RECENT_ISSUES]
    parts = views.parts_behind_the_lead(latest) if latest else ()
    line = (
        overview([stored.article.title for stored in latest.ranked], messages) if latest and latest.articles else None
    )
    return {
        "index.html": page("site/front.html", path="", issue=latest, overview=line, parts=parts, recent=recent),
        "archive/index.html": page("site/archive.html", path="archive/", years=views.years(issues)),
        "404.html": page("site/404.html", path=None),
        **theme.assets(paper.accent, templates, messages),
    }


def render_feeds(paper: Paper, names: Sequence[FeedName], templates: Templates, messages: Messages) -> dict[str, bytes]:
    """Render the page that explains feeds and lists the paper's, its own first."""
    page = partial(_page, paper, templates, messages, "site/feeds.html", path=urls.FEED_LIST)
    kinds = {kind: tuple(names) for kind, names in groupby(names, key=lambda name: name.kind)}
    return {_file(urls.FEED_LIST): page(kinds=kinds, opml=urls.OPML)}


def render_notice(
    paper: Paper,
    templates: Templates,
    messages: Messages,
    *,
    heading: str,
    paragraphs: Sequence[str],
    button: str | None = None,
) -> bytes:
    """Render a page of the service in the site's look: a few words, and a form of one button, posted to its address."""
    return _page(
        paper,
        templates,
        messages,
        "site/notice.html",
        path=None,
        heading=heading,
        paragraphs=paragraphs,
        button=button,
    )


def _page(
    paper: Paper, templates: Templates, messages: Messages, name: str, *, path: str | None, **values: object
) -> bytes:
    """Render one page. `path` is None where the page has no address of its own."""
    frame = {
        "paper": paper,
        "say": messages,
        "root": urlsplit(paper.url).path or "/",
        "canonical": None if path is None else urljoin(paper.url, path),
    }
    return templates.html(name, **frame, **values).encode()


def _file(path: str) -> str:
    return f"{path}index.html"
