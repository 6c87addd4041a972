"""Furniture: what stands on a page and belongs to no article, and what it tells about the articles round it."""

import re
from dataclasses import dataclass

from digest.parsing import dates
from digest.text import HAN, LETTER, has_han

_N = dates.NUMBER
_PAGE = re.compile(
    rf"[—–·|■□◆\s]*(?:第\s?(?P<a>{_N})\s?[版页頁]|(?P<b>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?版|"
    rf"[（(]?(?P<c>[A-D]\d{{1,2}})[）)]?\s?版?|"
    rf"(?:Page|PAGE|P\.?)\s?(?P<d>[A-D]?\d{{1,3}}))[—–|·:：/■□◆\s]*(?P<section>(?:{LETTER}|·){{2,8}}|[A-Z][A-Za-z& ]{{1,24}})?"
    r"[—–·|■□◆\s]*"
)
_SECTION_PAGE = re.compile(
    rf"(?P<section>[{HAN}·]{{2,8}}|[A-Z][A-Za-z& ]{{1,24}})[—–|·:：/\s]*(?:第\s?(?P<a>{_N})\s?[版页頁]|(?P<b>0\d)\s?版?|"
    r"(?P<c>[A-D]\d{1,2})\s?版?|(?:Page|PAGE)\s(?P<d>[A-D]?\d{1,3}))"
)
_PAGE_SIGNS = re.compile(r"[\d版页頁]")
_WITHIN = re.compile(rf"第\s?({_N})\s?版(?:\s?[:：·|]?\s?({LETTER}{{2,6}})(?=\s|$))?")
_HEAD = re.compile(rf"([A-D]?\d{{1,2}})[\s|｜·]+([{HAN}·]{{2,8}})(?=\s|$)")
_FOLIO = re.compile(r"[—–-]\s?\d{1,3}\s?[—–-]|\d{1,3}|[A-D]\d{1,2}")
_RULE = re.compile(r"[\W_]+")

_TARGET = rf"(?:第?\s?([A-D]?\d{{1,2}}|{_N}|[头頭])\s?[版页頁](?!面)|([A-D]\d{{1,2}}))"
_PAGE_WORD = r"(?:[Pp]age|PAGE|[Pp]\.?)\s?"
_KEYWORD = r"[A-Z][A-Z'’&-]{1,15}(?: [A-Z'’&-]{1,15}){0,2}"
"""The word in capitals by which an English jump is found again."""

_TO = re.compile(
    r"[（(【\[▶►→▼☞●■\s]*(?:下转|下轉|下接|[文请請]?转|[文請]?轉|紧接|(?:文|詳|详)见)\s?"
    + _TARGET
    + r"[^）)】\]。]{0,12}[）)】\]]?\s*$|"
    r"[（(\[▶►→●■\s]*(?:"
    + _KEYWORD
    + r",? )?(?:Continued|CONTINUED|Continues|continues|Turn|(?:Please )?[Ss]ee|SEE|Cont'd|Contd\.?)"
    r"(?: " + _KEYWORD + r",?)?(?: on| to|:|,)? " + _PAGE_WORD + r"([A-D]?\d{1,3})\.?[）)\]]?\s*$"
)
_TO_SIGNS = re.compile(r"[转轉接见Pp](?:(?<![Pp])|(?:age|AGE)?\.?\s?[A-D]?\d)")
"""What every jump has something of, a word or the number of a page: most lines have nothing, and are soon told."""

