"""Addresses and ids: how they are made, once, from what never changes. Never from a title or a host."""

from datetime import date


def tag(authority: str, since: date, slug: str, key: str) -> str:
    """Return an issue's `tag:` URI (RFC 4151); `since` is a day on which the authority was the paper's own."""
    return f"tag:{authority},{since.isoformat()}:{slug}/{key}"


def issue_path(day: date, place: int) -> str:
    """Return an issue's address relative to the paper's home; `place` counts the issues of a day from 1."""
    return f"{day:%Y/%m/%d}/" if place == 1 else f"{day:%Y/%m/%d}/issue-{place}/"


def article_path(day: date, place: int) -> str:
    """Return an article's address relative to the paper's home; `place` counts the articles of a day from 1."""
    return f"{day:%Y/%m/%d}/{place}/"
