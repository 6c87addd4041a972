"""The wheel is all that a machine needs: built, installed into an environment with nothing else in it, and used there."""

import json
import os
import subprocess
import sys
import venv
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.works import FIRST

PROJECT = Path(__file__).parent.parent
PATIENCE = 300.0
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check")


def run(*command: str | Path, folder: Path = PROJECT, **environment: str) -> str:
    """Run a command without anything of this project in its environment; return what it prints."""
    usual = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**usual, "LANG": "C.UTF-8", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refuse_without_index(error: AssertionError) -> None:
    """Skip where no package can be had; under `.ci/run`, where there is an index, that is a failure."""
    if os.environ.get("DIGEST_CI"):
        raise error
    pytest.skip("no packages can be had here")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    try:
        run(*PIP, "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, PROJECT)
    except AssertionError as error:
        refuse_without_index(error)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program in an environment of its own, made as README says."""
    bare = tmp_path_factory.mktemp("bare")
    venv.create(bare, with_pip=False, symlinks=True)
    into = (*PIP, "--python", bare / "bin" / "python", "install", "--quiet", "--no-compile")
    try:
        run(*into, "--require-hashes", "--requirement", PROJECT / "requirements.lock")
    except AssertionError as error:
        refuse_without_index(error)
    run(*into, "--no-deps", wheel)
    run(*PIP, "--python", bare / "bin" / "python", "check")
    return bare / "bin" / "digest"


def test_the_demo_runs_from_another_directory(installed: Path, tmp_path: Path) -> None:
    run(installed, "demo", "--once", folder=tmp_path)
    site = tmp_path / ".demo/data/public"
    assert (site / "feed.xml").stat().st_size > 1000
    assert "样报" in (site / "index.html").read_text("utf-8")
    assert len(list((tmp_path / ".demo/data/outbox").glob("*.eml"))) == 1
    assert run(installed, "verify", "--config", ".demo/config.yaml", folder=tmp_path)


def test_nothing_of_a_checkout_is_on_its_path(installed: Path, tmp_path: Path) -> None:
    where = "import digest, sys; print(digest.__file__, *sys.path, sep='\\n')"
    paths = run(installed.with_name("python"), "-c", where, folder=tmp_path).split()
    assert Path(paths[0]).is_relative_to(installed.parent.parent)
    assert not any(Path(path).is_relative_to(PROJECT) for path in paths)


def test_parse_finds_the_articles_also_in_a_child_of_its_own(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FIRST, "utf-8")
    (tmp_path / "b.pdf").write_bytes((PROJECT / "tests/data/formats/issue.pdf").read_bytes())
    lines = run(installed, "parse", "--json", "a.md", "b.pdf", folder=tmp_path, HOME=str(tmp_path)).splitlines()
    found = [[article["headline"] for article in json.loads(line)["articles"]] for line in lines]
    assert found[0] == ["老渡口恢复摆渡", "镇图书馆新添三千册书"]
    assert len(found[1]) == 2


def test_a_new_office_has_the_delivered_settings_and_its_own_templates(installed: Path, tmp_path: Path) -> None:
    run(installed, "init", "office", folder=tmp_path)
    office = tmp_path / "office"
    assert (office / "config.yaml").read_bytes() == (PROJECT / "config.yaml").read_bytes()
    (office / "templates/site").mkdir(parents=True)
    (office / "templates/site/style.css").write_text("body { color: #123456 }", "utf-8")
    (office / "inbox/a.md").write_text(FIRST, "utf-8")
    run(installed, "once", folder=office)
    assert (office / "data/public/style.css").read_text("utf-8") == "body { color: #123456 }"
    assert "老渡口恢复摆渡" in (office / "data/public/2026/11/19/1/index.html").read_text("utf-8")


def test_what_it_says_of_itself(wheel: Path, installed: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        (metadata,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(archive.read(metadata).decode())
    assert said["Description-Content-Type"] == "text/markdown"
    assert said["License-Expression"] == "MIT"
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert run(installed, "--version").split() == [said["Name"], said["Version"]]
    assert not [name for name in names if name.startswith("tests/") or "__pycache__" in name]


def test_the_unit_and_its_manual_lie_beside_it(installed: Path) -> None:
    share = installed.parent.parent / "share"
    unit = (share / "digest/digest.service").read_bytes()
    assert unit == (PROJECT / "deploy/digest.service").read_bytes()
    assert (share / "doc/digest/install.md").is_file()
