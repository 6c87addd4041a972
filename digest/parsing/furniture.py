"""Furniture: what stands on a page and belongs to no article, and what it tells about the articles round it."""

import re
from dataclasses import dataclass

from digest.parsing import dates
from digest.text import HAN, has_han

_N = dates.NUMBER
_PAGE = re.compile(
    rf"[—–·|■□◆\s]*(?:第\s?(?P<a>{_N})\s?[版页頁]|(?P<b>\d{{1,2}})\s?版|[（(]?(?P<c>[A-D]\d{{1,2}})[）)]?\s?版?|"
    rf"(?:Page|PAGE|P\.?)\s?(?P<d>[A-D]?\d{{1,3}}))[—–|·:：/■□◆\s]*(?P<section>[{HAN}·]{{2,8}}|[A-Z][A-Za-z& ]{{1,24}})?"
    r"[—–·|■□◆\s]*"
)
_SECTION_PAGE = re.compile(
    rf"(?P<section>[{HAN}·]{{2,8}}|[A-Z][A-Za-z& ]{{1,24}})[—–|·:：/\s]*(?:第\s?(?P<a>{_N})\s?[版页頁]|(?P<b>0\d)\s?版?|"
    r"(?P<c>[A-D]\d{1,2})\s?版?|(?:Page|PAGE)\s(?P<d>[A-D]?\d{1,3}))"
)
_WITHIN = re.compile(rf"第\s?({_N})\s?版(?:\s?[:：·|]?\s?([{HAN}]{{2,6}})$)?")
_FOLIO = re.compile(r"[—–-]\s?\d{1,3}\s?[—–-]|\d{1,3}|[A-D]\d{1,2}")
_RULE = re.compile(r"[\W_]+")

_TARGET = rf"(?:第?\s?([A-D]?\d{{1,2}}|{_N})\s?[版页頁])"
_TO = re.compile(
    r"[（(【\[▶►→▼☞\s]*(?:下转|下轉|转|轉|紧接|(?:文|詳|详)见)\s?" + _TARGET + r"[^）)】\]。]{0,12}[）)】\]]?\s*$|"
    r"[（(\[▶►→]*\s?(?:Continued|CONTINUED|Turn|See|Cont'd|Contd\.?)(?: on| to|:)? (?:page|PAGE|p\.?|Page) ?([A-D]?\d{1,3})\.?[）)\]]?\s*$"
)
_FROM = re.compile(
    r"^[（(【\[◀◄←▲\s]*(?:上接|紧接|緊接)\s?" + _TARGET + r"[^）)】\]。]{0,24}[）)】\]]?\s*|"
    r"^[（(\[◀◄←]*\s?(?:(?:Continued|CONTINUED|Cont'd|Contd\.?) from|From|FROM) (?:page|PAGE|p\.?|Page) ?([A-D]?\d{1,3})[.:]?[）)\]]?\s*"
)
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
_IMAGES = re.compile(rf"(?:{_IMAGE.pattern}\s*)+")
_CONTENTS = re.compile(
    r"[【\[《▌■◆\s]*(?:(?:今日|本期|本版|版面|内容|內容|新闻|新聞|要闻|要聞)?(?:导读|導讀|导览|導覽|目录|目錄|要目|看点|看點|提要|索引)|"
    r"(?i:contents|inside(?: today| this week| this issue)?|in this issue|in today's paper|index))[】\]》\s:：]*"
)
_ADVERTISEMENT = re.compile(
    r"[【\[（(\s]*(?:公益)?(?:广告|廣告)[】\]）)\s]*|(?i:\(?(?:advertisement|advertorial|sponsored content)s?\)?)"
)
_REFERENCE = re.compile(
    rf"(?:[…·.\s—-]{{1,}}|[（(]|详见|詳見|\bp(?:age|p)?\.? ?)(?:第?\s?(?:{_N})\s?[版页頁]?|[A-D]\d{{1,2}})\s?[版页頁]?[）)]?$|^[A-D]?\d{{1,2}}\s?[版页頁]?[\s:：·.、]+(?=\S)|[A-D]?\d{{1,2}}\s?[版页頁]$",
    re.IGNORECASE,
)
_COLOPHON = re.compile(
    r"^(?:本报|本報|本版|本期|本刊)?(?:社长|社長|总编辑|總編輯|总编|總編|主编|主編|副主编|值班(?:编委|总编|主任)?|责任编辑|責任編輯|责编|責編|编辑|編輯|美编|美編|"
    r"版式(?:设计)?|校对|校對|组版|審校|审校|地址|社址|邮编|郵編|邮政编码|电话|電話|新闻热线|新聞熱線|热线|熱線|传真|广告部?|发行部?|印刷|承印|零售价|定价|"
    r"国内统一|邮发代号|网址|投稿邮箱|邮箱|编辑部|編輯部|Editor(?:-in-chief)?|Publisher|Published by|Printed by|Tel(?:ephone)?|Address|Email|ISSN|©|Copyright)"
    r"(?:[:：\s]|$)"
)


