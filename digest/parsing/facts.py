"""Facts: what a line states about an issue: its date, number, pages, address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from digest.model import Masthead
from digest.parsing import dates
from digest.parsing.memory import remembered
from digest.text import LETTER, has_han


class Form:
    """How papers print one fact: a pattern, and `signs`, of which every match of it has one.

    Most lines have none of them, and the pattern need not look for what is not there.
    """

    def __init__(self, signs: str, pattern: str, flags: int = 0) -> None:
        self.signs = frozenset(signs)
        self.pattern = re.compile(pattern, flags)


_LONGEST = 160
_N = rf"(?:\d{{1,3}}(?:[,，]\d{{3}})+|{dates.NUMBER})"
_STEM = f"[甲乙丙丁戊己庚辛壬癸][{dates.BRANCHES}]"
_MONTH = "(?:闰|閏)?[正一二三四五六七八九十冬腊臘]{1,2}月"
_DAY = "(?:(?:初|十|廿|卅)[一二三四五六七八九十]|[二三]十[一二三四五六七八九]?)日?"
_NAMED = "(?:农历|農曆|夏历|夏曆|阴历|陰曆|旧历|舊曆)"
_LUNAR = Form(
    "月",
    rf"{_NAMED}\s*((?:{_STEM}\s?(?:[(（]\w[)）])?年\s?)?{_MONTH}{_DAY})|"
    rf"({_STEM}\s?(?:[(（]\w[)）])?年\s?{_MONTH}{_DAY})|"
    rf"((?:[正冬腊臘]月{_DAY}|{_MONTH}(?:初|廿|卅)[一二三四五六七八九十]))",
)
_WEEKDAY = Form(
    "期拜周週yY",
    r"(?:星期|礼拜|禮拜|[周週])[一二三四五六日天]|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b",
    re.IGNORECASE,
)
_EVERY = Form(
    "逢每yY",
    r"(?:逢|每(?:逢|[周週]|星期|礼拜|禮拜)?)(?:[周週]|星期|礼拜|禮拜)?[一二三四五六日天]?(?:[、，至到和及/](?:[周週]|星期)?[一二三四五六日天])*\s?(?:出版|出刊|发行|發行|见报|見報|播出)|"
    r"(?:逢|每)(?:[周週]|星期|礼拜|禮拜)[一二三四五六日天](?:[、，至到和及/](?:[周週]|星期)?[一二三四五六日天])*|"
    r"\b(?:every|each|on)(?:,? (?:and )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)+",
    re.IGNORECASE,
)
"""The days on which a paper comes out."""

_TOTAL = Form("总總", rf"[（(]?(?:总第|總第|总期|总|總)\s?({_N})\s?[期号號][）)]?")
_NUMBER = Form(
    "第NnIi",
    rf"[（(]?第\s?({_N})\s?[期号號][）)]?|\b(?:No|Nr|Issue(?: No)?|Number)\b\.?\s?#?(\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})",
    re.IGNORECASE,
)
_VOLUME = Form(
    "第VvYy",
    rf"\bVol(?:ume)?\b\.?\s?(?:(\d{{1,6}})|[IVXLC]+)|第\s?{_N}\s?[卷年](?!级|級)|\bYear\s\d+",
    re.IGNORECASE,
)
_PAGES = Form(
    "版页頁张張Pp",
    rf"(?:今日|今天|本期|共|全)\s?(?:共|出)?\s?({_N})\s?[个個]?[版页頁张張](?!面)|\b(\d{{1,3}})\s?pages\b",
    re.IGNORECASE,
)
_PRICE = Form(
    "元$￥¥£€Mp",
    r"(?:[A-Z]{1,3})?[$￥¥£€]\s?\d+(?:\.\d\d)?|\bRM\s?\d+(?:\.\d\d)?|\d+p\b|(?:零售价|定价|售价)?\s?\d+(?:\.\d+)?元",
)
_PAGE_LABEL = Form("版", rf"第?\s?{_N}\s?版(?:\s?[:：·|]?\s?{LETTER}{{2,6}}(?=\s|$))?")
_BARE_PAGES = re.compile(rf"([{dates.NUMERALS}]{{1,3}})\s?版")
_YEAR = Form("年", r"(?<!\d)(?:19|20)\d\d\s?年(?!\s?\d)")
_TIME = Form(":：", r"(?<!\d)\d{1,2}[:：]\d\d(?!\d)")
_URL = Form("/wW", r"<?((?:https?://|www\.)[\w.~:/?#@!$&*+,;=%-]+[\w/])>?", re.IGNORECASE)
_EMAIL = Form("@", r"<?([\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+)>?")
_ROLE = (
    "(?:总编辑?|總編輯?|主编|主編|副主编|责任编辑|責任編輯|责编|責編|值班(?:编辑|编委|主任|总编)|本版编辑|编辑|編輯|美编|美編|美术编辑|"
    "版式(?:设计)?|版面(?:设计)?|校对|校對|组版|組版|审核|審核|审校|审读|监制|監製|核稿|签发|排版|播音|主播|主持|导播|编导|策划|统筹|出品人?|总监|图编|制图)"
)
_ROLE_ENDS = "编編辑輯任委式计面对對版核校读制製稿发音播持导划筹品人监图"
_PERSON = rf"(?:{LETTER}|·){{2,4}}"
_STAFF = Form(_ROLE_ENDS, rf"{_ROLE}(?:\s?[:：]\s?|\s){_PERSON}(?:[、\s]{_PERSON}(?!{LETTER}|[:：·]))*(?!{LETTER})")
_TRACE = re.compile(
    rf"[\d@]|[{dates.NUMERALS}廿][年月日期號号卷版页頁张張]|[正冬腊臘]月|月[初廿卅]|[期周週拜]|[Dd]ay|DAY|www|WWW|http|[{_ROLE_ENDS}][:：\s]"
)
"""What every line of facts has something of: most lines have nothing, and are soon told."""

_CUT = "\x1f"
_PIECES = re.compile(rf"[{_CUT}|｜\t\u3000<>【】\[\]]|\s[—–•·-]\s|\s{{2,}}")
_EDGES = " \u3000·•,，。;；:：、()（）<>*_~=—–-/／"


_NOTHING = Masthead()


class _Line:
    """The `text` of a line, from which one fact after the other is cut."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.is_cut = False
        self._signs = frozenset(text)

    def cut(self, form: Form) -> list[re.Match[str]]:
        """Cut every match of `form` out, and return them."""
        if self._signs.isdisjoint(form.signs):
            return []
        matches: list[re.Match[str]] = []

        def take(match: re.Match[str]) -> str:
            matches.append(match)
            return _CUT

        rest = form.pattern.sub(take, self.text)
        if matches:
            self._become(rest)
        return matches

    def cut_dates(self) -> dates.Found | None:
        """Cut every date out, and return the first of them, one with a year if there is one."""
        found = list(dates.found(self.text))
        for one in sorted(found, key=lambda one: one.start, reverse=True):
            self._become(self.text[: one.start] + _CUT * (one.end - one.start) + self.text[one.end :])
        return next((one for one in found if one.year), found[0] if found else None)

    def cut_month(self) -> date | None:
        """Cut the month of a year out that stands without a day, and return its first day."""
        text, month = dates.month_in(self.text, _CUT)
        self._become(text)
        return month

    def _become(self, text: str) -> None:
        self.is_cut = self.is_cut or text is not self.text
        self.text = text


