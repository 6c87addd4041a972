"""`NAME.yaml` beside a file goes where the file goes, and is part of what makes it the same as another."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.errors import RejectedError
from digest.inbox import Inbox
from digest.settings import Inbox as Settings
from tests.drops import Clock, settled

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("name", ["a.txt.yaml", "a.yaml"])
def test_a_sidecar_is_claimed_with_its_file_and_lies_beside_it_again(
    inbox: Inbox, folder: Path, clock: Clock, name: str
) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (folder / name).write_bytes(b"number: 88")
    (claim,) = settled(inbox, clock)
    source = inbox.read(claim)
    assert (source.name, source.content, source.sidecar) == ("a.txt", b"x", b"number: 88")
    assert files(folder) == {}
    inbox.keep(claim, "told", NOW)
    done = folder / "done" / "2026-11"
    assert files(done) == {"a.txt": b"x", "a.txt.yaml": b"number: 88", "a.txt.receipt.txt": b"told"}


def test_a_rejected_file_has_its_sidecar_beside_it(inbox: Inbox, folder: Path, clock: Clock) -> None:
    for content in (b"1", b"2"):
        (folder / "a.txt").write_bytes(content)
        (folder / "a.yaml").write_bytes(content)
        (claim,) = settled(inbox, clock)
        inbox.reject(claim, content.decode())
    assert files(folder / "rejected") == {
        "a.txt": b"1",
        "a.txt.yaml": b"1",
        "a.txt.reason.txt": b"1",
        "a (2).txt": b"2",
        "a (2).txt.yaml": b"2",
        "a (2).txt.reason.txt": b"2",
    }


def test_a_sidecar_alone_waits_for_its_file(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.yaml").write_bytes(b"number: 88")
    assert settled(inbox, clock, 3600) == []
    assert inbox.settling == ()
    (folder / "a.txt").write_bytes(b"x")
    (claim,) = settled(inbox, clock)
    assert inbox.read(claim).sidecar == b"number: 88"


def test_a_file_waits_until_its_sidecar_has_settled_too(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    list(inbox.claim())
    clock.seconds += 1
    with (folder / "a.txt.yaml").open("wb", buffering=0) as sidecar:
        sidecar.write(b"number: ")
        assert settled(inbox, clock) == []
        assert inbox.settling == ("a.txt",)
        sidecar.write(b"88")
    (claim,) = settled(inbox, clock)
    assert inbox.read(claim).sidecar == b"number: 88"


def test_the_name_in_full_comes_before_the_short_one(inbox: Inbox, folder: Path, clock: Clock) -> None:
    for name in ("a.md", "a.txt", "a.md.yaml", "a.txt.yaml"):
        (folder / name).write_bytes(name.encode())
    claims = settled(inbox, clock)
    assert [inbox.read(claim).sidecar for claim in claims] == [b"a.md.yaml", b"a.txt.yaml"]


def test_a_sidecar_makes_another_source(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (plain,) = [inbox.read(claim) for claim in settled(inbox, clock)]
    (folder / "a.txt").write_bytes(b"x")
    (folder / "a.txt.yaml").write_bytes(b"number: 88")
    (stated,) = [inbox.read(claim) for claim in settled(inbox, clock) if claim.sidecar]
    assert plain.sha256 == stated.sha256
    assert plain.key != stated.key


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "huge"])
def test_a_sidecar_that_cannot_be_read_rejects_both(inbox: Inbox, folder: Path, clock: Clock, kind: str) -> None:
    (folder / "a.txt").write_bytes(b"x")
    beside = folder / "a.txt.yaml"
    match kind:
        case "link":
            beside.symlink_to("/etc/passwd")
        case "folder":
            beside.mkdir()
        case "pipe":
            os.mkfifo(beside)
        case _:
            beside.write_bytes(b"x" * 101)
    (claim,) = settled(inbox, clock)
    with pytest.raises(RejectedError) as refusal:
        inbox.read(claim)
    assert (refusal.value.code, refusal.value.facts) == ("rejected.sidecar", {"name": "a.txt.yaml"})
    inbox.reject(claim, "why")
    assert os.path.lexists(folder / "rejected" / "a.txt.yaml")
    assert not os.path.lexists(beside)


def test_a_late_write_takes_the_sidecar_along_again(inbox: Inbox, folder: Path, clock: Clock) -> None:
    (folder / "a.txt").write_bytes(b"x")
    (folder / "a.yaml").write_bytes(b"number: 88")
    (claim,) = settled(inbox, clock)
    inbox.read(claim)
    (inbox.keep(claim, "first", NOW)).write_bytes(b"y")
    (again,) = settled(inbox, clock)
    source = inbox.read(again)
    assert (source.content, source.sidecar) == (b"y", b"number: 88")


def test_a_sidecar_whose_file_goes_away_in_between_is_put_back(
    settings: Settings, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = Inbox(settings, ("paper",), clock)
    (folder / "a.txt").write_bytes(b"x")
    (folder / "a.yaml").write_bytes(b"number: 88")
    list(inbox.claim())
    clock.seconds += 2
    rename = Path.rename

    def gone(path: Path, target: Path) -> Path:
        (folder / "a.txt").unlink(missing_ok=True)
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", gone)
    assert list(inbox.claim()) == []
    assert files(folder) == {"a.yaml": b"number: 88"}
    assert list((folder / ".digest" / "claimed" / "paper").iterdir()) == []
