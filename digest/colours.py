"""Colours as `#rrggbb`, and whether they can be read."""

import re

_READABLE = 4.5
"""The contrast that WCAG 2.2 asks of text (1.4.3, level AA)."""

_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_STEPS = 64


def is_colour(words: str) -> bool:
    """Say whether `words` are a colour in the only way of writing one that is known here: `#rrggbb`."""
    return _COLOUR.fullmatch(words) is not None


def readable(colour: str, background: str) -> str:
    """Return `colour` if it can be read on `background`, else the nearest mixture with black or white that can.

    With black on a light background, with white on a dark one. Both are `#rrggbb`.
    """
    on_light = contrast("#000000", background) > contrast("#ffffff", background)
    end = "#000000" if on_light else "#ffffff"
    mixed = (_mix(colour, end, step / _STEPS) for step in range(_STEPS))
    return next((one for one in mixed if contrast(one, background) >= _READABLE), end)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (n / 255 for n in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _mix(one: str, other: str, share: float) -> str:
    """Return `one` with a share, 0 to 1, of `other`."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue
