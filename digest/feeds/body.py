"""An article's full text as HTML for feeds: few elements that every reader keeps, no styles, no scripts."""

from collections.abc import Iterator
from html import escape

from digest.byline import byline
from digest.model import Article
from digest.text import has_han


def html(article: Article, correction: str | None = None) -> str:
    """Return the article without its headline, which is the entry's title. Text is escaped, so it stays text.

    That it was corrected stands first, in words: many readers show no other sign of it.
    """
    return "\n".join([*([notice(correction)] if correction else []), *_elements(article)])


def notice(words: str) -> str:
    """Return what the paper says of an article, so that it is not taken for the article's own text."""
    return f"<p><small>{_text(words)}</small></p>"


def _elements(article: Article) -> Iterator[str]:
    for heading in (article.kicker, article.subheadline):
        if heading:
            yield f"<p><strong>{_text(heading)}</strong></p>"
    if article.lede:
        yield f"<p><em>{_text(article.lede)}</em></p>"
    crossheads = set(article.crossheads)
    for number, paragraph in enumerate(article.paragraphs):
        tag = "h3" if number in crossheads else "p"
        yield f"<{tag}>{_text(paragraph)}</{tag}>"
    for picture in article.pictures:
        caption = " ".join(filter(None, (picture.caption, picture.credit)))
        if caption:
            yield f"<p><small>{_text(caption)}</small></p>"
    if article.authors:
        signed = byline(article.authors)
        yield f"<p>{_text(('　' if has_han(''.join(signed)) else ', ').join(signed))}</p>"


def _text(text: str) -> str:
    return escape(text, quote=False)
