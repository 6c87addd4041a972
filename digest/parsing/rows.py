"""Rows: lines that are text by themselves, however short: tables, lists, verse, the turns of an interview."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from digest.parsing import labels, runs, shape, speech
from digest.parsing.items import Item, Shape
from digest.text import has_han

_COLUMN = re.compile(r"[\t\u3000]+| {2,}")
_BULLET = re.compile(r"[●▲■◆★◇○△▶•·*✓√☑–-](?=\s|[^\W\d])|(?:\d{1,2}|[①-⑳])[.、．)）]?(?=\s?[^\d\s.%:：])")
_PAIR = re.compile(
    r"[^\s：:，。“”（）()|｜]{1,10}(?:[（(][^（）()]{1,12}[）)])?\s?[：:]\s?[^：:。！？“”]{1,40}(?:[:：]\d\d[^：:。！？“”]{0,30}){0,2}[；;]?"
)
_ASIDE = re.compile(
    "(?:活动|活動)?(?:主题|主題|名称|名稱|内容|內容|地点|地點|对象|對象|主讲|主講|主持|嘉宾|嘉賓|主办|主辦|承办|承辦|费用|費用|电话|電話|形式|栏目|欄目|片名|导演|導演)"
)
"""What other facts begin with."""

_ADDRESSED = re.compile(r"[^\s，。！？“”：:]{2,16}[:：]")
"""A line that calls those for whom the text below it is."""

_FIGURE = re.compile("[0-9０-９一二三四五六七八九十百千萬万兩两元角]")
_STOPS = "，、；。！？,;"
_WIDEST_VERSE = 14
_LONGEST_ROW = 80
_LONGEST_VERSE = 120
"""In lines: narrow ones without an end are not gone through again from each of them."""

_FEWEST_VERSES, _FEWEST_SIGNED, _FEWEST_STOPPED, _FEWEST_NAMES, _FEWEST_PAIRS = 6, 4, 4, 3, 2

Found = tuple[int, int, int]
"""Where rows begin and end, the same twice for none, and where to look on."""


def listed(items: Sequence[Item]) -> list[Item]:
    """Return `items` with the rows among them told from headings: shape "row"."""
    result = list(items)
    names = speech.speakers(item.text for item in items if not item.block.level)
    for at, item in enumerate(items):
        if item.shape in {"short", "prose"} and not item.block.level:
            said = _spoken(item, items[at + 1 : at + 2], names)
            result[at] = item.shaped("row" if shape.is_barred(item.text) and not runs.is_source(item.text) else said)
    for at in range(1, len(result) - 1):
        if shape.is_numeral(result[at].text) and _is_over_part(result[at - 1 : at + 2]):
            result[at] = replace(result[at], shape="row")
        if result[at].shape == "credit" and _is_named_headline(result[at - 1 : at + 2]):
            result[at] = replace(result[at], shape="short", credit=None)
    places = [at for at, item in enumerate(result) if _may_begin(item)]
    for found in (_names, _table, _pairs, _list, _verse):
        behind = 0
        for at in places:
            if at < behind:
                continue
            start, end, behind = found(result, at)
            if start < end:
                _set_as_rows(result, start, end)
    return result


def _set_as_rows(items: list[Item], start: int, end: int) -> None:
    """Make rows of the items from `start` to `end`; a line over them that ends in a colon is text."""
    items[start:end] = [item.shaped("row") for item in items[start:end]]
    if start and items[start - 1].shape == "short" and items[start - 1].text[-1] in "：:":
        items[start - 1] = items[start - 1].shaped("prose")


def _may_begin(item: Item) -> bool:
    """Say whether rows may begin at `item`, if only by its shape: it is no sentence, but for a narrow one of verse."""
    text = item.text
    sentence = text[-1] in "。！？" and len(text) > 2 * _WIDEST_VERSE
    return item.shape in {"short", "prose", "credit"} and len(text) <= _LONGEST_ROW and not sentence


def _is_over_part(lines: Sequence[Item]) -> bool:
    """Say whether the second of three lines, a numeral, stands between two parts of an article."""
    before, item, after = lines
    whole = not before.is_text or shape.ends_sentence(before.text)
    return item.shape == "short" and not item.block.level and whole and after.shape in {"short", "prose"}


def _is_named_headline(lines: Sequence[Item]) -> bool:
    """Say whether the second of three lines, a credit by its shape, is a headline: a label is above, a byline below."""
    label, item, byline = lines
    bare = item.credit is not None and not item.credit.sure and label.shape == "short"
    return bare and (runs.posted_name(byline) is not None or bool(byline.credit and byline.credit.sure))


def _spoken(item: Item, ahead: Sequence[Item], names: frozenset[str]) -> Shape:
    """Return the shape of `item` as far as somebody speaks there: text, and a letter's farewell a row."""
    text = item.text
    if speech.is_farewell(text):
        return "row"
    addressed = text[-1] in "：:" and has_han(text) and _ADDRESSED.fullmatch(text)
    if addressed and ahead and ahead[0].is_text and not labels.kind(text):
        return "prose"
    said = bool(names) and speech.speaker(text) in names and not runs.is_source(text)
    return "prose" if said else item.shape


