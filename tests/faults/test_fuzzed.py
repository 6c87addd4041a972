"""Whatever bytes are dropped: a reason to refuse them, or an issue that accounts for every character and fits any feed.

What was found wrong once is found again by its seed and number: `check(*mutated(SEED, N))`.
"""

import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from digest import analysis, parsing
from digest.analysis.lexicon import Lexicon, shipped
from digest.errors import RejectedError
from digest.model import Issue, Source
from digest.reading import encoding, wire
from digest.settings import Analysis

ROOT = Path(__file__).parents[2]
SEEDS = sorted([*(ROOT / "digest/samples").iterdir(), *(ROOT / "tests/data/formats").iterdir()])
SECONDS = 10.0
"""How long one seed is followed."""

NASTY = (
    *("\0", "\x0b", "\x1b[2J", "\ufeff", "\ufffe", "\u202e", "\u200d", "\u2028", "\x85", "\u3000" * 40, "\ud800", "𠮷"),
    *(
        "]]>",
        "<![CDATA[",
        "<script>",
        "&#0;",
        "&amp;",
        "<!--",
        "---\n",
        "---\ntitle: [",
        "{{7*7}}",
        "![](",
        "%PDF-1.7\n",
    ),
    *("\r", "\n" * 30, "#" * 300, "（" * 50, "第99999999999999999999期", "9999年99月99日", "A" * 5000, "下转第3版"),
)

_LEXICON = Lexicon.build(shipped())


def mutated(seed: int, n: int) -> tuple[str, bytes]:
    """Return the name and the bytes of the `n`-th file that a seed makes."""
    dice = random.Random(f"{seed}/{n}")
    path, other = dice.choice(SEEDS), dice.choice(SEEDS)
    content = path.read_bytes()
    if path.suffix in {".docx", ".zip"} and dice.random() < 0.8:  # else its checksums tell at once
        return path.name, _within(content, dice)
    return path.name, _spoiled(content, other.read_bytes(), dice)


def _within(archive: bytes, dice: random.Random) -> bytes:
    """Spoil one member of an archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        chosen = dice.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, _spoiled(content, content, dice) if name == chosen else content)
    return made.getvalue()


def _spoiled(content: bytes, other: bytes, dice: random.Random) -> bytes:
    """Flip, cut, double, splice, plant or encode anew, a few times over."""
    found = bytearray(content)
    for _ in range(dice.randint(1, 12)):
        at, length = dice.randrange(len(found) + 1), dice.randrange(200)
        match dice.randrange(6):
            case 0 if at < len(found):
                found[at] ^= 1 << dice.randrange(8)
            case 1:
                del found[at : at + length]
            case 2:
                found[at:at] = found[at : at + length]
            case 3:
                begin = dice.randrange(len(other) + 1)
                found[at:] = other[begin : begin + 20_000]
            case 4:
                encoded = bytes(found).decode("utf-8", "replace").encode(_encoding(dice), "ignore")
                found = bytearray(encoded) if dice.random() < 0.2 else found
            case _:
                found[at:at] = dice.choice(NASTY).encode("utf-8", "surrogatepass")
    return bytes(found)


def _encoding(dice: random.Random) -> str:
    return dice.choice(("gb18030", "big5", "utf-16", "utf-16-le", "utf-8-sig", "latin-1"))


def check(name: str, content: bytes) -> str:
    """Read and parse a file; return the refusal's code, or `taken`. Whatever else is raised is a defect."""
    try:
        document = wire.opened(wire.answer(wire.packed(Source(name, content))))
    except RejectedError as refusal:
        return refusal.code
    issue, owned = parsing.accounted(document)
    held = Counter((span.line, at) for span in owned for at in range(span.start, span.end))
    assert max(held.values(), default=1) == 1, "two owners"
    needed = {
        (n, at) for n, line in enumerate(document.lines) for at, char in enumerate(line.text) if not char.isspace()
    }
    assert needed <= held.keys(), "no owner"
    _fits(analysis.annotate(issue, _LEXICON, Analysis()))
    return "taken"


def _fits(issue: Issue) -> None:
    """See that every string of an issue can stand in XML: lxml raises ValueError where one cannot."""
    for text in _strings(issue):
        etree.Element("any").text = text
        text.encode()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, tuple | list | frozenset):
        for each in value:
            yield from _strings(each)


def follow(seed: int, seconds: float) -> Counter[str]:
    """Check what a seed makes, for so long; count what became of it."""
    end, n, found = time.monotonic() + seconds, 0, Counter[str]()
    while time.monotonic() < end:
        try:
            found[check(*mutated(seed, n))] += 1
        except Exception as error:
            error.add_note(f"check(*mutated({seed}, {n}))")
            raise
        n += 1
    sys.stdout.write(f"seed {seed}: {found.total()} files, {found['taken']} taken, {len(found) - 1} reasons\n")
    return found


def fresh() -> int:
    return random.SystemRandom().randrange(1 << 32)


@pytest.mark.parametrize("seed", [9, pytest.param(None, id="another")])
def test_any_bytes_are_an_issue_or_a_reason(seed: int | None) -> None:
    assert follow(fresh() if seed is None else seed, SECONDS)["taken"]


@pytest.mark.full
def test_any_bytes_are_an_issue_or_a_reason_for_long() -> None:
    assert follow(fresh(), 300)["taken"]


def test_a_mistake_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "clean", lambda text: (text, 0))
    with pytest.raises((AssertionError, ValueError)) as caught:
        follow(9, 60)
    assert "check(*mutated(9, " in caught.value.__notes__[0]
