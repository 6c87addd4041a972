"""The desk in a real browser, without JavaScript: an editor's whole visit, on a phone and on a screen, by light and dark."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import resources

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from digest import editing, pipeline, subscriptions, web
from digest.operations.desk import password
from digest.settings import Publication
from digest.works import Works
from tests.web.desking import GUESSED, WORD, open_desk
from tests.works import FIRST, NOW, SECOND, drop, opened, settings_in

WIDTHS = (375, 1280)
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Works, str]]:
    """Return a service that listens, with an issue out, a held one, and one whose date is a guess."""
    door = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{door.getsockname()[1]}/"
    settings = settings_in(tmp_path_factory.mktemp("desk"), publications=(Publication(title="南浔渡口报"),))
    with opened(replace(settings, site_url=url, service_url=url)) as works:
        open_desk(works)
        subscriptions.add(works, works.settings.publications[0], "reader@home.example", "issue", NOW)
        drop(works, "a.md", FIRST)
        pipeline.publish(works, NOW)
        pipeline.compose(works, NOW)
        drop(works, "b.md", SECOND)
        editing.hold(works, "paper", "89", NOW)
        drop(works, "c.txt", GUESSED)
        drop(works, "d.pdf", b"%PDF-1.4 no pdf")
        server = uvicorn.Server(uvicorn.Config(web.build(works, lambda: NOW), log_level="warning", proxy_headers=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]})
        thread.start()
        yield works, url
        server.should_exit = True
        thread.join()


@pytest.fixture(params=[("light", "zh"), ("dark", "en")])
def visit(
    request: pytest.FixtureRequest, browser: Browser, office: tuple[Works, str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Page, Callable[[], None]]]:
    """Return a page of a browser that runs no script, logged out, and what looks at it from all sides."""
    monkeypatch.setitem(password._COST, "n", 16)
    open_desk(office[0])
    scheme, language = request.param
    context = browser.new_context(color_scheme=scheme, java_script_enabled=False)
    eyes = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))

    def look() -> None:
        """See that nothing is wider than the screen, and that axe, which is a script, finds nothing in the same page."""
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            eyes.add_cookies(context.cookies())
            other = eyes.new_page()
            other.set_viewport_size({"width": width, "height": 800})
            other.goto(page.url)
            assert other.evaluate("document.documentElement.scrollWidth") <= width, page.url
            other.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            assert other.evaluate("document.documentElement.scrollWidth") <= width, page.url
            other.evaluate(AXE)
            found = other.evaluate("rules => axe.run({runOnly: rules})", RULES)
            told = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]
            assert not told, f"{page.url}: {told}"
            other.close()

    page.goto(f"{office[1]}desk/?lang={language}")
    page.goto(f"{office[1]}desk/login/?lang={language}")
    yield page, look
    assert [each for each in complaints if "of 403" not in each and "of 404" not in each] == []
    context.close()
    eyes.close()


def log_in(page: Page, word: str = WORD) -> None:
    page.fill("#password", word)
    with page.expect_navigation():
        page.click("main button")


def test_an_editor_looks_at_every_page(visit: tuple[Page, Callable[[], None]], office: tuple[Works, str]) -> None:
    page, look = visit
    look()
    log_in(page, "not the password")
    assert page.get_by_role("alert").count() == 1
    log_in(page)
    paths = ("", "issues/", "issues/1/", "issues/2/", "issues/3/", "files/", "subscribers/", "subscribers/1/")
    for path in (*paths, "deliveries/", "subscribers/99/", "issues/1/preview/"):
        page.goto(f"{office[1]}desk/{path}")
        look()


def test_an_editor_approves_withdraws_gives_back_and_leaves(
    browser: Browser, office: tuple[Works, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(password._COST, "n", 16)
    works, url = office
    open_desk(works)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = context.new_page()
    page.goto(f"{url}desk/issues/")
    log_in(page)
    assert page.url == f"{url}desk/issues/"
    page.get_by_role("link", name="待批准").first.click()
    page.get_by_role("link", name="第89期").click()
    assert "白鹭湖" in page.frame_locator("iframe").locator("main").inner_text()
    page.get_by_role("button", name="批准发布").click()
    assert page.get_by_role("status").inner_text() == "已批准，读者几秒后就能看到。"
    pipeline.publish(works, NOW)
    page.goto(f"{url}desk/issues/1/")
    page.locator(".pieces summary").nth(1).click()
    page.get_by_label("原因").nth(2).fill("数字有误")
    page.locator(".pieces li").nth(1).get_by_role("button", name="撤回").click()
    assert page.get_by_role("status").inner_text() == "已撤回，网页几秒后更新。"
    pipeline.publish(works, NOW)
    assert page.goto(f"{url}2026/11/19/2/").status == 410
    page.goto(f"{url}desk/issues/1/")
    assert "数字有误" in page.locator(".gone").inner_text()
    page.locator(".gone").get_by_role("button", name="恢复").click()
    assert page.get_by_role("status").inner_text() == "已恢复，网页几秒后更新。"
    pipeline.publish(works, NOW)
    assert page.goto(f"{url}2026/11/19/2/?anew").status == 200
    page.goto(f"{url}desk/")
    page.get_by_role("button", name="退出").click()
    assert page.get_by_role("status").inner_text() == "已退出。"
    page.goto(f"{url}desk/issues/")
    assert "login" in page.url
    context.close()
