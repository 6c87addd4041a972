"""A newsroom writes its words as it likes; what cannot be used is told with its line, and costs nothing else."""

from pathlib import Path

import pytest

from digest import wordfiles
from digest.messages import Messages
from digest.wordfiles import OwnWords, read, signature


def written(folder: Path, **texts: str | bytes) -> OwnWords:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(folder)


def told(own: OwnWords) -> list[tuple[str, object]]:
    for fault in own.faults:
        assert Messages("zh").of(fault.code, fault.facts) != Messages("en").of(fault.code, fault.facts)
    return [(fault.code, fault.facts.get("line")) for fault in own.faults]


def test_no_file_no_words(tmp_path: Path) -> None:
    assert read(tmp_path) == OwnWords()


def test_one_word_a_line_and_its_weight_behind_it(tmp_path: Path) -> None:
    own = written(
        tmp_path, words="\ufeff老渡口 2.5\r\n\r\n  步道\u30000.5\r\n", names="江未晞\n\tMill Street  3 # 街名\n"
    )
    weights = {word: said.weight for word, said in own.words.items()}
    assert weights == {"老渡口": 2.5, "步道": 0.5, "江未晞": wordfiles.NAME_WEIGHT, "Mill Street": 3.0}
    assert {said.file for said in own.words.values()} == {"words.txt", "names.txt"}
    assert own.faults == ()


def test_what_stands_behind_a_hash_is_a_comment(tmp_path: Path) -> None:
    own = written(tmp_path, words="# 词\n渡口 # 常用\nC#\n", stopwords="#\n会上 # 套话\n")
    assert (set(own.words), own.stopwords) == ({"渡口", "C#"}, frozenset({"会上"}))


def test_a_word_of_both_files_has_the_greater_weight(tmp_path: Path) -> None:
    assert written(tmp_path, words="渡口村 4\n", names="渡口村\n").words["渡口村"].weight == 4.0


@pytest.mark.parametrize("weight", ["0", "0.01", "11", "-1", "1.2.3", "100"])
def test_a_weight_out_of_range_is_told_and_its_word_is_kept(tmp_path: Path, weight: str) -> None:
    own = written(tmp_path, words=f"渡口\n步道 {weight}\n")
    assert told(own) == [("error.words.weight", 2)]
    assert own.words["步道"].weight == 1.0


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("渡口 步道", "one_a_line"),
        ("江未晞 100 nr", "one_a_line"),
        ("长" * 41, "one_a_line"),
        ("……", "no_word"),
        ("12 3", "no_word"),
    ],
)
def test_a_line_that_is_no_word_is_told_and_left_out(tmp_path: Path, line: str, code: str) -> None:
    own = written(tmp_path, words=f"渡口\n{line}\n步道\n")
    assert told(own) == [(f"error.words.{code}", 2)]
    assert set(own.words) == {"渡口", "步道"}


def test_a_file_in_another_encoding_is_told_with_the_line_and_costs_no_other_file(tmp_path: Path) -> None:
    own = written(tmp_path, words="a\n渡口\n".encode("gb18030"), names="江未晞\n")
    assert told(own) == [("error.words.encoding", 2)]
    assert set(own.words) == {"江未晞"}


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "words.txt").mkdir()
    assert told(read(tmp_path)) == [("error.words.unreadable", None)]


def test_of_a_file_that_is_all_wrong_only_the_beginning_is_told(tmp_path: Path) -> None:
    own = written(tmp_path, words="……\n" * 500)
    assert [code for code, _ in told(own)] == ["error.words.no_word"] * wordfiles.TOLD + ["error.words.more"]
    assert own.faults[-1].facts["n"] == 500 - wordfiles.TOLD


def test_the_signature_changes_with_every_file(tmp_path: Path) -> None:
    seen = {signature(tmp_path)}
    for name in wordfiles.FILES:
        (tmp_path / name).write_text("渡口", encoding="utf-8")
        assert signature(tmp_path) not in seen
        seen.add(signature(tmp_path))
    (tmp_path / "words.txt").unlink()
    assert signature(tmp_path) not in seen
