"""Runs: what the short lines between two texts are: the end of the one, or label, headings and byline of the other."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from digest.model import Author
from digest.parsing import bylines, labels, names, roles, shape
from digest.parsing.bylines import Credit
from digest.parsing.drafts import Draft, signed
from digest.parsing.items import Item
from digest.parsing.style import Style
from digest.text import HAN, has_han, is_han

_NOTE = re.compile(r"[（(][^（(）)。]{1,40}[）)]")
_SOURCE = re.compile(
    r"[（(]?(?:来源|來源|资料来源|稿源|转自|轉自|摘自|原载|供稿|供图|供圖|作者|整理|编辑|編輯|文|图|圖|Source|SOURCE)\s?[:：|｜丨]\s?\S"
)
_OFFICE = re.compile(
    r"(?:书记|書記|[长長]|主任|主席|代表|委员|委員|教授|院士|总裁|總裁|经理|經理|董事|理事|会员|[医醫律教讲講药藥技][师師]|[医醫]生|[护護]士|工程[师師]|[分研馆館][析究]?[员員]|学员|學員|[级級院系处處部科队隊组組厂廠班校所局社站]|同志)$"
)
_NAME_AND_POST = re.compile(r"([^\s／/]{2,4})\s?[／/]\s?([^\s（(]{2,10})(?:[（(][^（）()]{2,16}[）)])?")
_ROLE_AND_NAME = re.compile(r"([^\s：:]{2,6})\s?[：:]\s?([^\s：:]{2,4})")
# Compiled at its first use, which few issues have.
_WHO = rf"([{HAN}]{{2,4}})\s?[（(][^（）()。，]{{2,16}}[）)]|([{HAN}]{{2,3}})[，,]\s?[{HAN}]{{2,12}}"
_CLASS = re.compile(r"[（(][\d一二三四五六七八九十]{1,2}[）)]班$")
_LONGEST_UNIT, _LONGEST_NAME, _WORDS_OF_NAME, _LONGEST_SIGNATURE, _MOST_POSTS = 12, 3, 3, 60, 3
_OWN = "本"
"""What a paper's name for itself and its parts begins with: 本报编辑部."""

_ENOUGH, _ENOUGH_SHARED = 600, 2
_DASHES = "—–―-记記"
_WRITTEN = re.compile(r"\s[a-z]{4,}")
"""What a headline has that does not set each word in capitals, so that a line which does is a name."""

_STYLED = re.compile(r"(?:Dr|Prof|Mrs?|Ms|Miss|Sir|Revd?)\b")
_PLACED = re.compile(
    r"(?:Port|Fort|Mount|Lake|Upper|Lower|North|South|East|West|New|Great|Little) |"
    r".* (?:Street|Road|Lane|Avenue|Square|County|Island|Bay|Beach|Village|Town|City|Harbou?r|Creek|Station)$"
)
"""What only a place is called."""

_PLACE = re.compile(r"[A-Z][\w'’.-]*(?:,? [A-Z][\w'’.-]*){0,3}")


def closing(run: Sequence[Item], draft: Draft, following: Item | None) -> list[Item]:
    """Return the lines at the front of `run` that end the open article `draft`: credits where they name somebody.

    They are notes in brackets, sources, who signs it, and the place under a letter's signature. An office signs a letter
    as its author, a notice as its last line. `following` stands behind the run: a reply calls who has signed the letter.
    """
    found: list[Item] = []
    followed = following is not None and following.is_text
    for at, item in enumerate(run):
        last = not followed or at + 1 < len(run)
        apart = at + 1 < len(run) and (run[at + 1].block.gap > 0 or labels.kind(run[at + 1].text) is not None)
        if item.block.level:
            break
        if bylines.is_withheld(item.text):
            found.append(item)
        elif (_NOTE.fullmatch(item.text) and not shape.is_enumerated(item.text)) or is_source(item.text):
            found.append(_noted(item))
        elif following is not None and at + 1 == len(run) and (signature := _answered(item, following)):
            found.append(signature)
        elif (last or draft.is_answered) and draft.is_signed_by_office(item):
            author = draft.is_answered and item.text[0] != _OWN
            found.append(_credit(item, Author("", item.text)) if author else replace(item, shape="row"))
        elif not found and (signature := signed(draft, item, last=last) or (apart and signs(draft, item)) or None):
            found.append(replace(signature, shape="row", credit=None) if draft.is_notice else signature)
        elif found and last and _is_place(found[-1], item) and (at + 1 < len(run) or not followed):
            found.append(item)
        else:
            break
    return found


def _answered(item: Item, following: Item) -> Item | None:
    """Return the line `item` as the signature of a letter, if the reply `following` addresses who signs it."""
    *others, name = item.text.split()
    addressed = len(name) > 1 and following.text.startswith(name) and following.text[-1] in "：:"
    known = addressed and has_han(name) and len(following.text) <= _LONGEST_UNIT and not item.block.level
    return _credit(item, Author(" ".join(others), name)) if known else None


def signs(draft: Draft, item: Item) -> Item | None:
    """Return the line `item`, which stands apart from the headings below it, as the credit of who wrote `draft`."""
    if not (draft.is_unfinished and draft.is_finished) or draft.is_credited:
        return None
    if labels.label(item.text) or item.text.isupper():
        return None
    text = item.text
    if who := re.fullmatch(_WHO, text):
        name = who[1] or who[2]
        return _credit(item, Author("", name)) if names.is_sure_name(name) else None
    if has_han(text):
        return posted_name(item)
    name, _, post = text.partition(", ")
    known = names.is_western(name) and 2 <= len(name.split()) <= _WORDS_OF_NAME and len(text) <= _LONGEST_SIGNATURE
    return _credit(item, Author(post, name)) if known else None


