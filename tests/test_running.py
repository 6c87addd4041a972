"""The service as its operator runs it: a real process, a real SMTP server, real signals."""

import email
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path

import feedparser
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler

from tests.works import FIRST, SECOND

ISSUES = Path(__file__).parent.parent.parent / "shared" / "issues"
PATIENCE = 30.0


class Box(Handler):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[email.message.Message] = []

    def handle_message(self, message: email.message.Message) -> None:
        self.letters.append(email.message_from_bytes(message.as_bytes(), policy=policy.default))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.1)


class Office:
    """A running service and its SMTP server."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.box = Box()
        self.smtp = Controller(self.box, hostname="127.0.0.1", port=free_port())
        self.smtp.start()
        (folder / "config.yaml").write_text(
            f"site_url: http://127.0.0.1:{self.port}/\nservice_url: http://127.0.0.1:{self.port}/\n"
            f"authority: paper.example\nweb:\n  port: {self.port}\n"
            "inbox:\n  scan_every: 0.2\n  settle: 0.3\n"
            f"mail:\n  channel: smtp\n  too_late: 1000000\n  sender: digest@paper.example\n  smtp:\n    port: {self.smtp.port}\n",
            encoding="utf-8",
        )

    def digest(self, *arguments: str) -> None:
        subprocess.run([sys.executable, "-m", "digest", *arguments], cwd=self.folder, check=True, timeout=PATIENCE)

    def start(self) -> None:
        self.process = subprocess.Popen([sys.executable, "-m", "digest", "run"], cwd=self.folder)
        until(lambda: self.get("healthz") == "ok\n")

    def get(self, path: str) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=5) as answer:
                body: bytes = answer.read()
                return body.decode()
        except (urllib.error.URLError, ConnectionError):
            return ""

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def drop(self, name: str, content: str) -> None:
        (self.folder / "inbox" / name).write_text(content, encoding="utf-8")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.smtp.stop()
    if office.process.poll() is None:
        office.process.kill()
        office.process.wait()


def test_a_dropped_issue_is_on_the_site_and_in_the_mailbox(office: Office) -> None:
    office.digest("subscribers", "add", "reader@example.org", "--cadence", "issue")
    office.start()
    office.drop("a.md", FIRST)
    until(lambda: "老渡口恢复摆渡" in office.get(""))
    until(lambda: len(office.box.letters) == 1)
    (letter,) = office.box.letters
    assert letter["to"] == "reader@example.org"
    assert "老渡口恢复摆渡" in letter["subject"]
    assert str(letter["list-unsubscribe"]).strip().startswith(f"<http://127.0.0.1:{office.port}/unsubscribe/")
    assert office.stop() == 0


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_and_is_named(
    office: Office, how: signal.Signals, capfd: pytest.CaptureFixture[str]
) -> None:
    office.start()
    assert office.stop(how) == 0
    last = capfd.readouterr().out.splitlines()[-1]
    assert "stopped" in last
    assert how.name in last
    assert (office.folder / "data" / "digest.db").exists()
    assert not (office.folder / "data" / "digest.db-wal").exists()


def test_after_a_kill_nothing_is_lost_and_nothing_comes_twice(office: Office) -> None:
    office.digest("subscribers", "add", "reader@example.org", "--cadence", "issue")
    office.start()
    office.drop("a.md", FIRST)
    until(lambda: len(office.box.letters) == 1)
    office.stop(signal.SIGKILL)
    office.drop("b.md", SECOND)
    office.start()
    until(lambda: len(office.box.letters) == 2)
    until(lambda: "白鹭湖水质首次达到二类" in office.get(""))
    office.stop()
    assert len(feedparser.parse(office.folder.joinpath("data/public/feed.xml").read_bytes()).entries) == 3
    assert len(office.box.letters) == 2


def test_a_second_service_names_the_first(office: Office) -> None:
    office.start()
    second = subprocess.run(
        [sys.executable, "-m", "digest", "once"],
        cwd=office.folder,
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"LANG": "en_US.UTF-8"},
        timeout=PATIENCE,
    )
    assert second.returncode == 1
    assert str(office.process.pid) in second.stderr
    office.stop()


@pytest.mark.skipif(not ISSUES.is_dir(), reason="the real issues are not here")
def test_real_issues_dropped_into_a_running_service(office: Office) -> None:
    office.start()
    issues = sorted(ISSUES.glob("*.txt"))
    for issue in issues:
        office.drop(issue.name, issue.read_text("utf-8"))
    done = office.folder / "inbox" / "done"
    until(lambda: len(list(done.rglob("*.receipt.txt"))) == len(issues))
    until(lambda: len(feedparser.parse(office.get("feed.xml")).entries) == 25)
    feed = feedparser.parse(office.get("feed.xml"))
    assert not feed.bozo
    assert all(entry.summary and entry.content[0].value for entry in feed.entries)
    for entry in feed.entries:
        assert entry.title.split()[0] in office.get(entry.link.partition(f":{office.port}/")[2])
    assert office.stop() == 0
