"""What an editor drops is taken once, when it is whole, and told of before it moves."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import RejectedError
from digest.inbox import Claim, Inbox, keep_bytes
from digest.model import Source
from digest.settings import Inbox as Settings

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


class Clock:
    """A monotonic clock that moves when it is told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


@pytest.fixture
def inbox(folder: Path, clock: Clock) -> Inbox:
    return Inbox(Settings(folder=folder, settle=2, max_bytes=100), ("paper",), clock)


def settled(inbox: Inbox, clock: Clock) -> list[Claim]:
    """Scan twice, with time enough between."""
    first = list(inbox.claim())
    clock.seconds += 2
    return first + list(inbox.claim())


def test_a_file_is_taken_when_it_has_settled(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    assert list(inbox.claim()) == []
    assert inbox.settling
    clock.seconds += 1.9
    assert list(inbox.claim()) == []
    clock.seconds += 0.1
    (claim,) = inbox.claim()
    assert (claim.name, claim.slug) == ("a.txt", "paper")
    assert inbox.read(claim).content == b"x"
    assert not (folder / "a.txt").exists()
    assert not inbox.settling


def test_a_file_that_still_grows_is_waited_for(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    for n in range(2, 6):
        assert list(inbox.claim()) == []
        clock.seconds += 2
        (folder / "a.txt").write_bytes(b"x" * n)
    assert list(inbox.claim()) == []
    clock.seconds += 2
    (claim,) = inbox.claim()
    assert inbox.read(claim).content == b"xxxxx"


@pytest.mark.parametrize(
    "name",
    [
        "a.txt.part", "a.txt.filepart", "a.crdownload", "a.tmp", ".a.txt.Xy12Zq", "~$a.docx", ".a.swp", "a.txt~", "#a.txt#",
        ".~lock.a.odt#", ".goutputstream-ABC", ".DS_Store", "._a.txt", "__MACOSX", "Thumbs.db", "desktop.ini", "@eaDir",
        ".syncthing.a.txt.tmp", "~syncthing~a.txt.tmp", "a.txt.ocTransferId123.part", "._sync_1.db", ".nfs0001",
    ],
)  # fmt: skip
def test_what_is_no_file_of_the_editors_is_left_alone(inbox: Inbox, folder: Path, clock: Clock, name: str) -> None:
    (folder / name).write_bytes(b"x")
    assert settled(inbox, clock) == []
    assert (folder / name).exists()


def test_a_kept_file_has_its_receipt_beside_it(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    kept = inbox.keep(claim, "收到", NOW)
    assert kept == folder / "done" / "2026-11" / "a.txt"
    assert kept.read_bytes() == b"x"
    assert kept.with_name("a.txt.receipt.txt").read_text("utf-8") == "收到"
    assert list((folder / ".digest" / "claimed" / "paper").iterdir()) == []


def test_a_rejected_file_has_its_reason_beside_it(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    inbox.reject(claim, "空的")
    assert (folder / "rejected" / "a.txt").read_bytes() == b"x"
    assert (folder / "rejected" / "a.txt.reason.txt").read_text("utf-8") == "空的"


def test_equal_names_are_all_kept(inbox: Inbox, folder: Path, clock: Clock) -> None:
    for content in (b"1", b"2", b"3"):
        (folder / "a.txt").write_bytes(content)
        (claim,) = settled(inbox, clock)
        inbox.reject(claim, content.decode())
    rejected = folder / "rejected"
    kept = {path.name: path.read_bytes() for path in rejected.iterdir()}
    assert kept == {
        "a.txt": b"1",
        "a.txt.reason.txt": b"1",
        "a (2).txt": b"2",
        "a (2).txt.reason.txt": b"2",
        "a (3).txt": b"3",
        "a (3).txt.reason.txt": b"3",
    }


def test_a_claim_left_by_a_crash_is_found_again(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    (again,) = Inbox(Settings(folder=folder), ("paper",), clock).claim()
    assert again == claim


def test_each_paper_has_its_own_folder(folder: Path, clock: Clock) -> None:
    inbox = Inbox(Settings(folder=folder, settle=2), ("a", "b"), clock)
    (folder / "a" / "x.txt").write_bytes(b"1")
    (folder / "b" / "x.txt").write_bytes(b"2")
    assert [(claim.slug, inbox.read(claim).content) for claim in settled(inbox, clock)] == [("a", b"1"), ("b", b"2")]


def reason(inbox: Inbox, clock: Clock) -> str:
    (claim,) = settled(inbox, clock)
    with pytest.raises(RejectedError) as refusal:
        inbox.read(claim)
    return refusal.value.code


def test_a_link_is_not_followed(inbox: Inbox, folder: Path, clock: Clock, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    (folder / "a.txt").symlink_to(tmp_path / "secret")
    assert reason(inbox, clock) == "rejected.symlink"
    assert (tmp_path / "secret").exists()


def test_a_pipe_blocks_nothing(inbox: Inbox, folder: Path, clock: Clock) -> None:
    os.mkfifo(folder / "a.txt")
    assert reason(inbox, clock) == "rejected.special"


def test_a_folder_is_rejected(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "x").mkdir()
    assert reason(inbox, clock) == "rejected.directory"


def test_a_huge_file_is_rejected_unread(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"")
    os.truncate(folder / "a.txt", 1 << 30)
    assert reason(inbox, clock) == "rejected.too_large"


@pytest.mark.parametrize(
    "name", ["a\nb.txt", "\x1b[31m.txt", b"\xff\xfe.txt".decode("utf-8", "surrogateescape"), "-rf", "长" * 84]
)
def test_odd_names_are_taken_and_shown_harmless(inbox: Inbox, folder: Path, clock: Clock, name: str) -> None:
    (folder / name).write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    assert claim.name.isprintable()
    claim.name.encode()
    assert inbox.reject(claim, "x").exists()


def test_bytes_are_kept_under_their_hash(tmp_path: Path) -> None:
    source = Source("a.txt", b"x")
    keep_bytes(tmp_path, source)
    keep_bytes(tmp_path, source)
    assert (tmp_path / source.sha256[:2] / source.sha256).read_bytes() == b"x"
