"""What every page is rendered with: the paper, the words, the path of its home, and where sections and keywords lead."""

from collections.abc import Collection
from urllib.parse import urlsplit

from digest import urls
from digest.messages import Messages
from digest.model import Paper, Topic
from digest.templating import Templates


def page(
    paper: Paper,
    templates: Templates,
    messages: Messages,
    name: str,
    /,
    *,
    path: str | None,
    linked: Collection[str] = (),
    **values: object,
) -> bytes:
    """Render one page. `path` is None where it has no address of its own; `linked` are the keywords that have a page."""

    def keyword_page(term: str) -> str | None:
        return _topic_page("keyword", term, linked)

    frame = {
        "paper": paper,
        "say": messages,
        "root": urlsplit(paper.url).path or "/",
        "canonical": None if path is None else urls.public(paper.url, path),
        "section_page": section_page,
        "keyword_page": keyword_page,
        "subscribe": urls.SUBSCRIBE,
        "about": urls.ABOUT,
        "archive": urls.ARCHIVE,
    }
    return templates.html(name, **frame, **values).encode()


def section_page(label: str) -> str | None:
    """Return the address of a section's page, relative to the paper's home; None where it can have none."""
    return _topic_page("section", label)


def file(path: str) -> str:
    """Return the file of the page at an address that ends in a slash."""
    return f"{path}index.html"


def _topic_page(kind: Topic, label: str, linked: Collection[str] | None = None) -> str | None:
    name = urls.topic(kind, label)
    return urls.topic_page(name) if name and (linked is None or name.name in linked) else None
