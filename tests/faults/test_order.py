"""What a power cut could take is on the disk before anything is built upon it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import need
from tests.faults import plants, scenes, tracing
from tests.faults.ordering import disorder
from tests.faults.scenes import NEWS, SCENES, Plant, Scene


def found(scene: Scene) -> list[str]:
    """Run a scene and return what it relies on too early."""
    need(tracing.STRACE)
    with scenes.room() as place:
        folder: Path = place / "office"
        scene.lay(folder)
        return disorder(tracing.calls(scene.work(folder), folder, place / "log"), folder)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_bytes_then_names_then_what_tells_of_them(scene: Scene) -> None:
    assert found(scene) == []


@pytest.mark.parametrize(
    ("plant", "told"),
    [
        (plants.no_sync, "before its bytes are on the disk"),
        (plants.no_sync_of_folders, "the database tells of"),
        (plants.feed_before_pages, "is there after the feed"),
        (plants.word_after_file, "is there before its word"),
    ],
)
def test_a_mistake_is_caught(plant: Plant, told: str) -> None:
    assert any(told in fault for fault in found(replace(NEWS, plant=plant)))
