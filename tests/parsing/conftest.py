"""A press that prints the same fictional articles in many styles, so that parsing is measured on all of them."""

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digest.text import has_han

DATA = Path(__file__).parent.parent / "data" / "eval"


@dataclass(frozen=True)
class Told:
    """An article as it was meant: what parsing should find."""

    kicker: str | None
    headline: str
    subheadline: str | None
    names: tuple[str, ...]
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class House:
    """A paper's house style. `opening` is put before the first paragraph, `byline` stands `above` or behind the text."""

    name: str
    language: str
    opening: str = ""
    byline: str | None = None
    above: bool = False
    between: str = "\n"
    around: str = "\n\n"
    mark: str = ""
    indent: str = ""
    join_names: str = " "
    top: str = ""
    one_line: bool = False


HOUSES = (
    House("district", "zh-Hans", "青渡讯 11月3日，", "（融媒体 {}）", between="\n\n"),
    House("marked", "zh-Hans", "青渡讯 11月3日，", "（融媒体中心 {}）", between="\n\n", mark="## "),
    House("own", "zh-Hans", "本报讯（记者 {}）", top="青渡晚报\n2026年11月6日 星期五 第812期 今日8版\n\n"),
    House(
        "agency", "zh-Hans", "新华社青渡11月3日电（记者{}）", around="\n\n\n", join_names="、", indent="\u3000\u3000"
    ),
    House("above", "zh-Hans", "", "□ 本报记者 {}", above=True),
    House("tight", "zh-Hans", "青渡讯 近日，", "（记者 {}）", around="\n"),
    House("reports", "zh-Hans", "", "本报记者 {} 青渡报道", above=True, indent="\u3000\u3000"),
    House("programme", "zh-Hans", "青渡台消息（新闻夜话）：", between="\n", top="新闻夜话\n2026年11月6日\n\n"),
    House("one line", "zh-Hans", "青渡讯 11月3日，", "（融媒体 {}）", between="\n\n", one_line=True),
    House("inline", "zh-Hans", "本报讯 11月3日，", "（{} 通讯员 高見）", join_names="、"),
    House("taiwan", "zh-Hant", "（記者{}／溪口報導）", join_names="、", top="溪口時報\n2026年11月6日 星期五\n\n"),
    House("taiwan above", "zh-Hant", "", "〔記者{}／溪口報導〕", above=True, join_names="、"),
    House("hong kong", "zh-Hant", "【本報訊】", "記者 {}", between="\n", around="\n\n"),
    House("wire", "zh-Hant", "（溪口社記者{}溪口6日電）", join_names="、", indent="\u3000\u3000"),
    House("weekly", "en", "", "By {}", above=True, between="\n\n", join_names=" and "),
    House("reuters", "en", "NORTHGATE (Wire) - ", "By {}", above=True, between="\n", around="\n\n", join_names=" and "),
    House("dated", "en", "Northgate, November 5. ", None, between="\n\n", around="\n\n\n"),
    House("english markdown", "en", "", "By {}", above=True, between="\n\n", mark="## ", join_names=" and "),
    House("bare", "zh-Hans"),
    House("bare spaced", "zh-Hans", between="\n\n", around="\n\n\n"),
    House("bare even", "zh-Hans", between="\n\n", around="\n\n"),
    House("bare marked", "zh-Hans", between="\n\n", mark="### "),
    House("bare indented", "zh-Hans", around="\n", indent="\u3000\u3000"),
    House("dated only", "zh-Hans", "11月3日，"),
    House("people", "zh-Hans", "本报青渡11月3日电（记者{}）", join_names="、", around="\n"),
    House("bare taiwan", "zh-Hant", between="\n\n", around="\n\n"),
    House("bare english", "en"),
    House("bare english even", "en", between="\n\n", around="\n\n"),
    House("correspondent", "en", "(From Our Own Correspondent) NORTHGATE, July 16. ", between="\n\n"),
    House("city", "en", "NORTHGATE, Nov. 5 — ", "By {}", above=True, between="\n", indent="    ", join_names=" and "),
)