_LONGEST_JUMP = 50
_FROM = re.compile(
    r"^[（(【\[◀◄←▲●■\s]*(?:上接|[上前]?文接|紧接|緊接|接)\s?" + _TARGET + r"[^）)】\]。]{0,24}[）)】\]]?\s*|"
    r"^[（(\[◀◄←●■]*\s?(?:"
    + _KEYWORD
    + r"[,:—–-]? ?)?(?:(?:Continued|CONTINUED|continued|Cont'd|Contd\.?) (?:from|FROM)|From|FROM|from) "
    + _PAGE_WORD
    + r"([A-D]?\d{1,3})[.:]?[）)\]]?(?:\s+|$)"
)
_FRONT = str.maketrans("头頭", "一一")
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]*)\)")
_IMAGES = re.compile(rf"(?:{_IMAGE.pattern}\s*)+")
_CONTENTS = re.compile(
    r"[【\[《▌■◆\s]*(?:(?:今日|本期|本版|版面|内容|內容|新闻|新聞|要闻|要聞)?(?:导读|導讀|导览|導覽|目录|目錄|要目|看点|看點|提要|索引)|"
    r"(?i:contents|inside(?: today| this week| this issue)?|in this issue|in today's paper|index))[】\]》\s:：]*"
)
_ADVERTISEMENT = re.compile(
    r"[【\[（(\s]*(?:公益)?(?:广告|廣告)[】\]）)\s]*|(?i:\(?(?:advertisement|advertorial|sponsored content)s?\)?)"
)
_ADVERTISED = re.compile(r"[【\[（(]\s?(?:公益)?(?:广告|廣告)\s?[】\]）)]\s*\S")
# Compiled at its first use, which few issues have.
_REFERENCE = rf"(?i)(?:[…·.\s—-]{{1,}}|[（(]|详见|詳見|\bp(?:age|p)?\.? ?)(?:第?\s?(?:{_N})\s?[版页頁]?|[A-D]\d{{1,2}})\s?[版页頁]?[）)]?$|^[A-D]?\d{{1,2}}\s?[版页頁]?[\s:：·•.、]+(?=\S)|[A-D]?\d{{1,2}}\s?[版页頁]$"
_POINTER = re.compile(
    r"[（(【\[]?(?:相关|相關|详细|詳細|更多|其他)?(?:报道|報道|報導|新闻|新聞|内容|內容|图片|圖片|全文|详情|詳情)?\s?[详詳请請]?[见見看](?:今日|本报|本報)?"
    rf"\s?(?:第?\s?(?:[A-D]?\d{{1,2}}|{_N})\s?[—–-]?\s?\d{{0,2}}[版页頁]|[A-D]\d{{1,2}})[^。）)】\]]{{0,6}}[）)】\]]?"
)
_ADDRESS = r"(?:[(（<]?(?:https?://|www\.)[^\s()<>]{1,160}[)）>]?)"
_MORE = re.compile(
    r"[\[（(【→▶►>»\s]*(?:(?:点击|點擊)?(?:阅读|閱讀|查看|浏览|瀏覽)(?:原文|全文|更多|[详詳](?:情|细内容))|原文(?:链接|鏈接|連結|网址|地址)|(?:更多|相关|相關|延伸)(?:内容|內容|报道|報道|新闻|新聞|链接|鏈接|連結|阅读|閱讀)|"
    r"(?:[Rr]ead|[Ss]ee|[Vv]iew|[Ff]ind out|[Ll]earn|[Cc]ontinue|[Ff]ull)(?: the)?(?: full| whole| original)?(?: more| on| story| article| original| report| reading| text| version)?(?: online| here)?)"
    rf"\s?[:：]?[\]）)】→▶►>».…\s]*{_ADDRESS}?[)\]）\s]*",
)
"""A link to the text as it stands elsewhere."""

