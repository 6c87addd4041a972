"""Issues → the pages of the reading site, as {path: bytes}, every path relative to the paper's home."""

from digest.site.pages import render_issue, render_lists, render_notice

__all__ = ["render_issue", "render_lists", "render_notice"]
