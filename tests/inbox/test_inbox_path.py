"""What the inbox promises, as an editor sees it: through the whole path, from the drop to the receipt."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest import cli, pipeline
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in


@pytest.fixture
def works(tmp_path: Path) -> Iterator[Works]:
    with opened(settings_in(tmp_path)) as works:
        yield works


def scan(works: Works, times: int = 2) -> list[str]:
    return [outcome.kind for _ in range(times) for outcome in pipeline.ingest(works, NOW)]


def receipt(works: Works, name: str) -> str:
    return (works.settings.inbox.folder / "done" / "2026-11" / f"{name}.receipt.txt").read_text("utf-8")


def test_a_late_writer_s_full_text_is_published_and_told_of(works: Works) -> None:
    half = FIRST.index("## 镇图书馆")
    drop(works, "a.md", FIRST[:half])
    assert "镇图书馆" not in receipt(works, "a.md")
    with (works.settings.inbox.folder / "done" / "2026-11" / "a.md").open("a", encoding="utf-8") as late:
        late.write(FIRST[half:])
    assert scan(works) == ["corrected"]
    assert "镇图书馆" in receipt(works, "a.md")
    blobs = [path.read_text("utf-8") for path in works.settings.blobs.rglob("*") if path.is_file()]
    assert sorted(blobs) == sorted([FIRST[:half], FIRST])


def test_a_file_that_rests_is_taken_in_once(works: Works) -> None:
    drop(works, "a.md", FIRST)
    assert scan(works, 5) == []


def test_a_sidecar_makes_a_known_file_another_source(works: Works) -> None:
    drop(works, "a.md", FIRST)
    assert [outcome.kind for outcome in drop(works, "a.md", FIRST)] == ["known"]
    (works.settings.inbox.folder / "a.yaml").write_text("section: 要闻\n", "utf-8")
    assert [outcome.kind for outcome in drop(works, "a.md", FIRST)] != ["known"]


CONFIG = "inbox: {folder: inbox, settle: 0.1}\ndata: data\n"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Return the folder of a newsroom with a configuration and an inbox."""
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    (tmp_path / "inbox").mkdir()
    return tmp_path


def once(office: Path) -> int:
    return cli.run(["--lang", "en", "once", "--config", str(office / "config.yaml")], {})


def test_one_pass_judges_an_empty_file_like_any_other(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "inbox" / "a.txt").write_bytes(b"")
    (office / "inbox" / "b.md").write_text(SECOND, "utf-8")
    assert once(office) == 0
    assert (office / "inbox" / "rejected" / "a.txt.reason.txt").exists()
    assert "文件是空的" in capsys.readouterr().out


def test_one_pass_says_what_it_has_left_alone(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (office / "inbox" / "a.md").open("w", encoding="utf-8") as writing:
        writing.write(FIRST)
        writing.flush()
        assert once(office) == 0
    assert "a.md: somebody may still be writing to it" in capsys.readouterr().out
    assert (office / "inbox" / "a.md").exists()