_LONGEST_POINTER, _LONGEST_REFERENCE = 200, 40
_STANDING = re.compile(
    rf"(?:连续|連續)?(?:安全|无事故|無事故){LETTER}{{0,6}}(?:已|达|達)?\s?\d{{1,6}}\s?[天日]|(?:距离?|離)[^，。]{{2,24}}(?:还有|還有|仅剩|倒计时)\s?\d{{1,4}}\s?天|"
    r".{0,6}点击(?:上方|下方|左下角|右上角)?[^。]{0,12}(?:关注|订阅|阅读).{0,30}|.{0,12}(?:点[个亮]?[“「\"]?在看|分享、?点赞).{0,12}|(?:喜欢|觉得|记得|欢迎|别忘|顺手|动动|[请就]).{0,10}点[个亮]?[“「\"]?赞.{0,8}|(?:扫码|扫描|长按).{0,20}(?:关注|二维码).{0,12}|"
    r"(?:本期|今日|本版)(?:导读|導讀|要目|看点|看點|提要)[\s:：].{0,200}(?:\d|[一二三四五六七八九十])\s?[版页頁].{0,12}|(?:本期|今期|今日)(?:导读|導讀|要目|看点|看點|提要|内容|內容)[\s:：]+(?:[A-D]?\d{1,2}\s?[版頁页]?\s\S{2,20}\s*){2,12}|"
    r"(?:热诚|熱誠|诚挚)?(?:欢迎|歡迎)(?:广大|廣大|各界)?(?:读者|讀者|居民|职工|同学|朋友)?(?:们)?(?:踊跃|積極|积极)?(?:来稿|來稿|投稿|赐稿|賜稿|来电|來電|来信|來信)[^。]{0,60}。?[^。]{0,40}|"
    r".{0,20}版[权權][归歸]原?作者.{0,40}|(?:INSIDE|Inside|IN THIS ISSUE|In this issue|CONTENTS|Contents|导读|導讀|目录|目錄|今日看点)\s?[:：].{0,200}\d.{0,40}"
)
_OFFICE = re.compile(r"社址\s?[:：]")
_IMPRINT_WORDS = ("published", "Printed", "All rights reserved", "Editor")
_IMPRINT = re.compile(
    r"\b(?:is|are) published (?:every|by|daily|weekly|fortnightly|monthly|quarterly|twice|once)\b|"
    r"\bPrinted (?:by|and published|at)\b|\bAll rights reserved\b|\bEditor(?:-in-[Cc]hief)?: [A-Z]"
)
_IMPRINT_OPENING = re.compile(
    r"(?:Please )?[Ss]end (?:your )?(?:stories|news|letters|photographs|photos|contributions|submissions|articles|copy)\b.{1,120}@|"
    r"(?:Copy|Contributions|Items|Articles|Material|Entries|Submissions|News)(?: and \w+)? for (?:the|our|inclusion)\b.{1,40}\b(?:issue|edition|magazine|newsletter)\b|"
    r"(?:Contact|Write to|Reach|Call|E-?mail|Telephone) (?:us|our|the (?:newsroom|editors?|office|news ?desk))\b.{0,100}(?:@|www\.|https?:|\d{3})|"
    r"(?:The )?(?:[Cc]opy )?[Dd]eadline (?:for|is)\b"
)
_IMPRINTED = re.compile(
    r"(?:电话|電話|热线|熱線|专线|專線|地址|社址|邮编|郵編|传真|傳真|邮箱|信箱|网址|網址|发行人|發行人|出版|印刷|承印|排版|插图|插圖|校对|校對|"
    r"[主总總]?[编編][辑輯委]?|[印发發]行者?|承印者)\s?[:：\s]\s?\S"
)
_COLOPHON = re.compile(
    r"^(?:本报|本報|本版|本期|本刊)?(?:社长|社長|总编辑|總編輯|总编|總編|主编|主編|副主编|值班(?:编委|总编|主任)?|责任编辑|責任編輯|责编|責編|编辑|編輯|美编|美編|"
    r"版式(?:设计)?|校对|校對|组版|審校|审校|地址|社址|邮编|郵編|邮政编码|电话|電話|(?:新闻|新聞|广告|廣告|发行|發行|订阅|訂閱|投稿|报料|爆料)(?:热线|熱線|专线|專線|电话|電話)|热线|熱線|传真|广告部?|发行部?|印刷|承印|零售价|定价|"
    r"督印人?|承印|准印|编印|主办|主辦|主管|承办|协办|核稿|签发|监制|抄送|抄报|主送|[报送发](?=[:：])|国内统一|邮发代号|网址|投稿(?:邮箱)?|邮箱|编辑部|編輯部|Editor(?:-in-chief)?|Publisher|Published by|Printed by|Tel(?:ephone)?|Address|Email|ISSN|©|Copyright)"
    r"(?:[:：\s]|$)"
)


@dataclass(frozen=True, slots=True)
class PageLabel:
    """第2版 要闻, A03, Page 4: the page, if it is a number, and the section that the blocks behind it stand in."""

    page: int | None
    section: str | None


def page_label(text: str) -> PageLabel | None:
    """Return what a page label says, None where `text` is none."""
    if len(text) > 40 or not _PAGE_SIGNS.search(text):
        return None
    match = _PAGE.fullmatch(text) or _SECTION_PAGE.fullmatch(text)
    if match:
        number = next(g for g in match.group("a", "b", "c", "d") if g)
        digits = re.sub("^[A-D]0*", "", number)
        return PageLabel(dates.number(digits) if digits else None, match["section"] and match["section"].strip(" ·"))
    return PageLabel(None, None) if _FOLIO.fullmatch(text) else None


