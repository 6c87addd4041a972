"""Facts: what a line states about an issue: its date, number, pages, address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from digest.model import Masthead
from digest.parsing import dates
from digest.parsing.memory import remembered
from digest.text import HAN, has_han

_LONGEST = 160
_N = rf"(?:\d{{1,3}}(?:[,，]\d{{3}})+|{dates.NUMBER})"
_STEM = f"[甲乙丙丁戊己庚辛壬癸][{dates.BRANCHES}]"
_MONTH = "(?:闰|閏)?[正一二三四五六七八九十冬腊臘]{1,2}月"
_DAY = "(?:(?:初|十|廿|卅)[一二三四五六七八九十]|[二三]十[一二三四五六七八九]?)日?"
_NAMED = "(?:农历|農曆|夏历|夏曆|阴历|陰曆|旧历|舊曆)"
_LUNAR = re.compile(
    rf"{_NAMED}\s*((?:{_STEM}\s?(?:[(（][一-龥][)）])?年\s?)?{_MONTH}{_DAY})|"
    rf"({_STEM}\s?(?:[(（][一-龥][)）])?年\s?{_MONTH}{_DAY})|"
    rf"((?:[正冬腊臘]月{_DAY}|{_MONTH}(?:初|廿|卅)[一二三四五六七八九十]))"
)
_WEEKDAY = re.compile(
    r"(?:星期|礼拜|禮拜|[周週])[一二三四五六日天]|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE
)
_EVERY = re.compile(
    r"(?:逢|每(?:逢|[周週]|星期|礼拜|禮拜)?)(?:[周週]|星期|礼拜|禮拜)?[一二三四五六日天]?(?:[、，至到和及/](?:[周週]|星期)?[一二三四五六日天])*\s?(?:出版|出刊|发行|發行|见报|見報|播出)|"
    r"(?:逢|每)(?:[周週]|星期|礼拜|禮拜)[一二三四五六日天](?:[、，至到和及/](?:[周週]|星期)?[一二三四五六日天])*|"
    r"\b(?:every|each|on)(?:,? (?:and )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)+",
    re.IGNORECASE,
)
"""The days on which a paper comes out."""

_TOTAL = re.compile(rf"[（(]?(?:总第|總第|总期|总|總)\s?({_N})\s?[期号號][）)]?")
_NUMBER = re.compile(
    rf"[（(]?第\s?({_N})\s?[期号號][）)]?|\b(?:No|Nr|Issue(?: No)?|Number)\b\.?\s?#?(\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})",
    re.IGNORECASE,
)
_VOLUME = re.compile(
    rf"\bVol(?:ume)?\b\.?\s?(?:(\d{{1,6}})|[IVXLC]+)|第\s?{_N}\s?[卷年](?!级|級)|\bYear\s\d+", re.IGNORECASE
)
_PAGES = re.compile(
    rf"(?:今日|今天|本期|共|全)\s?(?:共|出)?\s?({_N})\s?[个個]?[版页頁张張](?!面)|\b(\d{{1,3}})\s?pages\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?:[A-Z]{1,3})?[$￥¥£€]\s?\d+(?:\.\d\d)?|\bRM\s?\d+(?:\.\d\d)?|\d+p\b|(?:零售价|定价|售价)?\s?\d+(?:\.\d+)?元"
)
_PAGE_LABEL = re.compile(rf"第?\s?{_N}\s?版(?:\s?[:：·|]?\s?[{HAN}]{{2,6}}(?=\s|$))?")
_BARE_PAGES = re.compile(rf"([{dates.NUMERALS}]{{1,3}})\s?版")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\s?年(?!\s?\d)")
_TIME = re.compile(r"(?<!\d)\d{1,2}[:：]\d\d(?!\d)")
_URL = re.compile(r"<?((?:https?://|www\.)[\w.~:/?#@!$&*+,;=%-]+[\w/])>?", re.IGNORECASE)
_EMAIL = re.compile(r"<?([\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+)>?")
_ROLE = (
    "(?:总编辑?|總編輯?|主编|主編|副主编|责任编辑|責任編輯|责编|責編|值班(?:编辑|编委|主任|总编)|本版编辑|编辑|編輯|美编|美編|美术编辑|"
    "版式(?:设计)?|版面(?:设计)?|校对|校對|组版|組版|审核|審核|审校|审读|监制|監製|核稿|签发|排版|播音|主播|主持|导播|编导|策划|统筹|出品人?|总监|图编|制图)"
)
_STAFF = re.compile(rf"{_ROLE}(?:\s?[:：]\s?|\s)[{HAN}·]{{2,4}}(?:[、\s][{HAN}·]{{2,4}}(?![{HAN}:：·]))*(?![{HAN}])")
_TRACE = re.compile(
    rf"[\d@]|[{dates.NUMERALS}廿][年月日期號号卷版页頁张張]|[正冬腊臘]月|月[初廿卅]|[期周週拜]|day|www|http|{_ROLE}",
    re.IGNORECASE,
)
"""What every line of facts has something of: most lines have nothing, and are soon told."""

_CUT = "\x1f"
_PIECES = re.compile(rf"[{_CUT}|｜\t\u3000<>【】\[\]]|\s[—–•·-]\s|\s{{2,}}")
_EDGES = " \u3000·•,，。;；:：、()（）<>*_~=—–-/／"


@dataclass(frozen=True, slots=True)
class Facts:
    """What one line states about an issue, and the other `pieces` of it.

    `found` is the date as printed, `month` the first day of one that names no day, `strength` counts the independent facts, `label` says that a page is named and
    `staff` that people who make the paper are.
    """

    masthead: Masthead
    pieces: tuple[str, ...]
    found: dates.Found | None = None
    month: date | None = None
    strength: int = 0
    label: bool = False
    staff: bool = False

    @property
    def any(self) -> bool:
        """Say whether the line states any field at all."""
        return self.found is not None or self.month is not None or self.masthead != Masthead()

    @property
    def rest(self) -> str:
        """What else stands on the line."""
        return " ".join(self.pieces)


@remembered
def facts(text: str) -> Facts:
    """Return what the line `text` states about an issue; nothing where it is long enough to be a sentence."""
    if len(text) > _LONGEST or text[-1:] in "。！？" or not _TRACE.search(text):
        return Facts(Masthead(), (closed_up(text),))
    rest, given = contacts(closed_up(text))
    rest, lunar = _cut(_LUNAR, rest)
    rest, _ = _cut(_EVERY, rest)
    rest, weekdays = _cut(_WEEKDAY, rest)
    rest, found = _without_dates(rest)
    rest, month = (rest, None) if found else dates.month_in(rest, _CUT)
    rest, totals = _cut(_TOTAL, rest)
    rest, numbers = _cut(_NUMBER, rest)
    rest, pages = _cut(_PAGES, rest)
    rest, volumes = _cut(_VOLUME, rest)
    rest, prices = _cut(_PRICE, rest)
    rest, staff = _cut(_STAFF, rest)
    rest, labels = _cut(_PAGE_LABEL, rest)
    for pattern in (_YEAR, _TIME):
        rest, _ = _cut(pattern, rest)
    masthead = replace(
        given,
        date=found.on(found.year) if found and found.year else None,
        weekday=weekdays[0][0] if weekdays else None,
        lunar_date=_first(lunar),
        number=_number(_first([*totals, *numbers, *volumes])),
        page_count=_number(_first(pages)),
    )
    if numbers and not pages:
        bare = [match for one in labels if (match := _BARE_PAGES.fullmatch(one[0].strip()))]
        masthead = replace(masthead, page_count=_number(_first(bare)))
    kinds = (masthead.date or month, totals or numbers or volumes, pages, prices, lunar, given.url or given.email)
    return Facts(masthead, _pieces(rest), found, month, sum(map(bool, kinds)), bool(labels), bool(staff))


def contacts(text: str) -> tuple[str, Masthead]:
    """Return `text` without its first e-mail and web addresses, and these."""
    rest, emails = _cut(_EMAIL, text)
    rest, urls = _cut(_URL, rest)
    return rest, Masthead(url=_first(urls), email=_first(emails))


def stated(given: Mapping[str, str]) -> Masthead:
    """Return what an editor states about an issue, keyed by the masthead's field names."""
    one = facts(given.get("date", ""))
    number = re.search(r"\d+", given.get("number", ""))
    pages = re.search(r"\d+", given.get("page_count", ""))
    return Masthead(
        title=given.get("title"),
        date=one.masthead.date,
        date_origin="given" if one.masthead.date else None,
        weekday=given.get("weekday"),
        lunar_date=given.get("lunar_date"),
        number=int(number[0]) if number else None,
        page_count=int(pages[0]) if pages else None,
        url=given.get("url"),
        email=given.get("email"),
    )


