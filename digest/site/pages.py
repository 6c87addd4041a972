"""The pages: each a template and the values it is given. No file, no clock; the same values give the same bytes."""

from collections.abc import Sequence
from functools import partial
from urllib.parse import urljoin, urlsplit

from digest.messages import Messages
from digest.model import IssueLine, Paper, StoredIssue
from digest.site import metadata, theme, views
from digest.templating import Templates

RECENT_ISSUES = 8
"""How many older issues the front page names."""


def render_issue(paper: Paper, issue: StoredIssue, templates: Templates, messages: Messages) -> dict[str, bytes]:
    """Render an issue's own page, in print order, and a page for each of its articles."""
    page = partial(_page, paper, templates, messages, issue=issue)
    pages = {
        _file(issue.path): page("site/issue.html", path=issue.path, parts=views.parts_in_print(issue)),
    }
    articles = issue.articles
    for stored, previous, following in zip(articles, (None, *articles), (*articles[1:], None), strict=False):
        pages[_file(stored.path)] = page(
            "site/article.html",
            path=stored.path,
            stored=stored,
            article=stored.article,
            byline=views.byline(stored.article.authors),
            previous=previous,
            following=following,
            corrected=stored.corrected(paper.zone),
            description=metadata.description(stored),
            facts=metadata.news_article(paper, issue, stored),
        )
    return pages


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
        **templates.assets("site"),
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
    return {
        "index.html": page("site/front.html", path="", issue=latest, parts=parts, recent=recent),
        "archive/index.html": page("site/archive.html", path="archive/", years=views.years(issues)),
        "404.html": page("site/404.html", path=None),
        **theme.assets(paper, templates),
    }


def render_notice(
    paper: Paper,
    templates: Templates,
    messages: Messages,
    *,
    heading: str,
    paragraphs: Sequence[str],
    action: str | None = None,
    button: str | None = None,
) -> bytes:
    """Render a page of the service in the site's look: a few words, and a form with one POST button if `action`."""
    return _page(
        paper,
        templates,
        messages,
        "site/notice.html",
        path=None,
        heading=heading,
        paragraphs=paragraphs,
        action=action,
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