@dataclass(frozen=True, slots=True)
class Facts:
    """What one line states about an issue, and the other `pieces` of a line that states anything.

    `found` is the date as printed, `month` the first day of one that names no day, `strength` counts the independent facts, `label` says that a page is named and
    `staff` that people who make the paper are.
    """

    masthead: Masthead = _NOTHING
    pieces: tuple[str, ...] = ()
    found: dates.Found | None = None
    month: date | None = None
    strength: int = 0
    label: bool = False
    staff: bool = False

    @property
    def any(self) -> bool:
        """Say whether the line states any field at all."""
        return self is not _NO_FACTS and bool(self.found or self.month or self.masthead != _NOTHING)

    @property
    def rest(self) -> str:
        """What else stands on the line."""
        return " ".join(self.pieces)


_NO_FACTS = Facts()


@remembered
def facts(text: str) -> Facts:
    """Return what the line `text` states about an issue; nothing where it is long enough to be a sentence."""
    if len(text) > _LONGEST or text[-1:] in "。！？" or not _TRACE.search(text):
        return _NO_FACTS
    line = _Line(closed_up(text))
    emails, urls = line.cut(_EMAIL), line.cut(_URL)
    lunar, _, weekdays = line.cut(_LUNAR), line.cut(_EVERY), line.cut(_WEEKDAY)
    found = line.cut_dates()
    month = None if found else line.cut_month()
    totals, numbers, pages, volumes = (line.cut(form) for form in (_TOTAL, _NUMBER, _PAGES, _VOLUME))
    prices, staff, labels = line.cut(_PRICE), line.cut(_STAFF), line.cut(_PAGE_LABEL)
    line.cut(_YEAR)
    line.cut(_TIME)
    if not line.is_cut:
        return _NO_FACTS
    bare = [match for one in labels if (match := _BARE_PAGES.fullmatch(one[0].strip()))] if numbers else []
    masthead = Masthead(
        date=found.on(found.year) if found and found.year else None,
        weekday=weekdays[0][0] if weekdays else None,
        lunar_date=_first(lunar),
        number=_number(_first([*totals, *numbers, *volumes])),
        page_count=_number(_first(pages or bare)),
        url=_first(urls),
        email=_first(emails),
    )
    kinds = (masthead.date or month, totals or numbers or volumes, pages, prices, lunar, urls or emails)
    return Facts(masthead, _pieces(line.text), found, month, sum(map(bool, kinds)), bool(labels), bool(staff))


def contacts(text: str) -> tuple[str, Masthead]:
    """Return `text` without its e-mail and web addresses, and the first of each."""
    line = _Line(text)
    emails, urls = line.cut(_EMAIL), line.cut(_URL)
    return line.text, Masthead(url=_first(urls), email=_first(emails))


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
    """Say whether a printed weekday is not the one of `day`; one that an editor has made up contradicts nothing."""
    if weekday[-1] in "一二三四五六日天":
        return "一二三四五六日".index(weekday[-1].replace("天", "日")) != day.weekday()
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return weekday[:3].lower() in {*names} - {names[day.weekday()]}


def merged(first: Masthead, second: Masthead) -> Masthead:
    """Return `first`, its gaps filled from `second`."""
    if second is _NOTHING:
        return first
    names = ("title", "date", "date_origin", "weekday", "lunar_date", "number", "page_count", "url", "email")
    return Masthead(*(value if (value := getattr(first, n)) is not None else getattr(second, n) for n in names))


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
