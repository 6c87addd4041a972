"""Letters as mail programs show them: in a narrow and in a wide window, with pictures off and the style sheet gone."""

import re

import pytest
from playwright.sync_api import Browser

from tests.mail import samples

LETTERS = {name: message for name, (message, _) in samples.every().items()}
SMALLEST = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter(one => one.offsetHeight > 0 && [...one.childNodes].some(node => node.nodeType == 3 && node.data.trim()))
  .map(one => parseFloat(getComputedStyle(one).fontSize)))"""


@pytest.mark.parametrize("name", ["weekly-full-zh", "daily-headlines-en", "confirm-zh"])
@pytest.mark.parametrize("sheet", ["with its style sheet", "without"])
def test_it_can_be_read_on_a_phone_and_on_a_desk(name: str, sheet: str, browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/*", lambda route: route.abort())
    source = LETTERS[name].html
    page.set_content(re.sub(r"(?s)<style.*?</style>", "", source) if sheet == "without" else source)
    for width in (375, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        column = page.locator("table.sheet").bounding_box()
        assert column
        assert column["width"] <= 640
        assert page.evaluate(SMALLEST) >= 13
    assert not any(one.is_visible() for one in page.locator(".preheader").all())
    page.close()


def test_in_the_dark_it_is_dark(browser: Browser) -> None:
    page = browser.new_page(color_scheme="dark")
    page.set_content(LETTERS["daily-full-zh"].html)
    colours = [
        page.locator(place).first.evaluate(f"one => getComputedStyle(one).{what}")
        for place, what in (("table.sheet", "backgroundColor"), ("td.day", "backgroundColor"), ("h3 a", "color"))
    ]
    assert colours == ["rgb(27, 26, 23)", "rgb(36, 34, 30)", "rgb(231, 226, 217)"]
    page.close()