def contradicts(weekday: str, day: date) -> bool:
    """Say whether a printed weekday is not the one of `day`."""
    if weekday[-1] in "一二三四五六日天":
        return "一二三四五六日".index(weekday[-1].replace("天", "日")) != day.weekday()
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(weekday[:3].lower()) != day.weekday()


def merged(first: Masthead, second: Masthead) -> Masthead:
    """Return `first`, its gaps filled from `second`."""
    names = ("title", "date", "date_origin", "weekday", "lunar_date", "number", "page_count", "url", "email")
    return Masthead(*(value if (value := getattr(first, n)) is not None else getattr(second, n) for n in names))


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, list[re.Match[str]]]:
    """Return `text` with every match of `pattern` cut out, and the matches."""
    matches = list(pattern.finditer(text))
    return (pattern.sub(_CUT, text), matches) if matches else (text, [])


def _without_dates(text: str) -> tuple[str, dates.Found | None]:
    """Return `text` with its dates cut out, and the first of them, one with a year if there is one."""
    found = list(dates.found(text))
    for one in sorted(found, key=lambda one: one.start, reverse=True):
        text = text[: one.start] + _CUT * (one.end - one.start) + text[one.end :]
    return text, next((one for one in found if one.year), found[0] if found else None)


def _first(matches: list[re.Match[str]]) -> str | None:
    return next((group for match in matches for group in match.groups() if group), None)


def _number(printed: str | None) -> int | None:
    return dates.number(printed.replace(",", "").replace("，", "")) if printed else None


def _pieces(rest: str) -> tuple[str, ...]:
    """Return the words that no fact has taken, divided where facts or wide spaces stood between them."""
    pieces = (piece.strip(_EDGES) for piece in _PIECES.split(closed_up(rest)))
    return tuple(divided for piece in pieces if piece for divided in _divided(piece))


def closed_up(text: str) -> str:
    """Return `text`, without its spaces where every character is set apart: 时 报."""
    parts = text.split()
    return "".join(parts) if has_han(text) and all(len(part) == 1 for part in parts) else text


def _divided(piece: str) -> list[str]:
    """Return the parts of a Chinese piece that spaces divide."""
    return closed_up(piece).split() if has_han(piece) else [piece]
