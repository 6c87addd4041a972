"""What all letters look like: the paper's accent, and a style sheet that is written into every tag."""

from css_inline import CSSInliner

from digest import colours

_ACCENTS = ("#9b1c1f", "#ee938b")
_SHEETS = ("#fffefb", "#1b1a17")
"""The colours of accents and of the sheet in the style sheet, in light and in dark."""

_INLINER = CSSInliner(load_remote_stylesheets=False, minify_css=True)


def accents(accent: str | None) -> tuple[str, ...]:
    """Return the accent in light and in dark: the paper's own as far as it can be read there."""
    return tuple(colours.readable(accent, sheet) for sheet in _SHEETS) if accent else _ACCENTS


def inlined(page: str) -> str:
    """Return a page that looks the same where a mail program drops its style sheet."""
    return _INLINER.inline(page)
