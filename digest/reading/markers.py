"""Markers: lines by which an editor says where an article stands, in a file of any format.

`=== headline ===` begins an article under exactly that headline; it runs to the next such line, or to a line `===`,
behind which the rules of parsing hold again.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from digest.model import Line

_BEGIN = re.compile(r"={3,}\s*([^=\s](?:.*[^=\s])?)\s*={3,}")
_END = re.compile(r"={3,}")


def understood(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return `lines` with the markers among them as what they mean; `===` alone is one only behind a beginning."""
    found: list[Line] = []
    within = False
    for line in lines:
        text = line.text.strip()
        if begin := _BEGIN.fullmatch(text):
            within = True
            found.append(replace(line, text=begin[1], mark="begin"))
        elif within and _END.fullmatch(text):
            within = False
            found.append(replace(line, text="", mark="end"))
        else:
            found.append(line)
    return tuple(found)
