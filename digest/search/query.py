"""What a reader types, as a query. Whatever that is, it is one, if only of nothing.

All words must be there. `"…"` is an exact phrase, `-word` must not be there; `section:`, `author:`, `from:` and `to:`,
also 版面、作者、自、至, narrow the search. A Chinese word is found wherever its characters stand together.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from digest.search.terms import Phrase, cut

MOST_CHARS = 200
"""How many characters of a query are read."""

MOST_PARTS = 16
"""How many words, phrases and conditions of a query are heeded."""

_FIELDS = {
    **dict.fromkeys(("section", "版面", "版", "栏目", "版名"), "section"),
    **dict.fromkeys(("author", "by", "作者", "记者"), "author"),
    **dict.fromkeys(("from", "since", "自", "从", "從"), "from"),
    **dict.fromkeys(("to", "until", "至", "到"), "to"),
}
_PART = re.compile(
    r"(?P<no>[-－−]?)"
    rf"(?:(?P<field>{'|'.join(sorted(_FIELDS, key=len, reverse=True))})[:：])?"
    r"""(?:["“”„«「『](?P<quoted>[^"“”»」』]*)["“”»」』]?|(?P<word>[^\s，、；。"“”„«»「」『』]+))""",
    re.IGNORECASE,
)
_DATE = re.compile(r"(\d{4})(?:[-/.年]?(\d\d?)(?:[-/.月]?(\d\d?)日?|月)?|年)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: `words` are all wanted, none of `unwanted`, one of `sections`, all of `authors`.

    `since` and `until` are days of issues, both included. `is_cut` says that there was more than is heeded.
    """

    words: tuple[Phrase, ...] = ()
    unwanted: tuple[Phrase, ...] = ()
    sections: tuple[str, ...] = ()
    authors: tuple[Phrase, ...] = ()
    since: date | None = None
    until: date | None = None
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Say whether anything is asked for."""
        return any((self.words, self.unwanted, self.sections, self.authors, self.since, self.until))


def parse(typed: str, *, section: str = "", author: str = "", since: str = "", until: str = "") -> Query:
    """Return what was typed into a search box, and into the fields beside it, as a query. No text is an error."""
    parts = [*_PART.finditer(typed[:MOST_CHARS])]
    found: dict[str, list[str]] = {name: [] for name in ("words", "unwanted", "section", "author", "from", "to")}
    for part in parts[:MOST_PARTS]:
        kind, said = _kind(part)
        found[kind].append(said)
    for kind, said in (("section", section), ("author", author), ("from", since), ("to", until)):
        found[kind].append(said[:MOST_CHARS])
    return Query(
        words=_phrases(found["words"]),
        unwanted=_phrases(found["unwanted"]),
        sections=tuple(name.strip() for name in found["section"] if cut(name)),
        authors=_phrases(found["author"]),
        since=max((span[0] for said in found["from"] if (span := _days(said))), default=None),
        until=min((span[1] for said in found["to"] if (span := _days(said))), default=None),
        is_cut=len(parts) > MOST_PARTS or len(typed) > MOST_CHARS,
    )


def _kind(part: re.Match[str]) -> tuple[str, str]:
    """Return what a part of a query is, and what it says; what has no meaning as a condition is a word."""
    quoted, word, field = part["quoted"], part["word"], part["field"]
    said = word if quoted is None else quoted
    kind = _FIELDS[field.lower()] if field else "words"
    if kind in {"from", "to"} and not _days(said):
        kind, said = "words", f"{field} {said}"
    if part["no"] and kind == "words":
        return "unwanted", said
    return kind, said


def _phrases(said: list[str]) -> tuple[Phrase, ...]:
    return tuple(dict.fromkeys(filter(None, map(cut, said))))


def _days(said: str) -> tuple[date, date] | None:
    """Return the first and the last day of a year, a month or a day, as people write them; None where it is none."""
    if not (found := _DATE.fullmatch(said.strip())):
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    last_month = month or 12
    return first, date(year, last_month, day or calendar.monthrange(year, last_month)[1])
