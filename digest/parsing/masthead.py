"""The masthead: what a paper prints about the issue, in any order, on one line or many: 报头."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from digest.model import Masthead
from digest.parsing import bylines, dates, shape
from digest.parsing.block import Block
from digest.text import HAN, has_han

_MOST_LINES = 30
_LONGEST_TITLE = 40
_LONGEST_PLACE = 16
_N = dates.NUMBER
_WEEKDAY = re.compile(
    r"(?:星期|礼拜|禮拜|[周週])[一二三四五六日天]|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE
)
_LUNAR = re.compile(
    r"(?:农历|農曆|夏历|夏曆|阴历|陰曆)?\s*"
    r"((?:[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]\s?(?:[(（][一-龥][)）])?年\s?)?(?:闰|閏)?[正一二三四五六七八九十冬腊臘]{1,2}月"
    r"(?:(?:初|十|廿|卅)[一二三四五六七八九十]|[二三]十[一二三四五六七八九]?)日?)"
)
_NUMBER = re.compile(
    rf"(?:总第|總第|总|總)\s?({_N})\s?[期号號]|第\s?({_N})\s?[期号號]|"
    r"\b(?:No|Nr|Issue(?: No)?|Number)\b\.?\s?#?(\d{1,3}(?:,\d{3})+|\d{1,6})",
    re.IGNORECASE,
)
_TOTAL = re.compile(rf"[（(]?(?:总第|總第|总|總)\s?({_N})\s?[期号號][）)]?")
_VOLUME = re.compile(rf"\bVol(?:ume)?\b\.?\s?[\dIVXLC]+|第\s?{_N}\s?[卷年](?!级|級)|\bYear\s\d+", re.IGNORECASE)
_PAGES = re.compile(
    rf"(?:今日|今天|本期|共|全)\s?(?:共|出)?\s?({_N})\s?[个個]?[版页頁张張](?!面)|\b(\d{{1,3}})\s?pages\b",
    re.IGNORECASE,
)
_PRICE = re.compile(r"[$￥¥£€]\s?\d+(?:\.\d\d)?|\d+p\b|(?:零售价|定价|售价)?\s?\d+(?:\.\d+)?元")
_PAGE_LABEL = re.compile(rf"第?\s?{_N}\s?版(?:\s?[:：·|]?\s?[{HAN}]{{2,6}}$)?")
_URL = re.compile(r"<?((?:https?://|www\.)[\w.~:/?#@!$&*+,;=%-]+[\w/])>?", re.IGNORECASE)
_EMAIL = re.compile(r"<?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>?")
_FURNITURE = re.compile(
    r"发布时间|发布日期|出版日期|日期[:：]|主管|主办|主辦|主编|总编|承办|协办|出版|編輯部|编辑部|国内统一|國內|连续出版物|刊号|刊號|邮发代号|准印证|准印|内部资料|免费|"
    r"零售|售价|定价|社址|地址|邮编|电话|電話|热线|熱線|网址|網址|邮箱|信箱|投稿|传真|发行|發行|印刷|创刊|創刊|晴|多云|阴|小雨|气温|℃|"
    r"[$￥¥£€]\s?\d|\bCN\s?\d|ISSN|\bprice\b|\bfree\b|\bpublished\b|\bestablished\b|\bfounded\b|e-?mail|website|\bdaily\b|\bweekly\b",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"(?:主管|主办|主辦|主编|总编|承办|协办|出版|编辑部|編輯部|社址|地址|邮编|电话|電話|热线|熱線|网址|網址|邮箱|信箱|投稿|传真|发行|發行|印刷|"
    r"创刊|創刊|零售价?|售价|定价|时间|日期)(?:单位|單位)?\s?[:：]|刊号|刊號|邮发代号|准印证|内部资料|免费(?:赠阅|交流)|\d\s?℃|\bCN\s?\d|ISSN|"
    r"^(?:Published|Established|Founded|Est\.|Serving|Since)\b|^(?:Price|Tel|Phone|E-?mail|Web(?:site)?)\b\s?[:.]",
    re.IGNORECASE,
)
_PUBLISHER = re.compile("(?:主管|主办|主辦|承办|协办|编印|編印|出版)$")
_TITLE_WORDS = re.compile(
    r"(?:[报報刊讯訊]|日[报報]|新闻|新聞|周刊|週刊|时讯|通讯|通訊|快讯|简报|导报|之声|联播|聯播|新闻网|播报|播報)$|"
    r"(?i:\b(?:times|post|herald|gazette|news|chronicle|tribune|courier|journal|observer|mail|star|echo|mercury|"
    r"standard|press|argus|advertiser|record|bulletin|weekly|daily|dispatch|sentinel|examiner|telegraph|express|"
    r"independent|guardian|register|review|reporter|messenger)\b)"
)
_SEPARATORS = re.compile(r"[\s|｜·•/／,，。;；:：、()（）<>《》【】\[\]*—–_~=-]+")
_LATIN_TAIL = re.compile(r"\s+[A-Za-z][A-Za-z .'’-]*$|^[A-Za-z][A-Za-z .'’-]*\s+")
_NAME = re.compile(rf"[{HAN}]{{2,8}}|[A-Z][A-Za-z&'’.]*(?: (?:of|and|the|[A-Z&][A-Za-z'’.]*)){{0,5}}")
"""The shape of a paper's name that stands alone: a few Han characters, or capitalised words."""

