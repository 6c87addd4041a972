"""Headings: which lines over an article are its kicker, headline and subheadline: 眉题, 主题, 副题."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from digest.parsing import labels, shape
from digest.parsing.typography import normal
from digest.text import has_han

_INTRODUCES = re.compile("(?:强调|強調|指出|要求|表示|提出|时说|時說|宣布|呼吁|呼籲|透露|认为|認為)[:：]?$")
_EVENT = re.compile(
    "(?:召开|召開|举行|舉行|举办|舉辦|启动|啟動|成立|开幕|開幕|闭幕|閉幕|揭牌|揭晓|开工|開工|通车|通車|落成|开业|開業|签约|簽約|"
    "发布|發布|出台|印发|印發|公布|投用|竣工|开馆|開館|落幕|收官|开赛|開賽)$"
)
_MEETING = re.compile("(?:召开|召開|举行|舉行)$")
_DEPENDENT = re.compile(
    r"^(?:[我本全该該][省市区區县縣镇鎮乡鄉州校院局厅廳][\w]{0,6}(?:设|設|在|于|於)\S{0,4}(?:分会场|分會場)|\S{0,30}(?:收听收看|收聽收看))|"
    r"(?:出席|主持|致辞|致辭|讲话|講話|参加|參加|列席)(?:并\S{0,6}|會議|会议|活动)?$"
)
_ANSWERS = re.compile(
    r"\S{0,8}(?:部门|部門|[局厅廳]|[县縣市省区區镇鎮州]政?府|政府|[官警校院厂廠店]方|[专專]家|公司|中心|天文台|气象台)[:：]"
)
"""Who answers what the headline tells: an office or a profession; a person's own words are a headline."""

_FROM_TO = re.compile("[从從][“‘「]?.{1,8}[”’」]?到[“‘「]?.{1,8}")
_DASH = re.compile(r"^[—–―-]{1,4}\s*")
_LABELLED = re.compile(r"^([【\[][^】\]]{2,12}[】\]])(?=\S)")
_CONJUNCTION = re.compile("(?:暨|及|和|与|與|的|在|对|對|为|為|把|将|將|向|以|、|第)$")
_WIDE = re.compile(r"(?<=[^\s\x00-\x7f])(?:\u3000{2,}|\t+| {4,})(?=[^\s\x00-\x7f])")
"""The space between two headings on one line."""

_UNMARKED = 9
_SHORT_KICKER = 5
_PARTS = 3
_UNLIKE = 3
_QUOTES = re.compile("[“”‘’「」『』《》\"']")


@dataclass(frozen=True, slots=True)
class Heading:
    """One line over an article; `level` is its heading mark, 0 for none."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of an article by their rank; several lines of one rank are divided by a space.

    `sure` is False where no word or mark tells the ranks, only the length of the lines.
    """

    label: str | None = None
    kicker: str | None = None
    headline: str | None = None
    subheadline: str | None = None
    sure: bool = field(default=True, compare=False)


def ranked(lines: Sequence[Heading], body: str) -> Headings:
    """Return the ranks of `lines`, told from their words, their marks and the article's `body`."""
    parts = _WIDE.split(lines[0].text, maxsplit=1) if len(lines) == 1 else []
    if len(parts) > 1:
        if not _hangs_on(parts[1]):
            return Headings(kicker=_closed_up(normal(parts[0]), body), headline=_closed_up(normal(parts[1]), body))
        lines = [Heading(part, lines[0].level) for part in parts]
    lines = [Heading(_closed_up(normal(line.text), body), line.level) for line in lines]
    if not lines:
        return Headings()
    label, rest = _labelled(lines[0].text)
    if label and all(_hangs_on(line.text) for line in lines[1:]):
        return replace(ranked([replace(lines[0], text=rest), *lines[1:]], body), label=label)
    if len(lines) == 1:
        return _inline(lines[0].text)
    main = _main(lines)
    above, below = [line.text for line in lines[:main]], [line.text for line in lines[main + 1 :]]
    label = " ".join(above[:-1]) or None
    sure = _is_told(lines)
    return Headings(label, above[-1] if above else None, lines[main].text, " ".join(below) or None, sure)


def _labelled(text: str) -> tuple[str | None, str]:
    """Return the column's name with which a headline begins, and the headline: 【民生】…, 民生 … ——…."""
    first, _, rest = _LABELLED.sub(r"\1 ", text).partition(" ")
    known = has_han(first) and has_han(rest) and labels.label(first)
    told = first[0] in "【[" or any(map(_DASH.match, rest.split()[1:]))
    return (labels.name(first), rest.strip()) if known and told else (None, text)


def _hangs_on(text: str) -> bool:
    """Say whether `text` is a subheadline by its own words: it opens with a dash, or has no meaning alone."""
    return bool(_DASH.match(text) or _DEPENDENT.search(text))


