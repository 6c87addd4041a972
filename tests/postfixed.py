"""Debian's Postfix on loopback, in a folder of its own: what becomes of letters in a mail system that is nobody's toy."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import need
from tests.test_running import free_port

POSTFIX = Path("/usr/sbin/postfix")
PATIENCE = 20.0
NOBODY = 65534

MAIN = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.paper.example
mydestination =
local_recipient_maps =
smtpd_reject_unlisted_recipient = no
smtpd_recipient_restrictions = check_recipient_access inline:{{
    {{unknown@example.org = 550 5.1.1 User unknown}} {{busy@example.org = 451 4.7.1 Greylisted}} }}, permit_mynetworks, reject
virtual_mailbox_domains = example.org, bounces.paper.example
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = regexp:{folder}/etc/boxes
virtual_uid_maps = static:{nobody}
virtual_gid_maps = static:{nobody}
"""
"""Knows whom it refuses and whom it puts off; takes all others in, and sends back what is for none of the boxes."""

BOXES = """/^anna@example\\.org$/ anna/
/^bo@example\\.org$/ bo/
/@bounces\\.paper\\.example$/ bounces/
"""

MASTER = """127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
retry unix - - n - - error
error unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True)
class Postfix:
    """A running one, and the boxes that it fills."""

    port: int
    folder: Path

    def maildir(self, name: str) -> Path:
        """Return the folder of a box."""
        return self.folder / "mail" / name

    def mails(self, name: str, count: int) -> list[bytes]:
        """Return what is new in a box, as soon as there are so many."""
        new = self.maildir(name) / "new"
        end = time.monotonic() + PATIENCE
        while len(found := sorted(new.glob("*"))) < count:
            assert time.monotonic() < end, (self.folder / "maillog").read_text()
            time.sleep(0.05)
        return [path.read_bytes() for path in found]

    def control(self, command: str) -> None:
        """Start or stop it."""
        subprocess.run([POSTFIX, "-c", self.folder / "etc", command], check=True, capture_output=True, timeout=PATIENCE)


@contextmanager
def postfix() -> Iterator[Postfix]:
    """Run one. Only root can start it, since it gives its rights away."""
    need(POSTFIX)
    if os.geteuid() != 0:
        pytest.skip("Postfix is started by root")
    folder = Path(tempfile.mkdtemp(prefix="postfix-"))
    try:
        server = _set_up(folder)
        server.control("start")
        try:
            yield server
        finally:
            server.control("stop")
    finally:
        shutil.rmtree(folder)


def _set_up(folder: Path) -> Postfix:
    folder.chmod(0o755)
    for name in ("etc", "queue", "data", "mail"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    os.chown(folder / "mail", NOBODY, NOBODY)
    port = free_port()
    (folder / "etc/main.cf").write_text(MAIN.format(folder=folder, nobody=NOBODY))
    (folder / "etc/master.cf").write_text(MASTER.format(port=port))
    (folder / "etc/boxes").write_text(BOXES)
    return Postfix(port, folder)
