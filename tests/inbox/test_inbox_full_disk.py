"""Where there is no room, nothing is rejected and nothing lost: the claim waits, and is begun again."""

import errno
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

import pytest

from digest import pipeline
from digest.inbox import Claim, Inbox
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, opened, settings_in

MEBIBYTE = 1 << 20


@contextmanager
def small_disk(where: Path) -> Iterator[None]:
    """Mount a file system of one mebibyte."""
    where.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", where], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", where], check=True)


def fill(folder: Path) -> Path:
    """Leave no room in a folder's file system; return the file that takes it."""
    filling = folder / ".filling"
    with filling.open("wb", buffering=0) as file:
        for size in (4096, 1):
            with pytest.raises(OSError, match="No space left on device"):
                write_on(file, b"x" * size)
    return filling


def write_on(file: FileIO, block: bytes) -> None:
    while file.write(block):
        pass


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")}


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="needs root and mount")
@pytest.mark.parametrize("part", ["data/blobs", "inbox"])
def test_a_full_disk_delays_and_loses_nothing(tmp_path: Path, part: str) -> None:
    with small_disk(tmp_path / part), opened(settings_in(tmp_path)) as works:
        inbox = works.settings.inbox.folder
        (inbox / "a.md").write_text(FIRST, "utf-8")
        (inbox / "b.md").write_text(SECOND, "utf-8")
        filling = fill(tmp_path / part)
        told = scans(works)
        assert {(kind, name) for kind, name, _ in told} == {("waiting", "a.md"), ("waiting", "b.md")}
        assert "No space left on device" in told[0][2]
        assert works.inbox.pending() == ["a.md", "b.md"]
        assert names(inbox) == {"a.md", "b.md"}
        assert not (inbox / "rejected").exists()
        filling.unlink()
        assert sorted((kind, name) for kind, name, _ in scans(works)) == [("taken", "a.md"), ("taken", "b.md")]
        assert works.inbox.pending() == []
        assert names(inbox) == {"a.md", "a.md.receipt.txt", "b.md", "b.md.receipt.txt"}


def scans(works: Works) -> list[tuple[str, str, str]]:
    return [(one.kind, one.name, one.words) for _ in range(3) for one in pipeline.ingest(works, NOW)]


@pytest.mark.parametrize("step", ["read", "keep"])
def test_one_file_s_trouble_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    with opened(settings_in(tmp_path)) as works:
        inbox = works.settings.inbox.folder
        (inbox / "a.md").write_text(FIRST, "utf-8")
        (inbox / "b.md").write_text(SECOND, "utf-8")
        really = getattr(Inbox, step)

        def troubled(self: Inbox, claim: Claim, *arguments: object) -> object:
            if claim.name == "a.md":
                raise OSError(errno.EIO, os.strerror(errno.EIO))
            return really(self, claim, *arguments)

        monkeypatch.setattr(Inbox, step, troubled)
        assert {(kind, name) for kind, name, _ in scans(works)} == {("waiting", "a.md"), ("taken", "b.md")}
        monkeypatch.undo()
        assert [(kind, name) for kind, name, _ in scans(works)] == [("taken", "a.md")]
        assert names(inbox) == {"a.md", "a.md.receipt.txt", "b.md", "b.md.receipt.txt"}
