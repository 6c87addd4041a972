"""What the guides say is so: every command and key stands in them, and what they show runs."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

from digest import cli, reading
from digest.cli import commands as _commands  # noqa: F401 -- it gives the application its commands
from digest.cli.options import app
from digest.model import Source
from docs import configuration
from tests.works import FIRST

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
OPERATORS = [ROOT / f"docs/{language}/operator.md" for language in ("zh", "en")]

_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)")
_CODE = re.compile(r"^(?: {4}|\t)(.*)$|^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"(?:\S*/)?digest (?P<arguments>[^#|]*)")


def commands() -> dict[str, Any]:
    """Return every command by the words that call it."""
    found: dict[str, Any] = {}

    def walk(command: Any, words: tuple[str, ...]) -> None:
        if subs := getattr(command, "commands", None):
            for name, sub in subs.items():
                walk(sub, (*words, name))
        else:
            found[" ".join(words)] = command

    walk(typer.main.get_command(app), ())
    return found


def shown(page: Path) -> Iterator[list[str]]:
    """Yield the arguments of every command that a page shows."""
    for block in _CODE.finditer(page.read_text("utf-8")):
        for line in (block[1] or block[2] or "").splitlines():
            if command := _COMMAND.match(line.strip().strip('"').lstrip("|")):
                yield shlex.split(command["arguments"])


@pytest.mark.parametrize("page", OPERATORS, ids=lambda page: page.parent.name)
def test_an_operator_finds_every_command_and_option(page: Path) -> None:
    text = page.read_text("utf-8")
    missing = [name for name in commands() if not re.search(rf"digest {name}(?![\w-])", text)]
    for name, command in commands().items():
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        missing += [f"{name} {option}" for option in options if option not in text]
    assert missing == []


def test_every_setting_stands_in_the_reference() -> None:
    made = configuration.reference((ROOT / "config.yaml").read_text("utf-8"))
    assert made == (ROOT / "docs/configuration.md").read_text("utf-8"), "run: python docs/configuration.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_link_leads_nowhere(page: Path) -> None:
    text = re.sub(r"`[^`]*`", "", page.read_text("utf-8"))
    assert [link for link in _LINK.findall(text) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_is_shown_is_a_command(page: Path) -> None:
    for arguments in shown(page):
        name = next((name for name in (" ".join(arguments[:2]), arguments[0]) if name in commands()), None)
        assert name is not None, arguments
        commands()[name].make_context(name, arguments[len(name.split()) :])  # a wrong option or argument raises


def test_a_format_is_added_as_the_guide_says(monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.search(r"```python\n(.*?)```", (ROOT / "docs/extending.md").read_text("utf-8"), re.DOTALL)
    assert example
    lines = [line.removeprefix("   ") for line in example[1].splitlines()]
    gemini = ModuleType("gemini")
    exec("\n".join(lines), gemini.__dict__)
    monkeypatch.setattr(reading, "FORMATS", (*reading.FORMATS, gemini))
    document = reading.read(Source("issue.gmi", FIRST.encode()))
    assert [(line.level, line.text) for line in document.lines if line.level == 2] == [
        (2, "老渡口恢复摆渡"),
        (2, "镇图书馆新添三千册书"),
    ]


LONG = ("run", "doctor")
"""What serves until it is stopped, and what asks a mail server: they have tests of their own."""

ISSUE = """栖川时报

2026年11月20日　星期五　第3186期

老渡口恢复摆渡

本报讯（记者 林晓棠）停航五年的老渡口昨天恢复摆渡，首日运送行人三百二十人次，票价一元。

镇图书馆新添三千册书

本报讯（记者 沈归舟）镇图书馆本月新添图书三千册，其中儿童读物占一半，周末开放到晚上九点。

白鹭湖水质首次达到二类

本报讯（记者 林晓棠）市水务局公布的数据显示，十月白鹭湖水质首次达到二类，当地投入一点二亿元清淤。
"""


def test_what_the_readme_shows_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an office where one issue waits for approval, and so does the next."""
    monkeypatch.chdir(tmp_path)
    office = "site_url: https://paper.example/\npublish:\n  hold_below: 1.0\ninbox:\n  settle: 0\n"
    (tmp_path / "config.yaml").write_text(office, "utf-8")
    files = {"issue.txt": ISSUE, "mended.txt": ISSUE.replace("三百二十", "三百五十")}
    next_one = ISSUE.replace("3186", "3187").replace("20日　星期五", "21日　星期六").replace("昨天", "今天")
    for name, text in (files | {"inbox/a.txt": ISSUE, "inbox/b.txt": next_one}).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    assert cli.run(["once"], {}) == 0
    for arguments in shown(ROOT / "README.md"):
        if arguments[0] == "restore":
            (tmp_path / "data").rename(tmp_path / "lost")
        if arguments[0] not in LONG:
            waits = arguments == ["status"]  # what waits for approval is a reason to look
            assert cli.run(arguments, {}) == int(waits), arguments
