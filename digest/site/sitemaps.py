"""What search engines read: a sitemap for each month, their index, the sitemap of what is new, and robots.txt.

https://www.sitemaps.org/protocol.html, https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap.
A new issue touches one month, the index and what is new, however large the archive is.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from lxml import etree

from digest import urls
from digest.model import ArticleLine, IssueMonth, PageLine, Paper

NEW = timedelta(days=2)
"""How much older than the newest article one may be that is new."""

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def render_sitemap(paper: Paper, month: date, pages: Iterable[PageLine]) -> dict[str, bytes]:
    """Render the sitemap of a month's pages."""
    root = _root("urlset")
    for page in pages:
        url = etree.SubElement(root, f"{{{_SITEMAP}}}url")
        _say(url, _SITEMAP, loc=urls.public(paper.url, page.path), lastmod=page.updated.isoformat(timespec="seconds"))
    return {urls.sitemap(month): _bytes(root)}


def render_sitemaps(paper: Paper, months: Iterable[IssueMonth], new: Iterable[ArticleLine]) -> dict[str, bytes]:
    """Render the sitemap of what is new, and the index of all sitemaps, which are there by then."""
    news, index = _root("urlset", news=_NEWS), _root("sitemapindex")
    for line in new:
        url = etree.SubElement(news, f"{{{_SITEMAP}}}url")
        _say(url, _SITEMAP, loc=urls.public(paper.url, line.path))
        told = etree.SubElement(url, f"{{{_NEWS}}}news")
        _say(etree.SubElement(told, f"{{{_NEWS}}}publication"), _NEWS, name=paper.title, language=_language(paper))
        _say(told, _NEWS, publication_date=line.published.isoformat(timespec="seconds"), title=line.title)
    for month in months:
        sitemap = etree.SubElement(index, f"{{{_SITEMAP}}}sitemap")
        changed = month.updated.isoformat(timespec="seconds")
        _say(sitemap, _SITEMAP, loc=urls.public(paper.url, urls.sitemap(month.month)), lastmod=changed)
    return {urls.NEWS_SITEMAP: _bytes(news), urls.SITEMAP: _bytes(index)}


def robots(papers: Sequence[Paper]) -> bytes:
    """Return what crawlers are told: that all may be read, and where it is named."""
    maps = [f"Sitemap: {paper.url}{name}\n" for paper in papers for name in (urls.SITEMAP, urls.NEWS_SITEMAP)]
    return "".join(["User-agent: *\nDisallow:\n\n", *maps]).encode()


def _language(paper: Paper) -> str:
    """Return the paper's language as the news sitemap wants it: ISO 639, but for Chinese."""
    code, *rest = paper.language.lower().split("-")
    traditional = not {"hant", "tw", "hk", "mo"}.isdisjoint(rest)
    return ("zh-tw" if traditional else "zh-cn") if code == "zh" else code


def _root(name: str, **spaces: str) -> etree._Element:
    prefixes = "".join(f' xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    return etree.XML(f'<{name} xmlns="{_SITEMAP}"{prefixes}/>')


def _say(parent: etree._Element, space: str, **facts: str) -> None:
    for name, fact in facts.items():
        etree.SubElement(parent, f"{{{space}}}{name}").text = fact


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
