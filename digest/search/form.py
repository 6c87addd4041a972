"""The fields of the search form, as they stand in the address of a page of hits and of its feed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from digest.search.query import MOST_CHARS, Query, parse
from digest.text import clean, one_line

PAGE = 20
"""How many hits a page has."""

LAST_PAGE = 100
"""The last page that is shown; who wants more asks for less."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader has filled in: the query, and what narrows it, in his own words; `best` for the most relevant first."""

    words: str = ""
    section: str = ""
    author: str = ""
    since: str = ""
    until: str = ""
    best: bool = False
    page: int = 1

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """Return the form of an address's query; what does not fit is taken as not given."""
        page = given.get("page", "")
        return cls(
            words=_line(given.get("q", "")),
            section=_line(given.get("section", "")),
            author=_line(given.get("author", "")),
            since=_line(given.get("from", "")),
            until=_line(given.get("to", "")),
            best=given.get("sort") == "best",
            page=min(max(int(page), 1), LAST_PAGE) if page.isdecimal() and len(page) < 10 else 1,
        )

    @property
    def query(self) -> Query:
        """What is asked for."""
        return parse(self.words, section=self.section, author=self.author, since=self.since, until=self.until)

    @property
    def is_narrow(self) -> bool:
        """Whether a field beside the query is filled in."""
        return any((self.section, self.author, self.since, self.until))

    @property
    def feed(self) -> str:
        """The address's query of the feed, which knows neither pages nor order."""
        return replace(self, page=1, best=False).address

    @property
    def address(self) -> str:
        """The address's query that asks for the same again."""
        fields = {
            "q": self.words,
            "section": self.section,
            "author": self.author,
            "from": self.since,
            "to": self.until,
            "sort": "best" if self.best else "",
            "page": str(self.page) if self.page > 1 else "",
        }
        return urlencode({name: value for name, value in fields.items() if value})


def _line(given: str) -> str:
    return one_line(clean(given)[0])[: MOST_CHARS + 1]
