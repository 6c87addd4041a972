"""The pages of issues and articles, each a template and the values it is given; the same values give the same bytes."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from urllib.parse import urljoin, urlsplit

from digest import urls
from digest.byline import byline
from digest.messages import Messages
from digest.model import ArticleLine, Paper, StoredIssue
from digest.site import frame, metadata, sitemaps, theme, views
from digest.templating import Templates


def render_issue(
    paper: Paper,
    issue: StoredIssue,
    templates: Templates,
    messages: Messages,
    related: Mapping[str, Sequence[ArticleLine]] = MappingProxyType({}),
    *,
    linked: Collection[str] = (),
) -> dict[str, bytes]:
    """Render a page for each article of an issue and, last, since it leads to them, its own page, in print order.

    `related` are older articles that belong to one, by its id; `linked` are the keywords that have a page.
    """
    page = partial(frame.page, paper, templates, messages, issue=issue, linked=linked)
    pages = {}
    articles = issue.articles
    for stored, previous, following in zip(articles, (None, *articles), (*articles[1:], None), strict=False):
        pages[frame.file(stored.path)] = page(
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
    own = page("site/issue.html", path=issue.path, parts=views.parts_in_print(issue))
    return pages | {frame.file(issue.path): own}


def render_tombstones(paper: Paper, issue: StoredIssue, templates: Templates, messages: Messages) -> dict[str, bytes]:
    """Render a page for each withdrawn article of an issue, at the article's address: that, when and why it is gone."""
    page = partial(frame.page, paper, templates, messages, "site/withdrawn.html", path=None, issue=issue)
    return {
        frame.file(stored.path): page(withdrawn=stored.withdrawn, day=stored.withdrawn.at.astimezone(paper.zone).date())
        for stored in issue.withdrawn
        if stored.withdrawn is not None
    }


def render_papers(papers: Sequence[Paper], templates: Templates, messages: Messages) -> dict[str, bytes]:
    """Render what stands above several papers (of which there is at least one): front page, 404 page and assets."""
    home = urljoin(papers[0].url, "..")
    values = {"papers": papers, "say": messages, "root": urlsplit(home).path, "home": home}
    page = partial(templates.html, **values)
    return {
        "index.html": page("site/papers.html", missing=False).encode(),
        "404.html": page("site/papers.html", missing=True).encode(),
        frame.file(urls.SUBSCRIBE): page("site/papers_feeds.html").encode(),
        "robots.txt": sitemaps.robots(papers),
        **theme.assets(None, templates, messages),
    }


def render_notice(
    paper: Paper,
    templates: Templates,
    messages: Messages,
    *,
    heading: str,
    paragraphs: Sequence[str],
    button: str | None = None,
    link: tuple[str, str] | None = None,
) -> bytes:
    """Render a page of the service in the site's look: a few words, and a form of one button, posted to its address.

    A `link` is an address and the words that lead there.
    """
    return frame.page(
        paper,
        templates,
        messages,
        "site/notice.html",
        path=None,
        heading=heading,
        paragraphs=paragraphs,
        button=button,
        link=link,
    )
