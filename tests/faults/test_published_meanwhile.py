"""Who reads the site while it is published meets whole files, and finds what they lead to."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from digest import editing, pipeline
from digest.settings import Settings
from digest.works import Works
from tests.faults import invariants, plants
from tests.faults.scenes import Plant
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

READERS = 2
ISSUES = 4
ENOUGH = 1_000
MANY = 10_000
PAUSE = 0.005
"""How many seconds a reader leaves the machine to the others."""

PAGES = ("index.html", "archive/index.html", "feed.json", "feed.xml", "atom.xml", "feeds/issues/feed.xml")


def read_on(configured: Settings, answer: int) -> None:
    """Read over and over until told to end; then tell how often, and what was wrong."""
    going = [True]
    signal.signal(signal.SIGTERM, lambda *_: going.clear())
    reads, wrong = 0, set()
    while going:
        time.sleep(PAUSE)
        for path in (configured.public / name for name in PAGES):
            if path.exists():
                reads += 1
                wrong |= {f"torn: {path.name}"} if invariants.is_torn(path) else set()
        for item in entries(configured.public / "feed.json"):
            reads += 1
            page = configured.public / item["url"].removeprefix(configured.site_url) / "index.html"
            if not page.exists():
                wrong.add(f"the feed leads to nothing: {item['url']}")
            elif invariants.is_torn(page):
                wrong.add(f"torn: {item['url']}")
    with os.fdopen(answer, "w") as told:
        json.dump([reads, sorted(wrong)], told)


def entries(feed: Path) -> list[dict[str, str]]:
    """Return the entries of a feed; one that is torn has none, and is told of as a file."""
    try:
        found: list[dict[str, str]] = json.loads(feed.read_bytes())["items"]
    except (FileNotFoundError, ValueError):
        return []
    return found


@contextmanager
def readers(configured: Settings) -> Iterator[list[tuple[int, list[str]]]]:
    """Have readers at work; give a list that holds what each has to tell when they have ended."""
    told: list[tuple[int, list[str]]] = []
    running = [started(configured) for _ in range(READERS)]
    try:
        yield told
    finally:
        for pid, answer in running:
            os.kill(pid, signal.SIGTERM)
            with os.fdopen(answer) as said:
                told.append(tuple(json.load(said)))
            os.waitpid(pid, 0)


def started(configured: Settings) -> tuple[int, int]:
    receiving, sending = os.pipe()
    pid = os.fork()
    if pid:
        os.close(sending)
        return pid, receiving
    try:
        read_on(configured, sending)
    finally:
        os._exit(0)


def publish_many(works: Works) -> None:
    """Publish issues, corrections, a withdrawal and its end, and everything once more."""
    for n in range(ISSUES):
        later = NOW + timedelta(hours=n)
        text = FIRST.replace("第88期", f"第{100 + n}期").replace("老渡口", f"第{n}渡口").replace("图书馆", f"图书馆{n}")
        drop(works, f"{n}.md", text, later)
        pipeline.publish(works, later)
        drop(works, f"{n} again.md", text.replace("三百二十", f"{n + 2}百二十"), later)
        pipeline.publish(works, later)
    editing.retract(works, "paper", "2026/11/19/1/", None, NOW)
    pipeline.publish(works, NOW)
    editing.restore(works, "paper", "2026/11/19/1/", NOW)
    pipeline.publish(works, NOW, everything=True)


def told_of(folder: Path) -> tuple[int, set[str]]:
    """Have readers at work while much is published; return how often they read, and what was wrong."""
    configured = settings_in(folder)
    with opened(configured, sound=False) as works:
        drop(works, "b.md", SECOND)
        pipeline.publish(works, NOW)
        with readers(configured) as told:
            publish_many(works)
    return sum(reads for reads, _ in told), {fault for _, faults in told for fault in faults}


def test_nobody_reads_half_of_anything_or_is_led_to_nothing(tmp_path: Path) -> None:
    reads, wrong = told_of(tmp_path)
    assert wrong == set()
    assert reads > ENOUGH


@pytest.mark.full
def test_nobody_does_in_very_many_reads(tmp_path: Path) -> None:
    reads, n = 0, 0
    while reads < MANY:
        n += 1
        more, wrong = told_of(tmp_path / str(n))
        reads += more
        assert wrong == set()
    sys.stderr.write(f"\n{reads} reads, 0 torn\n")


@pytest.mark.parametrize(
    ("plant", "fault"), [(plants.feed_before_pages, "leads to nothing"), (plants.torn_files, "torn")]
)
def test_a_mistake_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plant: Plant, fault: str) -> None:
    monkeypatch.setattr(plants, "_put", monkeypatch.setattr)
    plant()
    _, wrong = told_of(tmp_path)
    assert any(fault in one for one in wrong)
