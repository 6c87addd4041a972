"""`digest init` makes a folder in which everything else works, asks nothing and overwrites nothing."""

import os
import stat
from pathlib import Path

import pytest

from digest import cli, config
from digest.errors import ConfigError, DigestError
from digest.operations import init
from tests.test_config import SHIPPED
from tests.test_running import Office, until
from tests.works import FIRST


def modes(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): oct(stat.S_IMODE(path.stat().st_mode)) for path in folder.rglob("*")}


def test_the_settings_are_the_delivered_ones(tmp_path: Path) -> None:
    init.make_office(tmp_path / "office", "zh", {})
    assert (tmp_path / "office/config.yaml").read_bytes() == SHIPPED.read_bytes()


def test_what_is_given_is_filled_in_and_every_comment_stays(tmp_path: Path) -> None:
    given = {"title": '南浔“渡口”报: #1 "晨"', "authority": "paper.example", "site_url": "https://paper.example/"}
    made = init.make_office(tmp_path, "en", given)
    assert made == config.load(tmp_path / "config.yaml")
    assert (made.language, made.authority, made.site_url) == ("en", "paper.example", "https://paper.example/")
    assert made.publications[0].title == given["title"]
    written, delivered = ((folder / "config.yaml").read_text("utf-8") for folder in (tmp_path, SHIPPED.parent))
    assert [line.partition(" # ")[2] for line in written.splitlines()] == [
        line.partition(" # ")[2] for line in delivered.splitlines()
    ]


def test_who_may_see_and_drop_what(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        init.make_office(tmp_path / "office", "zh", {})
    finally:
        os.umask(before)
    assert modes(tmp_path / "office") == {
        "config.yaml": "0o640",
        "inbox": "0o2770",
        "data": "0o750",
        "data/keys": "0o700",
        "data/keys/token.key": "0o600",
        "data/keys/address.key": "0o600",
    }


@pytest.mark.parametrize("there", ["config.yaml", "data/digest.db"])
def test_nothing_is_overwritten(tmp_path: Path, there: str) -> None:
    path = tmp_path / there
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine")
    before = modes(tmp_path)
    with pytest.raises(DigestError) as refusal:
        init.make_office(tmp_path, "zh", {})
    assert (refusal.value.code, refusal.value.facts["path"]) == ("error.init_folder", str(path))
    assert (path.read_text(), modes(tmp_path)) == ("mine", before)


def test_a_value_that_cannot_be_one_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refusal:
        init.make_office(tmp_path / "office", "zh", {"authority": "not a domain"})
    assert refusal.value.facts["key"] == "authority"
    assert list(tmp_path.iterdir()) == []


def test_an_inbox_and_secrets_that_are_there_stay(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir(mode=0o755)
    (tmp_path / "data/keys").mkdir(parents=True)
    (tmp_path / "data/keys/token.key").write_bytes(b"x" * 32)
    init.make_office(tmp_path, "zh", {})
    assert modes(tmp_path)["inbox"] == "0o755"
    assert (tmp_path / "data/keys/token.key").read_bytes() == b"x" * 32


@pytest.mark.parametrize(("lang", "steps"), [("zh_CN.UTF-8", "接下来"), ("en_US.UTF-8", "Next")])
def test_the_next_steps_are_told(tmp_path: Path, lang: str, steps: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["init", str(tmp_path / "office"), "--title", "报"], {"LANG": lang}) == 0
    said = capsys.readouterr().out
    assert steps in said
    assert all(f"{n}. " in said for n in (1, 2, 3))


def test_in_the_folder_the_service_runs(tmp_path: Path) -> None:
    office = Office(tmp_path)
    (tmp_path / "config.yaml").unlink()
    office.digest("init", ".", "--site-url", f"http://127.0.0.1:{office.port}/")
    path = tmp_path / "config.yaml"
    path.write_text(path.read_text("utf-8").replace("port: 8000", f"port: {office.port}"), "utf-8")
    try:
        office.start()
        office.drop("a.md", FIRST)
        until(lambda: "老渡口恢复摆渡" in office.get(""))
        assert office.stop() == 0
    finally:
        office.smtp.stop()
        office.process.kill()
