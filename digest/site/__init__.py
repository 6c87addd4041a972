"""Issues → the pages of the reading site, as {path: bytes}, every path relative to the paper's home."""

from digest.site.forms import render_form
from digest.site.lists import (
    LEAST_ARTICLES,
    PAGE,
    RECENT_ISSUES,
    Leaf,
    leaves,
    render_archive,
    render_lists,
    render_subscribe,
    render_topic,
    render_year,
)
from digest.site.pages import render_issue, render_notice, render_papers, render_tombstones
from digest.site.search import render_search
from digest.site.sitemaps import NEW, render_sitemap, render_sitemaps
from digest.site.theme import assets

__all__ = [
    "LEAST_ARTICLES",
    "NEW",
    "PAGE",
    "RECENT_ISSUES",
    "Leaf",
    "assets",
    "leaves",
    "render_archive",
    "render_form",
    "render_issue",
    "render_lists",
    "render_notice",
    "render_papers",
    "render_search",
    "render_sitemap",
    "render_sitemaps",
    "render_subscribe",
    "render_tombstones",
    "render_topic",
    "render_year",
]
