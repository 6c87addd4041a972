"""Whatever stops a publication, readers see the old or the new, never something torn; and readers' stores agree."""

import errno
import itertools
import json
import os
import re
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import reader
import uvicorn

from digest import atomic, editing, feeds, pipeline, settings, site, web
from digest.store import issues
from digest.works import Works
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

ISSUES = Path(__file__).parent.parent.parent / "shared" / "issues"
LATER = NOW + timedelta(hours=2)
STAGE = "\n## 老戏台修好了\n\n本报讯（记者 林晓棠）老戏台修缮完工，本周六晚上唱头一台戏，不收门票。\n"
LINK = re.compile(r'href="/(\d{4}/[^"#]*)"')
ISSUE = re.compile(r".*/\d{4}/\d\d/\d\d(/issue-\d+)?")


class StoppedError(Exception):
    """The power went."""


FAULTS: dict[str, tuple[Any, str, Exception]] = {
    "stopped before some files": (atomic, "replace_all", StoppedError()),
    "EMFILE at open": (tempfile, "mkstemp", OSError(errno.EMFILE, "too many open files")),
    "ENOSPC at write": (Path, "write_bytes", OSError(errno.ENOSPC, "no space left")),
    "EIO at fsync": (os, "fsync", OSError(errno.EIO, "input/output error")),
    "EACCES at rename": (Path, "replace", OSError(errno.EACCES, "permission denied")),
}


