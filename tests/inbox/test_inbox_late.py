"""A claim outlives its process, and watches its file for a late writer until it has rested."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.inbox import Inbox, keep_bytes
from digest.model import Source
from digest.settings import Inbox as Settings
from tests.drops import Clock, dies_at, settled

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def done(folder: Path) -> Path:
    return folder / "done" / "2026-11"


def keep_all(inbox: Inbox, receipt: str) -> list[bytes]:
    """Take in what there is; return the contents."""
    contents = []
    for claim in inbox.claim():
        contents.append(inbox.read(claim).content)
        inbox.keep(claim, receipt, NOW)
    return contents


def drop(inbox: Inbox, folder: Path, clock: Clock, content: bytes = b"one") -> None:
    (folder / "a.txt").write_bytes(content)
    keep_all(inbox, "first")
    clock.seconds += 2
    assert keep_all(inbox, "first") == [content]


def everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def homes(folder: Path) -> list[Path]:
    return list((folder / ".digest" / "claimed" / "paper").iterdir())


def test_a_kept_file_lies_in_done_at_once_with_its_receipt(
    inbox: Inbox, folder: Path, clock: Clock, done: Path
) -> None:
    drop(inbox, folder, clock)
    assert everything(done) == {"a.txt": b"one", "a.txt.receipt.txt": b"first"}
    assert inbox.pending() == []


def test_a_late_write_becomes_a_new_drop_of_the_full_text(inbox: Inbox, folder: Path, clock: Clock, done: Path) -> None:
    drop(inbox, folder, clock)
    with (done / "a.txt").open("ab") as late:
        late.write(b" two")
    assert keep_all(inbox, "second") == []
    clock.seconds += 2
    assert keep_all(inbox, "second") == [b"one two"]
    assert everything(done) == {"a.txt": b"one two", "a.txt.receipt.txt": b"second"}


def test_a_late_write_makes_a_claim_of_its_own(inbox: Inbox, folder: Path, clock: Clock, done: Path) -> None:
    (folder / "a.txt").write_bytes(b"one")
    (claim,) = settled(inbox, clock)
    inbox.read(claim)
    inbox.keep(claim, "first", NOW)
    (done / "a.txt").write_bytes(b"two")
    (again,) = settled(inbox, clock)
    assert (again.name, again.slug) == (claim.name, claim.slug)
    assert again.id != claim.id


def test_a_late_writer_who_still_writes_is_waited_for(inbox: Inbox, folder: Path, clock: Clock, done: Path) -> None:
    drop(inbox, folder, clock)
    with (done / "a.txt").open("ab", buffering=0) as late:
        late.write(b" two")
        assert settled(inbox, clock, 300) == []
        late.write(b" three")
    keep_all(inbox, "second")
    clock.seconds += 2
    assert keep_all(inbox, "second") == [b"one two three"]


def test_a_late_write_between_reading_and_moving_is_seen(inbox: Inbox, folder: Path, clock: Clock, done: Path) -> None:
    (folder / "a.txt").write_bytes(b"one")
    (claim,) = settled(inbox, clock)
    inbox.read(claim)
    claim.path.write_bytes(b"two")
    inbox.keep(claim, "first", NOW)
    keep_all(inbox, "second")
    clock.seconds += 2
    assert keep_all(inbox, "second") == [b"two"]


def test_a_late_write_is_seen_by_the_next_process(
    inbox: Inbox, settings: Settings, folder: Path, clock: Clock, done: Path
) -> None:
    drop(inbox, folder, clock)
    (done / "a.txt").write_bytes(b"two")
    restarted = Inbox(settings, ("paper",), clock)
    keep_all(restarted, "second")
    clock.seconds += 2
    assert keep_all(restarted, "second") == [b"two"]


def test_a_rejected_file_that_was_not_whole_is_taken_when_it_is(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"one")
    (claim,) = settled(inbox, clock)
    inbox.read(claim)
    where = inbox.reject(claim, "not whole")
    with where.open("ab") as late:
        late.write(b" two")
    keep_all(inbox, "taken")
    clock.seconds += 2
    assert keep_all(inbox, "taken") == [b"one two"]
    assert everything(folder / "rejected") == {}


def test_a_file_has_rested_after_ten_minutes(inbox: Inbox, folder: Path, clock: Clock, done: Path) -> None:
    drop(inbox, folder, clock)
    keep_all(inbox, "second")
    clock.seconds += 599
    keep_all(inbox, "second")
    assert len(homes(folder)) == 1
    clock.seconds += 1
    keep_all(inbox, "second")
    assert homes(folder) == []
    (done / "a.txt").write_bytes(b"two")
    assert settled(inbox, clock) == []


def test_what_the_office_does_to_a_file_that_rests_is_no_late_write(
    inbox: Inbox, folder: Path, clock: Clock, done: Path
) -> None:
    drop(inbox, folder, clock)
    (done / "a.txt").chmod(0o600)
    assert settled(inbox, clock) == []
    (done / "new").write_bytes(b"another file of the same name")
    (done / "new").replace(done / "a.txt")
    assert settled(inbox, clock) == []
    assert homes(folder) == []


def test_a_file_taken_out_of_done_is_not_missed(inbox: Inbox, folder: Path, clock: Clock, done: Path) -> None:
    drop(inbox, folder, clock)
    (done / "a.txt").unlink()
    assert settled(inbox, clock) == []
    assert homes(folder) == []


def test_a_claim_left_by_a_crash_is_begun_again_when_it_has_settled(
    inbox: Inbox, settings: Settings, folder: Path, clock: Clock
) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    restarted = Inbox(settings, ("paper",), clock)
    assert restarted.pending() == ["a.txt"]
    assert settled(restarted, clock) == [claim]


def test_a_claim_that_another_process_works_on_is_not_taken(
    inbox: Inbox, settings: Settings, folder: Path, clock: Clock
) -> None:
    (folder / "a.txt").write_bytes(b"x")
    list(inbox.claim())
    clock.seconds += 2
    working = inbox.claim()
    claim = next(working)
    other = Inbox(settings, ("paper",), clock)
    assert settled(other, clock) == []
    inbox.read(claim)
    inbox.reject(claim, "x")
    assert settled(other, clock) == []
    working.close()


def test_a_scan_that_an_error_has_ended_holds_no_claim(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    list(inbox.claim())
    clock.seconds += 2

    def fails() -> None:
        for _ in inbox.claim():
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as kept:
        fails()
    assert [claim.name for claim in settled(inbox, clock)] == ["a.txt"]
    assert kept.tb


def test_a_process_killed_at_any_call_loses_and_doubles_nothing(tmp_path: Path) -> None:
    call, killed = 0, True
    while killed:
        call += 1
        root = tmp_path / str(call)
        folder = root / "inbox"
        folder.mkdir(parents=True)
        (folder / "a.txt").write_bytes(b"text")
        (folder / "a.txt.yaml").write_bytes(b"date: 2026-11-20")

        def whole_run(folder: Path = folder) -> list[Source]:
            clock = Clock()
            inbox = Inbox(Settings(folder=folder, settle=0, rest=600), ("paper",), clock)
            sources = []
            for _ in range(3):
                for claim in inbox.claim():
                    source = inbox.read(claim)
                    keep_bytes(folder.parent / "blobs", source.content)
                    inbox.keep(claim, "receipt", NOW)
                    sources.append(source)
            clock.seconds += 600
            list(inbox.claim())
            return sources

        killed = dies_at(call, lambda: whole_run() and None)
        sources = whole_run()
        assert all((one.content, one.sidecar) == (b"text", b"date: 2026-11-20") for one in sources)
        assert everything(folder / "done" / "2026-11") == {
            "a.txt": b"text",
            "a.txt.yaml": b"date: 2026-11-20",
            "a.txt.receipt.txt": b"receipt",
        }
        assert [path for path in folder.iterdir() if path.is_file()] == []
        assert not (folder / "rejected").exists()
        assert homes(folder) == []
        blobs = [path for path in (root / "blobs").rglob("*") if path.is_file() and not path.name.startswith(".tmp-")]
        assert [path.read_bytes() for path in blobs] == [b"text"]
    assert call > 40


def test_bytes_are_kept_under_their_hash(tmp_path: Path) -> None:
    source = Source("a.txt", b"x")
    keep_bytes(tmp_path, source.content)
    keep_bytes(tmp_path, source.content)
    blob = tmp_path / source.sha256[:2] / source.sha256
    assert blob.read_bytes() == b"x"
    assert blob.stat().st_mode & 0o777 == 0o640
