"""The shape of a text: whether it ends a sentence, begins one, or could be a heading."""

import re

from digest.parsing.memory import remembered
from digest.text import han_of, has_han

CLOSERS = "”’」』）)】〕》〉]\"'"
_ENDS = "。！？!?…．"
_NO_BEGIN = "，。、；：！？）】〕》〉」』”’,;:!?)]%％℃…·"
_WORD = re.compile(r"[A-Za-z0-9'’.,%-]+")
_ENUMERATED = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|第[一二三四五六七八九十]{1,3}[，、]|[一二三四五六七八九]是|[①-⑳]|\d{1,2}[.、．)）](?!\d)|[•●▲■◆★–*-]\s"
)
_NUMERAL = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|[IVX]{1,4})[)）.]?")
_FRAGMENT_ENDS = re.compile(
    r"(?:[的把被将將以从從於于并並或而使让讓每之其各、，,]|"
    r"\b(?:the|an?|of|to|and|or|by|with|in|on|at|for|from|that|which|its|their|"
    r"his|her|but|as|than|into))$"
)
_LONGEST_ENDING = 8
"""No ending of a fragment has so many characters."""

_LONGEST_HEADING = 90
_LONGEST_PIECE = 34
_LONGEST_CAPTION = 120
_LONGEST_NUMERAL = 6
_CLAUSES, _LONGEST_CLAUSES = 2, 20
_CAPTION = re.compile(
    r"[▲▼◄►◀▶]|[上下左右]?[图圖](?:为|為|[①②③④]|\d|[:：])|[上下左右][图圖]|(?:Pictured|PICTURED|Above|Below)[:, ]"
)
_IN_BRACKETS = re.compile(r"[。！？…”」][（(][^（）()。！？]{1,40}[）)]$")
"""A name or a source behind the last sentence."""

_SIGNED_OFF = re.compile(
    r"[。！？”」][^。！？，；：]{2,18}(?:[谨謹敬特][启啟白布识識]|此[布启啟]|[启啟]|公司|委员会|委員會|办公室|辦公室|管理局|[村居]委会|政府)$"
)
"""Who issues a notice, behind its last sentence."""

_CONTACT = re.compile(r"\d{3}(?:[-—]\d{6}|\d{4})|@(?<=[\w.]@)\w|https?://|www\.")
_INSIDE_TEXT = re.compile(r"[a-z]{3}[\"”’]?[.!?][\"”’]? [A-Z\"“‘]|[,.][\"”] ?[a-z]")
"""What only running text has inside: the end of a sentence, or a speech and who made it."""

_CLOSING = re.compile("[”」）》]")
_CLOSES = re.compile("[^“”]*”|[^「」]*」|[^（）]*）|[^《》]*》")
_WHEN = re.compile("(?:活动|活動|演出|放映|举办|舉辦)?(?:时间|時間|日期)[:：]")
_BAR = re.compile(r"[^\s|｜]\s*[|｜]\s*(?=[^\s|｜])")
_CUT_WORDS = 8
_LONGEST_ABBREVIATION = 5
_ABBREVIATION = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Jr|Sr|vs|Gen|Sen|Rep|Gov|Col|Lt|Capt|Rev|Hon|[A-Z])\.$")


@remembered
def width(text: str) -> int:
    """Return how long `text` is to a reader: a Han character counts one, a Latin word two."""
    return len(han_of(text)) + 2 * len(_WORD.findall(text))


def is_wider(text: str, limit: int) -> bool:
    """Say whether `text` is wider than `limit`, which the beginning of a long text mostly tells."""
    return len(han_of(text[: 2 * limit])) > limit or width(text) > limit


@remembered
def ends_sentence(text: str) -> bool:
    """Say whether `text` ends where a sentence does, closing quotation marks and brackets apart."""
    core = text.rstrip(CLOSERS + " ")
    if not core or core[-1] in _ENDS:
        return bool(text)
    tail = max(0, len(text) - 43)
    if (text[-1] in "）)" and _IN_BRACKETS.search(text, tail)) or _SIGNED_OFF.search(text, tail):
        return True
    if core[-1] != ".":
        return False
    abbreviated = len(core) == len(text) and _ABBREVIATION.search(core, max(0, len(core) - _LONGEST_ABBREVIATION))
    return has_han(core[-2:]) or not abbreviated


def cannot_begin(text: str) -> bool:
    """Say whether `text` opens with a mark that no text opens with, so that it continues another."""
    return text[0] in _NO_BEGIN and not text.startswith(("…", "·"))


def begins_lower(text: str) -> bool:
    """Say whether `text` opens in the middle of a Western sentence."""
    return text[0].isascii() and text[0].islower()


def is_enumerated(text: str) -> bool:
    """Say whether `text` opens as a member of a list: 一、 （二） 3."""
    return _ENUMERATED.match(text) is not None


def is_numeral(text: str) -> bool:
    """Say whether `text` is only the number of an article's part: 三, （三）, III."""
    return len(text) <= _LONGEST_NUMERAL and _NUMERAL.fullmatch(text) is not None


def ends_open(text: str) -> bool:
    """Say whether `text` stops at a comma or a word after which more must come."""
    return _FRAGMENT_ENDS.search(text, max(0, len(text) - _LONGEST_ENDING)) is not None


def is_balanced(text: str) -> bool:
    """Say whether the quotations and brackets that `text` opens are closed in it."""
    return all(text.count(a) <= text.count(b) for a, b in ("“”", "「」", "《》", "（）"))


def closes(text: str) -> bool:
    """Say whether `text` closes a quotation or bracket that it has not opened."""
    return _CLOSING.search(text) is not None and _CLOSES.match(text) is not None


def is_headline(text: str) -> bool:
    """Say whether `text` could be a heading: short, and no sentence with its full stop."""
    if len(text) > 2 * _LONGEST_HEADING or cannot_begin(text) or text[-1] in "，、；,;":
        return False
    if has_han(text):
        whole = len(text) > _LONGEST_HEADING or "。" in text or "；" in text
        return not whole and max(map(width, text.split())) <= _LONGEST_PIECE
    words = len(text.split())
    if _INSIDE_TEXT.search(text) or (words >= _CUT_WORDS and ends_open(text)):
        return False
    last = text.rstrip(CLOSERS)[-1:]
    is_sentence = words > 3 and last == "." and ends_sentence(text)
    is_sentence = is_sentence or (words > _CUT_WORDS and last in {"?", "!"} and ", " in text)
    return words <= 22 and not begins_lower(text) and not is_sentence


def is_barred(text: str) -> bool:
    """Say whether bars divide `text` into three facts at least: director | country | minutes."""
    return text.count("|") + text.count("｜") > 1 and len(_BAR.findall(text)) > 1


def commas(text: str) -> int:
    """Return how many Chinese commas `text` has, in either width."""
    return text.count("，") + (text.count(",") if "," in text and has_han(text) else 0)


def is_clauses(text: str) -> bool:
    """Say whether `text` is several clauses of a sentence, too many for a heading."""
    return commas(text) >= _CLAUSES and width(text) > _LONGEST_CLAUSES


def has_contact(text: str) -> bool:
    """Say whether `text` gives a telephone number or an address of the net."""
    return _CONTACT.search(text) is not None


def tells_when(text: str) -> bool:
    """Say whether `text` is the first of the facts of an event: 时间：…."""
    return _WHEN.match(text) is not None


def is_caption(text: str) -> bool:
    """Say whether `text` opens as the words under a picture do: 图为…, Pictured: …."""
    return len(text) <= _LONGEST_CAPTION and _CAPTION.match(text) is not None
