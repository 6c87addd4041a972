"""The page of a search, and the part of it that changes with every letter typed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from digest import urls
from digest.messages import Messages
from digest.model import Article, Paper
from digest.search import LAST_PAGE, PAGE, Form, Found, Hit, Phrase, Piece, marked, snippet
from digest.site import frame
from digest.templating import Templates


@dataclass(frozen=True, slots=True)
class Shown:
    """A hit as the page shows it; `paper` is named where there are several."""

    url: str
    language: str
    day: date
    paper: str | None
    article: Article
    title: Sequence[Piece]
    text: Sequence[Piece]


def render_search(
    papers: Sequence[Paper],
    form: Form,
    found: Found,
    templates: Templates,
    messages: Messages,
    *,
    home: Paper | str,
    sections: Sequence[str] = (),
    trouble: str | None = None,
    is_part: bool = False,
) -> bytes:
    """Render what a search in `papers` has found, in the page of a paper or, where there are several, above them.

    `home` is that paper, or the address above them all. `trouble` is the code of what went wrong; `is_part` asks for
    the list alone.
    """
    several, query = len(papers) > 1, form.query
    by_slug = {paper.slug: paper for paper in papers}
    values: dict[str, Any] = {
        "form": form,
        "query": query,
        "found": found,
        "hits": [_shown(by_slug[hit.slug], hit, query.words, several=several) for hit in found.hits],
        "sections": sections,
        "trouble": trouble,
        "newest": replace(form, best=False, page=1),
        "best": replace(form, best=True, page=1),
        "previous": replace(form, page=form.page - 1) if form.page > 1 else None,
        "following": replace(form, page=form.page + 1) if _has_next(form, found) else None,
    }
    name = "site/hits.html" if is_part else "site/search.html"
    if isinstance(home, Paper):
        render = partial(frame.page, home, templates, messages, path=None)
        return render(name, layout="site/layout.html", home=home.title, **values)
    common = {"papers": papers, "say": messages, "root": urlsplit(home).path or "/"}
    return templates.html(name, layout="site/common.html", home=messages("site.papers"), **common, **values).encode()


def _has_next(form: Form, found: Found) -> bool:
    return form.page < LAST_PAGE and found.count > form.page * PAGE


def _shown(paper: Paper, hit: Hit, words: Sequence[Phrase], *, several: bool) -> Shown:
    address = urls.article_place(hit.stored.path)
    return Shown(
        url=urlsplit(paper.url).path + hit.stored.path,
        language=hit.language,
        day=address[0] if address else hit.stored.published.astimezone(paper.zone).date(),
        paper=paper.title if several else None,
        article=hit.stored.article,
        title=marked(hit.stored.article.title, words),
        text=snippet(hit.stored.article, words),
    )
