"""Who may read and write what an office writes, whoever starts it: here with a umask that forbids nothing."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from digest import config
from digest.operations.doctor import folders
from tests.web.desking import WORD
from tests.works import FIRST

ANYBODY, ANYBODY_WRITES, NOT_THE_OWNER = 0o007, 0o002, 0o077


def test_what_a_day_writes_is_its_owners_whatever_the_umask(tmp_path: Path) -> None:
    office = tmp_path / "office"

    def digest(*arguments: str, says: str = "") -> None:
        command = [sys.executable, "-m", "digest", *arguments]
        subprocess.run(command, cwd=tmp_path, umask=0, check=True, capture_output=True, input=says.encode())

    settings = ("--config", str(office / "config.yaml"))
    digest("init", str(office))
    (office / "inbox/a.md").write_text(FIRST, "utf-8")
    (office / "inbox/b.pdf").write_text("%PDF-1.4 broken", "utf-8")
    digest("once", *settings)
    digest("password", *settings, says=f"{WORD}\n")
    digest("backup", str(office / "b.tar.gz"), *settings)
    mode = {path.relative_to(office).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in office.rglob("*")}
    secret = {path for path in mode if path.startswith(("data/keys", "data/digest.db", "b.tar.gz"))}
    assert {"data/keys/desk.password", "data/keys/token.key", "data/digest.db", "b.tar.gz"} <= secret
    assert {"data/public/index.html", "inbox/done", "inbox/rejected"} <= mode.keys()
    assert [path for path, one in mode.items() if one & ANYBODY_WRITES] == []
    assert [path for path in ("data", "inbox", "config.yaml") if mode[path] & ANYBODY] == []
    assert [path for path in secret if mode[path] & NOT_THE_OWNER] == []


@pytest.mark.parametrize(("mode", "told"), [(0o644, True), (0o640, False)])
def test_an_address_that_holds_a_key_is_told_of_where_anybody_reads_it(tmp_path: Path, mode: int, told: bool) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("alarms: {webhook: 'https://hook.example/send?key=hush'}\n")
    file.chmod(mode)
    found = [remark.code for _, remark in folders.examine(config.load(file))]
    assert ("doctor.config_open" in found) == told
