"""The masthead: what a paper prints about the issue, in any order, on one line or many: 报头."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from digest.model import Masthead
from digest.parsing import bylines, dates, furniture, shape
from digest.parsing.block import Block
from digest.parsing.facts import Facts, closed_up, facts, merged
from digest.text import HAN, has_han

_MOST_LINES = 30
_LONGEST_TITLE = 40
_LONGEST_PLACE = 16
_LONGEST_REST = 80
_LONGEST_HEAD = 12
_FURNITURE = re.compile(
    r"(?:发布|播出|出版|印发|编印|制作|更新)(?:时间|日期|時間)|主管|主办|主辦|主编|总编|承办|协办|出版|編輯部|编辑部|国内统一|國內|连续出版物|刊号|刊號|邮发代号|准印证|准印|内部资料|内部刊物|免费|"
    r"零售|售价|定价|社址|地址|邮编|电话|電話|热线|熱線|网址|網址|邮箱|信箱|投稿|传真|发行|發行|印刷|创刊|創刊|晴|多云|阴|小雨|气温|℃|"
    r"\bCN\s?\d|ISSN|\bprice\b|\bfree\b|\bpublished\b|\bestablished\b|\bfounded\b|e-?mail|website|\bdaily\b|\bweekly\b|"
    r"\b(?:newsletter|newspaper|bulletin|magazine|journal|organ) (?:of|for)\b",
    re.IGNORECASE,
)
_FACT = re.compile(
    r"(?:主管|主办|主辦|主编|总编|承办|协办|出版|编辑部|編輯部|社址|地址|邮编|电话|電話|热线|熱線|网址|網址|邮箱|信箱|投稿|传真|发行|發行|印刷|"
    r"创刊|創刊|零售价?|售价|定价|时间|日期|[校院厂廠][训訓]|企业精神|[办辦][报報]宗旨)(?:单位|單位)?\s?[:：]|刊号|刊號|邮发代号|准印证|内部资料|内部刊物|免费(?:赠阅|交流)|\d\s?℃|\bCN\s?\d|ISSN|"
    r"^(?:本[报報刊])?(?:零售|售[价價]|定[价價]|[订訂][阅閱])|每份.{0,6}[元分角]|^(?:今日|本日)出[纸紙]|"
    r"^(?:Published|Established|Founded|Est\.|Serving|Since)\b|^(?:Price|Tel|Phone|E-?mail|Web(?:site)?)\b\s?[:.]",
    re.IGNORECASE,
)
_PAIR = rf"(?:^|[\s|｜/])[{HAN}]{{2,6}}[:：]\s?[{HAN}·、]{{2,12}}(?=$|[\s|｜/])"
"""What somebody did and who, or another fact and its name, as they stand side by side on a line."""

_PUBLISHER = re.compile("(?:主管|主办|主辦|承办|协办|编印|編印|出版|编|編)$")
_ORGAN = re.compile("机关报$|機關報$|(?:主管|主办|主辦|承办|协办|编印|編印|出版)")
_TITLE_WORDS = re.compile(
    r"(?:[报報刊讯訊]|日[报報]|新闻|新聞|周刊|週刊|时讯|通讯|通訊|快讯|简报|导报|之声|联播|聯播|新闻网|播报|播報)$|"
    r"(?i:\b(?:times|post|herald|gazette|news|chronicle|tribune|courier|journal|observer|mail|star|echo|mercury|"
    r"standard|press|argus|advertiser|record|bulletin|weekly|daily|dispatch|sentinel|examiner|telegraph|express|"
    r"independent|guardian|register|review|reporter|messenger|newsletter|signal|voice|beacon|banner|digest)\b)"
)
_LATIN_TAIL = re.compile(r"\s+[A-Za-z][A-Za-z .'’-]*$|^[A-Za-z][A-Za-z .'’-]*\s+")
_NAME = rf"[{HAN}]{{2,8}}|[A-Z][A-Za-z&'’.]*(?: (?:of|and|the|[A-Z&][A-Za-z'’.]*)){{0,5}}"
"""The shape of a paper's name that stands alone: a few Han characters, or capitalised words."""

_HOUSE = re.compile("(?:电视台|電視台|广播台|电台|電台|融媒体中心|报社|報社|编辑部|委员会|办公室)$")
_TITLED = re.compile(r"《([^《》]{2,20})》")
_DAY = re.compile(r"(\d{1,2})\s?[日号號]?")
"""The day of the month, set large on a line of its own."""

