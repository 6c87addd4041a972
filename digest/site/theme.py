"""The paper's own colour in the look of its site."""

from digest import colours
from digest.model import Paper
from digest.templating import Templates

_ACCENTS = {"#9b1c1f": "#fbfaf7", "#ee938b": "#171614"}
"""The accents of the assets, in light and in dark, and the background that each must be readable on."""


def assets(paper: Paper, templates: Templates) -> dict[str, bytes]:
    """Return style sheet, icon and what else is published as it is, with the paper's accent for that of the assets."""
    files = templates.assets("site")
    if paper.accent is None:
        return files
    for own, background in _ACCENTS.items():
        accent = colours.readable(paper.accent, background).encode()
        files = {name: content.replace(own.encode(), accent) for name, content in files.items()}
    return files