@dataclass
class Press:
    """Prints issues and says how well they were read."""

    told: dict[str, list[Told]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in sorted(DATA.glob("*.json")):
            raw = json.loads(path.read_text(encoding="utf-8"))
            self.told[path.stem] = [
                Told(a["kicker"], a["headline"], a["subheadline"], tuple(a["names"]), tuple(a["paragraphs"]))
                for a in raw
            ]

    def articles(self, house: House) -> list[Told]:
        """Return what the house prints: the paragraphs with its dateline, as parsing should give them."""
        return [self._dressed(told, house) for told in self.told[house.language]]

    def printed(self, house: House) -> str:
        """Return an issue in the house's style."""
        return house.top + house.around.join(
            house.between.join(self._lines(told, house)) for told in self.articles(house)
        )

    def _dressed(self, told: Told, house: House) -> Told:
        names = house.join_names.join(told.names)
        first, *others = told.paragraphs
        return Told(
            told.kicker, told.headline, told.subheadline, told.names, (house.opening.format(names) + first, *others)
        )

    def _lines(self, told: Told, house: House) -> Iterator[str]:
        heads = [head for head in (told.kicker, told.headline, told.subheadline) if head]
        yield from [house.mark + " ".join(heads)] if house.one_line else (house.mark + head for head in heads)
        byline = house.byline.format(house.join_names.join(told.names)) if house.byline else None
        if byline and house.above:
            yield byline
        for text in told.paragraphs:
            yield house.indent + text
        if byline and not house.above:
            yield byline


def columns(text: str, seed: int, low: int = 60, high: int = 220) -> str:
    """Return `text` with its longer lines broken, as by columns, each piece a paragraph of its own."""
    dice = random.Random(seed)
    return "\n".join(_broken(line, dice, low, high) for line in text.split("\n"))


def _broken(line: str, dice: random.Random, low: int, high: int) -> str:
    pieces = []
    while len(line) > high:
        at = dice.randint(low, high)
        while at < len(line) - 20 and not (
            line[at - 1].isalnum() and line[at].isalnum() and not line[at - 1].isascii()
        ):
            if line[at - 1].isascii() and line[at] == " ":
                break
            at += 1
        pieces.append(line[:at])
        line = line[at:].lstrip()
    return "\n\n".join([*pieces, line])


def wrapped(text: str, width: int) -> str:
    """Return `text` set in lines of `width` columns, a Han character taking two."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in re.findall(r"[A-Za-z0-9'’.,;:!?£%()\"-]+ ?|.", paragraph):
            if _columns(line + word.rstrip()) > width and word not in "，。、：；！？”」』）":
                lines.append(line.rstrip())
                line = ""
            line += word
        lines.append(line.rstrip())
    return "\n".join(lines)


def _columns(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text)


def noisy(text: str, seed: int, rate: float = 0.004) -> str:
    """Return `text` as a poor scan gives it: characters lost or misread, marks of the other width, stray blanks."""
    dice = random.Random(seed)
    full = str.maketrans("，：；？！（）", ",:;?!()")
    result = []
    for char in text:
        roll = dice.random()
        if char == "\n" or roll > 3 * rate:
            result.append(char)
        elif roll < rate:
            continue
        elif roll < 2 * rate:
            result.append(char.translate(full))
        else:
            result.append(char + " ")
    return "".join(result)


@pytest.fixture(scope="session")
def press() -> Press:
    return Press()


@pytest.fixture(params=HOUSES, ids=lambda house: house.name)
def house(request: pytest.FixtureRequest) -> House:
    chosen: House = request.param
    return chosen


@pytest.fixture(scope="session")
def houses() -> tuple[House, ...]:
    return HOUSES


def _damage() -> dict[str, Callable[[str], str]]:
    return {
        "clean": lambda text: text,
        "columns": lambda text: columns(text, 1),
        "short columns": lambda text: columns(text, 3, 20, 70),
        "without empty lines": lambda text: re.sub(r"\n+", "\n", text),
        "noisy": lambda text: noisy(text, 1),
        "wrapped": lambda text: wrapped(text, 36 if has_han(text) else 60),
    }


@pytest.fixture(params=_damage(), ids=str)
def damage(request: pytest.FixtureRequest) -> tuple[str, Callable[[str], str]]:
    return request.param, _damage()[request.param]
