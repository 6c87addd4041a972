"""Searching in a real browser, with JavaScript and without, on a phone and on a desk."""

import http.client
import threading
import time
from collections.abc import Iterator
from importlib import resources
from urllib.parse import quote

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from digest import pipeline, settings, web
from digest.search import Found
from digest.store import search
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

WIDTHS = (375, 1280)
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where a service with two issues answers."""
    folder = tmp_path_factory.mktemp("office")
    server = uvicorn.Server(uvicorn.Config(lambda: None, port=0, log_level="error", factory=False))
    sockets = [server.config.bind_socket()]
    home = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
    paper = settings.Publication(title="南浔渡口报")
    with opened(settings_in(folder, site_url=home, service_url=home, publications=(paper,))) as works:
        for name, content in (("a.md", FIRST), ("b.md", SECOND)):
            drop(works, name, content)
        pipeline.publish(works, NOW)
        server.config.app = web.build(works, lambda: NOW)
        thread = threading.Thread(target=server.run, args=(sockets,))
        thread.start()
        try:
            while not server.started:
                time.sleep(0.01)
            yield home
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def test_a_reader_types_sends_and_reads(page: Page, address: str) -> None:
    page.goto(f"{address}search")
    page.get_by_role("searchbox").fill("图书馆")
    page.get_by_role("button", name="搜索").click()
    page.wait_for_url(f"{address}search?q={quote('图书馆')}*")
    expect(page.locator("mark").first).to_have_text("图书馆")
    page.get_by_role("link", name="镇图书馆新添三千册书").click()
    expect(page.locator("h1")).to_have_text("镇图书馆新添三千册书")


def test_the_search_box_of_every_page_leads_there(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address)
    page.get_by_role("searchbox").fill("渡口")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}search?q={quote('渡口')}*")
    expect(page.locator(".hits h2")).to_have_count(1)


def test_what_is_typed_is_found_without_sending(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{address}search")
    page.get_by_role("searchbox").press_sequentially("林晓棠", delay=30)
    expect(page.locator(".hits h2")).to_have_count(2)
    expect(page.get_by_role("status")).to_contain_text("共 2 篇")
    assert page.url == f"{address}search?q={quote('林晓棠')}"
    page.get_by_text("缩小范围").click()
    page.get_by_label("从哪天").fill("2026-11-20")
    expect(page.locator(".hits h2")).to_have_count(1)
    assert page.evaluate("document.activeElement.name") == "from"
    assert complaints == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_search_is_wider_than_the_screen_or_makes_the_browser_complain(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    for query in ("", "q=渡口&from=2026-01-01", "q=本报讯&sort=best", "q=" + "Llanfair" * 20, "q=火星"):
        page.goto(f"{address}search?{query}")
        page.evaluate(AXE)
        assert page.evaluate("rules => axe.run({runOnly: rules})", RULES)["violations"] == []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, query
    assert complaints == []
    context.close()


def test_a_search_holds_up_nobody_else(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    step = threading.Event()

    def wait(*_: object, **__: object) -> Found:
        assert step.wait(60)
        return Found()

    monkeypatch.setattr(search, "find", wait)
    host = address.removeprefix("http://").strip("/")
    waiting = [http.client.HTTPConnection(host, timeout=60) for _ in range(12)]
    try:
        for each in waiting:
            each.request("GET", "/search?q=a")
        other = http.client.HTTPConnection(host, timeout=20)
        other.request("GET", "/healthz")
        assert other.getresponse().status == 200
        other.close()
    finally:
        step.set()
        for each in waiting:
            assert each.getresponse().status == 200
            each.close()