def _is_told(lines: Sequence[Heading]) -> bool:
    """Say whether a mark or a word tells which of several lines is the headline.

    The higher mark over the lower one does not: a section's name may stand so over the headline.
    """
    levels = [line.level for line in lines if line.level]
    if len(set(levels)) > 1:
        return levels[0] > min(levels)
    if len({line.level for line in lines}) > 1 or not has_han(lines[0].text):
        return True
    cues = (_INTRODUCES, _EVENT, _DEPENDENT, _DASH)
    return any(cue.search(line.text) for line in lines for cue in cues)


def _closed_up(text: str, body: str) -> str:
    """Return `text` without those spaces that are only printed line breaks.

    Such a space cuts a phrase that stands whole in the article's body, or follows a word that nothing can follow.
    """
    if not has_han(text):
        return " ".join(text.split())
    pieces = text.split()
    result = pieces[0]
    for piece in pieces[1:]:
        phrase = _QUOTES.sub("", result)[-2:] + _QUOTES.sub("", piece)[:2]
        cut = _CONJUNCTION.search(result) or (len(phrase) == 4 and phrase in body)
        latin = not has_han(result[-1]) and not has_han(piece[0])
        result += piece if cut and not latin else " " + piece
    return result


def _inline(text: str) -> Headings:
    """Return the ranks of one line, which may hold headings of two, divided by a space."""
    pieces = text.split() if has_han(text) else [text]
    for i, piece in enumerate(pieces[:-1], start=1):
        first, second = " ".join(pieces[:i]), " ".join(pieces[i:])
        if _INTRODUCES.search(piece) or (i == 2 and len(pieces) > 2 and _is_slogan(pieces)):
            return Headings(kicker=first, headline=second)
        if _MEETING.search(piece) or _DEPENDENT.search(pieces[i]) or _DASH.match(pieces[i]):
            return Headings(headline=first, subheadline=second)
    if len(pieces) == _PARTS and _is_longest_within(pieces):
        return Headings(None, pieces[0], pieces[1], pieces[2])
    widths = [shape.width(piece) for piece in pieces]
    return Headings(headline=text, sure=max(widths) - min(widths) < _UNLIKE)


def _is_longest_within(pieces: Sequence[str]) -> bool:
    """Say whether the second of three parts is by far the longest: the headline between kicker and subheadline."""
    first, second, third = (shape.width(_QUOTES.sub("", piece)) for piece in pieces)
    return second >= first + 3 and second >= third + 3


def _is_slogan(pieces: list[str]) -> bool:
    """Say whether the first two of `pieces` are a couplet of their own."""
    return _is_couplet(pieces[:2]) and not _is_couplet(pieces[:3]) and shape.width(pieces[0]) <= 8


def _main(lines: Sequence[Heading]) -> int:
    """Return which of `lines` is the headline."""
    levels = [line.level or _UNMARKED for line in lines]
    if len(set(levels)) > 1:
        at = levels.index(min(levels))
        return at + (levels[at : at + 2].count(levels[at]) > 1 and levels[at] < levels[-1] < _UNMARKED)
    texts = [line.text for line in lines]
    dashed = next((i for i, text in enumerate(texts) if i and _DASH.match(text)), len(texts))
    if dashed < len(texts):
        return max(0, dashed - 1)
    if len(lines) == 2:
        return 1 if _is_over(texts[0], texts[1]) else 0
    return _of_three(texts)


def _of_three(texts: list[str]) -> int:
    """Return the headline of three lines and more."""
    if not has_han("".join(texts)):
        return 1 if _is_over(texts[0], texts[1]) else 0
    meeting = _MEETING.search(texts[0]) is not None and " " not in texts[0] + texts[1]
    if meeting or (_is_couplet(texts[0].split()) and _EVENT.search(texts[1])):
        return int(not meeting)
    for i, text in enumerate(texts[:-1]):
        if _INTRODUCES.search(text):
            return i + 1
        if _DEPENDENT.search(texts[i + 1]):
            return i
    if all(_is_couplet(text.split()) for text in texts[:2]):
        return 2
    return 1


def _is_over(first: str, second: str) -> bool:
    """Say whether the first of two lines is a kicker over the second, else the second is a subheadline."""
    if not has_han(first + second):
        words, others = len(first.split()), len(second.split())
        return first.endswith(":") or (words <= 3 and others >= 4 and (first.isupper() or words <= 2))
    if _INTRODUCES.search(first) or first.endswith(("：", ":")):
        return True
    if _DEPENDENT.search(second) or _EVENT.search(first) or _ANSWERS.match(second):
        return False
    leads = _FROM_TO.fullmatch(first) and shape.width(second) > shape.width(first)
    if leads or (_is_couplet(first.split()) and not _is_couplet(second.split())):
        return True
    if _EVENT.search(second) or shape.width(first) <= _SHORT_KICKER < shape.width(second):
        return True
    return shape.width(first) > 1.35 * shape.width(second)


def _is_couplet(pieces: Sequence[str]) -> bool:
    """Say whether `pieces` are a slogan: two to four phrases of about one length."""
    widths = [shape.width(_QUOTES.sub("", piece)) for piece in pieces]
    return 2 <= len(widths) <= 4 and max(widths) - min(widths) <= 1 and max(widths) <= 10
