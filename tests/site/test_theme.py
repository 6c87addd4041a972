"""The colours of the site: the paper's own accent, and that text stands out whatever it is."""

import io
import re
from dataclasses import replace

import pytest
from PIL import Image

from digest import site, templating
from digest.colours import contrast
from digest.messages import Messages
from tests.builders import PAPER

TEMPLATES = templating.load()


def assets(accent: str | None) -> dict[str, str]:
    files = site.render_lists(replace(PAPER, accent=accent), None, [], TEMPLATES, Messages("zh"))
    return {name: files[name].decode() for name in ("style.css", "icon.svg")}


def palette(css: str, *, dark: bool) -> dict[str, str]:
    light_part, _, rest = css.partition("@media (prefers-color-scheme: dark)")
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", light_part + (rest.split("}\n}")[0] if dark else "")))


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("accent", [None, "#ffd54f", "#00205b", "#ffffff", "#000000", "#005A9C"])
def test_text_stands_out_as_wcag_aa_asks(accent: str | None, dark: bool) -> None:
    colours = palette(assets(accent)["style.css"], dark=dark)
    for name in ("ink", "soft", "accent"):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name


def test_the_papers_colour_is_that_of_style_sheet_and_icon() -> None:
    files = assets("#005a9c")
    assert palette(files["style.css"], dark=False)["accent"] == "#005a9c"
    assert 'fill="#005a9c"' in files["icon.svg"]
    for own in ("#9b1c1f", "#ee938b"):
        assert own not in "".join(files.values())
        assert own in "".join(assets(None).values())


def test_dark_is_the_same_whether_the_device_or_the_reader_wants_it() -> None:
    css = assets("#005a9c")["style.css"]
    chosen = css.split(':root[data-theme="dark"] {')[1].split("}")[0]
    assert dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", chosen)).items() <= palette(css, dark=True).items()
    assert "--ink" in chosen


def test_nothing_else_of_the_style_sheet_changes() -> None:
    ours, own = (re.sub(r"--accent: #\w+", "", assets(accent)["style.css"]) for accent in ("#005a9c", None))
    assert ours == own


@pytest.mark.parametrize("accent", [None, "#005a9c"])
def test_the_icon_for_readers_is_a_small_png_in_that_colour(accent: str | None) -> None:
    content = site.render_lists(replace(PAPER, accent=accent), None, [], TEMPLATES, Messages("zh"))["icon.png"]
    with Image.open(io.BytesIO(content)) as icon:
        assert (icon.format, icon.size) == ("PNG", (128, 128))
        assert icon.getpixel((64, 12)) == (*bytes.fromhex((accent or "#9b1c1f")[1:]), 255)
        assert icon.getpixel((0, 0)) == (0, 0, 0, 0)
        assert {icon.getpixel(place) for place in ((64, 36), (44, 80), (86, 60), (86, 76), (86, 96))} == {(255,) * 4}


@pytest.mark.parametrize("accent", [None, "#005a9c"])
def test_the_style_sheet_of_feeds_has_the_same_colours(accent: str | None) -> None:
    files = site.render_lists(replace(PAPER, accent=accent), None, [], TEMPLATES, Messages("zh"))
    for dark in (False, True):
        feed, page = (palette(files[name].decode(), dark=dark) for name in ("feed.css", "style.css"))
        assert {name: page[name] for name in feed} == feed
