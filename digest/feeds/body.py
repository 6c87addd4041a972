"""An article's text as HTML for feeds: few elements that every reader keeps, no styles, no scripts."""

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from urllib.parse import urljoin

from digest.byline import byline
from digest.model import Article, Picture
from digest.text import has_han


def html(article: Article, home_url: str, correction: str | None = None) -> str:
    """Return the article without its headline, which is the entry's title. Text is escaped, so it stays text.

    That it was corrected stands first, in words: many readers show no other sign of it. Pictures lie below `home_url`.
    """
    return "\n".join([*([notice(correction)] if correction else []), *_elements(article, home_url)])


def begun(article: Article, share: float) -> Article:
    """Return the beginning of an article: its first picture and, in whole paragraphs, at most this share of its text.

    Of more than nothing there is at least one paragraph; of nothing, there is the summary.
    """
    if share == 1:
        return article
    room = share * article.char_count
    paragraphs: list[str] = []
    for words in article.paragraphs if share else ():
        room -= len(words)
        if paragraphs and room < 0:
            break
        paragraphs.append(words)
    while len(paragraphs) - 1 in article.crossheads:  # nothing stands behind it here
        paragraphs.pop()
    return replace(
        article,
        lede=article.lede if share else None,
        paragraphs=tuple(paragraphs) or article.summary,
        crossheads=tuple(number for number in article.crossheads if number < len(paragraphs)),
        pictures=article.shown[:1],
    )


def notice(words: str) -> str:
    """Return what the paper says of an article, so that it is not taken for the article's own text."""
    return f"<p><small>{_text(words)}</small></p>"


def onward(url: str, words: str) -> str:
    """Return the link to the whole of an article."""
    return f'\n<p><a href="{escape(url)}">{_text(words)}</a></p>'


def paragraph(words: str) -> str:
    """Return one paragraph."""
    return f"<p>{_text(words)}</p>"


def _elements(article: Article, home_url: str) -> Iterator[str]:
    for heading in (article.kicker, article.subheadline):
        if heading:
            yield f"<p><strong>{_text(heading)}</strong></p>"
    yield from (_figure(picture, article, home_url) for picture in article.shown[:1])
    if article.lede:
        yield f"<p><em>{_text(article.lede)}</em></p>"
    crossheads = set(article.crossheads)
    for number, words in enumerate(article.paragraphs):
        tag = "h3" if number in crossheads else "p"
        yield f"<{tag}>{_text(words)}</{tag}>"
    yield from (_figure(picture, article, home_url) for picture in article.shown[1:])
    for picture in article.pictures:
        caption = "" if picture.sizes else _caption(picture)
        if caption:
            yield f"<p><small>{_text(caption)}</small></p>"
    if article.authors:
        signed = byline(article.authors)
        yield paragraph(("　" if has_han("".join(signed)) else ", ").join(signed))


def _figure(picture: Picture, article: Article, home_url: str) -> str:
    """Return a picture with its caption; where it has none, the article's title stands for it."""
    largest, caption = picture.sizes[0], _caption(picture)
    image = (
        f'<img src="{escape(urljoin(home_url, largest.path))}" width="{largest.width}" height="{largest.height}" '
        f'alt="{escape(picture.caption or article.title)}">'
    )
    return f"<figure>{image}{f'<figcaption>{_text(caption)}</figcaption>' if caption else ''}</figure>"


def _caption(picture: Picture) -> str:
    return " ".join(filter(None, (picture.caption, picture.credit)))


def _text(text: str) -> str:
    return escape(text, quote=False)
