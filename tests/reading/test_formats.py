"""Every format has a sample in tests/data/formats that reads into articles, and breaks only in the way of a refusal.

`issue.docx` was saved by python-docx from `issue.txt`: the title in its style Title, headlines in Heading 1. `issue.pdf`
was printed by `typeset.pdf` from the same text, one article a column, in a font cut down by pyftsubset to its characters.
"""

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import sandbox
from digest.errors import RejectedError
from digest.model import Source
from digest.parsing import parse
from digest.reading import FORMATS, is_risky, pdf, read, wire
from tests.test_purity import watched

SAMPLES = sorted((Path(__file__).parents[1] / "data" / "formats").iterdir())
SAFE = [path for path in SAMPLES if path.suffix not in pdf.SUFFIXES]
"""Those whose readers may meet anything in this process: a damaged PDF may end it."""


def source(path: Path) -> Source:
    return Source(path.name, path.read_bytes())


def damaged(path: Path, places: list[float], cut: float) -> Source:
    """Return a sample with bits flipped at `places` and its end cut off, both as shares of its length."""
    content = bytearray(path.read_bytes())
    for place in places:
        content[int(place * (len(content) - 1))] ^= 1 << int(place * 997) % 8
    return Source(path.name, bytes(content[: int(cut * len(content))]))


def test_every_format_has_a_sample() -> None:
    suffixes = {path.suffix for path in SAMPLES}
    assert [form.__name__ for form in FORMATS if not suffixes & set(form.SUFFIXES)] == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_reads_into_articles(path: Path) -> None:
    issue = parse(read(source(path)))
    assert len(issue.articles) > 1
    assert all(article.headline and article.paragraphs for article in issue.articles)
    assert issue.coverage == 1


@pytest.mark.parametrize("name", ["issue.docx", "issue.pdf"])
def test_the_same_issue_is_the_same_in_another_format(name: str) -> None:
    by_name = {path.name: path for path in SAMPLES}
    plain, other = parse(read(source(by_name["issue.txt"]))), parse(read(source(by_name[name])))
    assert other.masthead == plain.masthead
    assert [replace(article, page=None, confidence=1.0) for article in other.articles] == [
        replace(article, confidence=1.0) for article in plain.articles
    ]


@given(st.sampled_from(SAFE), st.lists(st.floats(0, 1), max_size=8), st.floats(0.1, 1))
@settings(max_examples=150)
def test_a_damaged_file_is_read_or_refused(path: Path, places: list[float], cut: float) -> None:
    with suppress(RejectedError):
        read(damaged(path, places, cut))


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_file_of_a_risky_format_is_read_or_refused_in_the_sandbox(seed: int) -> None:
    for path in SAMPLES:
        if path.suffix in pdf.SUFFIXES:
            places = [(seed * 37 + i * 61) % 101 / 101 for i in range(seed + 1)]
            with suppress(RejectedError):
                wire.opened(sandbox.run(wire.answer, wire.packed(damaged(path, places, 1 - seed / 20))))


def test_what_is_read_in_the_sandbox_is_what_is_read_here() -> None:
    risky = [source(path) for path in SAMPLES if is_risky(source(path))]
    assert {one.name for one in risky} >= {"issue.docx", "issue.pdf"}
    for one in risky:
        assert wire.opened(sandbox.run(wire.answer, wire.packed(one))) == read(one)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_reading_touches_nothing_but_the_bytes_that_it_is_given(path: Path) -> None:
    sample = source(path)
    read(sample)  # what is imported late is imported now
    with watched() as effects:
        read(sample)
    assert effects == []


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030", "gbk"])
@pytest.mark.parametrize("name", ["issue.txt", "issue.md", "page.html"])
def test_a_text_gives_the_same_lines_in_any_encoding(name: str, codec: str) -> None:
    (path,) = (path for path in SAMPLES if path.name == name)
    text = path.read_text("utf-8").replace('charset="utf-8"', f'charset="{codec}"')
    assert read(Source(name, text.encode(codec))).lines == read(source(path)).lines


@pytest.mark.parametrize("suffix", [".jpg", ".JPEG", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp"])
def test_a_picture_alone_is_refused_since_it_has_no_text_layer(suffix: str) -> None:
    with pytest.raises(RejectedError) as caught:
        read(Source(f"第1版{suffix}", b"x"))
    assert caught.value.code == "rejected.no_text_layer"


def test_no_library_is_loaded_before_a_format_needs_it() -> None:
    program = "import sys, digest.reading; print({'lxml', 'docx', 'pypdfium2', 'PIL'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
