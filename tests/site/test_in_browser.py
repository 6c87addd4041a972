"""Site and letter in a real browser: nothing refused, nothing complained of, nothing wider than the screen."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from importlib import resources
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, Route, expect

from digest import mail, site
from digest.model import Withdrawal
from digest.web.service import SECURITY
from tests.builders import ARTICLES, HOSTILE, ISSUE, LINES, PAPER, hostile_article, issue_of
from tests.site.whole import FULL, TEMPLATES, ZH, whole_site

WIDTHS = (375, 768, 1280)
HOME = "https://paper.example/yunting/"
AXE = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"/>'
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "jpg": "image/svg+xml"}


def hostile() -> dict[str, bytes]:
    """Return a site and a letter, one of whose articles is made of words too long for any screen."""
    issue = issue_of(*ARTICLES, hostile_article("Llanfair" * 40), *map(hostile_article, HOSTILE[:3]))
    later = ISSUE.published + timedelta(days=1)
    articles = (replace(stored, updated=later, note="Llanfair" * 40) for stored in issue.articles)
    issue = replace(issue, articles=tuple(articles))
    gone = replace(issue.articles[0], path="gone/", withdrawn=Withdrawal(later, "Llanfair" * 40))
    endless = replace(PAPER, title="Llanfair" * 9, description="Llanfair" * 40, legal=("Llanfair" * 40,))
    letter = mail.render(mail.compose(PAPER, [issue]), TEMPLATES, ZH, "云汀日报社")
    return {
        **site.render_issue(PAPER, issue, TEMPLATES, ZH),
        **site.render_lists(endless, issue, LINES, TEMPLATES, ZH),
        **site.render_tombstones(PAPER, replace(issue, withdrawn=(gone,)), TEMPLATES, ZH),
        "papers.html": site.render_papers([PAPER, endless], TEMPLATES, ZH)["index.html"],
        "feeds.html": site.render_papers([PAPER, endless], TEMPLATES, ZH)["subscribe/index.html"],
        "letter.html": letter.html.encode(),
    }


WHOLE = whole_site() | {"papers.html": site.render_papers([FULL, FULL], TEMPLATES, ZH)["index.html"]}
FILES = {**WHOLE, **{f"hostile/{path}": page for path, page in hostile().items()}}


def pages_of(files: dict[str, bytes]) -> list[str]:
    return [path for path in files if path.endswith(".html")]


TYPES = [path for path in pages_of(WHOLE) if path not in {f"2026/11/20/{n}/index.html" for n in range(2, 6)}]
"""A page of each kind: the first article, that has most, and the last, that has a picture."""


def answer(route: Route) -> None:
    """Answer a request from `FILES`, under the service's content security policy."""
    path = unquote(urlsplit(route.request.url).path).removeprefix("/yunting").removeprefix("/")
    path = f"{path}index.html" if path.endswith("/") or not path else path
    kind = KINDS.get(path.rpartition(".")[2], "text/html; charset=utf-8")
    policy = {} if path.endswith("letter.html") else SECURITY
    body = FILES.get(path, PIXEL if path.startswith("pictures/") else None)
    route.fulfill(status=404 if body is None else 200, body=body or b"", headers={"content-type": kind, **policy})


@pytest.fixture(params=["light", "dark"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """Return a browser that finds `FILES` at their addresses and nothing else."""
    made = browser.new_context(color_scheme=request.param, reduced_motion="reduce")
    made.route("**/*", answer)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return a page of it."""
    return context.new_page()


def test_no_page_is_wider_than_the_screen_or_makes_the_browser_complain(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    for path in pages_of(FILES):
        page.goto(HOME + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{path} is {wide} wide on a screen of {width}"
    assert complaints == []


@pytest.mark.parametrize("width", [375, 1280])
def test_everybody_can_read_every_page(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in TYPES:
        page.goto(HOME + path)
        page.evaluate(AXE)
        found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        told = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]
        assert not told, f"{path}: {json.dumps(told, ensure_ascii=False, indent=1)}"


def test_text_of_twice_the_size_still_fits(page: Page) -> None:
    page.set_viewport_size({"width": 640, "height": 512})  # WCAG 1.4.4: 1280 pixels at 200 %
    for path in TYPES:
        page.goto(HOME + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
    page.set_viewport_size({"width": 320, "height": 256})  # WCAG 1.4.10: at 400 %
    for path in TYPES:
        page.goto(HOME + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_an_article_is_small_and_waits_for_its_style_sheet_alone(page: Page) -> None:
    answers: list[Response] = []
    page.on("response", lambda response: answers.append(response))  # noqa: PLW0108 -- a built-in is refused
    page.goto(f"{HOME}2026/11/20/1/", wait_until="networkidle")
    sizes = {answer.url.removeprefix(HOME): len(answer.body()) for answer in answers}
    sizes.pop("icon.svg", None)
    assert sizes.keys() == {"2026/11/20/1/", "style.css", "theme.js"}
    assert sum(sizes.values()) < 60_000
    blocking = page.evaluate(
        "performance.getEntriesByType('resource').filter(e => e.renderBlockingStatus === 'blocking').map(e => e.name)"
    )
    assert blocking == [f"{HOME}style.css"]


def test_a_reader_chooses_light_or_dark_for_all_pages_and_sees_no_flash_of_the_other(page: Page) -> None:
    def background() -> str:
        found: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
        return found

    page.goto(HOME)
    before = background()
    page.click(".theme")
    chosen = background()
    assert chosen != before
    page.add_init_script(
        """new PerformanceObserver(list => list.getEntries().forEach(entry => {
            document.body.dataset.painted = getComputedStyle(document.body).backgroundColor;
        })).observe({type: "paint", buffered: true});"""
    )
    page.goto(f"{HOME}2026/11/20/1/")
    page.wait_for_selector("[data-painted]")
    assert page.get_attribute("body", "data-painted") == background() == chosen
    assert page.get_attribute(".theme", "aria-label") in {ZH("site.dark"), ZH("site.light")}
    page.click(".theme")
    assert background() == before


def test_without_a_script_there_is_no_switch_and_all_else(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route("**/*", answer)
    page = context.new_page()
    page.goto(HOME)
    assert not page.is_visible(".theme")
    page.click(".lead h2 a")
    expect(page.locator("h1")).to_have_text(ISSUE.articles[0].article.title or "")
    context.close()


def test_the_measure_of_a_text_is_what_chinese_readers_are_used_to(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{HOME}2026/11/20/1/")
    width, size, leading, indent = page.evaluate(
        """() => {
            const p = document.querySelector('.text p'), style = getComputedStyle(p);
            return [p.clientWidth, ...[style.fontSize, style.lineHeight, style.textIndent].map(parseFloat)];
        }"""
    )
    assert 34 <= width / size <= 38
    assert leading / size == pytest.approx(1.8)
    assert indent / size == pytest.approx(2)
    edges = page.evaluate(
        "[...document.querySelectorAll('.text, .related, .neighbours')].map(e => e.getBoundingClientRect().left)"
    )
    assert max(edges) - min(edges) < 1


def test_the_keyboard_reaches_the_text_first(page: Page) -> None:
    page.goto(HOME)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_issue_that_is_shown_is_the_builders(page: Page) -> None:
    page.goto(f"{HOME}2026/11/20/2/")
    page.click("a.previous")
    expect(page.locator("h1")).to_have_text(ISSUE.articles[0].article.title or "")