_SUBTITLE = re.compile(
    r"(?:The |A |An )?(?:[\w'’-]+ ){0,3}(?i:magazine|newsletter|newspaper|bulletin|journal|organ|paper|gazette) (?:of|for)\b[^.]*"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\s?年")
_ORNAMENTS = re.compile(r"^[^\w《（(“\"]+|[^\w》）)！？!?.”\"]+$")
_PREFILTER = re.compile(rf"\d|[{dates.NUMERALS}]\s?[年月日期號号]")


@dataclass(frozen=True, slots=True)
class Top:
    """The masthead, and the blocks that it is made of. `month_day` is a date without a year."""

    masthead: Masthead
    owned: tuple[Block, ...] = ()
    month_day: dates.Found | None = None


def take(all_blocks: Sequence[Block]) -> Top:
    """Return the masthead at the top of `all_blocks`, or else the one that stands further on."""
    end = _end(all_blocks)
    top = _read(all_blocks[:end])
    if top.masthead.date or top.masthead.number:
        return top
    if not end and all_blocks and _is_lone_title(all_blocks):
        top = Top(Masthead(title=all_blocks[0].text), (all_blocks[0],))
    elsewhere = _elsewhere(all_blocks[end:])
    if elsewhere is None:
        return top
    owned = (*top.owned, *(block for block in elsewhere.owned if block not in top.owned))
    return Top(merged(top.masthead, elsewhere.masthead), owned, top.month_day)


def title_in(text: str) -> str | None:
    """Return the paper's name that a line of an imprint gives beside the facts about the issue."""
    one = facts(text)
    names = one.pieces if one.strength > 1 else ()
    return next((name for name in names if len(name) <= _LONGEST_TITLE and _TITLE_WORDS.search(name)), None)


def is_furniture(text: str, title: str | None) -> bool:
    """Say whether `text` is only what papers print about an issue: its fields, their names, and the paper's `title`."""
    one = facts(text)
    if not (one.any or one.label or one.staff) or text[-1] in "，,":
        return False
    rest = _FURNITURE.sub("", one.rest.replace(title or " ", "")).strip()
    if one.label and len(rest) <= _LONGEST_HEAD and (_TITLE_WORDS.search(rest) or _YEAR.search(text)):
        return True
    return not rest or (one.strength > 0 and furniture.names_page(rest))


def _read(owned: Sequence[Block]) -> Top:
    """Return what the lines of a masthead say together."""
    lines = [facts(block.text) for block in owned]
    masthead, month_day = Masthead(), None
    month = next((one.month for one in lines if one.month), None)
    for one in lines:
        masthead = merged(masthead, one.masthead)
        month_day = month_day or (one.found if one.found and one.found.year is None else None)
    if month and not masthead.date and not month_day:
        days = (int(match[1]) for block in owned if (match := _DAY.fullmatch(block.text)))
        found = dates.Found(0, 0, month.year, month.month, next(days, 1))
        masthead = replace(masthead, date=found.on(month.year))
    return Top(replace(masthead, title=_title(owned, lines)), tuple(owned), month_day)


def _end(all_blocks: Sequence[Block]) -> int:
    """Return how many blocks the masthead has: up to the last line of fields, if no text stands before it."""
    end, between = 0, 0
    for i, block in enumerate(all_blocks[:_MOST_LINES]):
        text = block.text
        if _is_line(text, facts(text)):
            end, between = i + 1, 0
        elif len(text) > _LONGEST_TITLE or text[-1] in "。，,." or between >= 3 or _is_byline(text):
            break
        else:
            between += 1
    return end + bool(end and _is_motto(all_blocks[end : end + 2]))


def _is_byline(text: str) -> bool:
    """Say whether `text` surely names who wrote an article."""
    credit = bylines.of_line(text)
    return credit is not None and credit.sure


def _is_motto(lines: Sequence[Block]) -> bool:
    """Say whether the first of `lines`, under a masthead, belongs to it: the first heading stands apart from both."""
    if len(lines) < 2 or any(line.level or not shape.is_headline(line.text) for line in lines):
        return False
    text = lines[0].text
    named = furniture.page_label(text) or furniture.label_within(text) or furniture.is_contents(text)
    return lines[0].gap == 0 < lines[1].gap and not named and bylines.of_line(text) is None


def _is_line(text: str, one: Facts) -> bool:
    """Say whether a line stands in a masthead."""
    if _SUBTITLE.fullmatch(text):
        return True
    if not one.any:
        if text[-1] in "。！？，":
            return False
        return bool(_FACT.search(text) or _PUBLISHER.search(text) or one.staff or _has_pairs(text))
    rest = one.rest
    if not rest or (one.strength > 1 and len(rest) <= _LONGEST_REST):
        return True
    if one.found and one.masthead.weekday and len(rest) <= (_LONGEST_TITLE if one.found.year else _LONGEST_PLACE):
        return True
    reached = (one.masthead.email or one.masthead.url) and len(rest) <= _LONGEST_PLACE
    named = _FURNITURE.search(rest) or _TITLE_WORDS.search(rest) or one.staff
    return bool(reached or (len(rest) <= _LONGEST_TITLE and named))


def _has_pairs(text: str) -> bool:
    return text.count("：") + text.count(":") > 1 and len(re.findall(_PAIR, text)) > 1


def _elsewhere(all_blocks: Sequence[Block]) -> Top | None:
    """Return the masthead that stands among or behind the articles: a run of its lines that state enough together."""
    if not any(map(_states, all_blocks)):
        return None
    at = 0
    while at < len(all_blocks):
        start = at
        while at < len(all_blocks) and at - start < _MOST_LINES and _could_belong(all_blocks[at]):
            at += 1
        if at > start and (found := _of_run(all_blocks[start:at])):
            return found
        at = max(at, start + 1)
    return None


def _of_run(owned: Sequence[Block]) -> Top | None:
    """Return the masthead of a run of lines, None where they state too little; a bare date before it is a notice's."""
    lines = [facts(block.text) for block in owned]
    dated = [i for i, one in enumerate(lines) if one.masthead.date]
    if len(dated) > 1 and dated[0] == 0 and not lines[0].rest and lines[0].strength == 1:
        owned = owned[1:]
    found = _read(owned)
    head = found.masthead
    named = head.title is not None and _TITLE_WORDS.search(head.title) is not None
    enough = sum((head.date is not None, head.number is not None, head.page_count is not None, named)) > 1
    return found if enough and (head.date or head.number) else None


def _could_belong(block: Block) -> bool:
    """Say whether a line could be one of a masthead: it states something, or has the shape of a title.

    A line that names a page is the head of a page instead.
    """
    text = block.text
    if len(text) > 2 * _LONGEST_REST or block.level or (len(text) > _LONGEST_TITLE and text[-1] in "。！？"):
        return False
    if not _PREFILTER.search(text):
        return _could_be_title(block) or (len(text) <= _LONGEST_TITLE and bool(_FACT.search(text)))
    one = facts(text)
    numbered = one.masthead.number is not None and len(one.rest) <= _LONGEST_PLACE
    return not one.label and (numbered or _is_line(text, one))


def _states(block: Block) -> bool:
    """Say whether a line states the issue's date, month or number, of which every masthead has one."""
    if len(block.text) > 2 * _LONGEST_REST or not _PREFILTER.search(block.text):
        return False
    one = facts(block.text)
    return bool(one.masthead.date or one.month or one.masthead.number is not None)


def _could_be_title(block: Block) -> bool:
    text = block.text
    if len(text) > _LONGEST_TITLE or text[-1] in "。！？，；）)":
        return False
    return bool(
        _TITLE_WORDS.search(text) or _TITLED.search(text) or _PUBLISHER.search(text) or _HOUSE.search(text)
    ) or (text.isupper() and not has_han(text))


def _title(owned: Sequence[Block], lines: Sequence[Facts]) -> str | None:
    """Return the paper's name: the likeliest of the lines, and pieces of lines, that state nothing else.

    A name in the paper's own script wins over its transcription in Latin letters, a usual word for a newspaper over
    none, what stands higher over what stands below.
    """
    candidates = [
        candidate
        for block, one in zip(owned, lines, strict=True)
        for candidate in _candidates(block, one)
        if 2 <= len(candidate) <= _LONGEST_TITLE
    ]
    if not candidates:
        return None
    chinese = any(has_han(block.text) for block in owned)
    if chinese:
        candidates = [_LATIN_TAIL.sub("", c) if has_han(c) else c for c in candidates]
    return max(candidates, key=lambda c: (has_han(c) == chinese, bool(_TITLE_WORDS.search(c)), -candidates.index(c)))


def _candidates(block: Block, one: Facts) -> list[str]:
    """Return what on a line could be the paper's name."""
    if titled := _TITLED.search(block.text):
        return [titled[1]]
    if not one.any and _FACT.search(block.text):
        return []
    pieces = one.pieces if one.any else (closed_up(block.text),)
    bare = (_ORNAMENTS.sub("", piece) for piece in pieces)
    return [
        piece
        for piece in bare
        if not _ORGAN.search(piece)
        and not _PUBLISHER.search(piece)
        and (not _FURNITURE.search(piece) or _TITLE_WORDS.search(piece))
    ]


def _is_lone_title(all_blocks: Sequence[Block]) -> bool:
    """Say whether the first line, without any field near it, is nevertheless a paper's name."""
    text = all_blocks[0].text
    if len(all_blocks) < 2 or not re.fullmatch(_NAME, text) or not _TITLE_WORDS.search(text):
        return False
    following = all_blocks[1].text
    return shape.is_headline(following) and bylines.of_line(following) is None
