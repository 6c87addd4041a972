"""Datelines: the words with which a report opens, telling where, when and by which agency it was filed: 电头."""

import re
from dataclasses import dataclass

from digest.model import Author, Dateline
from digest.parsing import bylines, dates
from digest.parsing.memory import remembered
from digest.parsing.names import is_sure_name
from digest.text import LETTER

_LOOK = 120
"""A dateline stands within so many characters."""

_LONGEST = 80
_FILED = "(?:专电|專電|综合电|急电|电|電|讯|訊|消息|综合报道|綜合報道|綜合報導)"
_FILED_SIGNS = re.compile("[电電讯訊息道導]")
_LATEST_FILED = 32
"""Within so many characters stands what says that a report was filed."""

_NO_PLACE = frozenset("简簡快短通资資音喜审審问問电電电视視传傳闪閃")
"""What stands before 讯 in words that are no dateline, as 简讯."""

_OWN = "(?:本报|本報|本刊|本台|本网|本網|本站|本社|又讯|又訊)"
_AGENCY = re.compile(
    rf"(?:据|據)?({_OWN}|{LETTER}{{1,6}}(?:通讯社|通訊社|社|新闻网|新聞網|中新网)|中新[社网網]|{LETTER}{{2,6}}[网網])"
)
_DATE = re.compile(dates.CHINESE)
_DAY = re.compile(rf"{dates.NUMBER}日")
_CHINESE = re.compile(
    rf"(?P<open>[（(【〔\[〖]?)\s{{0,3}}(?P<head>(?:{LETTER}|[\d○ ]){{0,24}}?)(?P<filed>{_FILED})"
    rf"(?P<close>[）)】〕\]〗]?)(?P<after>[\s:：,，—-]*[（(【〔\[]?)"
)
_REPORTERS = re.compile(r"[（(【〔\[〖]([^（()）【】〔〕\[\]〖〗]{2,60})[）)】〕\]〗][\s:：]*")
_REPORTED = re.compile(
    rf"({LETTER}{{0,6}}?(?:记者|記者|通讯员|通訊員)\s?{LETTER}(?:{LETTER}|[、\s]){{1,16}}?)\s?(?:报道|報道|報導)[:：\s]\s*"
)
# Compiled at their first use, which few issues have.
_FILED_TAIL = (
    rf"(?:[／/\s]({LETTER}{{2,6}}))?(?:{dates.CHINESE}|{dates.NUMBER}日)?(?:综合|綜合)?(?:报道|報道|報導|{_FILED})$"
)
_GLUED = rf"(?:记者|記者|[、\s]){LETTER}{{2,3}}({LETTER}{{2,3}})$"
_PROGRAMME = re.compile(rf"{LETTER}{{2,8}}?(?P<filed>消息|讯|訊)?[（(][^\W_]{{2,12}}[）)]\s*[:：]\s*")
_NEAR = ("近日", "日前", "近期")

_CITY = r"[A-Z][A-Za-z.'’-]+(?: [A-Z][A-Za-z.'’-]+){0,3}"
_CITIES = rf"{_CITY}(?:[,/] ?{_CITY}){{0,2}}"
# Compiled at their first use, which few Chinese issues have.
_ENGLISH = (
    # LONDON (Reuters) - · WASHINGTON, Jan. 5 (AP) — · PARIS, Monday —
    rf"(?P<place>{_CITIES}?)(?:,? (?:{dates.ENGLISH}|(?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day))?,?"
    r"(?P<agency> ?\([A-Z][\w .&/]{1,30}\))?\.? ?(?P<dash>[—–]|--|- | -)\s*",
    # (From Our Own Correspondent) Kuala Lumpur, July 16.
    rf"(?P<from>\((?:From|By) [A-Z][\w .'’]{{2,50}}\)\s*)?(?P<place>{_CITIES}), "
    rf"(?:{dates.ENGLISH})\.?(?:[—–-]+|\s|$)\s*",
)
_COLON_CITY = re.compile(
    r"(?!NOTE|WARNING|UPDATE|INSIDE|CORRECTION|NOTICE|QUESTION|ANSWER)([A-Z]{4,16}(?: [A-Z]{3,16}){0,2}):\s+(?=[A-Z])"
)
_SHORTEST_REPORT = 60


@dataclass(frozen=True, slots=True)
class Opening:
    """How a report opens: its dateline, the reporters it names, and the character at which its text begins.

    `sure` is False for a date alone, with which other paragraphs may begin too.
    """

    dateline: Dateline
    authors: tuple[Author, ...]
    end: int
    sure: bool = True


@remembered
def opening(text: str) -> Opening | None:
    """Return how `text` opens, None where it has no dateline."""
    head = text[:_LOOK]
    western = _english(head) or _colon(head) if head[:1] == "(" or head[:1].isupper() else None
    return western or _bracketed(head) or _programme(head) or _chinese(head) or _reported(head) or _dated(head)


def is_all(text: str) -> bool:
    """Say whether `text` is a dateline and nothing else, printed on a line of its own."""
    found = opening(text) if len(text) <= _LONGEST else None
    return found is not None and found.sure and found.end >= len(text)


