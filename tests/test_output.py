"""Files appear whole or not at all, only what changed is written, and nothing leaves the folder."""

from pathlib import Path

import pytest

from digest import output
from digest.errors import DigestError


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    assert output.write(tmp_path, {"a.html": b"1", "b/c.html": b"2"}) == ["a.html", "b/c.html"]
    before = (tmp_path / "a.html").stat()
    assert output.write(tmp_path, {"a.html": b"1", "b/c.html": b"3"}) == ["b/c.html"]
    assert (tmp_path / "a.html").stat() == before
    assert (tmp_path / "b" / "c.html").read_bytes() == b"3"


def test_nothing_temporary_is_left(tmp_path: Path) -> None:
    output.write(tmp_path, {"a": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_file_is_readable_by_a_web_server(tmp_path: Path) -> None:
    output.write(tmp_path, {"a": b"1"})
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("path", ["../a", "a/../../b", "/etc/passwd", ""])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(DigestError) as refusal:
        output.write(tmp_path / "site", {path: b"x"})
    assert refusal.value.code == "error.path"
    assert list(tmp_path.rglob("*")) == []


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    output.write(tmp_path, {"a": b"old"})
    (tmp_path / "b").mkdir()
    with pytest.raises(IsADirectoryError):
        output.write(tmp_path, {"b": b"new"})
    assert {path.name for path in tmp_path.iterdir()} == {"a", "b"}


def test_what_is_new_is_there_before_what_may_lead_to_it(tmp_path: Path) -> None:
    output.write(tmp_path, {"a": b"old"})
    assert output.write(tmp_path, {"a": b"leads to b", "b": b"new"}) == ["b", "a"]


def test_a_folder_that_is_kept_is_gone_until_it_holds_something_again(tmp_path: Path) -> None:
    output.write(tmp_path, {"feeds/a/feed.xml": b"1"})
    output.retire(tmp_path, "feeds", set())
    output.retire(tmp_path, "feeds", {"a"})
    assert [path.name for path in (tmp_path / "feeds/a").iterdir()] == [output.GONE]
    output.write(tmp_path, {"feeds/a/feed.xml": b"2"})
    output.retire(tmp_path, "feeds", {"a"})
    assert [path.name for path in (tmp_path / "feeds/a").iterdir()] == ["feed.xml"]
