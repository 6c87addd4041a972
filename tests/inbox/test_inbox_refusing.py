"""What is no readable file is rejected with its reason first, without being followed, opened or read."""

import os
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import RejectedError
from digest.inbox import Inbox
from digest.settings import Inbox as Settings
from tests.drops import Clock, calls, in_a_process, settled

NOBODY = 65534

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can do this")


def refusal(inbox: Inbox, clock: Clock) -> RejectedError:
    """Return why the one file in the inbox is rejected, having moved it away."""
    (claim,) = settled(inbox, clock)
    with pytest.raises(RejectedError) as caught:
        inbox.read(claim)
    inbox.reject(claim, "why")
    return caught.value


def rejected(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "rejected").iterdir()}


@pytest.mark.parametrize("target", ["secret", "missing"])
def test_a_link_is_neither_followed_nor_its_target_moved(
    inbox: Inbox, folder: Path, clock: Clock, tmp_path: Path, target: str
) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (folder / "a.txt").symlink_to(tmp_path / target)
    assert refusal(inbox, clock).code == "rejected.symlink"
    assert (tmp_path / "secret").read_bytes() == b"x"
    assert (folder / "rejected" / "a.txt").readlink() == tmp_path / target


@pytest.mark.parametrize(
    "kind",
    [stat.S_IFIFO, stat.S_IFSOCK, pytest.param(stat.S_IFCHR, marks=needs_root)],
    ids=["pipe", "socket", "device"],
)
def test_what_is_no_file_is_never_opened(inbox: Inbox, folder: Path, clock: Clock, kind: int) -> None:
    os.mknod(folder / "a.txt", kind | 0o666, os.makedev(1, 5))
    made = calls(lambda: refusal(inbox, clock))
    assert ["os.rename", str(folder / "a.txt")] in [call[:2] for call in made]
    assert [call for call in made if call[0] == "open" and call[1].endswith("a.txt")] == []
    assert (folder / "rejected" / "a.txt.reason.txt").exists()


def test_a_folder_is_rejected(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "x").mkdir()
    (folder / "x" / "a.txt").write_bytes(b"x")
    assert refusal(inbox, clock).code == "rejected.directory"
    assert (folder / "rejected" / "x" / "a.txt").read_bytes() == b"x"


def test_a_folder_named_like_no_paper_is_rejected_where_there_are_several(
    settings: Settings, folder: Path, clock: Clock
) -> None:
    inbox = Inbox(settings, ("a", "b"), clock)
    (folder / "a" / "c").mkdir()
    assert refusal(inbox, clock).code == "rejected.directory"


def test_a_gigabyte_is_rejected_unread(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"")
    os.truncate(folder / "a.txt", 1 << 30)
    before = bytes_read()
    found = refusal(inbox, clock)
    assert bytes_read() - before < 1_000_000
    assert (found.code, found.facts) == ("rejected.too_large", {"size": 1 << 30, "limit": 100})
    assert (folder / "rejected" / "a.txt").stat().st_size == 1 << 30