def _chinese(text: str) -> Opening | None:
    """本报讯, 江城讯 1月5日, 新华社北京1月5日电（记者甲）, 【本報訊】."""
    match = _CHINESE.match(text) if _FILED_SIGNS.search(text, 0, _LATEST_FILED) else None
    if not match:
        return None
    head = match["head"].strip()
    bracketed = bool(match["open"] and match["close"])
    agency, place, date = _who_where_when(head)
    if head[-1:] in _NO_PLACE:
        return None
    known = bool(agency or date)
    if not (bracketed or known or match["after"]) or bool(match["open"]) != bool(match["close"]):
        return None
    if not known and (match["filed"] in "电電" or not 2 <= len(place or "") <= 8):
        return None
    end = match.end() - 1 if match["after"] and match["after"][-1] in "（(【〔[" else match.end()
    authors, end = _reporters(text, end)
    return Opening(Dateline(place, date or _when(text[end:]), agency), authors, end)


def _bracketed(text: str) -> Opening | None:
    """（中央社記者甲台北5日電）, 〔記者甲／台北報導〕, （记者 甲）: reporters first, in brackets."""
    match = _REPORTERS.match(text)
    if not match:
        return None
    inner = match[1].strip()
    agency = _AGENCY.match(inner)
    wire = agency is not None and not agency[1].startswith("本")
    filed = re.search(_FILED_TAIL, inner)
    people = inner[agency.end() if agency and wire else 0 : filed.start() if filed else len(inner)]
    place = filed[1] if filed else None
    if filed and not place and (glued := re.search(_GLUED, people)):
        people, place = people[: glued.start(1)], glued[1]
    credit = bylines.of_line(people.strip(" ／/，,")) if people.strip() else None
    if credit is None or not (credit.sure or (filed and (wire or place))):
        return None
    date = next(dates.found(filed[0]), None) if filed else None
    printed = date.printed if date else _when(text[match.end() :])
    return Opening(Dateline(place, printed, agency[1] if agency and wire else None), credit.authors, match.end())


def _programme(text: str) -> Opening | None:
    """央视网消息（新闻联播）： a broadcaster's own."""
    match = _PROGRAMME.match(text) if "（" in text or "(" in text else None
    if not match or not (match["filed"] or len(text) >= _SHORTEST_REPORT):
        return None
    agency = match[0].replace("(", "（").partition("（")[0].removesuffix("消息")
    return Opening(Dateline(None, _when(text[match.end() :]), agency), (), match.end())


def _english(text: str) -> Opening | None:
    for pattern in _ENGLISH:
        match = re.match(pattern, text)
        if match and _is_placed(match):
            date = dates.of_match(match)
            agency = (match.groupdict().get("agency") or "").strip(" ()") or None
            place = match["place"].strip(" ,.") or None
            credit = bylines.of_line(match["from"].strip()) if match.groupdict().get("from") else None
            dateline = Dateline(
                place.title() if place and place.isupper() else place, date.printed if date else None, agency
            )
            return Opening(dateline, credit.authors if credit else (), match.end())
    return None


def _colon(text: str) -> Opening | None:
    """NORTHGATE: A man was …, as papers of South-East Asia open."""
    match = _COLON_CITY.match(text)
    if not match or len(text) < _SHORTEST_REPORT:
        return None
    return Opening(Dateline(match[1].title(), None, None), (), match.end())


def _is_placed(match: re.Match[str]) -> bool:
    """Say whether a dash really ends a dateline: a place in capitals, a date or an agency stands before it."""
    groups = match.groupdict()
    if "dash" not in groups:
        return True
    return bool((groups["place"].isupper() and len(groups["place"]) > 2) or groups.get("em") or groups.get("agency"))


def _dated(text: str) -> Opening | None:
    """1月5日，… without any other word."""
    date = _when(text)
    return Opening(Dateline(None, date, None), (), 0, sure=False) if date else None


def _reported(text: str) -> Opening | None:
    """记者甲报道：, 本报记者 甲 报道: reporters without brackets."""
    told = "报道" in text or "報道" in text or "報導" in text
    match = _REPORTED.match(text) if told else None
    credit = bylines.of_line(match[1]) if match else None
    if match is None or credit is None or not all(is_sure_name(author.name) for author in credit.authors):
        return None
    return Opening(Dateline(None, _when(text[match.end() :]), None), credit.authors, match.end())


def _who_where_when(head: str) -> tuple[str | None, str | None, str | None]:
    """Return agency, place and date of the words before 电 or 讯."""
    agency = _AGENCY.match(head)
    rest = head[agency.end() :] if agency else head
    date = _DATE.search(rest)
    found = dates.of_match(date) if date else None
    day = None if date else _DAY.search(rest)
    place = rest[: date.start() if date else day.start() if day else len(rest)].strip()
    return agency and agency[1], place or None, found.printed if found else None


def _reporters(text: str, end: int) -> tuple[tuple[Author, ...], int]:
    """Return the reporters in brackets at `end`, and where they end; without brackets, none."""
    match = _REPORTERS.match(text, end)
    credit = bylines.of_line(match[0].strip(" :：\u3000")) if match else None
    if match is None and (told := _reported(text[end:])):
        return told.authors, end + told.end
    return (credit.authors, match.end()) if match and credit else ((), end)


def _when(text: str) -> str | None:
    """Return the date with which `text` begins, be it behind a quotation, 近日 for 近日 and its like."""
    if "月" not in text and "近" not in text and "日前" not in text:
        return None
    text = text.lstrip()
    text = text[text.find("”") + 1 :] if text.startswith("“") else text
    if text.startswith(_NEAR):
        return "近日"
    match = _DATE.match(text)
    date = dates.of_match(match) if match else None
    return date.printed if date else None
