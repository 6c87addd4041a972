"""Pictures from the dropped file to the reader: kept, published before what shows them, gone when nothing does."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from digest import cli, editing, operations, output, pipeline
from digest.works import Works
from tests.drawn import chart, encoded, photograph
from tests.works import NOW, drop, opened, settings_in

LATER = NOW + timedelta(hours=2)
NAMED = re.compile(r"pictures/[0-9a-f]{32}\.(?:jpg|png)")
FERRY = encoded(photograph())
SHELVES = encoded(chart(), "PNG")
ISSUE = """# 南浔渡口报

2026年11月19日　星期四　第88期

## 老渡口恢复摆渡

本报讯（记者 林晓棠）11月18日，停航五年的老渡口恢复摆渡，首日运送行人三百二十人次，票价一元。

![渡船昨天清晨靠岸。（林晓棠 摄）](ferry.jpg)

## 镇图书馆新添三千册书

本报讯（记者 沈归舟）镇图书馆本月新添图书三千册，其中儿童读物占一半，周末开放到晚上九点。

![图为新添图书的种类。](shelves.png)
"""


def packed(text: str = ISSUE, **pictures: bytes) -> bytes:
    """Return a zip of an issue and its pictures, whose suffix is that of what they are."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("issue.md", text)
        for name, content in pictures.items():
            archive.writestr(f"{name}.{'png' if content[1:4] == b'PNG' else 'jpg'}", content)
    return stream.getvalue()


BOTH = packed(ferry=FERRY, shelves=SHELVES)


def published(works: Works) -> list[Path]:
    return sorted((works.settings.public / "pictures").glob("*"))


def page(works: Works, place: int) -> str:
    return (works.settings.public / f"2026/11/19/{place}/index.html").read_text("utf-8")


def shown(works: Works, place: int) -> list[Path]:
    """Return the files of the pictures that an article's page shows."""
    return sorted(works.settings.public / path for path in set(NAMED.findall(page(works, place))))


def item(works: Works, place: int) -> dict[str, object]:
    found = json.loads((works.settings.public / "feed.json").read_text("utf-8"))["items"]
    (mine,) = (one for one in found if one["url"].endswith(f"/{place}/"))
    assert isinstance(mine, dict)
    return mine


def problems(works: Works) -> list[str]:
    return [one.code for one in operations.verify(works.settings, works.engine, now=LATER, idle=False)]


