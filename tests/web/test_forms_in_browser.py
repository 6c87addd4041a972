"""The pages of the service in a real browser: no wider than the screen, no complaint, and all of it by keyboard."""

from collections.abc import Iterator
from importlib import resources
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from starlette.testclient import TestClient

from digest import pipeline, subscriptions
from digest.works import Works
from tests.mailboxes import link, mails
from tests.works import NOW

READER = "reader@home.example"
WIDTHS = (375, 1280)
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser, visitor: TestClient) -> Iterator[Page]:
    """Return a page whose every request the service answers."""

    def answer(route: Route) -> None:
        asked = route.request
        path = asked.url.removeprefix("https://service.example")
        kept = {name: value for name, value in asked.headers.items() if name in {"content-type", "origin"}}
        found = visitor.request(asked.method, path, content=asked.post_data_buffer or b"", headers=kept)
        route.fulfill(status=found.status_code, body=found.content, headers=dict(found.headers))

    context = browser.new_context(color_scheme=request.param)
    context.route("**/*", answer)
    yield context.new_page()
    context.close()


def test_a_reader_subscribes_chooses_and_leaves(page: Page, printed: Works) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))

    def look(heading: str) -> None:
        expect(page.locator("h1")).to_have_text(heading)  # waits for the page that a form leads to
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        page.evaluate(AXE)
        found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []

    page.goto("https://service.example/subscribe")
    look("订阅简报")
    page.focus("#email")
    page.keyboard.type(READER)
    page.keyboard.press("Enter")
    look("请查收邮件")
    page.goto("https://service.example" + link(mails(printed, READER)[0], "confirm"))
    look("确认订阅")
    page.get_by_role("button", name="确认订阅").click()
    look("订阅成功")
    assert [one.state for one in subscriptions.listed(printed.engine)] == ["active"]
    pipeline.compose(printed, NOW)
    letter = mails(printed, READER)[1]
    page.goto("https://service.example" + link(letter, "preferences"))
    look("订阅设置")
    page.get_by_label("每周一封").check()
    page.get_by_label("寄送时间").fill("18:30")
    page.get_by_label("关键词").fill("渡口")
    page.get_by_role("button", name="保存设置").click()
    assert page.get_by_role("status").inner_text() == "已保存。"
    page.get_by_label("时区").fill("Mars")
    page.get_by_role("button", name="保存设置").click()
    page.get_by_role("alert").get_by_role("link").click()
    assert urlsplit(page.url).fragment == "timezone"
    assert page.get_by_label("时区").input_value() == "Mars"
    page.goto("https://service.example" + link(letter, "unsubscribe"))
    look("退订简报")
    page.get_by_role("button", name="确认退订").click()
    look("已退订")
    assert [one.state for one in subscriptions.listed(printed.engine)] == ["unsubscribed"]
    assert [each for each in complaints if "422" not in each] == []
