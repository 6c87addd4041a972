"""The issues that benchmarks are fed with: real ones, where they lie beside the project, and any number of made ones.

A made issue is as long as a real one, about 6,700 characters: nine articles, each with the headline of a fictional
article of the tests and the paragraphs of three (but for the two
first ones that would begin an article of their own). Number, date and headlines are its own, so that no two are alike; the
words are always the same few thousand, so that indexes are smaller, and lists of keywords longer, than a paper's.
"""

import os
import random
import tempfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from digest import demo, reading
from digest.model import Article, Source
from digest.parsing import parse

ROOT = Path(__file__).parent.parent
GATE = ROOT / "tests" / "data" / "gate"
REAL = ROOT.parent / "shared" / "issues"
FIRST_DAY = date(1981, 1, 1)
ARTICLES = 9
SECTIONS = ("要闻", "民生", "经济", "文化")


def real() -> list[Path]:
    """Return files of real issues where there are some, else those of the fictional papers."""
    return sorted(REAL.glob("*.txt")) or sorted(GATE.glob("*.txt"))


@cache
def articles() -> tuple[Article, ...]:
    """Return the articles of all fictional papers that the project has, in whatever language."""
    files = [*demo.samples(), *(path for path in sorted(GATE.iterdir()) if path.suffix in {".txt", ".md"})]
    issues = [parse(reading.read(Source(file.name, file.read_bytes()))) for file in files]
    return tuple(one for each in issues for one in each.articles if one.paragraphs)


@cache
def _chinese() -> tuple[Article, ...]:
    """Return those in Chinese that are long enough and all of a piece."""
    whole = (one for one in articles() if one.headline and not one.crossheads and len(one.paragraphs) > 1)
    return tuple(one for one in whole if one.char_count >= 200 and _is_chinese(one.paragraphs[0]))


def _is_chinese(text: str) -> bool:
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text) > len(text) / 2


def made(number: int) -> str:
    """Return the text of issue `number`, from 1: a day's, and the same for the same number, always."""
    chance = random.Random(number)
    day = FIRST_DAY + timedelta(days=number - 1)
    weekday = "一二三四五六日"[day.weekday()]
    head = f"河湾日报\n\n{day.year}年{day.month}月{day.day}日　星期{weekday}　第{number}期　今日{len(SECTIONS)}版\n"
    return head + "".join(_articles(number, chance))


def _articles(number: int, chance: random.Random) -> Iterator[str]:
    chosen = chance.sample(_chinese(), 3 * ARTICLES)
    for place in range(ARTICLES):
        page, begun = divmod(place * len(SECTIONS), ARTICLES)
        if begun < len(SECTIONS):
            yield f"\n第{page + 1}版：{SECTIONS[page]}\n"
        first, *others = chosen[place::ARTICLES]
        paragraphs = [*first.paragraphs, *(text for one in others for text in one.paragraphs[1:])]
        yield f"\n{first.headline}（{number}之{place + 1}）\n\n" + "".join(f"　　{text}\n" for text in paragraphs)


def laid(count: int) -> list[Path]:
    """Return files of the issues 1 to `count`, which lie in a folder of the system's temporary one; those that lack are made."""
    folder = cache_folder() / f"made-{zlib.crc32(Path(__file__).read_bytes()):08x}"
    files = [folder / f"{number:05}.txt" for number in range(1, count + 1)]
    for number, file in enumerate(files, start=1):
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text(made(number), encoding="utf-8")
    return files


def cache_folder() -> Path:
    """Return where benchmarks keep what takes long to make: whoever wants the room may delete it."""
    return Path(tempfile.gettempdir()) / f"digest-benchmarks-{os.getuid()}"
