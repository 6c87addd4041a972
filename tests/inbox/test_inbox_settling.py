"""A file is taken when it is whole, and once (reliability.md, 3.2)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from digest.inbox import Inbox
from digest.inbox.settling import is_written_to
from digest.settings import Inbox as Settings
from tests.drops import Clock, in_a_process, settled


def test_a_file_is_taken_when_it_has_settled(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    assert list(inbox.claim()) == []
    assert list(inbox.settling) == ["a.txt"]
    clock.seconds += 1.9
    assert list(inbox.claim()) == []
    clock.seconds += 0.1
    (claim,) = inbox.claim()
    assert (claim.name, claim.slug) == ("a.txt", "paper")
    assert inbox.read(claim).content == b"x"
    assert not (folder / "a.txt").exists()
    assert list(inbox.settling) == []


def test_a_file_that_was_there_at_start_settles_too(settings: Settings, folder: Path, clock: Clock) -> None:
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"x")
    os.utime(folder / "a.txt", (0, 0))
    inbox = Inbox(settings, ("paper",), clock)
    assert list(inbox.claim()) == []
    assert len(settled(inbox, clock)) == 1


def test_a_slow_writer_is_waited_for(inbox: Inbox, folder: Path, clock: Clock) -> None:
    for n in range(1, 6):
        (folder / "a.txt").write_bytes(b"x" * n)
        assert list(inbox.claim()) == []
        clock.seconds += 2
    (claim,) = inbox.claim()
    assert inbox.read(claim).content == b"xxxxx"


def test_a_writer_that_pauses_is_waited_for_beyond_the_settling_time(inbox: Inbox, folder: Path, clock: Clock) -> None:
    with (folder / "a.txt").open("wb", buffering=0) as file:
        file.write(b"one ")
        assert settled(inbox, clock, 3600) == []
        assert inbox.settling == ("a.txt",)
        file.write(b"two")
    (claim,) = settled(inbox, clock)
    assert inbox.read(claim).content == b"one two"


def test_a_file_that_is_only_being_read_is_taken(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    with (folder / "a.txt").open("rb"):
        assert len(settled(inbox, clock)) == 1


def test_a_writer_who_comes_while_we_look_kills_nobody(tmp_path: Path) -> None:
    """The kernel tells the holder of a lease of a writer by a signal whose default is death."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"x")
    script = f"for _ in range(50_000): open({str(path)!r}, 'r+b').close()"

    def look() -> list[int]:
        answers = [0, 0]
        with subprocess.Popen([sys.executable, "-c", script]) as writer:
            while writer.poll() is None:
                answers[is_written_to(path)] += 1
        return [writer.returncode, *answers]

    returncode, no, yes = in_a_process(look)
    assert returncode == 0
    assert no > 100
    assert yes > 100


def test_an_empty_file_is_waited_for_a_minute(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"")
    assert settled(inbox, clock, 59.9) == []
    assert inbox.settling == ("a.txt",)
    clock.seconds += 0.1
    (claim,) = inbox.claim()
    assert inbox.read(claim).content == b""