def test_readers_get_both_sizes_of_a_picture_where_its_article_is(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        (outcome,) = drop(works, "a.zip", BOTH)
        assert outcome.kind == "taken"
        pipeline.publish(works, NOW)
        ferry = shown(works, 1)
        assert sorted(Image.open(io.BytesIO(file.read_bytes())).size for file in ferry) == [(640, 360), (1280, 720)]
        assert {file.suffix for file in shown(works, 2)} == {".png"}
        assert published(works) == sorted([*ferry, *shown(works, 2)])
        assert 'alt="渡船昨天清晨靠岸。（林晓棠 摄）"' in page(works, 1)
        front = (works.settings.public / "index.html").read_text("utf-8")
        assert front.count("<figure") == 1
        url = str(item(works, 1)["image"])
        file = works.settings.public / url.removeprefix(works.settings.site_url)
        assert item(works, 1)["attachments"] == [
            {"url": url, "mime_type": "image/jpeg", "size_in_bytes": file.stat().st_size}
        ]


def test_a_preview_shows_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.zip").write_bytes(BOTH)
    assert cli.run(["preview", "a.zip", "--out", "shown"], {}) == 0
    named = set(NAMED.findall((tmp_path / "shown/index.html").read_text("utf-8")))
    assert named
    assert all((tmp_path / "shown" / path).exists() for path in named)


def test_a_broken_picture_costs_itself_and_its_editor_is_told(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        (outcome,) = drop(works, "a.zip", packed(ferry=FERRY[:900], shelves=SHELVES))
        assert (outcome.kind, "ferry.jpg" in outcome.words) == ("taken", True)
        pipeline.publish(works, NOW)
        assert shown(works, 1) == []
        assert shown(works, 2)
        assert "渡船昨天清晨靠岸。" in page(works, 1)


def test_a_withdrawn_article_takes_its_pictures_along_and_brings_them_back(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.zip", BOTH)
        pipeline.publish(works, NOW)
        before, kept = published(works), shown(works, 2)
        editing.retract(works, "paper", "2026/11/19/1", None, LATER)
        pipeline.publish(works, LATER)
        assert published(works) == kept
        editing.restore(works, "paper", "2026/11/19/1", LATER)
        pipeline.publish(works, LATER)
        assert published(works) == before


def test_at_no_moment_a_page_shows_what_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def watched(name: str) -> Callable[..., Any]:
        really = getattr(output, name)

        def call(root: Path, *given: Any) -> Any:
            done = really(root, *given)
            pages = "".join(path.read_text("utf-8") for path in root.rglob("*.html"))
            moments.append({path for path in NAMED.findall(pages) if not (root / path).exists()})
            return done

        return call

    moments: list[set[str]] = []
    for name in ("write", "remove"):
        monkeypatch.setattr(output, name, watched(name))
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.zip", BOTH)
        pipeline.publish(works, NOW)
        editing.retract(works, "paper", "2026/11/19/1", None, LATER)
        pipeline.publish(works, LATER)
    assert len(moments) > 10
    assert not set().union(*moments)


def test_a_picture_that_another_article_shows_stays(tmp_path: Path) -> None:
    both = ISSUE.replace("shelves.png", "ferry.jpg")
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.zip", packed(both, ferry=FERRY))
        pipeline.publish(works, NOW)
        editing.retract(works, "paper", "2026/11/19/1", None, LATER)
        pipeline.publish(works, LATER)
        assert published(works) == shown(works, 2) != []


@pytest.mark.parametrize(
    ("corrected", "changes"),
    [
        (packed(ferry=encoded(photograph(shade=200)), shelves=SHELVES), True),
        (packed(ISSUE.replace("![渡船昨天清晨靠岸。（林晓棠 摄）](ferry.jpg)\n", ""), shelves=SHELVES), True),
        (packed(ISSUE + "\n<!-- -->\n", ferry=FERRY, shelves=SHELVES), False),
    ],
    ids=["another picture", "no picture", "the same"],
)
def test_a_correction_of_a_picture_is_one_of_its_article(tmp_path: Path, corrected: bytes, changes: bool) -> None:
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.zip", BOTH)
        pipeline.publish(works, NOW)
        before, modified = shown(works, 1), item(works, 1)["date_modified"]
        drop(works, "b.zip", corrected, LATER)
        pipeline.publish(works, LATER)
        assert (item(works, 1)["date_modified"] != modified) == changes
        assert (shown(works, 1) != before) == changes
        assert published(works) == sorted([*shown(works, 1), *shown(works, 2)])


def test_what_waits_for_approval_shows_nothing_and_loses_nothing(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.zip", BOTH)
        editing.hold(works, "paper", "88", NOW)
        pipeline.publish(works, NOW)
        assert published(works) == []
        assert problems(works) == []
        editing.approve(works, "paper", "88", LATER)
        pipeline.publish(works, LATER)
        assert published(works) == sorted([*shown(works, 1), *shown(works, 2)]) != []


def test_a_backup_holds_the_pictures_and_a_restored_site_shows_them(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path)) as works:
        drop(works, "a.zip", BOTH)
        pipeline.publish(works, NOW)
        before = [path.read_bytes() for path in published(works)]
        operations.back_up(works.settings, works.engine, tmp_path / "backup.tar.gz", tmp_path / "config.yaml")
    elsewhere = settings_in(tmp_path, data=tmp_path / "elsewhere")
    operations.restore(elsewhere, tmp_path / "backup.tar.gz", LATER)
    with opened(elsewhere) as works:
        pipeline.publish(works, LATER)
        assert [path.read_bytes() for path in published(works)] == before


def test_verify_notices_what_is_missing_and_what_should_not_be_there(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path), sound=False) as works:
        drop(works, "a.zip", BOTH)
        pipeline.publish(works, NOW)
        first, *_ = published(works)
        (blob,) = (works.settings.blobs / first.stem[:2]).glob(f"{first.stem}*")
        first.rename(first.with_name("stray.jpg"))
        assert problems(works) == ["verify.picture_missing", "verify.picture_unknown"]
        (first.with_name("stray.jpg")).unlink()
        pipeline.republish(works)
        pipeline.publish(works, LATER)
        assert problems(works) == []
        blob.unlink()
        assert problems(works) == ["verify.blob_missing"]


def test_bytes_that_are_lost_cost_their_picture_and_no_publication(tmp_path: Path) -> None:
    with opened(settings_in(tmp_path), sound=False) as works:
        drop(works, "a.zip", BOTH)
        for blob in works.settings.blobs.glob("*/*"):
            blob.unlink()
        assert len(pipeline.publish(works, NOW)) == 1
        assert published(works) == []
        assert {"verify.picture_missing", "verify.blob_missing"} <= {*problems(works)}
