"""The archive can be taken along: every article as JSON, and the site as it was at one moment."""

import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest import cli, editing, pipeline
from digest.errors import DigestError
from digest.operations import export
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        drop(works, "b.md", SECOND)
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        yield works


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_article_is_an_object_the_oldest_issue_first(works: Works) -> None:
    editing.retract(works, "paper", "2026/11/19/2/", "重复", NOW)
    pipeline.publish(works, NOW)
    drop(works, "c.md", SECOND.replace("11月20日　星期五　第89期", "11月28日　星期六　第95期"))  # not out yet
    found = json.loads(json.dumps(list(export.articles(works.settings, works.engine))))
    assert [one["headline"] for one in found] == ["老渡口恢复摆渡", "镇图书馆新添三千册书", "白鹭湖水质首次达到二类"]
    first, withdrawn, _ = found
    assert first["url"] == "https://paper.example/2026/11/19/1/"
    assert first["issue"] | {"number": 88, "date": "2026-11-19", "title": "南浔渡口报", "key": "88"} == first["issue"]
    assert first["authors"] == [{"role": "记者", "name": "林晓棠"}]
    assert first["paragraphs"][1].startswith("渡口每天早上六点开航")
    assert first["keywords"]
    assert first["summary"]
    assert first["withdrawn"] is None
    assert withdrawn["withdrawn"] == {"at": NOW.isoformat(), "reason": "重复"}


@pytest.mark.parametrize("name", ["copy", "copy.zip"])
def test_the_site_is_copied_whole(works: Works, tmp_path: Path, name: str) -> None:
    count = export.site(works, tmp_path / name, NOW)
    if name.endswith(".zip"):
        zipfile.ZipFile(tmp_path / name).extractall(tmp_path / "copy")
    assert files(tmp_path / "copy") == files(works.settings.public)
    assert count == len(files(tmp_path / "copy"))


def test_a_site_that_is_written_meanwhile_is_copied_anew(
    works: Works, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(works, "c.md", SECOND.replace("11月20日　星期五　第89期", "11月21日　星期六　第90期"))
    waits: list[float] = []

    def publish_meanwhile(seconds: float) -> None:
        waits.append(seconds)
        pipeline.publish(works, NOW + timedelta(days=2))

    really = export._copy

    def interrupted(public: Path, place: Path) -> Any:
        found = really(public, place)
        if len(waits) == 1:
            drop(works, "c.md", SECOND.replace("11月20日　星期五　第89期", "11月19日　星期四　第86期"), NOW)
            pipeline.publish(works, NOW + timedelta(days=2))
            waits.append(0)
        return found

    monkeypatch.setattr(export.time, "sleep", publish_meanwhile)
    monkeypatch.setattr(export, "_copy", interrupted)
    export.site(works, tmp_path / "copy", NOW + timedelta(days=2))
    assert len(waits) == 3
    assert files(tmp_path / "copy") == files(works.settings.public)


def test_what_cannot_be_exported_leaves_nothing_behind(
    works: Works, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").touch()
    monkeypatch.setattr(export.time, "sleep", lambda _: None)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(DigestError) as full:
        export.site(works, tmp_path / "full", NOW)
    drop(works, "c.md", SECOND.replace("11月20日　星期五　第89期", "11月21日　星期六　第90期"))
    with pytest.raises(DigestError) as busy:
        export.site(works, tmp_path / "new", NOW + timedelta(days=2))
    assert (full.value.code, busy.value.code) == ("error.export_folder", "error.site_busy")
    assert sorted(tmp_path.iterdir()) == before


def test_articles_go_to_a_file_or_to_the_terminal(
    works: Works, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text("authority: paper.example\nsite_url: https://paper.example/\n")
    assert cli.run(["export", "--jsonl", "a.jsonl"], {}) == 0
    assert "a.jsonl" in capsys.readouterr().err
    assert cli.run(["export", "--jsonl", "-"], {}) == 0
    printed = capsys.readouterr().out
    assert printed == (tmp_path / "a.jsonl").read_text("utf-8")
    assert len(printed.splitlines()) == 3
    assert cli.run(["export"], {}) == 1
