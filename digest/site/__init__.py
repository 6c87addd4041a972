"""Issues → the pages of the reading site, as {path: bytes}, every path relative to the paper's home."""

from digest.site.pages import render_feeds, render_issue, render_lists, render_notice, render_papers, render_tombstones

__all__ = ["render_feeds", "render_issue", "render_lists", "render_notice", "render_papers", "render_tombstones"]