def label_within(text: str) -> PageLabel | None:
    """Return the page that a line of a page's head names among other things: 2026年11月6日 第2版：要闻."""
    match = _WITHIN.search(text) or _HEAD.match(text)
    return PageLabel(dates.number(match[1].lstrip("ABCD")), match[2]) if match else None


def names_page(text: str) -> bool:
    """Say whether `text` is a page's number and the name of its section: 02 综合新闻."""
    return _HEAD.fullmatch(text) is not None or page_label(text) is not None


def jump_to(text: str) -> re.Match[str] | None:
    """Return the words at the end of `text` that send the reader to another page: 下转第3版."""
    if text[-1] == "。":
        return None
    tail = max(0, len(text) - _LONGEST_JUMP)
    return _TO.search(text, tail) if _TO_SIGNS.search(text, tail) else None


def jump_from(text: str) -> re.Match[str] | None:
    """Return the words at the beginning of `text` that say where it comes from: 上接第1版."""
    return _FROM.match(text) if "接" in text or "rom" in text or "ROM" in text else None


def target(match: re.Match[str]) -> str:
    """Return the page that a jump names, as one form: "3", "A3"."""
    printed = next(g for g in match.groups() if g).translate(_FRONT)
    return re.sub("^([A-D]?)0+", r"\1", printed) if printed.isascii() else str(dates.number(printed))


def images(text: str) -> re.Match[str] | None:
    """Return the places of pictures (`![words](name)`) that `text` begins with."""
    return _IMAGES.match(text) if text.startswith("![") else None


def pictures(text: str) -> list[tuple[str, str]]:
    """Return the words and the name of each picture whose place stands in `text`."""
    return [(match[1].strip(), match[2].strip()) for match in _IMAGE.finditer(text)]


def is_rule(text: str) -> bool:
    """Say whether `text` is only a line or a row of ornaments."""
    return not text[0].isalnum() and _RULE.fullmatch(text) is not None


def is_contents(text: str) -> bool:
    """Say whether `text` is the heading of a table of contents."""
    return len(text) <= 24 and _CONTENTS.fullmatch(text) is not None


def is_reference(text: str) -> bool:
    """Say whether `text` is an entry of a table of contents: a headline with the page where it stands."""
    return len(text) <= 80 and re.search(_REFERENCE, text) is not None


def is_advertising(text: str) -> bool:
    """Say whether `text` is an advertisement of one line, behind the label that says so: 【广告】…."""
    return text[0] in "【[（(" and _ADVERTISED.match(text) is not None


def is_advertisement(text: str) -> bool:
    """Say whether `text` is the label of an advertisement."""
    return len(text) <= _LONGEST_REFERENCE and _ADVERTISEMENT.fullmatch(text) is not None


def is_colophon(text: str) -> bool:
    """Say whether `text` tells who made and prints the paper: 主编, 责编, 地址."""
    if len(text) > 240 or (text[-1] == "。" and not has_han(text[:2])):
        return False
    if has_han(text):
        told = bool(_COLOPHON.match(text) or ("社址" in text and _OFFICE.search(text)) or is_imprint(text))
    else:
        printed = any(word in text for word in _IMPRINT_WORDS) and _IMPRINT.search(text)
        told = bool(printed or _IMPRINT_OPENING.match(text) or _COLOPHON.match(text))
    return told and sum(map(text.count, "。！？")) <= 1


def is_imprint(text: str) -> bool:
    """Say whether `text` tells more than one of those who make the paper, or where they are."""
    parts = text.count("：") + text.count(":") + len(text.split())
    return parts > 2 and len(_IMPRINTED.findall(text)) > 1


def is_standing(text: str) -> bool:
    """Say whether `text` stands in every issue: a counter, contents on one line, a request to follow."""
    return len(text) <= 240 and _STANDING.fullmatch(text) is not None


def is_pointer(text: str) -> bool:
    """Say whether `text` only tells where more is printed about what stands above: （相关报道见02版）."""
    if len(text) > _LONGEST_POINTER:
        return False
    return _MORE.fullmatch(text) is not None or (
        len(text) <= _LONGEST_REFERENCE and _POINTER.fullmatch(text) is not None
    )