def test_an_empty_file_that_is_filled_is_taken_when_filled(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"")
    assert settled(inbox, clock, 20) == []
    (folder / "a.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    assert inbox.read(claim).content == b"x"


@pytest.mark.parametrize("year", [0, 1970, 2035, 2100])
def test_the_time_that_a_file_bears_does_not_matter(inbox: Inbox, folder: Path, clock: Clock, year: int) -> None:
    (folder / "a.txt").write_bytes(b"x")
    seconds = (year - 1970) * 365.25 * 86_400
    os.utime(folder / "a.txt", (seconds, seconds))
    assert list(inbox.claim()) == []
    clock.seconds += 1.9
    assert list(inbox.claim()) == []
    clock.seconds += 0.1
    (claim,) = inbox.claim()
    inbox.read(claim)


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="needs a file system that takes any time")
@pytest.mark.parametrize("seconds", [10**12, -(10**12), 2**62 // 10**9])
def test_a_time_that_no_calendar_has_does_not_matter_either(clock: Clock, seconds: int) -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as place:
        inbox = Inbox(Settings(folder=Path(place)), ("paper",), clock)
        (Path(place) / "a.txt").write_bytes(b"x")
        os.utime(Path(place) / "a.txt", (seconds, seconds))
        (claim,) = settled(inbox, clock)
        assert inbox.read(claim).content == b"x"


@pytest.mark.parametrize(
    "name",
    [
        "a.txt.part", "a.txt.partial", "a.txt.filepart", "a.txt.~tmp", "a.crdownload", "a.tmp", ".a.txt.Xy12Zq",
        "a.txt.ocTransferId123", "a.txt.ocTransferId123.part", ".syncthing.a.txt.tmp", "~syncthing~a.txt.tmp",
    ],
)  # fmt: skip
def test_a_partial_file_is_left_alone_until_it_is_renamed(inbox: Inbox, folder: Path, clock: Clock, name: str) -> None:
    (folder / name).write_bytes(b"x")
    assert settled(inbox, clock) == []
    (folder / name).rename(folder / "a.txt")
    assert [claim.name for claim in settled(inbox, clock)] == ["a.txt"]


@pytest.mark.parametrize(
    "name",
    [
        "~$a.docx", ".a.txt.swp", "a.swp", "a.txt~", "#a.txt#", ".~lock.a.odt#", "~WRL0001.tmp", ".goutputstream-ABC",
        ".DS_Store", "._a.txt", "__MACOSX", "Thumbs.db", "desktop.ini", "@eaDir", "._sync_1.db", ".nfs0001",
        "a.txt.reason.txt", "a.txt.receipt.txt",
    ],
)  # fmt: skip
def test_what_editors_and_systems_leave_behind_is_left_alone(
    inbox: Inbox, folder: Path, clock: Clock, name: str
) -> None:
    (folder / name).write_bytes(b"x")
    assert settled(inbox, clock, 3600) == []
    assert inbox.settling == ()
    assert (folder / name).exists()


@pytest.mark.parametrize(
    "name",
    [
        "a.sync-conflict-20261120-070000-ABCDEFG.txt",
        "#88期.txt",
        "part.txt",
        "a.part.txt",
        "tmp",
        "-rf",
        "$(reboot).txt",
    ],
)
def test_a_name_that_only_looks_so_is_a_file_like_any_other(
    inbox: Inbox, folder: Path, clock: Clock, name: str
) -> None:
    (folder / name).write_bytes(b"x")
    assert [claim.name for claim in settled(inbox, clock)] == [name]


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.txt", "\x1b[31m.txt", os.fsdecode(b"\xff\xfe.txt"), "\u202etxt.a", "a\u2028b.txt", "长" * 84 + ".md",
        "x" * 251 + ".txt", "x." + "y" * 253,
    ],
)  # fmt: skip
def test_an_odd_name_is_taken_shown_harmless_and_kept(inbox: Inbox, folder: Path, clock: Clock, name: str) -> None:
    (folder / name).write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    assert claim.name.isprintable()
    claim.name.encode()
    where = inbox.reject(claim, "why")
    assert where.read_bytes() == b"x"
    assert where.with_name(where.name + ".reason.txt").read_text() == "why"
    assert where.name[:10] == name[:10]
    assert where.suffix == Path(name).suffix or len(Path(name).suffix) > 20


def test_a_file_that_is_replaced_all_the_time_is_read_whole(settings: Settings, folder: Path) -> None:
    """A process writes a.txt again and again, in pieces; only whole texts are ever read."""
    inbox = Inbox(Settings(folder=folder, settle=0), ("paper",), Clock())
    script = f"""
for n in range(1500):
    with open({str(folder / "a.txt")!r}, "wb", buffering=0) as file:
        for _ in range(10):
            file.write(b"%04d" % n * 100)
"""
    seen = set()
    with subprocess.Popen([sys.executable, "-c", script]) as writer:
        while writer.poll() is None or (folder / "a.txt").exists() or inbox.pending():
            for claim in inbox.claim():
                try:
                    content = inbox.read(claim).content
                except BlockingIOError:
                    continue
                if content:
                    assert content == content[:4] * 1000
                    seen.add(content[:4])
                inbox.reject(claim, "x")
    assert b"1499" in seen


def test_a_file_that_changes_between_look_and_claim_settles_again(
    inbox: Inbox, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a.txt").write_bytes(b"old")
    list(inbox.claim())
    clock.seconds += 2
    rename = Path.rename

    def replaced(path: Path, target: Path) -> Path:
        path.write_bytes(b"new text")
        monkeypatch.undo()
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", replaced)
    assert list(inbox.claim()) == []
    (claim,) = settled(inbox, clock)
    assert inbox.read(claim).content == b"new text"


def test_a_claimed_file_that_somebody_writes_to_is_read_later(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"old")
    (claim,) = settled(inbox, clock)
    with claim.path.open("r+b"), pytest.raises(BlockingIOError):
        inbox.read(claim)
    assert inbox.read(claim).content == b"old"