@dataclass(frozen=True, slots=True)
class PageLabel:
    """第2版 要闻, A03, Page 4: the page, if it is a number, and the section that the blocks behind it stand in."""

    page: int | None
    section: str | None


def page_label(text: str) -> PageLabel | None:
    """Return what a page label says, None where `text` is none."""
    if len(text) > 40:
        return None
    match = _PAGE.fullmatch(text) or _SECTION_PAGE.fullmatch(text)
    if match:
        number = next(g for g in match.group("a", "b", "c", "d") if g)
        digits = re.sub("^[A-D]0*", "", number)
        return PageLabel(dates.number(digits) if digits else None, match["section"] and match["section"].strip(" ·"))
    return PageLabel(None, None) if _FOLIO.fullmatch(text) else None


def label_within(text: str) -> PageLabel | None:
    """Return the page that a line of a page's head names among other things: 2026年11月6日 第2版：要闻."""
    match = _WITHIN.search(text)
    return PageLabel(dates.number(match[1]), match[2]) if match else None


def jump_to(text: str) -> re.Match[str] | None:
    """Return the words at the end of `text` that send the reader to another page: 下转第3版."""
    return _TO.search(text, max(0, len(text) - 50))


def jump_from(text: str) -> re.Match[str] | None:
    """Return the words at the beginning of `text` that say where it comes from: 上接第1版."""
    return _FROM.match(text)


def target(match: re.Match[str]) -> str:
    """Return the page that a jump names, as one form: "3", "A3"."""
    printed = next(g for g in match.groups() if g)
    return re.sub("^([A-D]?)0+", r"\1", printed) if printed.isascii() else str(dates.number(printed))


def images(text: str) -> re.Match[str] | None:
    """Return the places of pictures (`![words](name)`) that `text` begins with."""
    return _IMAGES.match(text)


def pictures(text: str) -> list[tuple[str, str]]:
    """Return the words and the name of each picture whose place stands in `text`."""
    return [(match[1].strip(), match[2].strip()) for match in _IMAGE.finditer(text)]


def is_rule(text: str) -> bool:
    """Say whether `text` is only a line or a row of ornaments."""
    return _RULE.fullmatch(text) is not None


def is_contents(text: str) -> bool:
    """Say whether `text` is the heading of a table of contents."""
    return len(text) <= 24 and _CONTENTS.fullmatch(text) is not None


def is_reference(text: str) -> bool:
    """Say whether `text` is an entry of a table of contents: a headline with the page where it stands."""
    return len(text) <= 80 and _REFERENCE.search(text) is not None


def is_advertisement(text: str) -> bool:
    """Say whether `text` is the label of an advertisement."""
    return _ADVERTISEMENT.fullmatch(text) is not None


def is_colophon(text: str) -> bool:
    """Say whether `text` tells who made and prints the paper: 主编, 责编, 地址."""
    if len(text) > 200 or (text[-1] == "。" and not has_han(text[:2])):
        return False
    return _COLOPHON.match(text) is not None and len(re.findall("[。！？]", text)) < 2