def _is_line(item: Item) -> bool:
    return item.shape in {"short", "prose", "credit"} and not item.block.level and not item.block.marked


def _names(items: Sequence[Item], at: int) -> Found:
    """Find a list of names: lines that would each be a credit without a role, more than authors are."""
    end = at
    while end < len(items) and (credit := items[end].credit) and not credit.sure and items[end].shape == "credit":
        end += 1
    return at, end if end - at >= _FEWEST_NAMES else at, end


def _pairs(items: Sequence[Item], at: int) -> Found:
    """Find a list of what, where and when: lines of a word, a colon and what it is."""
    end = at
    while end < len(items) and _is_pair(items[end]):
        end += 1
    start = at + (end - at > _FEWEST_PAIRS and shape.tells_when(items[at + 1].text) and _is_event(items[at]))
    return start, end if end - start >= _FEWEST_PAIRS else start, end


def _is_event(item: Item) -> bool:
    """Say whether the line `item` over the facts of an event is its headline, though it has a colon: 讲座：…."""
    return item.shape == "short" and _ASIDE.match(item.text) is None


def _is_pair(item: Item) -> bool:
    text = item.text
    if ("：" not in text and ":" not in text) or len(text) > _LONGEST_ROW:
        return False
    if item.shape not in {"short", "prose"} or item.block.level or item.block.marked or runs.is_source(text):
        return False
    return _PAIR.fullmatch(text) is not None


def _table(items: Sequence[Item], at: int) -> Found:
    """Find a table: lines of as many columns each, divided by wide spaces, or by single ones where there are figures."""
    text = items[at].text
    if not _is_line(items[at]) or shape.ends_sentence(text):
        return at, at, at
    loose = _COLUMN.search(text) is None
    split = _split_loosely if loose else _COLUMN.split
    columns, end = len(split(text)), at
    if columns < 2 + loose:
        return at, at, at
    while end < len(items) and _is_line(items[end]) and len(split(items[end].text)) == columns:
        end += 1
    figures = all(_FIGURE.search(item.text) for item in items[at:end])
    fewest = 2 if columns > 3 and figures else 3
    whole = end - at >= fewest and (figures or (columns > 2 and not loose))
    return at, end if whole else at, end


def _split_loosely(text: str) -> list[str]:
    return text.split(" ")


def _list(items: Sequence[Item], at: int) -> Found:
    """Find a list of short members, which follow each other at once."""
    end = at
    kinds: set[str] = set()
    while end < len(items) and items[end].shape == "short" and not items[end].block.level:
        kind = _bullet(items[end].text)
        if kind is None or (kinds and kind not in kinds):
            break
        kinds.add(kind)
        end += 1
    fewest = 2 if kinds & {"picture", "number", *"-*–•·✓√☑"} else 3
    return at, end if end - at >= fewest else at, end


