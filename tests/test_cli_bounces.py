"""The commands for what comes back: a mail server may hand mails over, and a person may look and decide."""

import io
import sys
from pathlib import Path

import pytest

from digest import cli

TEMPORARY_FAILURE = 75
FORMS = Path(__file__).parent / "data" / "bounces"


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which a service has run, and the commands are run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("inbox:\n  settle: 0\n", encoding="utf-8")
    assert digest("once") == 0
    return tmp_path


def digest(*arguments: str, lang: str = "en_US.UTF-8") -> int:
    return cli.run(arguments, {"LANG": lang})


def hand_over(monkeypatch: pytest.MonkeyPatch, content: bytes, lang: str = "en_US.UTF-8") -> int:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    return digest("bounce", lang=lang)


def test_a_mail_server_hands_a_mail_over(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert hand_over(monkeypatch, (FORMS / "postfix-unknown-user.eml").read_bytes()) == 0
    assert hand_over(monkeypatch, b"\x00\xff") == 0
    assert hand_over(monkeypatch, b"", "zh_CN.UTF-8") == 0
    told = [
        "a report about no letter of ours, or one that does not prove it",
        "nothing about letters",
        "与退信、退订无关",
    ]
    assert capsys.readouterr().out.splitlines() == told


def test_the_mail_server_keeps_what_cannot_be_stored(
    office: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (office / "data" / "digest.db").unlink()
    assert hand_over(monkeypatch, b"") == TEMPORARY_FAILURE
    (office / "config.yaml").unlink()
    assert hand_over(monkeypatch, b"") == TEMPORARY_FAILURE
    assert capsys.readouterr().err


def test_the_suppression_list_is_shown_and_changed(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert digest("suppressions", "--add", "a@reader.example", "--add", "b@reader.example") == 0
    assert digest("suppressions", "--remove", "a@reader.example") == 0
    assert digest("suppressions", "--remove", "a@reader.example") == 1
    capsys.readouterr()
    assert digest("suppressions") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "by hand" in line
    assert "b@reader.example" not in line


def test_what_came_back_is_shown(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert digest("bounces") == 0
    assert not capsys.readouterr().out
    assert digest("bounces", "--resume", "x") == 1


def test_the_doctor_s_exit_code_tells_whether_all_is_well(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert digest("doctor", "--mail") == 1
    printed = capsys.readouterr().out
    assert "✗ mail.operator is not set" in printed
