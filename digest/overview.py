"""An issue in one line: how many articles it has, and its first headlines. For front page, letter and feeds."""

from collections.abc import Sequence

from digest.messages import Messages
from digest.text import clipped, one_line

CHARS = 60
"""How long the headlines are together, those of languages that space their words twice that; the first always stands."""


def overview(titles: Sequence[str], say: Messages, code: str = "site.overview") -> str:
    """Return the line about articles of these titles, the lead story's first; there is at least one.

    `code` is the message that holds it, with the facts `n` and `titles`.
    """
    room = CHARS if say.language == "zh" else 2 * CHARS
    kept = [clipped(one_line(titles[0]), room)]
    for title in titles[1:]:
        if sum(map(len, kept)) + len(title) > room:
            break
        kept.append(one_line(title))
    named = say("site.overview_separator").join(kept)
    return say(
        code, n=len(titles), titles=named if len(kept) == len(titles) else say("site.overview_more", titles=named)
    )