_MARKS = " \u3000《》【】[]「」*"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields that one line states, and what else stands on it. `found` is the date as printed."""

    masthead: Masthead
    rest: str
    found: dates.Found | None = None

    @property
    def any(self) -> bool:
        """Say whether the line states any field at all."""
        return self.found is not None or self.masthead != Masthead()


@dataclass(frozen=True, slots=True)
class Top:
    """The masthead, the blocks that it is made of, and the blocks behind it. `month_day` is a date without a year."""

    masthead: Masthead
    owned: tuple[Block, ...] = ()
    rest: tuple[Block, ...] = ()
    month_day: dates.Found | None = None


def take(all_blocks: list[Block]) -> Top:
    """Return the masthead at the top of `all_blocks`."""
    lines = [fields(block.text) for block in all_blocks[:_MOST_LINES]]
    end = _end(all_blocks, lines)
    owned = all_blocks[:end]
    masthead, month_day = Masthead(), None
    for one in lines[:end]:
        masthead = merged(masthead, one.masthead)
        month_day = month_day or (one.found if one.found and one.found.year is None else None)
    title = _title(owned, lines[:end])
    if not end and all_blocks and _is_lone_title(all_blocks):
        owned, title = all_blocks[:1], all_blocks[0].text
    return Top(replace(masthead, title=title), tuple(owned), tuple(all_blocks[len(owned) :]), month_day)


def fields(text: str) -> Fields:
    """Return what the line `text` states about an issue; nothing where it is long enough to be a sentence."""
    if len(text) > 160 or text[-1:] in "。！？":
        return Fields(Masthead(), text)
    rest, given = _contacts(text)
    rest, lunar = _cut(_LUNAR, rest)
    rest, weekday = _cut(_WEEKDAY, rest)
    found = next(dates.found(rest), None)
    if found:
        rest = rest[: found.start] + " " + rest[found.end :]
    rest, total = _cut(_TOTAL, rest)
    rest, number = _cut(_NUMBER, rest)
    rest, pages = _cut(_PAGES, rest)
    for pattern in (_VOLUME, _PRICE, _PAGE_LABEL):
        rest, _ = _cut(pattern, rest)
    stated = next((g for m in (total, number) if m for g in m.groups() if g), None)
    page_count = next((g for g in pages.groups() if g), None) if pages else None
    masthead = replace(
        given,
        date=found.on(found.year) if found and found.year else None,
        weekday=weekday[0] if weekday else None,
        lunar_date=lunar[1] if lunar else None,
        number=dates.number(stated.replace(",", "")) if stated else None,
        page_count=dates.number(page_count) if page_count else None,
    )
    return Fields(masthead, _SEPARATORS.sub(" ", rest).strip(), found)


def is_furniture(text: str, title: str | None) -> bool:
    """Say whether `text` is only what papers print about an issue: its fields, their names, and the paper's `title`."""
    one = fields(text)
    return one.any and not re.sub(_FURNITURE, "", one.rest.replace(title or " ", "")).strip()


def stated(given: Mapping[str, str]) -> Masthead:
    """Return what an editor states about an issue, keyed by the masthead's field names."""
    one = fields(given.get("date", ""))
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


def _contacts(text: str) -> tuple[str, Masthead]:
    text, email = _cut(_EMAIL, text)
    text, url = _cut(_URL, text)
    return text, Masthead(url=url[1] if url else None, email=email[1] if email else None)


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, re.Match[str] | None]:
    match = pattern.search(text)
    return (text[: match.start()] + " " + text[match.end() :], match) if match else (text, None)


def _end(all_blocks: list[Block], lines: list[Fields]) -> int:
    """Return how many blocks the masthead has: up to the last line of fields, if no text stands before it."""
    end, between = 0, 0
    for i, one in enumerate(lines):
        text = all_blocks[i].text
        if _is_line(text, one):
            end, between = i + 1, 0
        elif len(text) > _LONGEST_TITLE or text[-1] in "。，,." or between >= 3:
            break
        else:
            between += 1
    return end


def _is_line(text: str, one: Fields) -> bool:
    if not one.any:
        return bool(_FACT.search(text) or _PUBLISHER.search(text)) and text[-1] not in "。！？，"
    rest = one.rest
    if one.found and one.masthead.weekday and len(rest) <= _LONGEST_PLACE:
        return True
    return not rest or (
        len(rest) <= _LONGEST_TITLE and (bool(_FURNITURE.search(rest)) or bool(_TITLE_WORDS.search(rest)))
    )


def _title(owned: list[Block], lines: list[Fields]) -> str | None:
    """Return the paper's name: the likeliest of the lines, and rests of lines, that state nothing else.

    A name in the paper's own script wins over its transcription in Latin letters, a usual word for a newspaper over
    none, what stands higher over what stands below.
    """
    candidates = [
        (one.rest if one.any else block.text.strip(_MARKS))
        for block, one in zip(owned, lines, strict=True)
        if not _FURNITURE.search(one.rest) or _TITLE_WORDS.search(one.rest)
    ]
    candidates = [c.strip(_MARKS) for c in candidates if 2 <= len(c.strip(_MARKS)) <= _LONGEST_TITLE]
    if not candidates:
        return None
    chinese = any(has_han(block.text) for block in owned)
    if chinese:
        candidates = [_LATIN_TAIL.sub("", c) if has_han(c) else c for c in candidates]
    return max(candidates, key=lambda c: (has_han(c) == chinese, bool(_TITLE_WORDS.search(c)), -candidates.index(c)))


def _is_lone_title(all_blocks: list[Block]) -> bool:
    """Say whether the first line, without any field near it, is nevertheless a paper's name."""
    text = all_blocks[0].text
    if len(all_blocks) < 2 or not _NAME.fullmatch(text) or not _TITLE_WORDS.search(text):
        return False
    following = all_blocks[1].text
    return shape.is_headline(following) and bylines.of_line(following) is None
