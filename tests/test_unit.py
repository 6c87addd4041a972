"""The systemd unit: what it forbids is much, and nothing of it is what the service does on a day."""

import os
import re
import subprocess
import sys
import tempfile
import time
from ast import literal_eval
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from digest.inbox import Inbox
from digest.operations import init
from digest.settings import Inbox as InboxSettings
from tests.conftest import need
from tests.faults.tracing import STRACE
from tests.test_running import PATIENCE, Office, until
from tests.works import FIRST, NOW

ANALYZE = Path("/usr/bin/systemd-analyze")
UNIT = Path(__file__).parent.parent / "deploy" / "digest.service"
FORMATS = Path(__file__).parent / "data" / "formats"

OF_ROOT = {"fchown"}
"""What SQLite calls as root alone, and the service is not root: its log gets the owner of the database."""

WITHOUT_WRITTEN_CODE = """
import ctypes, os, sys
if ctypes.CDLL(None).prctl(65, 1, 0, 0, 0):  # PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN
    sys.exit("no MDWE")
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Starts a program that may not run code which it has written: MemoryDenyWriteExecute, as Linux knows it since 6.3."""


def analyze(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    need(ANALYZE)
    return subprocess.run([ANALYZE, *arguments], capture_output=True, text=True, check=False, timeout=PATIENCE)


def set_to(key: str) -> list[str]:
    """Return the words that the unit sets a key to, line by line."""
    return re.findall(rf"^{key}=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE)


def permitted() -> set[str]:
    """Return the system calls that the unit permits."""
    groups: dict[str, set[str]] = {}
    for line in analyze("syscall-filter").stdout.splitlines():
        if line.startswith("@"):
            groups[line] = group = set()
        elif line.startswith("    ") and not line.startswith("    #"):
            group.add(line.strip())

    def within(name: str) -> set[str]:
        return set().union(*map(within, groups[name])) if name in groups else {name}

    found: set[str] = set()
    for line in set_to("SystemCallFilter"):
        names = set().union(*map(within, line.removeprefix("~").split()))
        found = found - names if line.startswith("~") else found | names
    return found


class Watched(Office):
    """A service that may not run what it writes; what it calls that the unit does not permit is written down."""

    @property
    def log(self) -> Path:
        return self.folder / "strace.log"

    def start(self) -> None:
        filters = ",".join(f"?{name}" for name in sorted(permitted() - {"socket"}))
        strace: list[str | Path] = [
            STRACE,
            "-D",
            "-f",
            "-qq",
            "--seccomp-bpf",
            "-e",
            "signal=none",
            "-e",
            f"trace=!{filters}",
        ]
        service = [sys.executable, "-c", WITHOUT_WRITTEN_CODE, sys.executable, "-m", "digest", "run"]
        self.process = subprocess.Popen([*strace, "-o", self.log, *service], cwd=self.folder)
        until(lambda: self.get("healthz") == "ok\n" or self.process.poll() is not None)

    def calls(self) -> set[tuple[str, str]]:
        """Return the name and the first argument of each call in the log."""
        return set(re.findall(r"^\d+ +(\w+)\(([^,)]*)", self.log.read_text("utf-8", "replace"), re.MULTILINE))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Watched]:
    need(STRACE)
    office = Watched(tmp_path)
    yield office
    if office.process.poll() is None:
        office.process.kill()
        office.process.wait()
    office.smtp.stop()


def test_the_unit_is_one_and_exposes_little(tmp_path: Path) -> None:
    safe = analyze("security", "--offline=yes", "--threshold=30", UNIT)
    assert safe.returncode == 0, safe.stdout.splitlines()[-1]
    here = tmp_path / UNIT.name
    program = Path(sys.executable).with_name("digest")
    here.write_text(re.sub(r"^(ExecStart=)\S+", rf"\g<1>{program}", UNIT.read_text("utf-8"), flags=re.M), "utf-8")
    sound = analyze("verify", "--man=no", "--recursive-errors=no", here)
    assert (sound.returncode, sound.stderr) == (0, "")


def test_a_group_that_exposes_the_machine_is_told(tmp_path: Path) -> None:
    """The check catches what it is there for."""
    open_unit = tmp_path / UNIT.name
    kept = [
        line for line in UNIT.read_text("utf-8").splitlines() if not line.startswith(("Protect", "SystemCall", "Cap"))
    ]
    open_unit.write_text("\n".join(kept), "utf-8")
    assert analyze("security", "--offline=yes", "--threshold=30", open_unit).returncode != 0


def test_a_day_of_the_service_calls_nothing_else_and_runs_nothing_that_it_wrote(office: Watched) -> None:
    office.digest("subscribers", "add", "reader@example.org", "--cadence", "issue")
    office.start()
    if office.process.poll() is not None:
        pytest.skip("this kernel does not know MDWE")
    office.drop("a.md", FIRST)
    until(lambda: "老渡口恢复摆渡" in office.get("") and len(office.box.letters) == 1)
    for name in ("issue.pdf", "issue.docx", "issue.zip"):
        (office.folder / "inbox" / name).write_bytes((FORMATS / name).read_bytes())
    until(lambda: len(list((office.folder / "inbox/done").rglob("*.receipt.txt"))) == 4)
    assert not list((office.folder / "inbox").glob("rejected/*"))
    assert "2026/11/19/1/" in office.get("search?q=" + quote("渡口"))
    assert office.stop() == 0
    sockets = {first for name, first in office.calls() if name == "socket"}
    assert sockets
    assert sockets <= set(set_to("RestrictAddressFamilies")[0].split())
    assert {name for name, _ in office.calls()} - {"socket"} <= OF_ROOT


def as_user(user: int, groups: list[int], work: Callable[[], object]) -> object:
    """Return what `work` returns in a process of another user, who is in `groups`, with the unit's umask."""
    reading, writing = os.pipe()
    if (pid := os.fork()) == 0:
        try:
            os.setgroups(groups)
            os.setgid(user)
            os.setuid(user)
            os.umask(int(set_to("UMask")[0], 8))
            os.write(writing, repr(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        said = answer.read()
    os.waitpid(pid, 0)
    return literal_eval(said)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be others")
def test_editors_drop_into_the_group_s_inbox_and_find_their_receipts() -> None:
    service, editor, newsroom = 61001, 61002, 61003
    with tempfile.TemporaryDirectory() as name:  # where pytest's own folders lie, nobody else may look
        folder = Path(name) / "inbox"
        Path(name).chmod(0o755)
        folder.mkdir()
        os.chown(folder, service, newsroom)
        folder.chmod(init.INBOX_MODE)
        where = InboxSettings(folder=folder, settle=0, empty_settle=0)

        def take() -> list[str]:
            inbox = Inbox(where, ("paper",), time.monotonic)
            assert list(inbox.claim()) == []  # it is seen to be at rest the next time
            return [inbox.keep(claim, inbox.read(claim).content.decode(), NOW).name for claim in inbox.claim()]

        def dropped() -> str:
            (folder / "a.md").write_text(FIRST, "utf-8")
            return oct((folder / "a.md").stat().st_mode)

        def receipts() -> list[str]:
            return [path.read_text() for path in (folder / "done").rglob("*.receipt.txt")]

        assert as_user(editor, [newsroom], dropped) == "0o100640"
        assert as_user(service, [newsroom], take) == ["a.md"]
        assert as_user(editor, [newsroom], receipts) == [FIRST]
