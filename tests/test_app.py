"""What a service is opened with."""

import fcntl
import os
import threading
from pathlib import Path

import pytest

from digest import app, config, sandbox
from digest.analysis.lexicon import GUESSES
from digest.errors import DigestError
from digest.store.database import sqlite
from tests.postgres import running
from tests.works import NOW, settings_in


def test_what_a_first_start_needs_is_made_by_another_process_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / config.NAME
    path.write_text("language: en\n", "utf-8")
    settings = config.load(path)
    app.prepare(settings, path)
    assert settings.database_file.exists()
    assert (settings.cache / GUESSES).exists()
    monkeypatch.setattr(sandbox, "run", pytest.fail)
    app.prepare(settings, path)
    with app.open_service(settings, {}, NOW) as works:
        assert "渡口" in works.vocabulary.prepare().cut("老渡口恢复摆渡")


def test_who_only_asks_whether_a_service_runs_keeps_none_from_starting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_in(tmp_path)
    settings.data.mkdir(parents=True)
    asking = os.open(settings.data / sqlite.LOCK, os.O_RDONLY | os.O_CREAT)
    fcntl.flock(asking, fcntl.LOCK_SH)
    monkeypatch.setattr(app.time, "sleep", lambda _: os.close(asking))
    with app.open_service(settings, {}, NOW):
        assert app.is_running(settings)
    assert not app.is_running(settings)


def test_a_member_of_a_cluster_waits_for_a_database_that_starts_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as server:
        settings = settings_in(tmp_path, database=server.url(), engine="cluster")
        server.stop()
        monkeypatch.setattr(app, "PATIENCE_SECONDS", 0.0)
        with pytest.raises(DigestError) as refusal, app.open_member(settings, {}, NOW):
            pass
        assert refusal.value.code == "error.database"
        monkeypatch.setattr(app, "PATIENCE_SECONDS", 60.0)
        later = threading.Timer(1, server.start)
        later.start()
        with app.open_member(settings, {}, NOW) as works:
            assert works.settings is settings
        later.join()
