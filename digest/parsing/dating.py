"""The issue's date, and where it comes from."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from digest.model import Masthead
from digest.parsing import dates
from digest.parsing.facts import contradicts

_NUMBER = re.compile(r"第\s?(\d{1,6})\s?期|\b[Nn]o\.?\s?(\d{1,6})(?!\d)")


@dataclass(frozen=True, slots=True)
class Clues:
    """What there is to tell a date from: the file's name and time, the datelines' dates, and the years in the text.

    `month_day` is a masthead's date that lacks its year.
    """

    name: str
    modified: datetime | None
    printed: Sequence[str]
    years: Counter[int]
    month_day: dates.Found | None = None


def years(texts: Iterable[str]) -> Counter[int]:
    """Return how often `texts` name each year."""
    likely = (text for text in texts if "年" in text or "20" in text or "19" in text)
    return Counter(year for text in likely for year in dates.years(text) if 1850 <= year <= 2150)


def dated(masthead: Masthead, clues: Clues) -> Masthead:
    """Return `masthead` with its date: as given, printed, in the file's name, in the text, or the file's own time."""
    if masthead.date:
        return replace(masthead, date_origin=masthead.date_origin or "masthead")
    if clues.month_day and (day := _in_year(clues.month_day, masthead.weekday, clues)):
        return replace(masthead, date=day, date_origin="masthead")
    if day := dates.in_name(clues.name):
        return replace(masthead, date=day, date_origin="filename")
    if day := _from_text(clues):
        return replace(masthead, date=day, date_origin="text")
    if clues.modified:
        return replace(masthead, date=clues.modified.date(), date_origin="mtime")
    return masthead


def numbered(masthead: Masthead, name: str) -> Masthead:
    """Return `masthead` with its number; one that is not stated is taken from a file name such as 第1480期.txt."""
    in_name = _NUMBER.search(name)
    return replace(masthead, number=int(in_name[1] or in_name[2])) if masthead.number is None and in_name else masthead


def _in_year(found: dates.Found, weekday: str | None, clues: Clues) -> date | None:
    """Return a date without a year in the year that the text implies; a printed weekday chooses among its neighbours."""
    likely = _year(found.month, clues)
    if likely is None:
        return None
    days = [day for year in (likely, likely + 1, likely - 1) if (day := found.on(year))]
    agreeing = [day for day in days if weekday and not contradicts(weekday, day)]
    return next(iter([*agreeing, *days]), None)


def _from_text(clues: Clues) -> date | None:
    """Return the latest dateline's date, in its own year or in the one that the text implies."""
    days: list[date] = []
    for printed in clues.printed:
        if len(printed) == 10:
            days.append(date.fromisoformat(printed))
        elif len(printed) == 5:
            month, day = map(int, printed.split("-"))
            year = _year(month, clues)
            found = dates.Found(0, 0, year, month, day)
            if year and (one := found.on(year)):
                days.append(one)
    latest = clues.modified.date() + timedelta(days=31) if clues.modified else date.max
    return max((day for day in days if day <= latest), default=None)


def _year(month: int, clues: Clues) -> int | None:
    """Return the year that the text implies for `month`: the one it names most, or the next.

    In January and February a paper still speaks mostly of the year that has ended: the next one wins if it is named
    more than once. Without any year named, it is the file's own, if that month has come in it.
    """
    if clues.years:
        likely = max(clues.years, key=lambda year: (clues.years[year], year))
        return likely + 1 if month <= 2 and clues.years[likely + 1] > 1 else likely
    if clues.modified:
        return clues.modified.year - (month > clues.modified.month)
    return None