def is_source(text: str) -> bool:
    """Say whether `text` tells where a report comes from or who made it: 来源：…, 图｜…."""
    return _SOURCE.match(text) is not None


def _noted(item: Item) -> Item:
    """Return a note in brackets as the credit that it is, if its last word is a name."""
    inner = item.text.strip("（()）")
    credit = bylines.signature(inner, last=True) if names.is_sure_name(re.split(r"\s+", inner)[-1]) else None
    return replace(item, shape="credit", credit=credit) if credit and " " in " ".join(inner.split()) else item


def _is_place(before: Item, item: Item) -> bool:
    """Say whether the line under a signature tells where its bearer lives."""
    if before.credit is None or has_han(item.text) or labels.label(item.text):
        return False
    return _PLACE.fullmatch(item.text) is not None


def label_of(run: Sequence[Item], style: Style, ahead: Sequence[Item]) -> Item | None:
    """Return the first of the headings `run`, which `ahead` follows, if it is a label.

    It is one by its words, or by its shape: a few characters that tell nothing of the article's own matter.
    """
    if len(run) < 2:
        return run[0] if run and labels.is_column(run[0].text) else None
    first, second, *others = run
    known = labels.label(first.text) is not None or labels.is_desk(first.text) or first.text in style.repeated
    alone = not _hangs_on(second) and all(map(_hangs_on, others))
    like = alone and labels.is_like(first.text, second.text, usual=style.labelled)
    return first if known or (like and not _is_about(first.text, [*run[1:], *ahead])) else None


def _is_about(text: str, behind: Sequence[Item]) -> bool:
    """Say whether a word of `text`, be it two characters, stands in the headings and texts behind it."""
    return _shared(text, behind) > 0


def _shared(text: str, behind: Sequence[Item]) -> int:
    """Return how many words of `text`, of two characters each where it is Chinese, stand in what is behind it."""
    below = "\n".join(item.text[:_ENOUGH] for item in behind)
    if not has_han(text):
        return sum(word in below.lower() for word in text.lower().split() if len(word) > _LONGEST_NAME)
    return sum(a + b in below for a, b in pairwise(text))


def _hangs_on(item: Item) -> bool:
    """Say whether the line `item` belongs to the one above it: it opens with a dash or 记, or names the author."""
    return item.text[0] in _DASHES or posted_name(item) is not None


def strays(run: Sequence[Item], style: Style, ahead: Sequence[Item]) -> list[Item]:
    """Return the lines at the front of `run` that stand apart from its headings: slogans, what is left of a masthead.

    A line that has words of the text below is a heading all the same.
    """
    cut = max((at for at in range(1, len(run)) if run[at].block.gap > 0), default=0)
    found = list(run[:cut])
    if not style.grouped or any(item.block.level or labels.label(item.text) for item in found):
        return []
    below = [*run[cut:], *takewhile(lambda item: item.is_text or item.shape == "credit", ahead)]
    heads = [at for at, item in enumerate(found) if _shared(item.text, below) >= _ENOUGH_SHARED]
    found = found[: min(heads, default=cut)]
    return [] if len(found) == 1 and label_of(run, style, ahead) else found


def is_leader(item: Item) -> bool:
    """Say whether a credit is that of a leader, which stands over its headline."""
    authors = item.credit.authors if item.credit else ()
    return bool(authors) and all(map(bylines.writes_leaders, authors))


def byline_of(heads: Sequence[Item]) -> Item | None:
    """Return the last of the headings `heads` as a credit, if it names the author: a pen name, or an office and a name."""
    if len(heads) < 2 or heads[-1].block.level:
        return None
    text = heads[-1].text
    if byline := posted_name(heads[-1]):
        return byline
    if (posted := _NAME_AND_POST.fullmatch(text)) and names.is_sure_name(posted[1]) and is_han(posted[1] + posted[2]):
        return _credit(heads[-1], Author(posted[2], posted[1]))
    if _is_person(text) and (_STYLED.match(text) or _WRITTEN.search(heads[-2].text)):
        return _credit(heads[-1], Author("", text))
    if 2 <= len(text) <= _LONGEST_NAME and is_han(text) and shape.width(heads[-2].text) >= 2:
        return _credit(heads[-1], Author("", text))
    return None


def _is_person(text: str) -> bool:
    """Say whether `text` has the shape of a Western name in full, and is not set in capitals."""
    words = text.split()
    return (
        2 <= len(words) <= _WORDS_OF_NAME and not text.isupper() and names.is_western(text) and not _PLACED.match(text)
    )


def posted_name(item: Item) -> Item | None:
    """Return `item` as a credit, if it is a name with its bearer's office, unit or class before it."""
    if (told := _ROLE_AND_NAME.fullmatch(item.text)) and names.is_sure_name(told[2]) and is_han(told[1] + told[2]):
        return _credit(item, Author(told[1], told[2]))
    *others, name = item.text.split()
    if not others or len(others) > _MOST_POSTS or not names.is_name(name) or len(name) > _LONGEST_NAME + 1:
        return None
    unit = len(others) == 1 and len(others[0]) <= _LONGEST_UNIT and len(others[0]) != len(name)
    sure = len(name) <= _LONGEST_NAME and names.is_sure_name(name)
    known = _OFFICE.search(others[-1]) or roles.is_unit(others[-1]) or _CLASS.search(others[-1])
    if known or (unit and sure and shape.commas(item.text) == 0):
        return _credit(item, Author(" ".join(others), name))
    return None


def _credit(item: Item, author: Author) -> Item:
    return replace(item, shape="credit", credit=Credit((author,), sure=True))
