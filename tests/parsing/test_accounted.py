"""Nothing is lost: every character of any document that is not white space has exactly one owner."""

import random
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Document, Line
from digest.parsing import accounted, typography

SAMPLES = sorted((Path(__file__).parents[2] / "digest" / "samples").iterdir())
PIECES = (
    "\n", "\n\n", "（", "）", "“", "”", "![](a.jpg)", "![图](", "（下转第3版）", "（上接第1版）", "第2版 要闻", "A03", "导读", "广告", "——",
    "（记者 方既白）", "方既白 摄", "青渡讯 1月5日，", "By Anna Reeve", "1", "## ", "\u3000\u3000", " ", "-", "编辑同志：", "简讯", "●", "图为",
    "infor-\nmation", "2026年11月6日", "总第3期", "。", "，", "……", ".", "www.example.org", "…… 3版",
)  # fmt: skip


def document(text: str) -> Document:
    lines = []
    for line in text.split("\n"):
        marks = len(line) - len(line.lstrip("#"))
        lines.append(Line(line[marks:], level=min(marks, 6)))
    return Document("issue.txt", tuple(lines))


def solid(text: str) -> str:
    return "".join(text.split())


def check(given_document: Document) -> None:
    issue, owned = accounted(given_document)
    held = [(span.line, at) for span in owned for at in range(span.start, span.end)]
    assert len(held) == len(set(held)), "two owners"
    needed = {
        (number, at)
        for number, line in enumerate(given_document.lines)
        for at, char in enumerate(line.text)
        if not char.isspace()
    }
    assert needed <= set(held), "no owner"
    assert issue.coverage == 1.0
    for before, after in pairwise(owned):
        assert (before.line, before.end) <= (after.line, after.start)


def kept(given_document: Document) -> None:
    """What paragraphs own is what the record's paragraphs say, but for a hyphen at a break."""
    issue, owned = accounted(given_document)
    lines = given_document.lines
    owner = Counter("".join(solid(lines[s.line].text[s.start : s.end]) for s in owned if s.owner == "paragraph"))
    said = Counter(solid("".join(p for article in issue.articles for p in article.paragraphs)))
    fold = str.maketrans("，：；？！（）", ",:;?!()")
    folded = [Counter("".join(counts.elements()).translate(fold)) for counts in (owner, said)]
    assert set((folded[0] - folded[1]).elements()) <= {"-"}
    assert not folded[1] - folded[0]


def mutated(seed: int) -> str:
    dice = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in SAMPLES]
    one, other = dice.choice(texts), dice.choice(texts)
    chars = list(one[dice.randrange(len(one)) :][:1500] + other[: dice.randrange(1500)])
    for _ in range(dice.randrange(40)):
        at = dice.randrange(len(chars) + 1)
        match dice.randrange(3):
            case 0:
                chars.insert(at, dice.choice(PIECES))
            case 1:
                del chars[at : at + dice.randrange(20)]
            case _:
                chars[at:at] = one[dice.randrange(len(one)) :][:40]
    return "".join(chars)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_character_of_a_sample_has_one_owner(path: Path) -> None:
    check(document(path.read_text(encoding="utf-8")))
    kept(document(path.read_text(encoding="utf-8")))


@given(st.integers(min_value=0))
@settings(max_examples=150)
def test_every_character_of_a_damaged_issue_has_one_owner(seed: int) -> None:
    check(document(mutated(seed)))
    kept(document(mutated(seed)))


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=60)), max_size=40))
@settings(max_examples=150)
def test_every_character_of_any_text_has_one_owner(pieces: list[str]) -> None:
    check(document("".join(pieces).replace("\r", "\n")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "中\n" * 3000,
        "a" * 100_000,
        "（" * 50_000,
        "标题\n" * 3000,
        "A " * 50_000,
        "![](a)" * 5000,
        "![" * 50_000,
    ],
)
def test_strange_texts_are_accounted_for_too(text: str) -> None:
    check(document(text))


def test_typography_changes_no_other_character() -> None:
    text = "他说:“好,走吧!”(12:30) a,b; c (d)"
    assert typography.normal(text) == "他说：“好，走吧！”(12:30) a,b; c (d)"
