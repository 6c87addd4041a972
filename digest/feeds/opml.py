"""A list of feeds as OPML 2.0, which feed readers take in at once: http://opml.org/spec2.opml."""

from collections.abc import Iterable

from lxml import etree

from digest.feeds.rss import FILE
from digest.model import FeedName, Paper
from digest.urls import public


def render(title: str, lists: Iterable[tuple[Paper, Iterable[FeedName]]]) -> bytes:
    """Return the RSS feeds of papers as UTF-8 bytes, those of each paper under its title."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for paper, names in lists:
        group = etree.SubElement(body, "outline", text=paper.title)
        for name in names:
            label = " · ".join(filter(None, [paper.title, name.label]))
            etree.SubElement(
                group,
                "outline",
                type="rss",
                text=label,
                title=label,
                xmlUrl=public(paper.url, name.path) + FILE,
                htmlUrl=paper.url,
                language=paper.language,
                version="RSS2",
            )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
