"""What the inbox tells the operator, and what it clears away."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.inbox import Inbox
from digest.settings import Inbox as Settings
from tests.drops import Clock, settled


def real_now() -> datetime:
    """The inbox goes by when a file was put somewhere, which only the system's own clock can say."""
    return datetime.now(UTC)


def keep(inbox: Inbox, folder: Path, clock: Clock, name: str) -> None:
    (folder / name).write_bytes(b"x")
    (folder / f"{name}.yaml").write_bytes(b"number: 88")
    for claim in settled(inbox, clock):
        inbox.keep(claim, "told", datetime(2026, 11, 20, tzinfo=UTC))


def test_done_is_cleared_of_what_is_older_than_a_year(inbox: Inbox, folder: Path, clock: Clock) -> None:
    keep(inbox, folder, clock, "a.txt")
    inbox.clean(real_now() + timedelta(days=364))
    assert {path.name for path in (folder / "done" / "2026-11").iterdir()} == {
        "a.txt",
        "a.txt.yaml",
        "a.txt.receipt.txt",
    }
    inbox.clean(real_now() + timedelta(days=366))
    assert list((folder / "done").iterdir()) == []


def test_a_receipt_stays_as_long_as_its_file(inbox: Inbox, folder: Path, clock: Clock) -> None:
    keep(inbox, folder, clock, "a.txt")
    at = max(path.lstat().st_ctime_ns for path in (folder / "done" / "2026-11").glob("*.txt.receipt.txt"))
    file = folder / "done" / "2026-11" / "a.txt"
    while file.lstat().st_ctime_ns - at < 50_000_000:
        file.chmod(0o644)
    between = datetime.fromtimestamp((at + 25_000_000) / 1e9, UTC)
    inbox.clean(between + timedelta(days=365))
    assert file.exists()
    assert file.with_name("a.txt.receipt.txt").exists()


def test_clearing_touches_nothing_else(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    inbox.reject(claim, "why")
    (folder / "b.txt").write_bytes(b"x")
    (folder / "done" / "the editor's own").mkdir(parents=True)
    (folder / "done" / "the editor's own" / "c.txt").write_bytes(b"x")
    (folder / "done" / "2026-11" / "folder").mkdir(parents=True)
    before = sorted(folder.rglob("*"))
    inbox.clean(real_now() + timedelta(days=10_000))
    assert sorted(folder.rglob("*")) == before


def test_unfinished_transfers_and_lone_sidecars_are_named_after_a_day(
    settings: Settings, folder: Path, clock: Clock
) -> None:
    inbox = Inbox(settings, ("a", "b"), clock)
    for name in ("x.txt.part", ".x.txt.Xy12Zq", "x.yaml", ".DS_Store", "~$x.docx", "Thumbs.db", "x.txt"):
        (folder / "b" / name).write_bytes(b"x")
    assert inbox.stale(real_now() + timedelta(hours=23)) == []
    assert inbox.stale(real_now() + timedelta(hours=25)) == [".x.txt.Xy12Zq", "x.txt.part", "x.yaml"]


def test_claims_that_wait_are_named(inbox: Inbox, folder: Path, clock: Clock) -> None:
    assert inbox.pending() == []
    (folder / "a\x1b.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    assert inbox.pending() == ["a\ufffd.txt"]
    inbox.reject(claim, "why")
    assert inbox.pending() == []
