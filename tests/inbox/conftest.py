"""An inbox in the test's own folder, whose clock moves when it is told to."""

from pathlib import Path

import pytest

from digest.inbox import Inbox
from digest.settings import Inbox as Settings
from tests.drops import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "inbox"


@pytest.fixture
def settings(folder: Path) -> Settings:
    return Settings(folder=folder, settle=2, empty_settle=60, rest=600, keep_done=365, max_bytes=100)


@pytest.fixture
def inbox(settings: Settings, clock: Clock) -> Inbox:
    return Inbox(settings, ("paper",), clock)
