"""Real feed readers subscribe to the running service over HTTP, and see what an editor meant them to see."""

import os
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
import reader
import uvicorn
from playwright.sync_api import Browser

from digest import editing, pipeline, settings, web
from digest.works import Works
from tests.conftest import need
from tests.test_running import free_port
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

NEWSBOAT = Path("/usr/bin/newsboat")
LATER = NOW + timedelta(hours=2)
FEEDS = ["feed.xml", "atom.xml", "feeds/issues/feed.xml", "feeds/keyword/%E6%B8%A1%E5%8F%A3/feed.xml"]


class Service:
    """A running service, and the statuses of its answers in their order."""

    def __init__(self, works: Works) -> None:
        self.works = works
        self.url = works.settings.site_url
        self.statuses: list[int] = []
        self._app = web.build(works, lambda: NOW)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def noting(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.statuses.append(message["status"])
            await send(message)

        await self._app(scope, receive, noting)

    def drop(self, name: str, text: str, now: datetime = NOW) -> None:
        drop(self.works, name, text, now)
        pipeline.publish(self.works, now)


@contextmanager
def running(folder: Path) -> Iterator[Service]:
    port = free_port()
    offered = settings.Feeds(keywords=("渡口",))
    configured = settings_in(folder, site_url=f"http://127.0.0.1:{port}/", feeds=offered)
    with opened(configured) as works:
        service = Service(works)
        service.drop("a.md", FIRST)
        for path in works.settings.public.rglob("*.*"):  # an hour ago: a date in HTTP has whole seconds
            os.utime(path, (path.stat().st_mtime - 3600,) * 2)
        server = uvicorn.Server(uvicorn.Config(service, port=port, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield service
        server.should_exit = True
        thread.join()


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with running(tmp_path) as service:
        yield service


def test_feedparser_reads_it_and_is_told_that_nothing_is_new(service: Service) -> None:
    for path in FEEDS:
        first = feedparser.parse(service.url + path)
        assert not first.bozo
        assert first.status == 200
        assert all(entry.published_parsed for entry in first.entries)
        again = feedparser.parse(service.url + path, etag=first.etag, modified=first.modified)
        assert (again.status, again.entries) == (304, [])


@pytest.mark.parametrize("path", FEEDS[:2])
def test_a_storing_reader_polls_cheaply_and_takes_corrections_and_withdrawals_in_place(
    service: Service, path: str
) -> None:
    with reader.make_reader(":memory:") as store:
        store.add_feed(service.url + path)
        store.update_feed(service.url + path)
        before = {entry.id: entry for entry in store.get_entries()}
        assert {entry.title for entry in before.values()} == {"老渡口恢复摆渡", "镇图书馆新添三千册书"}
        service.statuses.clear()
        store.update_feed(service.url + path)
        assert service.statuses == [304]
        service.drop("a.md", FIRST.replace("三百二十", "三百六十"), LATER)
        editing.retract(service.works, "paper", "2026/11/19/2/", None, LATER)
        service.drop("b.md", SECOND, LATER)
        store.update_feed(service.url + path)
        after = {entry.id: entry for entry in store.get_entries()}
    assert before.keys() < after.keys()
    assert len(after) == 3
    corrected, withdrawn = (
        next(after[tag] for tag, entry in before.items() if name in entry.title) for name in ("渡口", "图书")
    )
    assert "三百六十" in corrected.get_content().value
    assert withdrawn.title == "（已撤回）"
    for entry in (corrected, withdrawn):
        assert entry.published == before[entry.id].published
    zone = service.works.settings.publications[0].zone
    assert {entry.published.astimezone(zone).hour for entry in before.values()} == {6}


def reload(folder: Path) -> list[dict[str, Any]]:
    """Have newsboat poll its feeds, and return what it keeps of their items, the newest first."""
    command = [str(NEWSBOAT), "-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")]
    environment = os.environ | {"HOME": str(folder), "LC_ALL": "C.UTF-8"}
    subprocess.run([*command, "-x", "reload"], env=environment, cwd=folder, check=True, timeout=60)
    with closing(sqlite3.connect(folder / "cache.db")) as cache:
        cache.row_factory = sqlite3.Row
        rows = cache.execute("SELECT * FROM rss_item WHERE deleted = 0 ORDER BY pubDate DESC, id")
        return [dict(row) for row in rows]


@pytest.mark.parametrize("path", FEEDS[:2])
def test_newsboat_keeps_one_item_an_article_with_its_text_date_and_author(
    service: Service, path: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    need(NEWSBOAT)
    folder = tmp_path_factory.mktemp("newsboat")
    (folder / "urls").write_text(f"{service.url}{path}\n")
    (folder / "config").write_text("")
    first = reload(folder)
    assert [item["title"] for item in first] == ["老渡口恢复摆渡", "镇图书馆新添三千册书"]
    published = datetime(2026, 11, 18, 22, tzinfo=UTC).timestamp()
    assert [item["pubDate"] - published for item in first] == [1, 0]
    assert [item["author"] for item in first] == ["林晓棠", "沈归舟"]
    assert "六十五岁以上老人免费" in first[0]["content"]
    assert first[0]["url"] == f"{service.url}2026/11/19/1/"
    assert reload(folder) == first
    service.drop("a.md", FIRST.replace("三百二十", "三百六十"), LATER)
    service.drop("b.md", SECOND, LATER)
    after = reload(folder)
    assert [item["title"] for item in after] == ["白鹭湖水质首次达到二类", *(item["title"] for item in first)]
    assert [item["guid"] for item in after[1:]] == [item["guid"] for item in first]
    assert "三百六十" in after[1]["content"]


def test_newsboat_takes_the_whole_list(service: Service, tmp_path_factory: pytest.TempPathFactory) -> None:
    need(NEWSBOAT)
    folder = tmp_path_factory.mktemp("newsboat")
    (folder / "urls").write_text("")
    (folder / "config").write_text("")
    opml = service.works.settings.public / "feeds/feeds.opml"
    command = [str(NEWSBOAT), "-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")]
    environment = os.environ | {"HOME": str(folder), "LC_ALL": "C.UTF-8"}
    subprocess.run([*command, "-i", str(opml)], env=environment, check=True, timeout=60)
    taken = [line.split()[0].strip('"') for line in (folder / "urls").read_text("utf-8").splitlines()]
    assert taken == [service.url + path for path in ("feed.xml", *FEEDS[2:])]
    assert reload(folder)


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("path", FEEDS[:2])
def test_a_browser_shows_a_page_and_not_the_source(service: Service, browser: Browser, path: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    problems: list[str] = []
    page.on("response", lambda response: problems.append(response.url) if not response.ok else None)
    answer = page.goto(service.url + path)
    assert answer is not None
    assert answer.headers["content-type"] == "application/xml; charset=utf-8"
    shown = page.evaluate(
        """() => {
            const root = document.documentElement;
            const seen = [...root.querySelectorAll("*")].filter(e => e.getClientRects().length);
            return {
                names: [...new Set(seen.map(e => e.tagName))].sort(),
                titles: seen.filter(e => e.tagName == "title").map(e => e.textContent),
                banner: getComputedStyle(root, "::before").content,
                fits: root.scrollWidth <= innerWidth,
            };
        }"""
    )
    page.close()
    assert shown["titles"] == ["南浔渡口报", "老渡口恢复摆渡", "镇图书馆新添三千册书"]
    assert "这是一个订阅源" in shown["banner"]
    assert shown["fits"]
    assert not {"content", "content:encoded", "guid", "id", "ttl", "category", "image", "icon"} & {*shown["names"]}
    assert [url for url in problems if not url.endswith("/favicon.ico")] == []
