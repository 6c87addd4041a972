"""What the package carries beside its code: the templates, and config.yaml as it is delivered.

In a checkout they lie beside the package, where people look for them; a wheel carries them inside (pyproject.toml).
"""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_PLACES = (_PACKAGE, _PACKAGE.parent)


def place(name: str) -> Path:
    """Return where the file or folder `name` lies."""
    return next(path for folder in _PLACES if (path := folder / name).exists())
