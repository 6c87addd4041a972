"""Pictures that are drawn here: nothing in them is real."""

import io
from typing import Any

from PIL import Image, ImageDraw

from digest.model import Picture, Rendition


def encoded(image: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    """Return the bytes of an image."""
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def photograph(width: int = 1600, height: int = 900, shade: int = 0) -> Image.Image:
    """Draw a lake at dawn whose colours run into each other, as those of a photograph do."""
    sky = Image.linear_gradient("L").resize((width, height))
    image = Image.merge("RGB", (sky.point(lambda v: 255 - v // 2), sky.point(lambda v: 200 - v // 3), sky))
    ImageDraw.Draw(image).ellipse((width // 2, height // 3, width // 2 + 99, height // 3 + 99), fill=(255, 240, shade))
    return image


def chart(width: int = 900, height: int = 600) -> Image.Image:
    """Draw a chart of three bars on a transparent ground."""
    image = Image.new("RGBA", (width, height))
    for n, colour in enumerate(("#9b1c1f", "#5f594f", "#1d1b18")):
        ImageDraw.Draw(image).rectangle((n * width // 3, n * 80, n * width // 3 + 120, height), fill=colour)
    return image


def shown(caption: str | None, credit: str | None = None, name: str = "a.jpg", mark: str = "a") -> Picture:
    """Return a picture in two sizes; `mark` makes its files another picture's."""
    sizes = tuple(
        Rendition((f"{width}{mark}".encode().hex() * 16)[:64], "image/jpeg", width, width * 9 // 16, width * 80)
        for width in (1280, 640)
    )
    return Picture(name, caption, credit, original=sizes[0].sha256, sizes=sizes)
