"""A sorted table says of every word what the text says that it was made from."""

import os
import stat
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.analysis import table
from digest.analysis.table import Table

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=4)


def text(values: dict[str, str]) -> bytes:
    return "\n".join(f"{word} {value}" for word, value in values.items()).encode()


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "idf.txt"
    path.write_bytes(text({"渡口": "9.5", "步道": "11.25"}))
    return path


@given(st.dictionaries(WORDS, st.decimals(0, 20, places=3).map(str), max_size=3 * table.BLOCK), WORDS)
def test_every_word_has_its_value_and_no_other_word_has_one(values: dict[str, str], other: str) -> None:
    found = Table.of(text(values))
    assert {word: found[word.encode()].decode() for word in values} == values
    assert [word.decode() for word in found] == sorted(values, key=str.encode)
    assert len(found) == len(values)
    assert (other.encode() in found) is (other in values)


def test_it_is_jiebas_idf_word_for_word(tmp_path: Path) -> None:
    jieba = find_spec("jieba")
    assert jieba
    assert jieba.origin
    source = Path(jieba.origin).parent / "analyse" / "idf.txt"
    words = source.read_bytes().split()
    theirs = dict(zip(words[::2], words[1::2], strict=True))
    prepared = [table.prepared(tmp_path / "idf.sorted", source, source.read_bytes) for _ in range(2)][-1]
    assert dict(prepared) == theirs
    assert len(theirs) > 250_000


def prepared(written: Path, cache: Path) -> Table:
    return table.prepared(cache / "table.sorted", written, written.read_bytes)


def test_it_is_prepared_once_in_a_folder_that_is_nobody_elses(written: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    prepared(written, cache)
    (path,) = cache.iterdir()
    made = path.stat()
    assert prepared(written, cache)["渡口".encode()] == b"9.5"
    assert path.stat().st_ino == made.st_ino
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_it_is_prepared_anew_for_another_text_and_where_it_is_torn(written: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    prepared(written, cache)
    written.write_bytes(text({"渡口": "1.5"}))
    os.utime(written, ns=(1, 1))
    assert dict(prepared(written, cache)) == {"渡口".encode(): b"1.5"}
    (path,) = cache.iterdir()
    for torn in (b"", b"torn", path.read_bytes()[:-1]):
        path.write_bytes(torn)
        assert dict(prepared(written, cache)) == {"渡口".encode(): b"1.5"}


def test_without_a_folder_to_write_to_it_is_made_in_memory(written: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be", encoding="utf-8")
    assert prepared(written, tmp_path / "cache")["步道".encode()] == b"11.25"


def test_an_empty_text_is_an_empty_table() -> None:
    assert dict(Table.of(b"")) == {}
    assert b"x" not in Table.of(b"")
