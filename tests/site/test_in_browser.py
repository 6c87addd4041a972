"""Site and letter in a real browser: nothing refused, nothing complained of, nothing wider than the screen."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from digest import mail, site, templating
from digest.messages import Messages
from digest.model import Withdrawal
from tests.builders import ARTICLES, HOSTILE, ISSUE, LINES, PAPER, hostile_article, issue_of

TEMPLATES, SAY = templating.load(), Messages("zh")
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
WIDTHS = (375, 768, 1280)


def written() -> dict[str, bytes]:
    """Return a site and a letter, one of whose articles is made of words too long for any screen."""
    issue = issue_of(*ARTICLES, hostile_article("Llanfair" * 40), *map(hostile_article, HOSTILE[:3]))
    later = ISSUE.published + timedelta(days=1)
    issue = replace(issue, articles=tuple(replace(stored, updated=later) for stored in issue.articles))
    gone = replace(issue.articles[0], path="gone/", withdrawn=Withdrawal(later, "Llanfair" * 40))
    endless = replace(PAPER, title="Llanfair" * 9, description="Llanfair" * 40)
    letter = mail.render(mail.compose(PAPER, [issue], date(2026, 11, 20)), TEMPLATES, SAY, "云汀日报社")
    return {
        **site.render_issue(PAPER, issue, TEMPLATES, SAY),
        **site.render_lists(PAPER, issue, LINES, TEMPLATES, SAY),
        **site.render_tombstones(PAPER, replace(issue, withdrawn=(gone,)), TEMPLATES, SAY),
        "papers.html": site.render_papers([PAPER, endless], TEMPLATES, SAY)["index.html"],
        "notice.html": site.render_notice(PAPER, TEMPLATES, SAY, heading="退订", paragraphs=["一"], button="退订"),
        "letter.html": letter.html.encode(),
    }


FILES = written()
PATHS = [path for path in FILES if path.endswith(".html")]


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Return a page whose every request is answered from `FILES`, under the service's content security policy."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/yunting").removeprefix("/")
        path = f"{path}index.html" if path.endswith("/") or not path else path
        kind = {"css": "text/css", "svg": "image/svg+xml"}.get(path.rpartition(".")[2], "text/html; charset=utf-8")
        policy = {} if path == "letter.html" else {"content-security-policy": POLICY}
        known = path in FILES
        route.fulfill(status=200 if known else 404, body=FILES.get(path, b""), headers={"content-type": kind, **policy})

    context = browser.new_context(color_scheme=request.param)
    context.route("**/*", answer)
    yield context.new_page()
    context.close()


def test_no_page_is_wider_than_the_screen_or_makes_the_browser_complain(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    for path in PATHS:
        page.goto(f"https://paper.example/yunting/{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} wide on a screen of {width}"
    assert complaints == []


def test_the_measure_of_a_text_is_what_chinese_readers_are_used_to(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto("https://paper.example/yunting/2026/11/20/1/")
    width, size, leading, indent = page.evaluate(
        """() => {
            const p = document.querySelector('.text p'), style = getComputedStyle(p);
            return [p.clientWidth, ...[style.fontSize, style.lineHeight, style.textIndent].map(parseFloat)];
        }"""
    )
    assert 34 <= width / size <= 38
    assert leading / size == pytest.approx(1.8)
    assert indent / size == pytest.approx(2)


def test_the_keyboard_reaches_the_text_first(page: Page) -> None:
    page.goto("https://paper.example/yunting/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_issue_that_is_shown_is_the_builders(page: Page) -> None:
    page.goto("https://paper.example/yunting/2026/11/20/2/")
    page.click("a.previous")
    assert page.text_content("h1") == ISSUE.articles[0].article.title
