"""Many files, several papers, and more than one process on one folder: each file is taken once."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from digest.errors import ConfigError
from digest.inbox import Inbox, homes
from digest.settings import Inbox as Settings
from tests.drops import Clock, settled, taken


def test_five_hundred_files_at_once_are_each_taken_once_by_two_processes(folder: Path) -> None:
    names = sorted(f"{n}.txt" for n in range(500))
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(name.encode())
    script = f"""
from pathlib import Path
from digest.inbox import Inbox
from digest.settings import Inbox as Settings
from tests.drops import Clock, taken
inbox = Inbox(Settings(folder=Path({str(folder)!r}), settle=0), ("paper",), Clock())
for _ in range(4):
    print("\\n".join(taken(inbox)))
"""
    processes = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    outputs = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(outputs[0] + outputs[1]) == names
    found = sorted(path.name for path in (folder / "rejected").iterdir())
    assert found == sorted([*names, *(f"{name}.reason.txt" for name in names)])


def test_two_inboxes_never_choose_one_name(
    settings: Settings, folder: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One comes to `rejected/` while the other, there already, is about to move a file of the same name."""
    first, second = Inbox(settings, ("a", "b"), clock), Inbox(settings, ("a", "b"), clock)
    for slug in ("a", "b"):
        (folder / slug / "x.txt").write_bytes(slug.encode())
    one, other = settled(first, clock)
    meanwhile = Thread(target=lambda: second.reject(other, "b"))
    write_words = homes.write_words

    def interrupted(*arguments: Any) -> None:
        monkeypatch.undo()
        write_words(*arguments)
        meanwhile.start()
        meanwhile.join(0.5)

    monkeypatch.setattr(homes, "write_words", interrupted)
    first.reject(one, "a")
    meanwhile.join()
    assert {path.name: path.read_bytes() for path in (folder / "rejected").iterdir()} == {
        "x.txt": b"a",
        "x.txt.reason.txt": b"a",
        "x (2).txt": b"b",
        "x (2).txt.reason.txt": b"b",
    }


def test_each_paper_has_its_own_folder(settings: Settings, folder: Path, clock: Clock) -> None:
    inbox = Inbox(settings, ("a", "b"), clock)
    (folder / "a" / "x.txt").write_bytes(b"1")
    (folder / "b" / "x.txt").write_bytes(b"2")
    assert [(claim.slug, inbox.read(claim).content) for claim in settled(inbox, clock)] == [("a", b"1"), ("b", b"2")]


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="needs root and mount")
@pytest.mark.parametrize("part", ["done", "rejected", "a"])
def test_a_part_on_another_file_system_is_refused_at_start(
    settings: Settings, folder: Path, clock: Clock, part: str
) -> None:
    (folder / part).mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder / part], check=True)
    try:
        with pytest.raises(ConfigError) as refusal:
            Inbox(settings, ("a", "b"), clock)
        assert refusal.value.facts == {"folder": str(folder / part)}
    finally:
        subprocess.run(["umount", folder / part], check=True)


def test_two_inboxes_in_one_process_take_each_file_once(settings: Settings, folder: Path, clock: Clock) -> None:
    first, second = Inbox(settings, ("paper",), clock), Inbox(settings, ("paper",), clock)
    for n in range(20):
        (folder / f"{n:02}.txt").write_bytes(b"x")
    list(first.claim())
    list(second.claim())
    clock.seconds += 2
    names = []
    for claim in first.claim():
        names += [claim.name, *taken(second)]
        first.reject(claim, "x")
    assert sorted(names) == [f"{n:02}.txt" for n in range(20)]
