"""What is published beside the pages: style sheets and icons, in the paper's own colour."""

import io
from functools import cache

from digest import colours
from digest.messages import Messages
from digest.model import ICON_PIXELS
from digest.templating import Templates

_ACCENTS = {"#9b1c1f": "#fbfaf7", "#ee938b": "#171614"}
"""The accents of the assets, in light and in dark, and the background that each must be readable on."""

_STROKES = ((7, 7, 25, 11), (7, 14, 15, 25), (18, 14, 25, 16), (18, 18.5, 25, 20.5), (18, 23, 25, 25))
"""The white parts of the icon, a page of newsprint on a field of 32 by 32, as those of `icon.svg`."""


def assets(accent: str | None, templates: Templates, messages: Messages) -> dict[str, bytes]:
    """Return style sheets, icons and what else is published as it is, with the paper's accent for that of the assets."""
    files = templates.assets("site") | {"feed.css": templates.text("site/feed.css.txt", say=messages).encode()}
    light, _ = own = [
        colours.readable(accent, background) if accent else usual for usual, background in _ACCENTS.items()
    ]
    for usual, colour in zip(_ACCENTS, own, strict=True):
        files = {name: content.replace(usual.encode(), colour.encode()) for name, content in files.items()}
    return {"icon.png": _icon(light)} | files


@cache
def _icon(colour: str) -> bytes:
    """Draw the icon, four times as large at first so that its corners are smooth."""
    from PIL import Image, ImageDraw

    large = ICON_PIXELS * 4
    scale = large / 32
    image = Image.new("RGBA", (large, large))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, large - 1, large - 1), 5 * scale, fill=colour)
    for left, top, right, bottom in _STROKES:
        draw.rectangle((left * scale, top * scale, right * scale - 1, bottom * scale - 1), fill="#fff")
    png = io.BytesIO()
    image.resize((ICON_PIXELS, ICON_PIXELS), Image.Resampling.BOX).save(png, "PNG", optimize=True)
    return png.getvalue()
