"""Typography: the one thing that parsing changes in a text's characters."""

import re

from digest.text import HAN

_EAST = rf"{HAN}\u3001-\u303f\uff01-\uff60"
_FULL = dict(zip(",:;?!()", "，：；？！（）", strict=True))
_HALF = re.compile(rf"[,:;?!()](?:(?<=[{_EAST}].)|(?=[{_EAST}]))")


def normal(text: str) -> str:
    """Return `text` without white space at its ends, and with full-width `, : ; ? ! ( )` beside a Chinese character.

    What stands between digits (12:30) is beside none and stays.
    """
    return _HALF.sub(lambda mark: _FULL[mark[0]], text.strip())
