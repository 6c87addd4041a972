"""Reading: bytes become lines, whatever the format; what is no text is refused with what to do."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import RejectedError
from digest.messages import Messages
from digest.model import Document, Remark, Source
from digest.reading import FORMATS, read

SAMPLES = sorted((Path(__file__).parents[2] / "digest" / "samples").iterdir())


def lines(name: str, text: str) -> list[tuple[int, str]]:
    return [(line.level, line.text) for line in read(Source(name, text.encode())).lines]


def refused(name: str, content: bytes) -> RejectedError:
    with pytest.raises(RejectedError) as caught:
        read(Source(name, content))
    return caught.value


def test_plain_text_is_its_lines_and_understands_heading_marks() -> None:
    assert lines("a.txt", "标题\n\n  正文。 \n## 小标题\n#1 无") == [
        (0, "标题"),
        (0, ""),
        (0, "  正文。"),
        (2, "小标题"),
        (0, "#1 无"),
    ]


def test_the_name_and_the_time_of_the_file_are_kept() -> None:
    modified = datetime(2026, 11, 6, tzinfo=UTC)
    document = read(Source("第3期.TXT", "正文。".encode(), modified))
    assert (document.name, document.modified) == ("第3期.TXT", modified)


@pytest.mark.parametrize("text", ["\ufeff一\n二", "一\r\n二", "一\r二", "一\u2028二"])
def test_marks_and_line_ends_of_every_system_are_read(text: str) -> None:
    assert lines("a.txt", text) == [(0, "一"), (0, "二")]


def test_what_no_reader_should_meet_is_removed_and_counted() -> None:
    document = read(Source("a.txt", ("正" * 300 + "\u202e文").encode()))
    assert document.lines[0].text == "正" * 300 + "文"
    assert document.remarks == (Remark("remark.removed", {"n": 1}),)


@pytest.mark.parametrize("content", [b"", b" \n\t ", b"\xef\xbb\xbf\n", "\u200b\n".encode()])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refused("a.txt", content).code == "rejected.empty"


@pytest.mark.parametrize("content", [b"\x7fELF\x00\x01\x02", b"text \x00 text", bytes(range(1, 32)) * 4])
def test_a_binary_file_is_refused(content: bytes) -> None:
    assert refused("a.txt", content).code == "rejected.binary"


def test_another_encoding_is_refused_with_its_place() -> None:
    error = refused("a.txt", "第一行\n".encode() + "第二行".encode("gb18030"))
    assert (error.code, dict(error.facts)) == ("rejected.encoding", {"line": 2, "byte": 10})


def test_an_unknown_kind_of_file_is_refused_with_the_known_ones() -> None:
    error = refused("a.xyz", b"text")
    assert (error.code, error.facts["suffix"]) == ("rejected.format", ".xyz")
    assert ".md" in str(error.facts["known"])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("content", [b"", b"\0", b"\xff\xff", b"---\na: [\n---\n"])
def test_every_refusal_has_words(language: str, content: bytes) -> None:
    error = refused("a.md", content)
    words = Messages(language)
    assert words.of(error.code, error.facts)


def test_every_format_has_suffixes_of_its_own() -> None:
    suffixes = [suffix for form in FORMATS for suffix in form.SUFFIXES]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_the_samples_can_be_read(path: Path) -> None:
    assert isinstance(read(Source(path.name, path.read_bytes())), Document)
