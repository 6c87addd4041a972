"""Numbers of paragraphs in a Word document, which counts them itself and writes none of them into its text."""

from collections.abc import Iterator, Mapping
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_DEEPEST = 9
_MOST = 3999

Place = tuple[str, int]
"""A list of a document, and how deep in it a paragraph stands, from 0."""


class Numbering:
    """The counters of a document's lists."""

    def __init__(self, numbering: Any | None) -> None:
        self._levels: Mapping[Place, tuple[str, str, int]] = {} if numbering is None else dict(_levels(numbering))
        self._counts: dict[str, list[int | None]] = {}

    def next(self, place: Place) -> str:
        """Return what stands before the next paragraph at `place`, with a space behind it; "" where nothing does."""
        name, depth = place
        if place not in self._levels:
            return ""
        form, pattern, start = self._levels[place]
        counts = self._counts.setdefault(name, [None] * _DEEPEST)
        before = counts[depth]
        counts[depth] = start if before is None else before + 1
        counts[depth + 1 :] = [None] * (_DEEPEST - depth - 1)
        if form == "bullet":
            return "• "
        for i in range(depth + 1):
            kind, _, first = self._levels.get((name, i), ("decimal", "", 1))
            count = counts[i]
            pattern = pattern.replace(f"%{i + 1}", written(first if count is None else count, kind))
        return "" if form == "none" or not pattern.strip() else pattern + ("" if pattern[-1] in "、．）】" else " ")


def written(number: int, form: str) -> str:
    """Return `number` as Word's number format `form` (ECMA-376 part 1, 17.18.59) writes it; in digits if unknown."""
    text = str(number)
    if not 0 < number <= _MOST:
        return text
    if form.startswith(("chinese", "japaneseCounting", "taiwanese", "ideographTraditional")):
        text = _chinese(number)
    elif form in {"ideographDigital", "japaneseDigitalTenThousand"}:
        text = "".join(_DIGITS[int(digit)] for digit in text)
    elif form.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif form.endswith("Roman"):
        text = _roman(number)
    elif form == "decimalEnclosedCircle" and number <= 20:
        text = chr(ord("①") + number - 1)
    return text.upper() if form.startswith("upper") else text


def _chinese(number: int) -> str:
    text, gap = "", False
    for digit, unit in zip(f"{number:04}", ("千", "百", "十", ""), strict=True):
        if digit == "0":
            gap = bool(text)
        else:
            text += ("零" if gap else "") + _DIGITS[int(digit)] + unit
            gap = False
    return text[1:] if 10 <= number < 20 else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _levels(numbering: Any) -> Iterator[tuple[Place, tuple[str, str, int]]]:
    """Yield each place of each list with its number format, its pattern and the number that it begins with."""
    abstract = {
        one.get(_W + "abstractNumId"): {int(level.get(_W + "ilvl")): _level(level) for level in one.iter(_W + "lvl")}
        for one in numbering.iter(_W + "abstractNum")
    }
    for one in numbering.iter(_W + "num"):
        name = one.get(_W + "numId")
        own = {int(level.get(_W + "ilvl")): _level(level) for level in one.iter(_W + "lvl")}
        for depth, level in {**abstract.get(_value(one, "abstractNumId", ""), {}), **own}.items():
            if 0 <= depth < _DEEPEST:
                yield (name, depth), level


def _level(level: Any) -> tuple[str, str, int]:
    return _value(level, "numFmt", "decimal"), _value(level, "lvlText", ""), int(_value(level, "start", "1"))


def _value(parent: Any, tag: str, default: str) -> str:
    found = parent.find(_W + tag)
    return default if found is None else str(found.get(_W + "val", default))
