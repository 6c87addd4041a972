"""A day of an office whose every secret is known: none is said, logged, shown or written where others read."""

import base64
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from starlette.testclient import TestClient

from digest import app, cli, config, web
from digest.cli.caller import now
from digest.operations.desk import password
from tests.delivery.test_channels import Server
from tests.logged import logged
from tests.test_running import free_port
from tests.web.desking import WORD, log_in
from tests.works import FIRST, SECOND

ENVIRONMENT = {"LANG": "zh_CN.UTF-8", "SMTP": "smtp-pass-1f8e2a", "IMAP": "imap-pass-77c0de"}
HOOK = "hook-key-5e3b9d"


@contextmanager
def refusing() -> Iterator[int]:
    """Run a mail server that takes nobody's password; give its port."""

    def no(*_: object) -> AuthResult:
        return AuthResult(success=False, handled=False)

    port = free_port()
    controller = Controller(Server(), hostname="127.0.0.1", port=port, authenticator=no, auth_require_tls=False)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


class Day:
    """What was said, and what the office's folder holds in the end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said = self.shown = ""
        self.session = ""

    @property
    def secrets(self) -> dict[str, bytes]:
        """Every secret, in each form that it could be told in."""
        words = {"smtp": ENVIRONMENT["SMTP"], "imap": ENVIRONMENT["IMAP"], "webhook": HOOK, "desk": WORD}
        found = {name: word.encode() for name, word in (words | {"session": self.session}).items()}
        found |= {f"{name} in base64": base64.b64encode(word) for name, word in found.items()}
        for path in (self.folder / "data/keys").glob("*.key"):
            key = path.read_bytes()
            forms = {
                "": key,
                "hex": key.hex().encode(),
                "base64": base64.b64encode(key),
                "repr": repr(key)[2:-1].encode(),
            }
            found |= {f"{path.name} {form}": value for form, value in forms.items()}
        return found

    def told(self, content: bytes) -> list[str]:
        """Return which secrets some content tells."""
        return [name for name, secret in self.secrets.items() if secret in content]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Live through a day: a founding, issues, refusals, mail that fails, a backup, visits."""
    found = Day(tmp_path_factory.mktemp("day") / "office")
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, refusing() as port, logged("json"):
        patch.setitem(password._COST, "n", 16)
        patch.setattr("sys.stdout", out)
        patch.setattr("sys.stderr", err)
        found.shown = live(found, port, patch)
    found.said = out.getvalue() + err.getvalue() + found.shown
    return found


def live(day: Day, port: int, patch: pytest.MonkeyPatch) -> str:
    """Return what the service showed."""
    folder = day.folder

    def digest(*arguments: str) -> int:
        return cli.run([*arguments, "--config", str(folder / "config.yaml")], ENVIRONMENT)

    assert cli.run(["init", str(folder), "--authority", "paper.example"], ENVIRONMENT) == 0
    configure(folder, port)
    patch.setattr("sys.stdin", io.StringIO(f"{WORD}\n"))
    assert digest("password") == 0
    assert digest("subscribers", "add", "reader@home.example", "--cadence", "issue") == 0
    for name, content in (("a.md", FIRST), ("b.md", SECOND), ("c.pdf", "%PDF-1.4 broken")):
        (folder / "inbox" / name).write_text(content, "utf-8")
        digest("once")
    for command in (["status"], ["status", "--json"], ["doctor"], ["verify"], ["backup", str(folder / "b.tar.gz")]):
        digest(*command)
    settings = config.load(folder / "config.yaml")
    opened = app.open_service(settings, ENVIRONMENT, now())
    with opened as works, TestClient(web.build(works, now), "http://127.0.0.1", client=("127.0.0.1", 50_000)) as client:
        shown = [repr(works), *visit(client, "/healthz", "/readyz", "/metrics", "/", "/desk/", "/desk/nothing/")]
        log_in(client, "the wrong word")
        log_in(client)
        day.session = client.cookies["desk"]
        desk = ("", "issues/", "issues/1/", "files/", "subscribers/", "deliveries/")
        return "\n".join([*shown, *visit(client, *(f"/desk/{path}" for path in desk))])


def visit(client: TestClient, *paths: str) -> list[str]:
    return [client.get(path).text for path in paths]


def configure(folder: Path, port: int) -> None:
    """Fill in where the office's mail goes and comes from, and where alarms are posted to."""
    file = folder / "config.yaml"
    hook = folder / "hook.txt"
    hook.touch(0o600)
    hook.write_text(f"http://127.0.0.1:{free_port()}/send?key={HOOK}\n")
    written = yaml.safe_load(file.read_text("utf-8"))
    written["inbox"]["settle"] = 0
    written["log"] = "json"
    written["alarms"]["webhook_file"] = "hook.txt"
    smtp = {"host": "127.0.0.1", "port": port, "username": "digest", "password_env": "SMTP", "timeout": 2}
    imap = {"host": "127.0.0.1", "port": free_port(), "username": "digest", "password_env": "IMAP", "timeout": 2}
    written["mail"] |= {"channel": "smtp", "sender": "digest@paper.example", "operator": "operator@paper.example"}
    written["mail"]["smtp"] |= smtp
    written["mail"]["bounces"]["imap"] |= imap
    file.write_text(yaml.safe_dump(written, allow_unicode=True), "utf-8")


def test_the_day_was_what_a_day_can_be(day: Day) -> None:
    assert "老渡口恢复摆渡" in day.said
    assert re.search(r"535|登录|log in", day.said)
    assert "digest_rows" in day.said
    assert day.session
    assert len(day.secrets) >= 18
    assert day.told(b"x" + WORD.encode()) == ["desk"]


def test_no_secret_is_printed_logged_or_shown(day: Day) -> None:
    assert day.told(day.said.encode()) == []


def test_no_secret_lies_anywhere_but_in_its_own_file(day: Day) -> None:
    own = {day.folder / "hook.txt", *(day.folder / "data/keys").iterdir()}
    others = [path for path in day.folder.rglob("*") if path.is_file() and path not in own]
    assert day.folder / "data/digest.db" in others
    assert {path: told for path in others if (told := day.told(path.read_bytes()))} == {}
