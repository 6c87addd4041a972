"""What every test may ask for: golden files, and a browser."""

import difflib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.postgres import Server, running

CHROMIUM = Path("/usr/bin/chromium")
GOLDEN = Path(__file__).parent / "golden"

hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

Golden = Callable[[str, bytes], None]
"""Compare bytes with `tests/golden/NAME`; `pytest --update-golden` writes them there instead."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write tests/golden anew instead of comparing")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Return the comparison: `golden("site/index.html", page)`."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(name: str, content: bytes) -> None:
        path = GOLDEN / name
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            return
        assert path.exists(), f"no golden file {name}: run pytest --update-golden, and read what it wrote"
        expected = path.read_bytes()
        if content != expected:
            pytest.fail(f"{name} is not what it was:\n{_difference(expected, content)}", pytrace=False)

    return compare


def need(program: Path) -> None:
    """Skip a test for want of a program; under `.ci/run`, which installs them all, it fails."""
    if not program.exists():
        missing = pytest.fail if os.environ.get("DIGEST_CI") else pytest.skip
        missing(f"{program} is not installed")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """Return a PostgreSQL server."""
    with running() as server:
        yield server


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Debian's Chromium; without it the test is skipped, but under `.ci/run` it fails.

    Not for longer than a module: as long as it is there, no other event loop runs in this thread.
    """
    need(CHROMIUM)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


def _difference(expected: bytes, found: bytes) -> str:
    old, new = (content.decode(errors="backslashreplace").splitlines() for content in (expected, found))
    return "\n".join(difflib.unified_diff(old, new, "golden", "found", lineterm="", n=1)) or "(only line ends differ)"
