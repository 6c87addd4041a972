"""Dates as papers print them, in Chinese and Western numerals and in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_DIGITS = {c: i for i, row in enumerate(zip("〇一二三四五六七八九", "○壹貳叁肆伍陸柒捌玖", strict=True)) for c in row}
_DIGITS |= dict(zip("贰叄肆伍陆柒捌玖", range(2, 10), strict=True))
_DIGITS |= {"零": 0, "Ｏ": 0, "O": 0, "貮": 2, "两": 2, "兩": 2}
_CN = "〇○零一二三四五六七八九"
_FORMAL = "壹贰貳叁肆伍陆陸柒捌玖拾佰仟"
NUMBER = rf"(?:\d{{1,5}}|[{_CN}{_FORMAL}十百千万萬]{{1,11}})"
"""A number in Western or Chinese numerals."""

NUMERALS = f"{_CN}{_FORMAL}十百千万萬"
"""The Chinese numerals, for use inside a character class."""

_UNITS = str.maketrans("拾佰仟萬", "十百千万")
_TENS = re.compile("[十百千万]")
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
"""The twelve branches, which with the ten stems name a lunar year."""

_YEAR = rf"(?:[12]\d{{3}}|[一二][{_CN}O]{{3}})"
_SHORT = rf"(?:\d{{1,2}}|[{_CN}]?十[{_CN}]?|[{_CN}])"
CHINESE = rf"(?:(?:(?P<year>{_YEAR})|(?:中[华華])?民[国國]\s?(?P<roc>{NUMBER}))\s?年\s?)?(?P<month>{_SHORT})\s?月\s?(?P<day>{_SHORT})\s?[日号號]"
"""A date as `2026年11月6日` or `十一月六日`, with groups year, month and day."""

_REPUBLIC = 1911
"""The year before the first of the Republic of China, by which papers of Taiwan count."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_ENGLISH = (
    rf"(?P<em>{MONTH})\s(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<ey>[12]\d{{3}}))?(?!\d)",
    rf"(?<!\d)(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<em>{MONTH})(?:,?\s(?P<ey>[12]\d{{3}}))?(?!\d)",
)
ENGLISH = _ENGLISH[0]
"""A date as `July 16` or `Nov. 6, 2026`, with groups em, ed and ey."""

_VOWELS = "AEOUaeou"
"""The name of every English month has one of them."""

_PATTERNS = (
    (re.compile("月"), re.compile(CHINESE)),
    *((re.compile(f"[{_VOWELS}]"), re.compile(pattern, re.IGNORECASE)) for pattern in _ENGLISH),
    (
        re.compile("[-/.]"),
        re.compile(r"(?<!\d)(?P<year>[12]\d{3})(?P<s>[-/.])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})(?!\d)"),
    ),
)
"""The forms of a date, behind characters of which each has one: most texts have none, and are soon told."""

_MONTHLY = (
    re.compile(rf"(?<!\d)(?P<year>{_YEAR})\s?年\s?(?P<month>{_SHORT})\s?月(?:[号號刊]|份)?(?!\s?[\d{_CN}十])"),
    re.compile(rf"(?P<em>{MONTH}),?\s(?P<year>[12]\d{{3}})(?!\d)", re.IGNORECASE),
)
"""The month in which a paper comes out."""

_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_PARTED = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<s>[-_/. ])(?P<month>\d{1,2})(?P=s)(?P<day>\d{1,2})(?!\d)")
_FULL_CHINESE = CHINESE.replace(r"\s?年\s?)?", r"\s?年\s?)", 1)
_YEARS = re.compile(
    rf"[12一二](?:(?:(?<=[12])\d{{3}}|(?<=[一二])[{_CN}O]{{3}})(?<!\d.{{4}})\s?年|"
    r"(?:(?<=1)9|(?<=2)0)\d\d(?<![\d,.].{4})(?![\d,年.]))"
)
"""Years that a text names: four characters, behind which 年 may stand."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, from `start` to `end`; `year` is None where none is printed."""

    start: int
    end: int
    year: int | None
    month: int
    day: int

    def on(self, year: int) -> date | None:
        """Return the date in `year`, None where that year has no such day."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None

    @property
    def printed(self) -> str:
        """The date as far as it is printed: "YYYY-MM-DD" or "MM-DD"."""
        tail = f"{self.month:02}-{self.day:02}"
        return tail if self.year is None else f"{self.year:04}-{tail}"


def number(text: str) -> int:
    """Return the value of a number in Western or Chinese numerals; `text` matches NUMBER or a year."""
    if text.isdigit() and text.isascii():
        return int(text)
    text = text.translate(_UNITS)
    if not _TENS.search(text):
        return int("".join(str(_DIGITS.get(c, 0)) for c in text) or 0)
    total, below, digit = 0, 0, 0
    for char in text:
        if unit := {"十": 10, "百": 100, "千": 1000}.get(char):
            below += (digit or 1) * unit
            digit = 0
        elif char == "万":
            total, below, digit = (total + below + digit or 1) * 10000, 0, 0
        else:
            digit = _DIGITS.get(char, 0)
    return total + below + digit


def years(text: str) -> Iterator[int]:
    """Yield the years that `text` names."""
    return (number(match[0][:4]) for match in _YEARS.finditer(text))


def found(text: str) -> Iterator[Found]:
    """Yield the dates of `text`, in the order of its forms."""
    for sign, pattern in _PATTERNS:
        if sign.search(text):
            yield from filter(None, map(of_match, pattern.finditer(text)))


def month_in(text: str, cut: str) -> tuple[str, date | None]:
    """Return `text` with `cut` for the month of a year that it names without a day, and that month's first day."""
    for pattern in _MONTHLY:
        if match := pattern.search(text):
            groups = match.groupdict()
            name = groups.get("em")
            month = _MONTHS.index(name[:3].lower()) + 1 if name else number(groups["month"])
            if 1 <= month <= len(_MONTHS):
                return pattern.sub(cut, text, count=1), date(number(match["year"]), month, 1)
    return text, None


def of_match(match: re.Match[str]) -> Found | None:
    """Return the date of a match with groups year, month and day, or ey, em and ed; None where no year has it."""
    groups = match.groupdict()
    if groups.get("em"):
        year, day = groups.get("ey"), groups["ed"]
        month = _MONTHS.index(groups["em"][:3].lower()) + 1
    elif groups.get("month"):
        year, day, month = groups.get("year"), groups["day"], number(groups["month"])
        if roc := groups.get("roc"):
            year = str(number(roc) + _REPUBLIC)
    else:
        return None
    one = Found(match.start(), match.end(), number(year) if year else None, month, number(day))
    return one if one.on(one.year or 2000) else None


def in_name(name: str) -> date | None:
    """Return the date that a file's name states: 2023-01-06, 20230106, 2023年1月6日 and their like."""
    for pattern in (_FULL_CHINESE, _PARTED, _COMPACT):
        for match in re.finditer(pattern, name):
            one = of_match(match)
            if one and one.year:
                return one.on(one.year)
    return None