def bytes_read() -> int:
    """Return how many bytes this process has read from files."""
    return int(Path("/proc/self/io").read_text().split()[1])


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """Return a folder that every user of the machine may enter and write to."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


@needs_root
@pytest.mark.parametrize("mode", [0o000, 0o600])
def test_a_file_that_may_not_be_read_is_rejected_with_what_to_change(everybodys: Path, clock: Clock, mode: int) -> None:
    def as_nobody() -> list[object]:
        inbox = Inbox(Settings(folder=everybodys / "inbox"), ("paper",), clock)
        (everybodys / "ready").write_bytes(b"")
        found = refusal(inbox, clock)
        return [found.code, found.facts["mode"]]

    in_a_process(lambda: Inbox(Settings(folder=everybodys / "inbox"), ("paper",), clock) and None, user=NOBODY)
    (everybodys / "inbox" / "a.txt").write_bytes(b"x")
    (everybodys / "inbox" / "a.txt").chmod(mode)
    assert in_a_process(as_nobody, user=NOBODY) == ["rejected.unreadable", f"{mode:03o}"]
    assert (everybodys / "inbox" / "rejected" / "a.txt").read_bytes() == b"x"


@needs_root
def test_another_s_file_that_may_be_read_is_taken_although_leases_tell_nothing(everybodys: Path, clock: Clock) -> None:
    def as_nobody() -> list[str]:
        inbox = Inbox(Settings(folder=everybodys / "inbox"), ("paper",), clock)
        (everybodys / "inbox" / "a.txt").stat()
        return [inbox.read(claim).content.decode() for claim in settled(inbox, clock)]

    in_a_process(lambda: Inbox(Settings(folder=everybodys / "inbox"), ("paper",), clock) and None, user=NOBODY)
    (everybodys / "inbox" / "a.txt").write_bytes(b"x")
    (everybodys / "inbox" / "a.txt").chmod(0o644)
    assert in_a_process(as_nobody, user=NOBODY) == ["x"]


@needs_root
def test_a_file_that_cannot_be_moved_is_told_of_and_stops_no_other(everybodys: Path, clock: Clock) -> None:
    def as_nobody() -> list[str]:
        inbox = Inbox(Settings(folder=everybodys / "inbox"), ("paper",), clock)
        told = []
        for claim in settled(inbox, clock):
            try:
                told.append(inbox.read(claim).content.decode())
            except PermissionError:
                told.append(f"{claim.name} waits")
        return told

    inbox = everybodys / "inbox"
    inbox.mkdir()
    inbox.chmod(0o1777)
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_bytes(b"x")
    os.chown(inbox / "b.txt", NOBODY, NOBODY)
    assert in_a_process(as_nobody, user=NOBODY) == ["a.txt waits", "x"]
    assert (inbox / "a.txt").exists()


def test_equal_names_are_all_kept_each_with_its_reason(inbox: Inbox, folder: Path, clock: Clock) -> None:
    for content in (b"1", b"2", b"3"):
        (folder / "a.txt").write_bytes(content)
        (claim,) = settled(inbox, clock)
        inbox.reject(claim, content.decode())
    assert rejected(folder) == {
        "a.txt": b"1",
        "a.txt.reason.txt": b"1",
        "a (2).txt": b"2",
        "a (2).txt.reason.txt": b"2",
        "a (3).txt": b"3",
        "a (3).txt.reason.txt": b"3",
    }


@pytest.mark.parametrize("name", ["a.txt", "a (2).txt", "长" * 84 + ".md"])
def test_a_rejected_file_is_known_by_the_name_it_came_under_until_it_is_gone(
    inbox: Inbox, folder: Path, clock: Clock, name: str
) -> None:
    assert not inbox.rejected(name)
    paths = []
    for content in (b"1", b"2"):
        (folder / name).write_bytes(content)
        (claim,) = settled(inbox, clock)
        paths.append(inbox.reject(claim, "why"))
    for path in paths:
        assert inbox.rejected(name)
        assert not inbox.rejected(f"b{name}")
        path.unlink()
    assert not inbox.rejected(name)


def test_equal_long_names_are_all_kept(inbox: Inbox, folder: Path, clock: Clock) -> None:
    name = "长" * 84 + ".md"
    for content in (b"1", b"2"):
        (folder / name).write_bytes(content)
        (claim,) = settled(inbox, clock)
        inbox.reject(claim, content.decode())
    found = rejected(folder)
    assert sorted(found.values()) == [b"1", b"1", b"2", b"2"]
    assert all(each.isprintable() and each.endswith((".md", ".md.reason.txt")) for each in found)


@pytest.mark.parametrize("verb", ["keep", "reject"])
def test_the_word_is_on_the_disk_before_the_file_moves(inbox: Inbox, folder: Path, clock: Clock, verb: str) -> None:
    where, word = ("done/2026-11", "receipt") if verb == "keep" else ("rejected", "reason")
    (folder / "a.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)

    def move() -> None:
        if verb == "keep":
            inbox.keep(claim, "told", datetime(2026, 11, 20, tzinfo=UTC))
        else:
            inbox.reject(claim, "told")

    made = calls(move)
    told, moved = (
        next(n for n, call in enumerate(made) if call[0] == "os.rename" and call[2] == str(folder / where / name))
        for name in (f"a.txt.{word}.txt", "a.txt")
    )
    assert told < made.index(["os.fsync", str(folder / where)], told) < moved


def test_a_file_that_cannot_be_moved_has_its_word_already(
    inbox: Inbox, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)

    rename = Path.rename

    def broken(path: Path, target: Path) -> Path:
        if path == claim.path:
            raise OSError("no")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", broken)
    with pytest.raises(OSError, match="no"):
        inbox.reject(claim, "why")
    assert rejected(folder) == {"a.txt.reason.txt": b"why"}
    monkeypatch.undo()
    (again,) = settled(inbox, clock)
    inbox.reject(again, "why")
    assert rejected(folder) == {"a.txt": b"x", "a.txt.reason.txt": b"why"}