def _bullet(text: str) -> str | None:
    """Return what the member of a list begins with: its mark, or what sort of mark it is."""
    if unicodedata.category(text[0]) == "So" and ord(text[0]) > 0x2FFF:
        return "picture"
    match = _BULLET.match(text)
    if not match:
        return None
    return "number" if match[0][0].isdigit() or unicodedata.category(match[0][0]) == "No" else match[0][0]


def _verse(items: Sequence[Item], at: int) -> Found:
    """Find verse: narrow lines, of which none ends a sentence or nearly all stop, behind their title and poet."""
    last = at
    if items[at].shape == "credit":
        return at, at, at + 1
    while last < min(len(items), at + _LONGEST_VERSE) and _is_narrow(items[last]) and not _is_over(items, last):
        last += 1
    if last - at < _FEWEST_STOPPED:
        return at, at, max(last, at + 1)
    start = _behind_titles(items, at, last)
    stops = [i for i in range(start, last) if items[i].text[-1] in _STOPS]
    if stops:
        lines = items[stops[0] : stops[-1] + 1]
        whole = len(stops) >= max(_FEWEST_STOPPED, 0.8 * len(lines)) and sum(map(_is_open, lines)) >= 2
        return (stops[0], stops[-1] + 1, last) if whole else (at, at, last)
    fewest = _FEWEST_SIGNED if start > at + 1 and _is_titled(items[start - 2 : start]) else _FEWEST_VERSES
    last = _verse_end(items, start, last)
    widths = [shape.width(item.text) for item in items[start:last]]
    whole = len(widths) >= fewest and max(widths) <= 2.5 * sum(widths) / len(widths)
    return (start, last, last) if whole else (at, at, max(last, at + 1))


def _verse_end(items: Sequence[Item], start: int, last: int) -> int:
    """Return where the verse from `start` ends: before a line that is set apart or much wider, which heads another."""
    gaps = {item.block.gap for item in items[start + 1 : min(last, start + _FEWEST_VERSES)]}
    usual = min(gaps) if len(gaps) == 1 else last
    widths = sorted(shape.width(item.text) for item in items[start:last])
    widest = 1.5 * widths[len(widths) // 2] if widths else 0
    for at in range(start + _FEWEST_VERSES, last):
        if _is_titled(items[at : at + 2]) or items[at].block.gap > usual or shape.width(items[at].text) > widest:
            return at
    return last


def _is_titled(lines: Sequence[Item]) -> bool:
    """Say whether a title and who wrote what it stands over follow each other."""
    return len(lines) > 1 and (lines[1].shape == "credit" or runs.posted_name(lines[1]) is not None)


def _behind_titles(items: Sequence[Item], at: int, last: int) -> int:
    """Return where verse can begin: behind a label, a title and who wrote it."""
    start = at
    while start < last and labels.label(items[start].text):
        start += 1
    start += start < last and items[start].shape != "credit"
    if start < last and (items[start].shape == "credit" or runs.byline_of(items[start - 1 : start + 1])):
        start += 1
    return start


def _is_narrow(item: Item) -> bool:
    if not _is_line(item) or len(item.text) > _LONGEST_ROW or (item.opening is not None and item.opening.sure):
        return False
    return 2 <= shape.width(item.text) <= _WIDEST_VERSE


def _is_over(items: Sequence[Item], at: int) -> bool:
    """Say whether the line `at` names a kind of article and stands over a text that is no verse."""
    item = items[at]
    named = item.shape != "credit" and (labels.kind(item.text) or labels.is_notice(item.text))
    return bool(named) and not (at + 1 < len(items) and _is_narrow(items[at + 1]))


def _is_open(item: Item) -> bool:
    return item.text[-1] in "，、；,;"