def fail_at(n: int, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the n-th call of one kind from now on fail."""
    where, name, error = FAULTS[fault]
    counter = itertools.count(1)
    call = getattr(where, name)

    def failing(*arguments: Any, **named: Any) -> Any:
        if next(counter) == n:
            raise error
        return call(*arguments, **named)

    monkeypatch.setattr(where, name, failing)


def torn(public: Path) -> list[str]:
    """Return what a reader would stumble over: a page or feed that leads to nothing, a withdrawn text still listed."""
    texts = {path.parent: path.read_text("utf-8") for path in public.rglob("index.html")}
    links = {folder: {public / path for path in LINK.findall(page)} for folder, page in texts.items()}
    gone = {folder for folder, page in texts.items() if 'content="noindex"' in page}
    items = [item for feed in public.rglob("feed.json") for item in json.loads(feed.read_text("utf-8"))["items"]]
    told = {public / item["url"].removeprefix("https://paper.example/"): item["title"] for item in items}
    wrong = {folder for folder, title in told.items() if folder in gone and title != "（已撤回）"}
    waiting = [public, public / "archive", *told]
    reached = {*waiting}
    while waiting:  # what nothing leads to yet may lead to what is not there yet
        folder = waiting.pop()
        found = links.get(folder, set())
        if ISSUE.fullmatch(str(folder)) or folder in {public, public / "archive"}:
            wrong |= found & gone
        waiting += found - reached
        reached |= found
    return sorted(
        f"{folder.relative_to(public)}/" for folder in wrong | (reached - {public, public / "archive"} - texts.keys())
    )


def until_done(works: Works, change: Callable[[], object], fault: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Make a change, then publish it, with the fault at each call in turn; return how often it was stopped."""
    change()
    for n in itertools.count(1):
        with monkeypatch.context() as patched:
            fail_at(n, fault, patched)
            try:
                pipeline.publish(works, LATER + n * timedelta(hours=2))  # what failed waits before it is tried again
            except (StoppedError, OSError):
                assert torn(works.settings.public) == []
                continue
        assert torn(works.settings.public) == []
        return n - 1
    raise AssertionError


@pytest.mark.parametrize("fault", FAULTS)
def test_a_publication_stopped_anywhere_is_never_torn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    changes: list[Callable[[Works], object]] = [
        lambda works: drop(works, "a.md", FIRST),
        lambda works: drop(works, "b.md", SECOND),
        lambda works: drop(works, "a.md", FIRST.replace("三百二十", "三百六十") + STAGE, LATER),
        lambda works: editing.retract(works, "paper", "2026/11/19/2", None, LATER),
        lambda works: editing.restore(works, "paper", "2026/11/19/2", LATER),
    ]
    with opened(settings_in(tmp_path)) as works:
        stops = [until_done(works, partial(change, works), fault, monkeypatch) for change in changes]
        assert all(stops)
        pages = {path.parent.relative_to(works.settings.public) for path in works.settings.public.rglob("index.html")}
        assert {Path("2026/11/19/1"), Path("2026/11/19/2"), Path("2026/11/19/3"), Path("2026/11/20/1")} <= pages


def test_a_feed_before_its_pages_would_be_seen(tmp_path: Path) -> None:
    """The harness sees the mistake that it is there for."""
    with opened(settings_in(tmp_path), sound=False) as works:
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        (works.settings.public / "2026/11/19/1/index.html").unlink()
        assert torn(works.settings.public) == ["2026/11/19/1/"]


def test_an_archive_is_read_and_written_an_issue_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large it is, no more of it is in the memory at once."""
    calls = []

    def told(name: str, call: Callable[..., object]) -> Callable[..., object]:
        def telling(*arguments: object, **named: object) -> object:
            calls.append(name)
            return call(*arguments, **named)

        return telling

    with opened(settings_in(tmp_path, feeds=settings.Feeds(keywords=()))) as works:
        for name, content in (("a.md", FIRST), ("b.md", SECOND)):
            drop(works, name, content)
        pipeline.publish(works, NOW)
        editing.retract(works, "paper", "2026/11/19/1/", None, NOW)
        for where, name in ((issues, "get"), (issues, "within"), (site, "render_issue"), (feeds, "build_archive")):
            monkeypatch.setattr(where, name, told(name, getattr(where, name)))
        pipeline.publish(works, NOW, everything=True)
        pages_and_feeds = [*["get", "render_issue"] * 2, "get", "within", "build_archive", "get"]
        assert calls == [*pages_and_feeds, *["get"] * 2]  # the search index is made anew in the end


@contextmanager
def served(works: Works) -> Iterator[str]:
    """Serve the site as the service does, and return its address on loopback."""
    server = uvicorn.Server(uvicorn.Config(web.build(works, lambda: NOW), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join()


def entries(store: reader.Reader) -> dict[str, str | None]:
    return {entry.id: entry.title for entry in store.get_entries()}


@pytest.mark.skipif(not ISSUES.is_dir(), reason="the real issues are not here")
def test_a_corrected_real_issue_doubles_nothing_in_a_storing_reader(tmp_path: Path) -> None:
    """One headline and one figure changed, one article removed, one added."""
    text = next(ISSUES.glob("000_*.txt")).read_text("utf-8")
    *articles, rest = re.sub(r"(?m)^(（[^）。\n]{2,20}）)$", r"\1\f", text).split("\f")
    assert len(articles) == 8
    new = "\n\n老渡口恢复摆渡\n\n本报讯 1月4日，停航五年的老渡口恢复摆渡，首日运送三百二十人次，票价一元。\n\n（记者 林晓棠）"
    corrected = [*articles, new, rest]
    corrected[1] = corrected[1].replace("来", "到", 1)
    corrected[3] = re.sub(r"\d+月", "12月", corrected[3], count=1)
    removed = corrected.pop(5)
    with opened(settings_in(tmp_path)) as works, served(works) as url, reader.make_reader(":memory:") as store:
        store.add_feed(f"{url}feed.xml")
        drop(works, "2023-01-06.txt", text)
        pipeline.publish(works, NOW)
        store.update_feed(f"{url}feed.xml")
        before = entries(store)
        assert [outcome.kind for outcome in drop(works, "2023-01-06.txt", "".join(corrected), LATER)] == ["corrected"]
        pipeline.publish(works, LATER)
        store.update_feed(f"{url}feed.xml")
        after = entries(store)
    assert before.keys() <= after.keys()
    assert len(after) == len(before) + 1
    assert sum(after[entry] != title for entry, title in before.items()) == 2  # the changed headline, the withdrawn one
    assert removed.split()[0] not in after.values()
